-- +goose NO TRANSACTION
-- +goose Up

-- What people decided before. Each story that is reviewed meanwhile brings its own.
INSERT INTO story_decisions SELECT * FROM count_decisions(NULL, ARRAY (SELECT DISTINCT story_id FROM reviews)) ON CONFLICT DO NOTHING;
