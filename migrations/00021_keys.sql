-- +goose Up

ALTER TABLE api_keys
    -- How many calls it may make in a minute, null for as many as the settings allow.
    ADD COLUMN calls_per_minute integer CHECK (calls_per_minute > 0);

ALTER TABLE users
    -- Counts what is changed about the account, for edits of what was seen.
    ADD COLUMN version integer NOT NULL DEFAULT 1;

-- The history is also filtered by the key that was used.
CREATE INDEX audit_key ON audit (key_id, id DESC) WHERE key_id IS NOT NULL;

-- Lists are read by when things changed and by when they were published.
CREATE INDEX stories_updated ON stories (updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX articles_updated ON articles (updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX articles_published ON articles (published_at DESC, id DESC) WHERE deleted_at IS NULL AND published_at IS NOT NULL;
