package store

import (
	"context"
	"time"
)

// ActionKind says what an action did.
type ActionKind string

// The kinds of action.
const (
	ActReview ActionKind = "review"
	ActAssign ActionKind = "assign"
	ActSeen   ActionKind = "seen"
)

// Action is what a person did to findings in one go, and can take back in one go.
type Action struct {
	ID     string
	UserID string
	Kind   ActionKind
	// Findings counts those that it was done to.
	Findings int
	// Before holds, for findings that were marked as seen, the edition that was seen
	// before, nil for none.
	Before    map[string]*int
	CreatedAt time.Time
	UndoneAt  *time.Time
}

// InsertAction stores an action.
func (t *Tx) InsertAction(ctx context.Context, a Action) error {
	if a.Before == nil {
		a.Before = map[string]*int{}
	}
	_, err := t.exec(ctx, "insert action", `
		INSERT INTO desk_actions (id, user_id, kind, findings, before, created_at)
		VALUES (@id, @user, @kind, @findings, @before, @at)`,
		named{"id": a.ID, "user": a.UserID, "kind": string(a.Kind), "findings": a.Findings, "before": a.Before, "at": a.CreatedAt})
	return err
}

const actionSelect = "SELECT id, user_id, kind, findings, before, created_at, undone_at FROM desk_actions "

// Action gives an action of a person.
func (q Queries) Action(ctx context.Context, userID, id string) (Action, error) {
	return one[Action](ctx, q.q, "action", actionSelect+"WHERE id = $1 AND user_id = $2", id, userID)
}

// Actions lists what a person did, the newest first, from behind the action before.
func (q Queries) Actions(ctx context.Context, userID, before string, limit int) ([]Action, error) {
	return list[Action](ctx, q.q, "actions", actionSelect+`
		WHERE user_id = $1 AND ($2::text = '' OR id < nullif($2::text, '')::uuid) ORDER BY id DESC LIMIT $3`, userID, before, limit)
}

// LastAction gives the newest action of a person since a time that was not undone.
func (q Queries) LastAction(ctx context.Context, userID string, since time.Time) (Action, error) {
	return one[Action](ctx, q.q, "last action", actionSelect+`
		WHERE user_id = $1 AND undone_at IS NULL AND created_at >= $2 ORDER BY id DESC LIMIT 1`, userID, since)
}

// EndAction notes that an action was undone, unless it was already; that is what the
// answer tells.
func (t *Tx) EndAction(ctx context.Context, id string, at time.Time) (bool, error) {
	n, err := t.exec(ctx, "end action", "UPDATE desk_actions SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL", id, at)
	return n > 0, err
}

// ActionReview is a review that an action made.
type ActionReview struct {
	ID        string
	FindingID string // empty where it is shown with none
	StoryID   string
	// BuiltOn is true where a later review is on the same finding.
	BuiltOn bool
}

// ActionReviews gives the reviews of an action that were not withdrawn.
func (q Queries) ActionReviews(ctx context.Context, actionID string) ([]ActionReview, error) {
	return list[ActionReview](ctx, q.q, "reviews of an action", `
		SELECT r.id, coalesce(r.finding_id::text, '') AS finding_id, r.story_id,
		       EXISTS (SELECT FROM reviews l WHERE l.finding_id = r.finding_id AND l.id > r.id AND l.withdrawn_at IS NULL) AS built_on
		FROM reviews r WHERE r.action_id = $1 AND r.withdrawn_at IS NULL ORDER BY r.id`, actionID)
}

// WithdrawReviews marks reviews as taken back, and opens the assignments again that
// they ended.
func (t *Tx) WithdrawReviews(ctx context.Context, ids []string, at time.Time) error {
	if _, err := t.exec(ctx, "withdraw reviews",
		"UPDATE reviews SET withdrawn_at = $2 WHERE id = ANY($1) AND withdrawn_at IS NULL", ids, at); err != nil {
		return err
	}
	_, err := t.exec(ctx, "open assignments again", `
		UPDATE assignments a SET ended_at = NULL, review_id = NULL
		WHERE review_id = ANY($1) AND NOT EXISTS (
			SELECT FROM assignments o WHERE o.finding_id = a.finding_id AND o.ended_at IS NULL)`, ids)
	return err
}
