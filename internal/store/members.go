package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

// claimOrigin gives who a claim comes from: its own origin where the comparison found
// one, else its article's. fc may be missing.
const claimOrigin = `
	coalesce(nullif(fc.origin, ''), a.origin) AS origin,
	CASE WHEN fc.origin <> '' THEN fc.origin_known ELSE a.origin_known END AS origin_known`

type memberClaimRow struct {
	claimRow
	ArticleID    string
	ArticleTitle string
	ArticleURL   string
	SourceID     string
	Source       string
	Origin       string
	OriginKnown  bool
	publishedColumns
	Position string
	Before   string
	After    string
	EditKind *EditKind
	EditBy   *string
	EditAt   *time.Time
}

// edited gives who made the claim what it is, nil where no person did.
func (r memberClaimRow) edited() *ClaimMark {
	if r.EditKind == nil {
		return nil
	}
	return &ClaimMark{Kind: *r.EditKind, By: *r.EditBy, At: *r.EditAt}
}

// Members gives claims with everything that is shown beside them, by id. Before
// and After hold at most around characters of the text on either side.
func (q Queries) Members(ctx context.Context, claimIDs []string, around int) (map[string]Member, error) {
	rows, err := list[memberClaimRow](ctx, q.q, "members", "SELECT"+claimColumns+`,
		c.article_id, a.title AS article_title, a.url AS article_url, a.source_id, s.name AS source,
		`+claimOrigin+`, a.published_at, a.published_offset, a.published_precision,
		coalesce(fc.position, '') AS position,
		substr(t.body, greatest(c.start_at - $2 + 1, 1), least($2, c.start_at)) AS before,
		substr(t.body, c.end_at + 1, $2) AS after, e.kind AS edit_kind, u.name AS edit_by, e.created_at AS edit_at
		FROM claims c JOIN articles a ON a.id = c.article_id JOIN sources s ON s.id = a.source_id
		JOIN texts t ON t.id = c.text_id LEFT JOIN LATERAL (SELECT * FROM finding_claims_for($3) v WHERE v.claim_id = c.id OFFSET 0) fc ON true
		LEFT JOIN claim_edits e ON e.id = c.edit_id LEFT JOIN users u ON u.id = e.author_id
		WHERE c.id = ANY($1)`, claimIDs, around, q.viewer)
	out := make(map[string]Member, len(rows))
	for _, r := range rows {
		out[r.ID] = Member{Claim: r.claim(), ArticleID: r.ArticleID, ArticleTitle: r.ArticleTitle, ArticleURL: r.ArticleURL,
			SourceID: r.SourceID, Source: r.Source, Origin: r.Origin, OriginKnown: r.OriginKnown,
			Published: r.published(), Position: r.Position, Before: r.Before, After: r.After, Edited: r.edited()}
	}
	return out, err
}

type clearedRow struct {
	ID             string
	StoryID        string
	ClaimA, ClaimB string
	Kind           claims.Kind
	Reason         string
}

func clearedOf(rows []clearedRow, err error) ([]ClearedPair, error) {
	out := make([]ClearedPair, len(rows))
	for i, r := range rows {
		out[i] = ClearedPair{StoryID: r.StoryID, ClearedPair: claims.ClearedPair{ID: r.ID,
			Claims: [2]string{r.ClaimA, r.ClaimB}, Kind: r.Kind, Reason: r.Reason}}
	}
	return out, err
}

const clearedSelect = "SELECT id, story_id, claim_a, claim_b, kind, reason FROM cleared_for(@viewer) "

// Cleared lists at most limit cleared pairs of a story from behind the id after,
// without their members.
func (q Queries) Cleared(ctx context.Context, storyID, after string, limit int) ([]ClearedPair, error) {
	return clearedOf(list[clearedRow](ctx, q.q, "cleared pairs", clearedSelect+`
		WHERE story_id = @story AND (@after::text = '' OR id > nullif(@after::text, '')::uuid) ORDER BY id LIMIT @limit`,
		named{"story": storyID, "after": after, "limit": limit, "viewer": q.viewer}))
}

// ClearedTouching gives the cleared pairs that have one of the claims, at most
// limit, without their members.
func (q Queries) ClearedTouching(ctx context.Context, claimIDs []string, limit int) ([]ClearedPair, error) {
	return clearedOf(list[clearedRow](ctx, q.q, "cleared pairs of claims", clearedSelect+`
		WHERE claim_a = ANY(@claims) OR claim_b = ANY(@claims) ORDER BY id LIMIT @limit`,
		named{"claims": claimIDs, "limit": limit, "viewer": q.viewer}))
}
