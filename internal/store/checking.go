package store

import "context"

// tellingHits is the most claims that one search of a draft's words leads to.
const tellingHits = 50

// ToldIn is a story in which claims have words of a draft.
type ToldIn struct {
	StoryID string
	// Searches is how many of the searches led to it.
	Searches int
}

// StoriesTelling gives the stories with claims that have all words of a search, those
// that most searches lead to first. Each search is a few words of one claim of a draft.
func (q Queries) StoriesTelling(ctx context.Context, searches []string, most int) ([]ToldIn, error) {
	return list[ToldIn](ctx, q.q, "stories telling", `
		SELECT h.story_id, count(DISTINCT h.search)::int AS searches FROM (
			SELECT s.search, a.story_id
			FROM unnest(@searches::text[]) AS s (search)
			CROSS JOIN LATERAL (
				SELECT c.article_id FROM claims c WHERE c.words @@ plainto_tsquery('news', s.search) LIMIT @hits) c
			JOIN articles a ON a.id = c.article_id JOIN stories t ON t.id = a.story_id
			WHERE a.deleted_at IS NULL AND t.deleted_at IS NULL) h
		GROUP BY h.story_id ORDER BY searches DESC, h.story_id LIMIT @most`,
		named{"searches": searches, "hits": tellingHits, "most": most})
}

// SourceName gives the name under which a source is stored whose folded name this is,
// else the name itself.
func (q Queries) SourceName(ctx context.Context, key, name string) (string, error) {
	return scalar[string](ctx, q.q, "source name", "SELECT coalesce((SELECT name FROM sources WHERE name_key = $1), $2)", key, name)
}
