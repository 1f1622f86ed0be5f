-- +goose Up

-- One-time links to an account that an administrator hands over: only the SHA-256
-- of a link's token is kept.
CREATE TABLE invitations (
    id         uuid PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    email      text NOT NULL CHECK (email = lower(email) AND email <> ''),
    name       text NOT NULL CHECK (name <> ''),
    role       text NOT NULL CHECK (role IN ('reader', 'checker', 'editor', 'administrator')),
    created_by uuid NOT NULL REFERENCES users,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    revoked_at timestamptz,
    -- When it was taken up, and the account that was made of it.
    used_at    timestamptz,
    user_id    uuid REFERENCES users,
    CHECK ((used_at IS NULL) = (user_id IS NULL)),
    CHECK (used_at IS NULL OR revoked_at IS NULL)
);
-- An address has one invitation that waits: a new one takes the place of the old.
CREATE UNIQUE INDEX invitations_waiting ON invitations (email) WHERE used_at IS NULL AND revoked_at IS NULL;

CREATE TABLE password_resets (
    id         uuid PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    created_by uuid NOT NULL REFERENCES users,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    revoked_at timestamptz,
    used_at    timestamptz,
    CHECK (used_at IS NULL OR revoked_at IS NULL)
);
CREATE UNIQUE INDEX password_resets_waiting ON password_resets (user_id) WHERE used_at IS NULL AND revoked_at IS NULL;

-- The second factor of an account: a secret that an app on a phone shares.
CREATE TABLE second_factors (
    user_id      uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    -- Sealed with a key that is not in the database; key_id names that key.
    secret       bytea NOT NULL,
    key_id       text NOT NULL,
    started_at   timestamptz NOT NULL,
    -- Set by the first right code; until then nothing is asked at sign-in.
    confirmed_at timestamptz,
    -- The time step of the last code that was taken: no code is taken twice.
    last_step    bigint NOT NULL DEFAULT 0,
    -- Wrong codes since the last right one, for a pause after too many.
    failures     integer NOT NULL DEFAULT 0,
    failed_at    timestamptz
);

-- Codes for who has lost the phone, each good once, kept as SHA-256.
CREATE TABLE recovery_codes (
    user_id   uuid NOT NULL REFERENCES second_factors ON DELETE CASCADE,
    code_hash bytea NOT NULL CHECK (length(code_hash) = 32),
    PRIMARY KEY (user_id, code_hash)
);

-- The history is filtered by person, by action and by day.
CREATE INDEX audit_actor ON audit (actor_id, id DESC);
CREATE INDEX audit_action ON audit (action, id DESC);
CREATE INDEX audit_at ON audit (at);
-- What was done to a claim belongs to the history of its article.
CREATE INDEX audit_article ON audit ((detail ->> 'article'), id DESC);
