package store

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Erasure counts what goes for good with articles.
type Erasure struct {
	Articles, Revisions, Claims, Reviews int
}

// Erasure counts what would go with articles that are in the bin.
func (q Queries) Erasure(ctx context.Context, ids []string) (Erasure, error) {
	return one[Erasure](ctx, q.q, "count an erasure", `
		SELECT (SELECT count(*) FROM articles WHERE id = ANY($1))::int AS articles,
			(SELECT count(*) FROM revisions WHERE article_id = ANY($1))::int AS revisions,
			(SELECT count(*) FROM claims WHERE article_id = ANY($1))::int AS claims,
			(SELECT count(*) FROM reviews r WHERE `+ofThemAlone+`)::int AS reviews`, ids)
}

// SourceErasure counts what would go with the articles that went to the bin with a source.
func (q Queries) SourceErasure(ctx context.Context, id string) (Erasure, error) {
	ids, err := column[string](ctx, q.q, "articles of a removed source", `
		SELECT a.id FROM source_removals r JOIN articles a ON a.source_id = r.source_id AND a.deleted_at = r.removed_at WHERE r.source_id = $1`, id)
	if err != nil {
		return Erasure{}, err
	}
	return q.Erasure(ctx, ids)
}

// ofThemAlone tells of a review r whether all its passages are of articles $1.
const ofThemAlone = `EXISTS (SELECT FROM review_claims c WHERE c.review_id = r.id AND c.article_id = ANY($1::uuid[]))
	AND NOT EXISTS (SELECT FROM review_claims c WHERE c.review_id = r.id AND c.article_id <> ALL($1::uuid[]))`

// InBin gives the articles that went to the bin before a moment, by themselves or with
// their story, at most limit.
func (q Queries) InBin(ctx context.Context, before time.Time, limit int) ([]string, error) {
	return column[string](ctx, q.q, "in bin", `
		SELECT id FROM articles WHERE deleted_at < $1
		UNION SELECT a.id FROM stories s JOIN articles a ON a.story_id = s.id WHERE s.deleted_at < $1
		LIMIT $2`, before, limit)
}

// ArticlesOfStories gives the articles of stories, in the bin or not.
func (q Queries) ArticlesOfStories(ctx context.Context, ids []string) ([]string, error) {
	return column[string](ctx, q.q, "articles of stories", "SELECT id FROM articles WHERE story_id = ANY($1) ORDER BY id", ids)
}

// erasedTitles are the titles that articles @ids have and had.
const erasedTitles = `SELECT title FROM articles WHERE id = ANY(@ids::uuid[]) AND title <> ''
	UNION SELECT title FROM revisions WHERE article_id = ANY(@ids::uuid[]) AND title <> ''`

// erasing are the statements that take the words of articles @ids out of everything that
// does not go with them by itself, in order. @stories are their stories.
var erasing = []struct{ op, sql string }{
	{"reviews", "DELETE FROM reviews r WHERE " + strings.ReplaceAll(ofThemAlone, "$1", "@ids")},
	{"passages of reviews", "UPDATE review_claims SET exact = '', hash = decode(repeat('00', 32), 'hex') WHERE article_id = ANY(@ids::uuid[])"},
	{"deliveries", `UPDATE webhook_deliveries d SET payload = '', headers = '{}', answer = '' FROM events e
		WHERE e.n = d.event_n AND (e.article_id = ANY(@ids::uuid[]) OR e.story_id = ANY(@stories::uuid[])) AND d.payload <> ''`},
	{"history of findings", `UPDATE finding_history h SET differences = '[]' FROM findings f
		WHERE f.id = h.finding_id AND f.story_id = ANY(@stories::uuid[]) AND EXISTS (SELECT FROM unnest(h.claims) c
			WHERE NOT EXISTS (SELECT FROM claims k WHERE k.id = c AND k.article_id <> ALL(@ids::uuid[])))`},
	{"corrections", `UPDATE corrections c SET against_was = '' WHERE c.story_id = ANY(@stories::uuid[])
		AND c.against IN (SELECT s.name FROM articles a JOIN sources s ON s.id = a.source_id WHERE a.id = ANY(@ids::uuid[]))`},
	{"entries of feeds", `UPDATE feed_entries SET title = '', byline = '', body = NULL, state = 'removed', next_read_at = NULL
		WHERE article_id = ANY(@ids::uuid[])`},
	{"previews", "DELETE FROM previews WHERE url IN (SELECT url FROM articles WHERE id = ANY(@ids::uuid[]) AND url <> '')"},
	{"answers of calls", `DELETE FROM idempotency WHERE EXISTS (
		SELECT FROM unnest(@ids::uuid[] || @stories::uuid[]) i WHERE position(convert_to(i::text, 'UTF8') IN body) > 0)`},
	{"opinions", `UPDATE second_answers SET reason = '' WHERE hash IN (
		SELECT p.hash FROM claims c JOIN second_pairs p ON c.id IN (p.claim_a, p.claim_b) WHERE c.article_id = ANY(@ids::uuid[]))`},
	{"history", "SELECT erase_in_history(@ids::uuid[])"},
	{"titles of stories", `UPDATE stories s SET title = coalesce((SELECT a.title FROM articles a
			WHERE a.story_id = s.id AND a.id <> ALL(@ids::uuid[]) AND a.deleted_at IS NULL AND a.title <> '' ORDER BY a.id LIMIT 1), 'Untitled story')
		WHERE s.id = ANY(@stories::uuid[]) AND s.title IN (` + erasedTitles + `)`},
	{"counts of terms", `UPDATE terms t SET articles = greatest(t.articles - g.n, 0) FROM (
			SELECT k.term, count(*) AS n FROM articles a, LATERAL (SELECT jsonb_object_keys(a.fingerprint -> 'terms') UNION ALL SELECT '') k (term)
			WHERE a.id = ANY(@ids::uuid[]) AND a.fingerprint IS NOT NULL GROUP BY k.term) g
		WHERE t.term = g.term`},
	{"terms of none", `DELETE FROM terms WHERE articles = 0 AND term <> '' AND term IN (
			SELECT jsonb_object_keys(fingerprint -> 'terms') FROM articles WHERE id = ANY(@ids::uuid[]))`},
	{"articles", "DELETE FROM articles WHERE id = ANY(@ids::uuid[])"},
}

