package store

import (
	"context"
	"time"
)

const sourceSelect = `
	SELECT s.id, s.name, s.domain, s.created_at, a.articles, a.stories, f.agree, f.diverge, f.single
	FROM sources s
	CROSS JOIN LATERAL (
		SELECT count(*) AS articles, count(DISTINCT story_id) AS stories
		FROM articles WHERE source_id = s.id AND deleted_at IS NULL) a
	CROSS JOIN LATERAL (
		SELECT coalesce(sum(t.agree), 0)::bigint AS agree, coalesce(sum(t.diverge), 0)::bigint AS diverge,
		       coalesce(sum(t.alone), 0)::bigint AS single
		FROM source_tallies_for(@viewer) t JOIN stories st ON st.id = t.story_id
		WHERE t.source_id = s.id AND st.deleted_at IS NULL) f`

// Source gives one source.
func (q Queries) Source(ctx context.Context, id string) (Source, error) {
	return one[Source](ctx, q.q, "source", sourceSelect+" WHERE s.id = @id", named{"id": id, "viewer": q.viewer})
}

// Sources lists at most limit sources that have an article outside the bin, by
// name, from behind the folded name after.
func (q Queries) Sources(ctx context.Context, after string, limit int) ([]Source, error) {
	return list[Source](ctx, q.q, "sources", sourceSelect+`
		WHERE s.name_key > @after AND a.articles > 0 ORDER BY s.name_key LIMIT @limit`,
		named{"after": after, "limit": limit, "viewer": q.viewer})
}

// NewSource is a source that an article names.
type NewSource struct {
	ID     string
	Name   string
	Key    string // the name folded
	Domain string // of the article's address, empty where there is none
	At     time.Time
}

// PutSource gives the id of the source with this key, storing it where it is new.
// A domain is filled in where none was known.
func (t *Tx) PutSource(ctx context.Context, s NewSource) (string, error) {
	return scalar[string](ctx, t.q, "put source", `
		INSERT INTO sources AS s (id, name, name_key, domain, created_at) VALUES (@id, @name, @key, @domain, @at)
		ON CONFLICT (name_key) DO UPDATE SET domain = CASE s.domain WHEN '' THEN excluded.domain ELSE s.domain END
		RETURNING id::text`,
		named{"id": s.ID, "name": s.Name, "key": s.Key, "domain": s.Domain, "at": s.At})
}
