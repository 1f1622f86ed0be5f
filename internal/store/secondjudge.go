package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

// SecondCounts says how a finding stands with the second judge, an outside model. All are
// 0 where the finding is veiled.
type SecondCounts struct {
	// Pairs are asked about, Answered of them were answered, and in Disagrees of those it
	// says otherwise than the engine.
	Pairs, Answered, Disagrees int
}

// SecondOutcome is how a finding stands with the second judge, as lists are narrowed by.
type SecondOutcome string

// The outcomes.
const (
	// SecondDisagrees: it says otherwise of a pair.
	SecondDisagrees SecondOutcome = "disagrees"
	// SecondAgrees: it says the same of all pairs that it was asked about so far.
	SecondAgrees SecondOutcome = "agrees"
	// SecondSilent: it has said nothing.
	SecondSilent SecondOutcome = "silent"
)

// SecondOutcomes lists every outcome.
func SecondOutcomes() []SecondOutcome {
	return []SecondOutcome{SecondDisagrees, SecondAgrees, SecondSilent}
}

// secondConditions say for each outcome which findings f have it. What is veiled has
// null for a number and fits none.
var secondConditions = map[SecondOutcome]string{
	SecondDisagrees: "f.second_answered > 0 AND f.second_disagrees > 0",
	SecondAgrees:    "f.second_answered > 0 AND f.second_disagrees = 0",
	SecondSilent:    "f.second_answered = 0",
}

// EngineWord is what the engine says of a pair of claims in one finding.
type EngineWord string

// The engine's words. It is undecided where the claims stand in different positions and no
// difference lies between these two.
const (
	EngineAgrees    EngineWord = "agree"
	EngineDiverges  EngineWord = "diverge"
	EngineUndecided EngineWord = "undecided"
)

// SecondVerdict is what the second judge was asked of a pair of a finding's claims, and
// what it said if it has.
type SecondVerdict struct {
	ClaimA, ClaimB string
	// Ours is the engine's word, which this stands beside.
	Ours      EngineWord
	Disagrees bool
	Model     string
	// Prompt is the version of the words in which it was asked.
	Prompt string
	// Relation, Kind and Reason are its answer, empty before. Reason is plain text by an
	// outside model.
	Relation   claims.Relation
	Kind       claims.Kind
	Reason     string
	AnsweredAt *time.Time
	// Tries counts the times that it was asked in vain, Fault is why the last one was, and
	// NextAt when it is asked again, nil where it is not.
	Tries  int
	Fault  string
	NextAt *time.Time
}

// SecondVerdicts gives the pairs of a finding that the second judge is asked about, those
// first in which it says otherwise, then what it has answered. There are none of a
// veiled finding.
func (q Queries) SecondVerdicts(ctx context.Context, findingID string) ([]SecondVerdict, error) {
	return list[SecondVerdict](ctx, q.q, "second verdicts", `
		SELECT p.claim_a, p.claim_b, p.ours, second_disagrees(p.ours, s.relation, s.kind) AS disagrees, s.model, s.prompt,
		       coalesce(s.relation, '') AS relation, coalesce(s.kind, '') AS kind, s.reason, s.answered_at, s.tries, s.fault, s.next_at
		FROM second_pairs_for($2) p JOIN second_answers s ON s.hash = p.hash
		WHERE p.finding_id = $1
		ORDER BY disagrees DESC, s.answered_at IS NULL, p.ours = 'diverge' DESC, p.claim_a, p.claim_b`, findingID, q.viewer)
}

// SecondHealth is how the second judge's endpoint fares.
type SecondHealth struct {
	// Failures counts the calls in a row that brought no answer, since FailingSince; Fault
	// is why the last one did not. RestUntil is until when it is left alone.
	Failures     int
	FailingSince *time.Time
	Fault        string
	RestUntil    *time.Time
	// AnsweredAt is when it last answered.
	AnsweredAt *time.Time
}

const secondHealth = "SELECT failures, failing_since, fault, rest_until, answered_at FROM second_judge"

// SecondHealth tells how the endpoint fares.
func (q Queries) SecondHealth(ctx context.Context) (SecondHealth, error) {
	return one[SecondHealth](ctx, q.q, "health of the second judge", secondHealth)
}

// LockSecondJudge is SecondHealth that keeps others from asking, planning and noting until
// the transaction ends. Locks of stories come before it.
func (t *Tx) LockSecondJudge(ctx context.Context) (SecondHealth, error) {
	return one[SecondHealth](ctx, t.q, "lock the second judge", secondHealth+" FOR UPDATE")
}

// NoteSecondHealth stores how the endpoint fares.
func (t *Tx) NoteSecondHealth(ctx context.Context, h SecondHealth) error {
	_, err := t.exec(ctx, "note health of the second judge", `
		UPDATE second_judge SET failures = @failures, failing_since = @since, fault = @fault, rest_until = @rest, answered_at = @answered`,
		named{"failures": h.Failures, "since": h.FailingSince, "fault": h.Fault, "rest": h.RestUntil, "answered": h.AnsweredAt})
	return err
}

// countSecond counts anew how findings f stand with the second judge, those that a
// condition chooses.
func (t *Tx) countSecond(ctx context.Context, condition string, args named) error {
	_, err := t.exec(ctx, "count second verdicts", `
		UPDATE findings g SET second_pairs = n.pairs, second_answered = n.answered, second_disagrees = n.disagrees
		FROM (SELECT f.id, count(p.hash) AS pairs, count(s.answered_at) AS answered,
		             count(*) FILTER (WHERE second_disagrees(p.ours, s.relation, s.kind)) AS disagrees
		      FROM findings f LEFT JOIN LATERAL (SELECT * FROM second_pairs_for(NULL) v WHERE v.finding_id = f.id) p ON true
		      LEFT JOIN second_answers s ON s.hash = p.hash
		      WHERE `+condition+` GROUP BY f.id) n
		WHERE n.id = g.id AND (g.second_pairs, g.second_answered, g.second_disagrees) IS DISTINCT FROM (n.pairs, n.answered, n.disagrees)`, args)
	return err
}

// countSecondOf counts anew for all findings of a comparison.
func (t *Tx) countSecondOf(ctx context.Context, c Comparison) error {
	return t.countSecond(ctx, "f.story_id = @story", named{"story": c.StoryID})
}
