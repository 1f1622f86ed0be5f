package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

type findingRow struct {
	ID              string
	StoryID         string
	Summary         string
	Verdict         *claims.Verdict // null of a veiled one
	Score           *float64
	Closeness       *float64
	RestsOn         []string
	Doubt           *claims.Doubt
	Corroborated    bool
	Sources         int
	Origins         int
	ReviewedVerdict *claims.Verdict
	Reviewed        bool
	StaleReview     bool
	Rank            int
	SecondPairs     int
	SecondAnswered  int
	SecondDisagrees int
	CreatedAt       time.Time
	UpdatedAt       time.Time
	decidedColumns
}

const findingColumns = decidedSelect + `,
	f.id, f.story_id, f.summary, f.verdict, f.score, f.closeness, f.rests_on, f.doubt, f.corroborated, f.sources, f.origins,
	f.reviewed_verdict, f.reviewed, f.stale_review, f.rank,
	coalesce(f.second_pairs, 0) AS second_pairs, coalesce(f.second_answered, 0) AS second_answered,
	coalesce(f.second_disagrees, 0) AS second_disagrees, f.created_at, f.touched_at AS updated_at`

func (r findingRow) finding() Finding {
	verdict := claims.Verdict("")
	if r.Verdict != nil {
		verdict = *r.Verdict
	}
	return Finding{Finding: claims.Finding{ID: r.ID, Summary: r.Summary, Verdict: verdict, Score: r.Score,
		Alignment: r.Closeness, RestsOn: notNil(r.RestsOn), Doubt: r.Doubt,
		Corroborated: r.Corroborated, Sources: r.Sources, Origins: r.Origins, ReviewedVerdict: r.ReviewedVerdict,
		Claims: []claims.FindingClaim{}, Positions: []claims.Position{}, Differences: []claims.Difference{}},
		StoryID: r.StoryID, Reviewed: r.Reviewed, StaleReview: r.StaleReview, Veiled: r.Verdict == nil,
		Decided: r.decided(), Second: SecondCounts{Pairs: r.SecondPairs, Answered: r.SecondAnswered, Disagrees: r.SecondDisagrees},
		CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt}
}

// Finding gives one finding with its claims, positions and differences.
func (q Queries) Finding(ctx context.Context, id string) (Finding, error) {
	row, err := one[findingRow](ctx, q.q, "finding", "SELECT"+findingColumns+` FROM findings_for($2) f
		JOIN stories s ON s.id = f.story_id WHERE f.id = $1 AND s.deleted_at IS NULL`, id, q.viewer)
	if err != nil {
		return Finding{}, err
	}
	filled, err := q.fill(ctx, []findingRow{row})
	if err != nil {
		return Finding{}, err
	}
	return filled[0], nil
}

// Successor gives the finding that took over from a merged one, claims.NotFound
// where the id is not that of a merged one.
func (q Queries) Successor(ctx context.Context, id string) (string, error) {
	return scalar[string](ctx, q.q, "successor", "SELECT successor::text FROM findings_moved WHERE id = $1", id)
}

