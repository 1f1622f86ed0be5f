-- +goose NO TRANSACTION
-- +goose Up

-- What the engine said of the stories that are there. Each that is compared meanwhile
-- brings its own.
INSERT INTO story_frames SELECT * FROM count_frames(ARRAY (SELECT id FROM stories)) ON CONFLICT DO NOTHING;

-- The order in which statements of the machine are drawn to be judged. It goes by the id
-- alone, so that nobody can steer it.
DROP INDEX CONCURRENTLY IF EXISTS differences_lot;
CREATE INDEX CONCURRENTLY IF NOT EXISTS differences_lot ON differences (kind, uuid_hash_extended(id, 16));
DROP INDEX CONCURRENTLY IF EXISTS findings_lot;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_lot ON findings (verdict, uuid_hash_extended(id, 16));
DROP INDEX CONCURRENTLY IF EXISTS cleared_pairs_lot;
CREATE INDEX CONCURRENTLY IF NOT EXISTS cleared_pairs_lot ON cleared_pairs (uuid_hash_extended(id, 16));

-- A source's newest articles, by when they were published, or else came.
DROP INDEX CONCURRENTLY IF EXISTS articles_source_told;
CREATE INDEX CONCURRENTLY IF NOT EXISTS articles_source_told ON articles (source_id, coalesce(published_at, created_at) DESC)
    WHERE deleted_at IS NULL;

-- Sketches by the version of the rules that made them: those of others are drawn anew.
DROP INDEX CONCURRENTLY IF EXISTS copy_sketches_version;
CREATE INDEX CONCURRENTLY IF NOT EXISTS copy_sketches_version ON copy_sketches (version);

-- Lists of findings of which few fit: those with a stale review, those that the second
-- judge has answered on, and those with a score.
DROP INDEX CONCURRENTLY IF EXISTS findings_stale_changed;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_stale_changed ON findings (changed_at DESC, id) WHERE stale_review;
DROP INDEX CONCURRENTLY IF EXISTS findings_answered;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_answered ON findings (touched_at, id) WHERE second_answered > 0;
DROP INDEX CONCURRENTLY IF EXISTS findings_scored;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_scored ON findings (score);

-- What leads to what goes for good: without these each deletion reads whole tables.
DROP INDEX CONCURRENTLY IF EXISTS articles_revision;
CREATE INDEX CONCURRENTLY IF NOT EXISTS articles_revision ON articles (revision_id);
DROP INDEX CONCURRENTLY IF EXISTS review_claims_article;
CREATE INDEX CONCURRENTLY IF NOT EXISTS review_claims_article ON review_claims (article_id);
DROP INDEX CONCURRENTLY IF EXISTS reviews_blind;
CREATE INDEX CONCURRENTLY IF NOT EXISTS reviews_blind ON reviews (blind_id) WHERE blind_id IS NOT NULL;
DROP INDEX CONCURRENTLY IF EXISTS events_article;
CREATE INDEX CONCURRENTLY IF NOT EXISTS events_article ON events (article_id) WHERE article_id IS NOT NULL;
DROP INDEX CONCURRENTLY IF EXISTS feed_entries_article;
CREATE INDEX CONCURRENTLY IF NOT EXISTS feed_entries_article ON feed_entries (article_id) WHERE article_id IS NOT NULL;
