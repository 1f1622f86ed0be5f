-- +goose NO TRANSACTION
-- +goose Up

-- Indexes are built while others write. One whose building was cut off stays behind broken
-- (server doctor names it): it is dropped before it is built anew.

-- What is rare among very many is found without reading all: stories that are locked,
-- failed, or wait for a comparison, and articles in other languages.
DROP INDEX CONCURRENTLY IF EXISTS stories_locked;
CREATE INDEX CONCURRENTLY IF NOT EXISTS stories_locked ON stories (id DESC) WHERE locked AND deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS stories_failed;
CREATE INDEX CONCURRENTLY IF NOT EXISTS stories_failed ON stories (id DESC) WHERE failure <> '' AND deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS stories_behind;
CREATE INDEX CONCURRENTLY IF NOT EXISTS stories_behind ON stories (id DESC) WHERE changes <> compared AND deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS stories_uncompared;
CREATE INDEX CONCURRENTLY IF NOT EXISTS stories_uncompared ON stories (id DESC) WHERE compared_at IS NULL AND deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS articles_language;
CREATE INDEX CONCURRENTLY IF NOT EXISTS articles_language ON articles (language, id DESC) WHERE deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS findings_kinds;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_kinds ON findings USING gin (kinds);
DROP INDEX CONCURRENTLY IF EXISTS findings_outcome;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_outcome ON findings (coalesce(outcome, ''), touched_at, id);

-- Lists in further orders.
DROP INDEX CONCURRENTLY IF EXISTS stories_title;
CREATE INDEX CONCURRENTLY IF NOT EXISTS stories_title ON stories (lower(title), id DESC) WHERE deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS stories_created;
CREATE INDEX CONCURRENTLY IF NOT EXISTS stories_created ON stories (created_at DESC, id DESC) WHERE deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS articles_created;
CREATE INDEX CONCURRENTLY IF NOT EXISTS articles_created ON articles (created_at DESC, id DESC) WHERE deleted_at IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS story_tallies_sources;
CREATE INDEX CONCURRENTLY IF NOT EXISTS story_tallies_sources ON story_tallies (sources DESC, story_id DESC);

-- Which stories are veiled is asked once for a statement: as a plain condition it was asked
-- for each row.
CREATE OR REPLACE FUNCTION story_tallies_for(viewer text) RETURNS SETOF story_tallies LANGUAGE sql STABLE AS $$
    SELECT t.* FROM story_tallies t WHERE t.story_id <> ALL (coalesce((SELECT veiled_stories(viewer)), '{}'))
    UNION ALL SELECT * FROM count_stories(viewer, veiled_stories(viewer))
$$;
CREATE OR REPLACE FUNCTION story_kinds_for(viewer text) RETURNS SETOF story_kinds LANGUAGE sql STABLE AS $$
    SELECT t.* FROM story_kinds t WHERE t.story_id <> ALL (coalesce((SELECT veiled_stories(viewer)), '{}'))
    UNION ALL SELECT * FROM count_story_kinds(viewer, veiled_stories(viewer))
$$;
CREATE OR REPLACE FUNCTION source_tallies_for(viewer text) RETURNS SETOF source_tallies LANGUAGE sql STABLE AS $$
    SELECT t.* FROM source_tallies t WHERE t.story_id <> ALL (coalesce((SELECT veiled_stories(viewer)), '{}'))
    UNION ALL SELECT * FROM count_sources(viewer, veiled_stories(viewer))
$$;
CREATE OR REPLACE FUNCTION source_kinds_for(viewer text) RETURNS SETOF source_kinds LANGUAGE sql STABLE AS $$
    SELECT t.* FROM source_kinds t WHERE t.story_id <> ALL (coalesce((SELECT veiled_stories(viewer)), '{}'))
    UNION ALL SELECT * FROM count_source_kinds(viewer, veiled_stories(viewer))
$$;
