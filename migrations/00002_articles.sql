-- +goose Up

CREATE TABLE sources (
    id         uuid PRIMARY KEY,
    name       text NOT NULL CHECK (name <> ''),
    -- The name folded: "The Wire" and "the wire" are one source.
    name_key   text NOT NULL UNIQUE,
    domain     text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL
);

CREATE TABLE stories (
    id          uuid PRIMARY KEY,
    title       text NOT NULL CHECK (title <> ''),
    sample      boolean NOT NULL DEFAULT false,
    -- Counts the changes that call for a comparison, and up to which of them the
    -- findings are compared. The story is up to date when both are equal.
    changes     bigint NOT NULL DEFAULT 0,
    compared    bigint NOT NULL DEFAULT 0 CHECK (compared <= changes),
    -- Why the last comparison failed for good, else empty.
    failure     text NOT NULL DEFAULT '',
    compared_at timestamptz,
    version     integer NOT NULL DEFAULT 1,
    created_by  uuid REFERENCES users,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    deleted_at  timestamptz
);
CREATE INDEX stories_live ON stories (id DESC) WHERE deleted_at IS NULL;
CREATE INDEX stories_bin ON stories (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE articles (
    id                  uuid PRIMARY KEY,
    story_id            uuid REFERENCES stories ON DELETE CASCADE,
    source_id           uuid NOT NULL REFERENCES sources,
    title               text NOT NULL DEFAULT '',
    byline              text NOT NULL DEFAULT '',
    url                 text NOT NULL DEFAULT '',
    -- The address without what does not tell pages apart, empty for none.
    url_key             text NOT NULL DEFAULT '',
    external_id         text NOT NULL DEFAULT '',
    -- The instant, the offset in minutes that was given, and how exactly it is known.
    published_at        timestamptz,
    published_offset    smallint CHECK (published_offset BETWEEN -1440 AND 1440),
    published_precision text CHECK (published_precision IN ('day', 'minute')),
    status              text NOT NULL CHECK (status IN ('pending', 'ready', 'failed', 'not_analysed')),
    reason              text NOT NULL DEFAULT '',
    language            text NOT NULL DEFAULT '',
    origin              text NOT NULL DEFAULT '',
    origin_known        boolean NOT NULL DEFAULT false,
    -- What placing the next articles needs of this one.
    fingerprint         jsonb,
    -- The current revision and the SHA-256 of what was received as it.
    revision_id         uuid NOT NULL,
    content_hash        bytea NOT NULL CHECK (length(content_hash) = 32),
    version             integer NOT NULL DEFAULT 1,
    created_by          uuid REFERENCES users,
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    deleted_at          timestamptz,
    CHECK ((published_at IS NULL) = (published_offset IS NULL)),
    CHECK ((published_at IS NULL) = (published_precision IS NULL))
);
-- Two sendings of one article meet here, however close they come.
CREATE UNIQUE INDEX articles_external ON articles (external_id) WHERE external_id <> '' AND deleted_at IS NULL;
CREATE UNIQUE INDEX articles_url ON articles (url_key) WHERE url_key <> '' AND deleted_at IS NULL;
CREATE UNIQUE INDEX articles_content ON articles (source_id, content_hash) WHERE deleted_at IS NULL;
CREATE INDEX articles_live ON articles (id DESC) WHERE deleted_at IS NULL;
CREATE INDEX articles_story ON articles (story_id, id);
CREATE INDEX articles_source ON articles (source_id, id DESC);
CREATE INDEX articles_status ON articles (status, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX articles_bin ON articles (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX articles_recent ON articles (coalesce(published_at, created_at)) WHERE fingerprint IS NOT NULL;

CREATE TABLE revisions (
    id         uuid PRIMARY KEY,
    article_id uuid NOT NULL REFERENCES articles ON DELETE CASCADE,
    number     integer NOT NULL CHECK (number > 0),
    -- bytea, as a text cannot hold every byte that comes.
    raw        bytea NOT NULL,
    sha256     bytea NOT NULL CHECK (length(sha256) = 32),
    created_by uuid REFERENCES users,
    created_at timestamptz NOT NULL,
    UNIQUE (article_id, number)
);
ALTER TABLE articles ADD FOREIGN KEY (revision_id) REFERENCES revisions DEFERRABLE INITIALLY DEFERRED;

-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd
CREATE TRIGGER revisions_are_final BEFORE UPDATE ON revisions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE texts (
    id           uuid PRIMARY KEY,
    revision_id  uuid NOT NULL REFERENCES revisions ON DELETE CASCADE,
    -- The version of the rules that made it.
    extractor    text NOT NULL,
    body         text NOT NULL,
    spans        jsonb NOT NULL,
    credits      jsonb NOT NULL,
    language     text NOT NULL,
    -- Why the engine leaves it alone, else empty.
    not_analysed text NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL,
    UNIQUE (revision_id, extractor)
);
-- Offsets point into the body. What is marked in it may change with the article's
-- title.
CREATE TRIGGER texts_keep_their_body BEFORE UPDATE OF revision_id, extractor, body ON texts
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE claims (
    id             uuid PRIMARY KEY,
    article_id     uuid NOT NULL REFERENCES articles ON DELETE CASCADE,
    -- Where the claim stands: code points of the text, and the words' SHA-256.
    text_id        uuid NOT NULL REFERENCES texts ON DELETE CASCADE,
    start_at       integer NOT NULL CHECK (start_at >= 0),
    end_at         integer NOT NULL CHECK (end_at > start_at),
    exact          text NOT NULL CHECK (char_length(exact) = end_at - start_at),
    hash           bytea NOT NULL CHECK (length(hash) = 32),
    text           text NOT NULL,
    checkable      boolean NOT NULL,
    reason         text NOT NULL DEFAULT '',
    worth          double precision NOT NULL,
    worth_reasons  text[] NOT NULL,
    speaker        text,
    attribution    text NOT NULL CHECK (attribution IN ('quoted', 'paraphrased', 'officials', 'own')),
    certainty      text NOT NULL CHECK (certainty IN
                       ('happened', 'planned', 'alleged', 'possible', 'conditional', 'denied')),
    engine_version text NOT NULL,
    engine_hash    text NOT NULL,
    created_at     timestamptz NOT NULL,
    -- Checked at the end: claims keep their ids while they move in a text.
    UNIQUE (text_id, start_at, end_at) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX claims_article ON claims (article_id, start_at);
