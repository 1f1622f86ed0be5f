-- +goose NO TRANSACTION
-- +goose Up

-- What somebody did: counted before an account is deleted, and handed out with what is
-- held on a person. Without these the whole of both tables was read.
DROP INDEX CONCURRENTLY IF EXISTS reviews_author;
CREATE INDEX CONCURRENTLY IF NOT EXISTS reviews_author ON reviews (author_id, id DESC);
DROP INDEX CONCURRENTLY IF EXISTS claim_edits_author;
CREATE INDEX CONCURRENTLY IF NOT EXISTS claim_edits_author ON claim_edits (author_id, id DESC);

-- Imports that are under way: of those that ended there are ever more.
DROP INDEX CONCURRENTLY IF EXISTS imports_under_way;
CREATE INDEX CONCURRENTLY IF NOT EXISTS imports_under_way ON imports (id) WHERE state IN ('receiving', 'running');

-- The findings with a difference of one kind, in the order in which they changed: one
-- index for each kind, as an index over kinds has no order, and to go along that of all
-- findings leads past all those without.
DROP INDEX CONCURRENTLY IF EXISTS findings_of_negation;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_of_negation ON findings (touched_at, id) WHERE 'negation' = ANY (kinds);
DROP INDEX CONCURRENTLY IF EXISTS findings_of_action;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_of_action ON findings (touched_at, id) WHERE 'action' = ANY (kinds);
DROP INDEX CONCURRENTLY IF EXISTS findings_of_certainty;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_of_certainty ON findings (touched_at, id) WHERE 'certainty' = ANY (kinds);
DROP INDEX CONCURRENTLY IF EXISTS findings_of_number;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_of_number ON findings (touched_at, id) WHERE 'number' = ANY (kinds);
DROP INDEX CONCURRENTLY IF EXISTS findings_of_time;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_of_time ON findings (touched_at, id) WHERE 'time' = ANY (kinds);
DROP INDEX CONCURRENTLY IF EXISTS findings_of_place;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_of_place ON findings (touched_at, id) WHERE 'place' = ANY (kinds);
DROP INDEX CONCURRENTLY IF EXISTS findings_of_name;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_of_name ON findings (touched_at, id) WHERE 'name' = ANY (kinds);
DROP INDEX CONCURRENTLY IF EXISTS findings_of_quote;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_of_quote ON findings (touched_at, id) WHERE 'quote' = ANY (kinds);
DROP INDEX CONCURRENTLY IF EXISTS findings_of_cause;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_of_cause ON findings (touched_at, id) WHERE 'cause' = ANY (kinds);
DROP INDEX CONCURRENTLY IF EXISTS findings_of_scope;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_of_scope ON findings (touched_at, id) WHERE 'scope' = ANY (kinds);
DROP INDEX CONCURRENTLY IF EXISTS findings_of_term;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_of_term ON findings (touched_at, id) WHERE 'term' = ANY (kinds);
DROP INDEX CONCURRENTLY IF EXISTS findings_of_attribution;
CREATE INDEX CONCURRENTLY IF NOT EXISTS findings_of_attribution ON findings (touched_at, id) WHERE 'attribution' = ANY (kinds);
