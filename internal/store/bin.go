package store

import (
	"context"
	"time"
)

// Binned is something that was deleted and can be taken back.
type Binned struct {
	ID string
	// Kind is [StoryObject] or [ArticleObject].
	Kind      ObjectKind
	Title     string
	Source    string // of an article
	DeletedAt time.Time
	// DeletedBy names who deleted it, empty where that was not noted.
	DeletedBy string
	// Articles counts those that went with a story.
	Articles int
	// StoryID and Story are where an article was, empty for nowhere; StoryDeleted is
	// true where that story is in the bin as well.
	StoryID      string
	Story        string
	StoryDeleted bool
}

// BinPlace is a place in the bin, which is ordered by the time of deletion.
type BinPlace struct {
	DeletedAt time.Time
	ID        string
}

// BinChoice chooses what is in the bin; an empty Kind chooses all.
type BinChoice struct {
	Kind  ObjectKind
	After BinPlace
	Limit int
}

// Bin lists deleted stories and articles behind a place, what was deleted last first.
// Articles that went with their story are counted there.
func (q Queries) Bin(ctx context.Context, c BinChoice) ([]Binned, error) {
	return list[Binned](ctx, q.q, "bin", `
		WITH binned AS (
			SELECT s.id, 'story' AS kind, s.title, '' AS source, s.deleted_at, '' AS story_id, '' AS story, false AS story_deleted,
			       (SELECT count(*) FROM articles a WHERE a.story_id = s.id AND a.deleted_at = s.deleted_at) AS articles
			FROM stories s WHERE s.deleted_at IS NOT NULL
			UNION ALL
			SELECT a.id, 'article', a.title, p.name, a.deleted_at, coalesce(s.id::text, ''), coalesce(s.title, ''),
			       coalesce(s.deleted_at IS NOT NULL, false), 0
			FROM articles a JOIN sources p ON p.id = a.source_id LEFT JOIN stories s ON s.id = a.story_id
			WHERE a.deleted_at IS NOT NULL AND s.deleted_at IS DISTINCT FROM a.deleted_at)
		SELECT b.*, coalesce((
			SELECT d.actor FROM audit d WHERE d.object = b.id::text AND d.action IN ('story.delete', 'article.delete')
			ORDER BY d.id DESC LIMIT 1), '') AS deleted_by
		FROM binned b
		WHERE ($4 = '' OR b.kind = $4) AND ($1 = '' OR (b.deleted_at, b.id) < ($2, nullif($1, '')::uuid))
		ORDER BY b.deleted_at DESC, b.id DESC LIMIT $3`, c.After.ID, c.After.DeletedAt, c.Limit, string(c.Kind))
}
