package store

import (
	"context"
	"time"
)

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
