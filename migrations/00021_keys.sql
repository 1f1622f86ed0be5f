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
CREATE INDEX articles_published ON articles (coalesce(published_at, created_at) DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX articles_title_letters ON articles USING gin (title gin_trgm_ops);

-- Whoever follows what changed has to hear of what the analysis makes of it, too.
-- +goose StatementBegin
CREATE FUNCTION note_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := greatest(NEW.updated_at, clock_timestamp());
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER stories_note_update BEFORE UPDATE ON stories FOR EACH ROW
    WHEN ((OLD.compared_at, OLD.failure, OLD.deleted_at) IS DISTINCT FROM (NEW.compared_at, NEW.failure, NEW.deleted_at))
    EXECUTE FUNCTION note_update();
CREATE TRIGGER articles_note_update BEFORE UPDATE ON articles FOR EACH ROW
    WHEN ((OLD.status, OLD.reason, OLD.story_id, OLD.origin, OLD.origin_known, OLD.language, OLD.revision_id, OLD.external_id, OLD.deleted_at)
        IS DISTINCT FROM (NEW.status, NEW.reason, NEW.story_id, NEW.origin, NEW.origin_known, NEW.language, NEW.revision_id, NEW.external_id, NEW.deleted_at))
    EXECUTE FUNCTION note_update();
