-- +goose Up

CREATE TABLE users (
    id              uuid PRIMARY KEY,
    email           text NOT NULL CHECK (email = lower(email) AND email <> ''),
    name            text NOT NULL CHECK (name <> ''),
    role            text NOT NULL CHECK (role IN ('reader', 'checker', 'editor', 'administrator')),
    -- An argon2id hash in PHC form.
    password_hash   text NOT NULL,
    -- Goes up when the password changes; sessions carry the number they began with.
    session_version integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    last_login_at   timestamptz,
    disabled_at     timestamptz
);
CREATE UNIQUE INDEX users_email ON users (email);

-- As the session library wants it; token is a hash.
CREATE TABLE sessions (
    token  text PRIMARY KEY,
    data   bytea NOT NULL,
    expiry timestamptz NOT NULL
);
CREATE INDEX sessions_expiry ON sessions (expiry);

CREATE TABLE api_keys (
    id           uuid PRIMARY KEY,
    user_id      uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    name         text NOT NULL CHECK (name <> ''),
    scopes       text[] NOT NULL CHECK (scopes <@ ARRAY ['read', 'review', 'write', 'admin'] AND scopes <> '{}'),
    -- The SHA-256 of the whole token: tokens are random, so a plain hash is enough.
    token_hash   bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    -- The key that the settings name, of which there is one.
    configured   boolean NOT NULL DEFAULT false,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
CREATE INDEX api_keys_user ON api_keys (user_id, id DESC);
CREATE UNIQUE INDEX api_keys_configured ON api_keys (configured) WHERE configured;

CREATE TABLE idempotency (
    -- Whose key it is: a user's id, as two keys of one person are one caller.
    actor_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    key         text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    method      text NOT NULL,
    path        text NOT NULL,
    body_hash   text NOT NULL,
    state       text NOT NULL CHECK (state IN ('running', 'done')),
    status      integer,
    header      jsonb,
    body        bytea,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (actor_id, key),
    CHECK ((state = 'done') = (status IS NOT NULL))
);
CREATE INDEX idempotency_age ON idempotency (created_at);

-- What was done by whom. Names are copied: an entry outlives what it speaks of.
CREATE TABLE audit (
    id       uuid PRIMARY KEY,
    at       timestamptz NOT NULL,
    actor_id uuid,
    actor    text NOT NULL,
    key_id   uuid,
    action   text NOT NULL,
    object   text NOT NULL,
    detail   jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_object ON audit (object, id DESC);
