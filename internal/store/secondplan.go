package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

// SecondSide is a claim as the second judge is asked about it.
type SecondSide struct {
	ClaimID   string
	Text      string
	Published claims.Published
}

// SecondPair is a pair of claims of one finding, of different sources.
type SecondPair struct {
	Sides [2]SecondSide
	// Diverges is true where the engine says that the two diverge.
	Diverges bool
}

type secondSideColumns struct {
	ClaimA, ClaimB string
	TextA, TextB   string
	PublishedAtA   *time.Time
	OffsetA        *int
	PrecisionA     *claims.Precision
	PublishedAtB   *time.Time
	OffsetB        *int
	PrecisionB     *claims.Precision
}

func (r secondSideColumns) sides() [2]SecondSide {
	a := publishedColumns{PublishedAt: r.PublishedAtA, PublishedOffset: r.OffsetA, PublishedPrecision: r.PrecisionA}
	b := publishedColumns{PublishedAt: r.PublishedAtB, PublishedOffset: r.OffsetB, PublishedPrecision: r.PrecisionB}
	return [2]SecondSide{{ClaimID: r.ClaimA, Text: r.TextA, Published: a.published()}, {ClaimID: r.ClaimB, Text: r.TextB, Published: b.published()}}
}

// SecondPairs gives the pairs of a story's findings, each of two sources in different
// words, at most so many of a finding: those that the engine says diverge come first.
func (q Queries) SecondPairs(ctx context.Context, storyID string, most int) ([]SecondPair, error) {
	type row struct {
		secondSideColumns
		Diverges bool
	}
	rows, err := list[row](ctx, q.q, "pairs for the second judge", `
		WITH told AS MATERIALIZED (
			SELECT fc.finding_id, fc.ordinal, c.id, c.text, a.source_id, a.published_at, a.published_offset, a.published_precision
			FROM findings f JOIN finding_claims fc ON fc.finding_id = f.id JOIN claims c ON c.id = fc.claim_id
			JOIN articles a ON a.id = c.article_id
			WHERE f.story_id = $1 AND f.sources > 1),
		apart AS MATERIALIZED (
			SELECT d.finding_id, least(d.claim_a, d.claim_b) AS a, greatest(d.claim_a, d.claim_b) AS b
			FROM differences d JOIN findings f ON f.id = d.finding_id
			WHERE f.story_id = $1 AND d.material AND NOT d.internal AND d.between_who = 'sources' GROUP BY 1, 2, 3),
		pairs AS (
			SELECT x.id AS claim_a, y.id AS claim_b, x.text AS text_a, y.text AS text_b,
			       x.published_at AS published_at_a, x.published_offset AS offset_a, x.published_precision AS precision_a,
			       y.published_at AS published_at_b, y.published_offset AS offset_b, y.published_precision AS precision_b,
			       d.a IS NOT NULL AS diverges,
			       row_number() OVER (PARTITION BY x.finding_id
			           ORDER BY d.a IS NULL, greatest(x.ordinal, y.ordinal), least(x.ordinal, y.ordinal), x.id, y.id) AS place
			FROM told x JOIN told y ON y.finding_id = x.finding_id AND x.id < y.id AND x.source_id <> y.source_id AND x.text <> y.text
			LEFT JOIN apart d ON d.finding_id = x.finding_id AND d.a = x.id AND d.b = y.id)
		SELECT claim_a, claim_b, text_a, text_b, published_at_a, offset_a, precision_a, published_at_b, offset_b, precision_b, diverges
		FROM pairs WHERE place <= $2 ORDER BY claim_a, claim_b`, storyID, most)
	out := make([]SecondPair, len(rows))
	for i, r := range rows {
		out[i] = SecondPair{Sides: r.sides(), Diverges: r.Diverges}
	}
	return out, err
}

// SecondPlan is what the second judge is to be asked about a story.
type SecondPlan struct {
	StoryID string
	// Compared is the story's count of changes that its comparison took in.
	Compared int64
	// Asker names model and prompt together.
	Asker, Model, Prompt string
	Pairs                []PlannedPair
	// MaxTries is how often a question is put that is not answered.
	MaxTries int
	At       time.Time
}

// PlannedPair is a pair with the hash of its question; ClaimA comes before ClaimB.
type PlannedPair struct {
	ClaimA, ClaimB string
	Hash           []byte
	Urgent         bool
}

