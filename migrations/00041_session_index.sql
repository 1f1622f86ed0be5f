-- +goose NO TRANSACTION
-- +goose Up

DROP INDEX CONCURRENTLY IF EXISTS sessions_user;
CREATE INDEX CONCURRENTLY IF NOT EXISTS sessions_user ON sessions (user_id) WHERE user_id IS NOT NULL;
