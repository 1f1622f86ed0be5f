package store

import (
	"context"
	"time"
)

// Binned is something that was deleted and can be taken back.
type Binned struct {
	ID string
	// Kind is [StoryObject], [ArticleObject] or [SourceObject].
	Kind      ObjectKind
	Title     string
	Source    string // of an article
	DeletedAt time.Time
	// DeletedBy names who deleted it, empty where that was not noted.
	DeletedBy string
	// Articles counts those that went with a story or a source.
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
	// ID is that of one thing, empty for all.
	ID    string
	Kind  ObjectKind
	After BinPlace
	Limit int
}

// Bin lists deleted stories and articles behind a place, what was deleted last first.
// Articles that went with their story or their source are counted there.
func (q Queries) Bin(ctx context.Context, c BinChoice) ([]Binned, error) {
	return list[Binned](ctx, q.q, "bin", `
		WITH binned AS (
			(SELECT s.id, 'story' AS kind, s.title, '' AS source, s.deleted_at, '' AS story_id, '' AS story, false AS story_deleted,
			       (SELECT count(*) FROM articles a WHERE a.story_id = s.id AND a.deleted_at = s.deleted_at) AS articles
			FROM stories s WHERE s.deleted_at IS NOT NULL AND $4 IN ('', 'story') AND ($5 = '' OR s.id = nullif($5, '')::uuid)
			AND ($1 = '' OR (s.deleted_at, s.id) < ($2, nullif($1, '')::uuid))
			ORDER BY s.deleted_at DESC, s.id DESC LIMIT $3)
			UNION ALL
			(SELECT a.id, 'article', a.title, p.name, a.deleted_at, coalesce(s.id::text, ''), coalesce(s.title, ''),
			       coalesce(s.deleted_at IS NOT NULL, false), 0
			FROM articles a JOIN sources p ON p.id = a.source_id LEFT JOIN stories s ON s.id = a.story_id
			WHERE a.deleted_at IS NOT NULL AND s.deleted_at IS DISTINCT FROM a.deleted_at AND $4 IN ('', 'article')
			AND NOT EXISTS (SELECT FROM source_removals r WHERE r.source_id = a.source_id AND r.removed_at = a.deleted_at)
			AND ($5 = '' OR a.id = nullif($5, '')::uuid) AND ($1 = '' OR (a.deleted_at, a.id) < ($2, nullif($1, '')::uuid))
			ORDER BY a.deleted_at DESC, a.id DESC LIMIT $3)
			UNION ALL
			(SELECT r.source_id, 'source', p.name, '', r.removed_at, '', '', false,
			       (SELECT count(*) FROM articles a WHERE a.source_id = r.source_id AND a.deleted_at = r.removed_at)
			FROM source_removals r JOIN sources p ON p.id = r.source_id WHERE r.state = 'removed' AND $4 IN ('', 'source')
			AND ($5 = '' OR r.source_id = nullif($5, '')::uuid) AND ($1 = '' OR (r.removed_at, r.source_id) < ($2, nullif($1, '')::uuid))
			ORDER BY r.removed_at DESC, r.source_id DESC LIMIT $3))
		SELECT b.*, coalesce((
			SELECT d.actor FROM audit d WHERE d.object = b.id::text AND d.action IN ('story.delete', 'article.delete', 'source.delete')
			ORDER BY d.id DESC LIMIT 1), '') AS deleted_by
		FROM binned b
		ORDER BY b.deleted_at DESC, b.id DESC LIMIT $3`, c.After.ID, c.After.DeletedAt, c.Limit, string(c.Kind), c.ID)
}
