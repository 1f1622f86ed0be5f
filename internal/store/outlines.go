package store

import (
	"context"

	"corroborate/internal/claims"
)

// Outline is a finding as a row of the matrix needs it: its claims are without their
// words, and of the differences of one kind it has one.
type Outline struct {
	Finding
	// Opposing are the claims that say the opposite of a claim of the first position.
	Opposing []string
	// Planned are the claims that look ahead.
	Planned []string
}

// Outlines lists findings of a story as [Queries.Findings] does. A finding that many
// sources tell has a difference for each two of them, and a matrix shows none of that.
func (q Queries) Outlines(ctx context.Context, c FindingChoice) ([]Outline, error) {
	rows, err := q.chosen(ctx, c)
	if err != nil {
		return nil, err
	}
	out := make([]Outline, len(rows))
	ids, at := make([]string, len(rows)), make(map[string]*Outline, len(rows))
	inner := make(map[string]*Finding, len(rows))
	for i, r := range rows {
		out[i] = Outline{Finding: r.finding()}
		out[i].Place = c.placeOf(r.ID, r.Keys)
		ids[i], at[r.ID], inner[r.ID] = r.ID, &out[i], &out[i].Finding
	}
	if err := q.fillPositions(ctx, ids, inner); err != nil {
		return nil, err
	}
	if err := q.outlineClaims(ctx, ids, at); err != nil {
		return nil, err
	}
	return out, q.outlineDifferences(ctx, ids, at)
}

// outlineClaims adds who tells a finding, and in which position.
func (q Queries) outlineClaims(ctx context.Context, ids []string, at map[string]*Outline) error {
	type row struct {
		FindingID string
		Position  string
		ID        string
		ArticleID string
		Source    string
		Opposes   bool
		Planned   bool
	}
	rows, err := list[row](ctx, q.q, "outlines' claims", `
		SELECT fc.finding_id, coalesce(fc.position, '') AS position, c.id, c.article_id, s.name AS source,
		       coalesce(fc.opposes, false) AS opposes, c.certainty = 'planned' AS planned
		FROM finding_claims_for($2) fc JOIN claims c ON c.id = fc.claim_id
		JOIN articles a ON a.id = c.article_id JOIN sources s ON s.id = a.source_id
		WHERE fc.finding_id = ANY($1) ORDER BY fc.finding_id, fc.ordinal, c.id`, ids, q.viewer)
	for _, r := range rows {
		f := at[r.FindingID]
		if r.Opposes {
			f.Opposing = append(f.Opposing, r.ID)
		}
		if r.Planned {
			f.Planned = append(f.Planned, r.ID)
		}
		f.Claims = append(f.Claims, claims.FindingClaim{ID: r.ID, ArticleID: r.ArticleID, Source: r.Source})
		putClaim(f.Positions, r.Position, r.ID)
	}
	return err
}

// outlineDifferences adds the first difference of each kind. It counts as superseded
// where all of its kind are.
func (q Queries) outlineDifferences(ctx context.Context, ids []string, at map[string]*Outline) error {
	type row struct {
		FindingID      string
		ID             string
		Kind           claims.Kind
		Material       bool
		ClaimA, ClaimB string
		ValueA, ValueB string
		BetweenWho     claims.Between
		Internal       bool
		Superseded     bool
	}
	rows, err := list[row](ctx, q.q, "outlines' differences", `
		SELECT finding_id, id, kind, material, claim_a, claim_b, value_a, value_b, between_who, internal,
		       kind_superseded AS superseded
		FROM differences_for($2) WHERE finding_id = ANY($1) AND leads ORDER BY finding_id, ordinal`, ids, q.viewer)
	for _, r := range rows {
		f := at[r.FindingID]
		f.Differences = append(f.Differences, claims.Difference{ID: r.ID, Kind: r.Kind, Material: r.Material,
			Claims: [2]string{r.ClaimA, r.ClaimB}, Values: [2]string{r.ValueA, r.ValueB}, Between: r.BetweenWho,
			Internal: r.Internal, Superseded: r.Superseded})
	}
	return err
}