// EraseArticles removes articles that are in the bin for good, with everything that was
// made of them: their words are then nowhere in the database. What people wrote in their
// own words stays, and so do the addresses by which a feed knows its entries, so that it
// does not bring them back. It gives how many were removed; what is not in the bin stays.
func (t *Tx) EraseArticles(ctx context.Context, ids []string) (int, error) {
	// Stories are locked before articles, as everywhere.
	stories, err := column[string](ctx, t.q, "lock stories to erase", `
		SELECT id FROM stories WHERE id IN (SELECT story_id FROM articles WHERE id = ANY($1)) ORDER BY id FOR UPDATE`, ids)
	if err != nil {
		return 0, err
	}
	ids, err = column[string](ctx, t.q, "lock articles to erase", `
		SELECT a.id FROM articles a WHERE a.id = ANY($1) AND (a.deleted_at IS NOT NULL
			OR EXISTS (SELECT FROM stories s WHERE s.id = a.story_id AND s.deleted_at IS NOT NULL)) ORDER BY a.id FOR UPDATE OF a`, ids)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	for _, s := range erasing {
		if _, err := t.exec(ctx, "erase: "+s.op, s.sql, pgx.NamedArgs{"ids": ids, "stories": stories}); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

// EraseStories removes stories that are in the bin and have no article left for good, and
// their titles from the history. It gives how many were removed.
func (t *Tx) EraseStories(ctx context.Context, ids []string) (int, error) {
	if _, err := t.exec(ctx, "erase: titles in the history", `
		SELECT erase_titles_in_history($1::text[]::uuid[])`, ids); err != nil {
		return 0, err
	}
	n, err := t.exec(ctx, "erase stories", `
		DELETE FROM stories s WHERE id = ANY($1::text[]::uuid[]) AND deleted_at IS NOT NULL AND NOT EXISTS (SELECT FROM articles a WHERE a.story_id = s.id)`, ids)
	return int(n), err
}

// StoriesInBin gives the stories that went to the bin before a moment, at most limit.
func (q Queries) StoriesInBin(ctx context.Context, before time.Time, limit int) ([]string, error) {
	return column[string](ctx, q.q, "stories in bin", `
		SELECT id FROM stories s WHERE deleted_at < $1 AND NOT EXISTS (SELECT FROM articles a WHERE a.story_id = s.id) LIMIT $2`, before, limit)
}

// ArticlesBefore gives articles that arrived before a moment and are in no bin, the oldest
// first. The sample stays.
func (q Queries) ArticlesBefore(ctx context.Context, before time.Time, limit int) ([]string, error) {
	return column[string](ctx, q.q, "articles before", `
		SELECT a.id FROM articles a LEFT JOIN stories s ON s.id = a.story_id
		WHERE a.deleted_at IS NULL AND a.created_at < $1 AND s.deleted_at IS NULL AND NOT coalesce(s.sample, false)
		ORDER BY a.id LIMIT $2`, before, limit)
}

// ForgetHistory removes the entries of the audit log from before a moment, but none of
// the last 30 days.
func (t *Tx) ForgetHistory(ctx context.Context, before time.Time) error {
	_, err := t.exec(ctx, "forget history", "SELECT forget_history($1)", before)
	return err
}
