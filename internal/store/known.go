package store

import (
	"context"
)

// KnownBy is what an article is known by; empty fields but the hash match nothing.
type KnownBy struct {
	ExternalID string
	URLKey     string
	SourceKey  string
	Hash       []byte // SHA-256 of the text
}

// Known is the article that an article to be stored is the same as.
type Known struct {
	ID     string
	Source string
	// SourceKey is the source's name folded. ByExternal and ByURL tell by what it is
	// known; where both are false, by its source and the very text, which may be one
	// that it had before.
	SourceKey  string
	ByExternal bool
	ByURL      bool
	// HasExternal and HasURL tell whether it has these at all.
	HasExternal bool
	HasURL      bool
}

// knownSelect gives, for the numbered keys that it is joined to as k, the article of
// each that counts most: by the external id, then the address, then the source with
// the text. That the columns are not empty is said as their indexes say it, which are
// used only then; OFFSET 0 keeps the planner from going through all of a source's
// articles, which it takes for few while the database is new.
const knownSelect = `
	SELECT DISTINCT ON (k.n) k.n, a.id, s.name AS source, s.name_key AS source_key,
	       k.external <> '' AND a.external_id = k.external AS by_external, k.url <> '' AND a.url_key = k.url AS by_url,
	       a.external_id <> '' AS has_external, a.url_key <> '' AS has_url
	FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) WITH ORDINALITY k (external, url, source, hash, n)
	CROSS JOIN LATERAL (
		SELECT id FROM articles WHERE external_id = k.external AND external_id <> '' AND deleted_at IS NULL
		UNION ALL
		SELECT id FROM articles WHERE url_key = k.url AND url_key <> '' AND deleted_at IS NULL
		UNION ALL
		SELECT r.article_id FROM (SELECT article_id FROM revisions WHERE sha256 = k.hash OFFSET 0) r
		JOIN articles b ON b.id = r.article_id JOIN sources o ON o.id = b.source_id
		WHERE o.name_key = k.source AND b.deleted_at IS NULL) found
	JOIN articles a ON a.id = found.id JOIN sources s ON s.id = a.source_id
	ORDER BY k.n, by_external DESC, by_url DESC, a.id`

// FindKnown gives, by the place of each key, the articles outside the bin that
// articles to be stored are the same as.
func (q Queries) FindKnown(ctx context.Context, keys []KnownBy) (map[int]Known, error) {
	type row struct {
		N int64
		Known
	}
	external, urls, sources, hashes := make([]string, len(keys)), make([]string, len(keys)), make([]string, len(keys)), make([][]byte, len(keys))
	for i, k := range keys {
		external[i], urls[i], sources[i], hashes[i] = k.ExternalID, k.URLKey, k.SourceKey, k.Hash
	}
	rows, err := list[row](ctx, q.q, "find known articles", knownSelect, external, urls, sources, hashes)
	out := make(map[int]Known, len(rows))
	for _, r := range rows {
		out[int(r.N)-1] = r.Known
	}
	return out, err
}

// FillKnown gives an article the external id and the address that it lacks.
func (t *Tx) FillKnown(ctx context.Context, id string, with KnownBy, url string) error {
	_, err := t.exec(ctx, "fill known article", `
		UPDATE articles SET external_id = CASE external_id WHEN '' THEN @external ELSE external_id END,
			url = CASE url_key WHEN '' THEN @url ELSE url END, url_key = CASE url_key WHEN '' THEN @key ELSE url_key END
		WHERE id = @id`, named{"id": id, "external": with.ExternalID, "url": url, "key": with.URLKey})
	return err
}
