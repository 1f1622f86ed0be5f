package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

// SecondQuestion is a question that is due.
type SecondQuestion struct {
	Hash  []byte
	Tries int
	// Sides are those of one of the pairs that have it; the ids are empty where none can be
	// asked about now.
	Sides [2]SecondSide
}

// DueSecondQuestion gives the question that is to be put next at a moment, claims.NotFound
// where none is. A pair can be asked about where its claims are in one finding of a
// story outside the bin. The second judge's lock has to be held.
func (t *Tx) DueSecondQuestion(ctx context.Context, now time.Time) (SecondQuestion, error) {
	type row struct {
		Hash  []byte
		Tries int
		secondSideColumns
	}
	r, err := one[row](ctx, t.q, "due second question", `
		SELECT s.hash, s.tries, coalesce(p.claim_a::text, '') AS claim_a, coalesce(p.claim_b::text, '') AS claim_b,
		       coalesce(p.text_a, '') AS text_a, coalesce(p.text_b, '') AS text_b,
		       p.published_at_a, p.offset_a, p.precision_a, p.published_at_b, p.offset_b, p.precision_b
		FROM (SELECT * FROM second_answers WHERE next_at <= $1 AND (asking_until IS NULL OR asking_until <= $1)
		      ORDER BY urgent DESC, next_at, hash LIMIT 1) s
		LEFT JOIN LATERAL (
			SELECT p.claim_a, p.claim_b, ca.text AS text_a, cb.text AS text_b,
			       aa.published_at AS published_at_a, aa.published_offset AS offset_a, aa.published_precision AS precision_a,
			       ab.published_at AS published_at_b, ab.published_offset AS offset_b, ab.published_precision AS precision_b
			FROM second_pairs p
			JOIN finding_claims fa ON fa.claim_id = p.claim_a JOIN finding_claims fb ON fb.claim_id = p.claim_b AND fb.finding_id = fa.finding_id
			JOIN findings f ON f.id = fa.finding_id JOIN stories st ON st.id = f.story_id AND st.deleted_at IS NULL
			JOIN claims ca ON ca.id = p.claim_a JOIN articles aa ON aa.id = ca.article_id AND aa.deleted_at IS NULL
			JOIN claims cb ON cb.id = p.claim_b JOIN articles ab ON ab.id = cb.article_id AND ab.deleted_at IS NULL
			WHERE p.hash = s.hash ORDER BY p.claim_a, p.claim_b LIMIT 1) p ON true`, now)
	return SecondQuestion{Hash: r.Hash, Tries: r.Tries, Sides: r.sides()}, err
}

// TakeSecondQuestion keeps others from putting a question until a moment.
func (t *Tx) TakeSecondQuestion(ctx context.Context, hash []byte, until time.Time) error {
	_, err := t.exec(ctx, "take second question", "UPDATE second_answers SET asking_until = $2 WHERE hash = $1", hash, until)
	return err
}

// PostponeSecondQuestion puts a question off that was not put, nil for until its pairs are
// planned again.
func (t *Tx) PostponeSecondQuestion(ctx context.Context, hash []byte, at *time.Time) error {
	_, err := t.exec(ctx, "postpone second question",
		"UPDATE second_answers SET asking_until = NULL, next_at = $2 WHERE hash = $1 AND relation IS NULL", hash, at)
	return err
}

// NextSecondQuestion is when a question is due next, nil where none waits.
func (q Queries) NextSecondQuestion(ctx context.Context) (*time.Time, error) {
	return scalar[*time.Time](ctx, q.q, "next second question",
		"SELECT min(greatest(next_at, asking_until)) FROM second_answers WHERE next_at IS NOT NULL")
}

// SecondAnswer is what the second judge said to a question.
type SecondAnswer struct {
	Hash     []byte
	Relation claims.Relation
	Kind     claims.Kind
	Reason   string
	At       time.Time
}

// PutSecondAnswer stores an answer and counts it in the findings that have its pairs. One
// that is there already stays. The locks of their stories have to be held.
func (t *Tx) PutSecondAnswer(ctx context.Context, a SecondAnswer) error {
	if _, err := t.exec(ctx, "put second answer", `
		UPDATE second_answers SET relation = @relation, kind = nullif(@kind, ''), reason = @reason, answered_at = @at,
			next_at = NULL, asking_until = NULL, fault = ''
		WHERE hash = @hash AND relation IS NULL`,
		named{"hash": a.Hash, "relation": string(a.Relation), "kind": string(a.Kind), "reason": a.Reason, "at": a.At}); err != nil {
		return err
	}
	return t.countSecond(ctx, `f.id IN (SELECT fc.finding_id FROM second_pairs p JOIN finding_claims fc ON fc.claim_id = p.claim_a WHERE p.hash = @hash)`,
		named{"hash": a.Hash})
}

// SecondStories gives the stories of the findings that have a question's pairs.
func (q Queries) SecondStories(ctx context.Context, hash []byte) ([]string, error) {
	return column[string](ctx, q.q, "stories of a second question", `
		SELECT DISTINCT f.story_id::text FROM second_pairs p JOIN finding_claims fc ON fc.claim_id = p.claim_a
		JOIN findings f ON f.id = fc.finding_id WHERE p.hash = $1 ORDER BY 1`, hash)
}

// SecondFailure is a question that was put in vain.
type SecondFailure struct {
	Hash  []byte
	Fault string
	// Counts is true where the fault may lie with the question, so that it is put only so
	// many times.
	Counts bool
	// NextAt is when it is put again, nil for never.
	NextAt *time.Time
}

// PutSecondFailure notes that a question was put in vain.
func (t *Tx) PutSecondFailure(ctx context.Context, f SecondFailure) error {
	_, err := t.exec(ctx, "put second failure", `
		UPDATE second_answers SET fault = @fault, tries = tries + CASE WHEN @counts THEN 1 ELSE 0 END, next_at = @next, asking_until = NULL
		WHERE hash = @hash AND relation IS NULL`,
		named{"hash": f.Hash, "fault": f.Fault, "counts": f.Counts, "next": f.NextAt})
	return err
}

// RetrySecondJudge makes all that failed due at a moment, as if it had not, and ends the
// rest of the endpoint. It gives how many questions that are. The second judge's lock
// has to be held.
func (t *Tx) RetrySecondJudge(ctx context.Context, now time.Time) (int64, error) {
	n, err := t.exec(ctx, "retry second questions", `
		UPDATE second_answers s SET tries = 0, fault = '', next_at = $1
		WHERE relation IS NULL AND fault <> '' AND EXISTS (SELECT FROM second_pairs p WHERE p.hash = s.hash)`, now)
	if err != nil {
		return 0, err
	}
	_, err = t.exec(ctx, "end rest of the second judge", "UPDATE second_judge SET failures = 0, failing_since = NULL, fault = '', rest_until = NULL")
	return n, err
}
