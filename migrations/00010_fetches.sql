-- +goose Up

-- What a revision's bytes are: plain text, or a page with its charset. Its sha256 is
-- of its text, as a page changes around its article each time it is sent.
ALTER TABLE revisions ADD COLUMN media text NOT NULL DEFAULT 'text/plain; charset=utf-8';

-- An address that is to become an article. The article gets the fetch's id, unless
-- it turns out to be one that is stored.
CREATE TABLE fetches (
    id           uuid PRIMARY KEY,
    url          text NOT NULL CHECK (url <> ''),
    url_key      text NOT NULL CHECK (url_key <> ''),
    -- What whoever asked for it says of the article; empty fields are read from the page.
    story_id     uuid REFERENCES stories ON DELETE SET NULL,
    source       text NOT NULL DEFAULT '',
    title        text NOT NULL DEFAULT '',
    byline       text NOT NULL DEFAULT '',
    published_at text NOT NULL DEFAULT '',
    external_id  text NOT NULL DEFAULT '',
    status       text NOT NULL CHECK (status IN ('pending', 'failed', 'done')),
    -- Why it failed, or why it still waits.
    reason       text NOT NULL DEFAULT '',
    attempts     integer NOT NULL DEFAULT 0,
    article_id   uuid REFERENCES articles ON DELETE CASCADE,
    created_by   uuid REFERENCES users,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    CHECK (status <> 'done' OR article_id IS NOT NULL)
);
-- One address waits once.
CREATE UNIQUE INDEX fetches_waiting ON fetches (url_key) WHERE status = 'pending';
CREATE INDEX fetches_recent ON fetches (id DESC);
CREATE INDEX fetches_article ON fetches (article_id);

-- A page that somebody looks at before it is stored.
CREATE TABLE previews (
    id         uuid PRIMARY KEY,
    url        text NOT NULL DEFAULT '',
    page       bytea NOT NULL,
    media      text NOT NULL,
    created_by uuid REFERENCES users,
    created_at timestamptz NOT NULL
);
CREATE INDEX previews_age ON previews (created_at);
