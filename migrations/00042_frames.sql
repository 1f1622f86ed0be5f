-- +goose NO TRANSACTION
-- +goose Up

-- Which stories an engine compared last: after an upgrade few, among all that are there.
DROP INDEX CONCURRENTLY IF EXISTS story_frames_engine;
CREATE INDEX CONCURRENTLY IF NOT EXISTS story_frames_engine ON story_frames (engine_hash, stratum, story_id);
