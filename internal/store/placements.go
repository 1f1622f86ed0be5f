package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

// PlaceReason says why the machine put an article where it is.
type PlaceReason string

// The reasons of placements.
const (
	// PlacedAsCopy: its text stands in an article of the story.
	PlacedAsCopy PlaceReason = "copy"
	// PlacedByTerms: it shares enough names and terms with the story.
	PlacedByTerms PlaceReason = "terms"
	// PlacedAsNew: no story was near enough, so it started one.
	PlacedAsNew PlaceReason = "new"
)

// Placement is the machine's decision on an article, with what a person needs to
// judge it.
type Placement struct {
	ArticleID string
	Title     string
	Source    string
	Published claims.Published `db:"-"`
	// Version is the article's.
	Version int
	Reason  PlaceReason
	// StoryID is the story that the article is in now.
	StoryID    string
	StoryTitle string
	// NearestID is the story that it joined or almost joined, empty for none.
	NearestID    string
	NearestTitle string
	Score        float64
	Likeness     claims.Likeness
	// The nearest article of that story; its id is empty where it is gone.
	OtherID        string
	OtherTitle     string
	OtherSource    string
	OtherPublished claims.Published `db:"-"`
	Uncertain      bool
	PlacedAt       time.Time
	// SettledAt is when a person settled it, nil until then; SettledBy names the person.
	SettledAt *time.Time
	SettledBy string
}

// Joined tells whether the article is in the story that it is nearest to.
func (p Placement) Joined() bool { return p.NearestID != "" && p.NearestID == p.StoryID }

type placementRow struct {
	Placement
	publishedColumns
	OtherAt        *time.Time
	OtherOffset    *int
	OtherPrecision *claims.Precision
}

func (r placementRow) placement() Placement {
	r.Placement.Published = r.published()
	r.Placement.OtherPublished = publishedColumns{r.OtherAt, r.OtherOffset, r.OtherPrecision}.published()
	return r.Placement
}

const placementSelect = `
	SELECT p.article_id, a.title, s.name AS source, a.published_at, a.published_offset, a.published_precision, a.version,
	       p.reason, coalesce(a.story_id::text, '') AS story_id, coalesce(here.title, '') AS story_title,
	       coalesce(n.id::text, '') AS nearest_id, coalesce(n.title, '') AS nearest_title, p.score, p.likeness,
	       coalesce(o.id::text, '') AS other_id, coalesce(o.title, '') AS other_title, coalesce(os.name, '') AS other_source,
	       o.published_at AS other_at, o.published_offset AS other_offset, o.published_precision AS other_precision,
	       p.uncertain, p.placed_at, p.settled_at, coalesce(u.name, '') AS settled_by
	FROM placements p JOIN articles a ON a.id = p.article_id JOIN sources s ON s.id = a.source_id
	LEFT JOIN stories here ON here.id = a.story_id
	LEFT JOIN stories n ON n.id = p.nearest_id AND n.deleted_at IS NULL
	LEFT JOIN articles o ON o.id = nullif(p.likeness ->> 'article', '')::uuid AND o.deleted_at IS NULL
	LEFT JOIN sources os ON os.id = o.source_id
	LEFT JOIN users u ON u.id = p.settled_by `

// Placement gives the machine's decision on an article, claims.NotFound where a
// person chose its story from the start.
func (q Queries) Placement(ctx context.Context, articleID string) (Placement, error) {
	row, err := one[placementRow](ctx, q.q, "placement", placementSelect+"WHERE p.article_id = $1", articleID)
	return row.placement(), err
}

// Waiting lists at most limit uncertain placements that no person has settled,
// with article ids below before, the newest first.
func (q Queries) Waiting(ctx context.Context, before string, limit int) ([]Placement, error) {
	rows, err := list[placementRow](ctx, q.q, "waiting placements", placementSelect+`
		WHERE p.uncertain AND p.settled_at IS NULL AND a.deleted_at IS NULL AND here.deleted_at IS NULL
		  AND ($1::text = '' OR p.article_id < nullif($1::text, '')::uuid)
		ORDER BY p.article_id DESC LIMIT $2`, before, limit)
	out := make([]Placement, len(rows))
	for i, r := range rows {
		out[i] = r.placement()
	}
	return out, err
}

// NewPlacement is a decision of the machine to be stored.
type NewPlacement struct {
	ArticleID string
	Reason    PlaceReason
	NearestID string // empty for none
	Score     float64
	Likeness  claims.Likeness
	Uncertain bool
	At        time.Time
}

// PutPlacement stores a decision of the machine.
func (t *Tx) PutPlacement(ctx context.Context, p NewPlacement) error {
	_, err := t.exec(ctx, "put placement", `
		INSERT INTO placements (article_id, reason, nearest_id, score, likeness, uncertain, placed_at)
		VALUES (@article, @reason, nullif(@nearest, '')::uuid, @score, @likeness, @uncertain, @at)
		ON CONFLICT (article_id) DO UPDATE SET reason = excluded.reason, nearest_id = excluded.nearest_id,
			score = excluded.score, likeness = excluded.likeness, uncertain = excluded.uncertain, placed_at = excluded.placed_at,
			settled_at = NULL, settled_by = NULL`,
		named{"article": p.ArticleID, "reason": string(p.Reason), "nearest": p.NearestID, "score": p.Score,
			"likeness": p.Likeness, "uncertain": p.Uncertain, "at": p.At})
	return err
}

// SettlePlacements notes that a person settled where articles are.
func (t *Tx) SettlePlacements(ctx context.Context, articleIDs []string, by string, at time.Time) error {
	_, err := t.exec(ctx, "settle placements", `
		UPDATE placements SET settled_at = $2, settled_by = $3 WHERE article_id = ANY($1)`, articleIDs, at, by)
	return err
}
