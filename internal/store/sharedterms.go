package store

import "context"

// SharedTerm is a term that an article has in common with another.
type SharedTerm struct {
	Term      string
	ArticleID string
	Title     string
	Source    string
}

// sharedWith is the most articles of a story that one is held against.
const sharedWith = 200

// SharedTerms gives what terms of its fingerprint an article shares with the newest
// other articles of a story, by article.
func (q Queries) SharedTerms(ctx context.Context, articleID, storyID string) ([]SharedTerm, error) {
	return list[SharedTerm](ctx, q.q, "shared terms", `
		WITH others AS (
			SELECT a.id, a.title, s.name AS source, a.fingerprint -> 'terms' AS terms
			FROM articles a JOIN sources s ON s.id = a.source_id
			WHERE a.story_id = $2 AND a.id <> $1 AND a.deleted_at IS NULL AND a.fingerprint IS NOT NULL
			ORDER BY a.id DESC LIMIT $3)
		SELECT t.term, o.id AS article_id, o.title, o.source
		FROM articles me CROSS JOIN LATERAL jsonb_object_keys(me.fingerprint -> 'terms') AS t (term)
		JOIN others o ON o.terms ? t.term
		WHERE me.id = $1 ORDER BY o.id, t.term`, articleID, storyID, sharedWith)
}

// FirstDeed gives the oldest entry of the audit log about an object with an action.
func (q Queries) FirstDeed(ctx context.Context, object, action string) (AuditEntry, error) {
	return one[AuditEntry](ctx, q.q, "first deed", `
		SELECT id, at, coalesce(actor_id::text, '') AS actor_id, actor, coalesce(key_id::text, '') AS key_id, action, object, detail
		FROM audit WHERE object = $1 AND action = $2 ORDER BY id LIMIT 1`, object, action)
}