// PutSecondPlan exchanges what the second judge is to be asked about a story. What was
// answered before is not asked again. The locks of the story and of the second judge have
// to be held.
func (t *Tx) PutSecondPlan(ctx context.Context, p SecondPlan) error {
	a, b := make([]string, len(p.Pairs)), make([]string, len(p.Pairs))
	hashes, urgent := make([][]byte, len(p.Pairs)), make([]bool, len(p.Pairs))
	for i, pair := range p.Pairs {
		a[i], b[i], hashes[i], urgent[i] = pair.ClaimA, pair.ClaimB, pair.Hash, pair.Urgent
	}
	for _, step := range []struct {
		op, sql string
		args    named
	}{
		{"put second questions", `
			INSERT INTO second_answers AS s (hash, model, prompt, urgent, created_at, next_at)
			SELECT n.hash, @model, @prompt, bool_or(n.urgent), @at, @at FROM unnest(@hashes::bytea[], @urgent::boolean[]) n (hash, urgent) GROUP BY n.hash
			ON CONFLICT (hash) DO UPDATE SET loose_since = NULL, urgent = excluded.urgent,
				next_at = CASE WHEN s.relation IS NULL AND s.tries < @tries AND (s.next_at IS NULL OR s.fault = '') THEN excluded.next_at ELSE s.next_at END
			WHERE s.loose_since IS NOT NULL OR s.urgent <> excluded.urgent OR s.relation IS NULL`,
			named{"model": p.Model, "prompt": p.Prompt, "at": p.At, "hashes": hashes, "urgent": urgent, "tries": p.MaxTries}},
		{"drop second pairs", `
			DELETE FROM second_pairs p USING claims c JOIN articles a ON a.id = c.article_id
			WHERE c.id = p.claim_a AND a.story_id = @story`, named{"story": p.StoryID}},
		{"put second pairs", `
			INSERT INTO second_pairs (claim_a, claim_b, hash)
			SELECT * FROM unnest(@a::uuid[], @b::uuid[], @hashes::bytea[])
			ON CONFLICT (claim_a, claim_b) DO UPDATE SET hash = excluded.hash`, named{"a": a, "b": b, "hashes": hashes}},
		{"put second plan", `
			INSERT INTO second_plans (story_id, compared, asker) VALUES (@story, @compared, @asker)
			ON CONFLICT (story_id) DO UPDATE SET compared = excluded.compared, asker = excluded.asker`,
			named{"story": p.StoryID, "compared": p.Compared, "asker": p.Asker}},
	} {
		if _, err := t.exec(ctx, step.op, step.sql, step.args); err != nil {
			return err
		}
	}
	return t.countSecond(ctx, "f.story_id = @story", named{"story": p.StoryID})
}

// StoriesToPlan gives stories whose comparison the second judge was not planned for yet,
// or for another model or prompt; those that changed last come first.
func (q Queries) StoriesToPlan(ctx context.Context, asker string, limit int) ([]string, error) {
	return column[string](ctx, q.q, "stories to plan", `
		SELECT s.id::text FROM stories s LEFT JOIN second_plans p ON p.story_id = s.id
		WHERE s.deleted_at IS NULL AND s.compared_at IS NOT NULL AND (p.story_id IS NULL OR p.compared <> s.compared OR p.asker <> $1)
		ORDER BY s.compared_at DESC, s.id LIMIT $2`, asker, limit)
}

// ForgetSecondAnswers removes questions that no pair has had for a time, with their
// answers.
func (t *Tx) ForgetSecondAnswers(ctx context.Context, now, before time.Time) error {
	for _, step := range []struct {
		op, sql string
		at      time.Time
	}{
		{"note loose answers", `
			UPDATE second_answers s SET loose_since = $1
			WHERE loose_since IS NULL AND NOT EXISTS (SELECT FROM second_pairs p WHERE p.hash = s.hash)`, now},
		{"forget loose answers", `
			DELETE FROM second_answers s WHERE loose_since < $1 AND NOT EXISTS (SELECT FROM second_pairs p WHERE p.hash = s.hash)`, before},
	} {
		if _, err := t.exec(ctx, step.op, step.sql, step.at); err != nil {
			return err
		}
	}
	return nil
}