// fill adds claims, positions and differences to findings.
func (q Queries) fill(ctx context.Context, rows []findingRow) ([]Finding, error) {
	out := make([]Finding, len(rows))
	ids, at := make([]string, len(rows)), make(map[string]*Finding, len(rows))
	for i, r := range rows {
		out[i], ids[i] = r.finding(), r.ID
		at[r.ID] = &out[i]
	}
	for _, part := range []func(context.Context, []string, map[string]*Finding) error{
		q.fillPositions, q.fillClaims, q.fillDifferences} {
		if err := part(ctx, ids, at); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (q Queries) fillPositions(ctx context.Context, ids []string, at map[string]*Finding) error {
	type row struct {
		FindingID string
		Label     string
		Value     string
		Sources   int
		Origins   int
	}
	rows, err := list[row](ctx, q.q, "positions", `
		SELECT finding_id, label, value, sources, origins FROM positions_for($2)
		WHERE finding_id = ANY($1) ORDER BY finding_id, ordinal`, ids, q.viewer)
	for _, r := range rows {
		f := at[r.FindingID]
		f.Positions = append(f.Positions, claims.Position{ID: r.Label, Value: r.Value, Claims: []string{},
			Sources: r.Sources, Origins: r.Origins})
	}
	return err
}

func (q Queries) fillClaims(ctx context.Context, ids []string, at map[string]*Finding) error {
	type row struct {
		FindingID   string
		Position    string
		ID          string
		ArticleID   string
		Source      string
		Origin      string
		OriginKnown bool
		Exact       string
		StartAt     int
		EndAt       int
	}
	var r row
	rows, err := q.q.Query(ctx, `
		SELECT fc.finding_id, coalesce(fc.position, '') AS position, c.id, c.article_id, s.name AS source, c.exact,
		       `+claimOrigin+`, c.start_at, c.end_at
		FROM finding_claims_for($2) fc JOIN claims c ON c.id = fc.claim_id
		JOIN articles a ON a.id = c.article_id JOIN sources s ON s.id = a.source_id
		WHERE fc.finding_id = ANY($1) ORDER BY fc.finding_id, fc.ordinal, c.id`, ids, q.viewer)
	into := []any{&r.FindingID, &r.Position, &r.ID, &r.ArticleID, &r.Source, &r.Exact, &r.Origin, &r.OriginKnown, &r.StartAt, &r.EndAt}
	return wrap("claims of findings", each(rows, err, into, func() {
		f := at[r.FindingID]
		f.Claims = append(f.Claims, claims.FindingClaim{ID: r.ID, ArticleID: r.ArticleID, Source: r.Source,
			Origin: r.Origin, OriginKnown: r.OriginKnown,
			Passage: claims.Passage{Exact: r.Exact, Start: r.StartAt, End: r.EndAt}})
		putClaim(f.Positions, r.Position, r.ID)
	}))
}

// putClaim adds a claim to the position that it stands in.
func putClaim(positions []claims.Position, label, claimID string) {
	for i := range positions {
		if positions[i].ID == label {
			positions[i].Claims = append(positions[i].Claims, claimID)
		}
	}
}

func (q Queries) fillDifferences(ctx context.Context, ids []string, at map[string]*Finding) error {
	type row struct {
		FindingID      string
		ID             string
		Kind           claims.Kind
		Rule           claims.Rule
		Material       bool
		ClaimA, ClaimB string
		ValueA, ValueB string
		MarksA, MarksB []claims.Mark
		BetweenWho     claims.Between
		Internal       bool
		Superseded     bool
		Explanation    string
	}
	var r row
	rows, err := q.q.Query(ctx, `
		SELECT finding_id, id, kind, rule, material, claim_a, claim_b, value_a, value_b, marks_a, marks_b, between_who,
		       internal, superseded, explanation
		FROM differences_for($2) WHERE finding_id = ANY($1) ORDER BY finding_id, ordinal`, ids, q.viewer)
	into := []any{&r.FindingID, &r.ID, &r.Kind, &r.Rule, &r.Material, &r.ClaimA, &r.ClaimB, &r.ValueA, &r.ValueB, &r.MarksA, &r.MarksB,
		&r.BetweenWho, &r.Internal, &r.Superseded, &r.Explanation}
	return wrap("differences", each(rows, err, into, func() {
		f := at[r.FindingID]
		f.Differences = append(f.Differences, claims.Difference{ID: r.ID, Kind: r.Kind, Rule: r.Rule, Material: r.Material,
			Claims: [2]string{r.ClaimA, r.ClaimB}, Values: [2]string{r.ValueA, r.ValueB},
			Marks: [2][]claims.Mark{r.MarksA, r.MarksB}, Between: r.BetweenWho, Internal: r.Internal,
			Superseded: r.Superseded, Explanation: r.Explanation})
		r.MarksA, r.MarksB = nil, nil // they are the finding's now
	}))
}
