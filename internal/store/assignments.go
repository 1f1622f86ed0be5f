package store

import (
	"context"
	"time"
)

// Assignment says who is to look at a finding.
type Assignment struct {
	ID         string
	FindingID  string
	UserID     string
	User       string
	AssignedBy string
	// DueOn is the day until when, nil for none.
	DueOn     *time.Time
	Note      string
	CreatedAt time.Time
}

// NewAssignment is an assignment of several findings to be stored.
type NewAssignment struct {
	UserID     string
	AssignedBy string
	DueOn      *time.Time
	Note       string
	ActionID   string
	At         time.Time
}

// Assign gives findings to a person, by their ids with the assignment's id for each.
// Those that somebody has are taken from them.
func (t *Tx) Assign(ctx context.Context, a NewAssignment, findings map[string]string) error {
	var ids []string
	var args []named
	for finding, id := range findings {
		ids = append(ids, finding)
		args = append(args, named{"id": id, "finding": finding, "user": a.UserID, "by": a.AssignedBy, "due": a.DueOn, "note": a.Note,
			"action": a.ActionID, "at": a.At})
	}
	if _, err := t.exec(ctx, "end assignments", `
		UPDATE assignments SET ended_at = $2, ended_by = $3 WHERE finding_id = ANY($1) AND ended_at IS NULL`, ids, a.At, a.ActionID); err != nil {
		return err
	}
	return t.batch(ctx, "assign", `
		INSERT INTO assignments (id, finding_id, user_id, assigned_by, due_on, note, action_id, created_at)
		VALUES (@id, @finding, @user, @by, @due, @note, @action, @at)`, args)
}

// Unassign ends the assignments of findings.
func (t *Tx) Unassign(ctx context.Context, findings []string, actionID string, at time.Time) error {
	_, err := t.exec(ctx, "unassign", `
		UPDATE assignments SET ended_at = $2, ended_by = $3 WHERE finding_id = ANY($1) AND ended_at IS NULL`, findings, at, actionID)
	return err
}

// ActionAssignments tells how many assignments an action made, and how many of them
// are still open.
func (q Queries) ActionAssignments(ctx context.Context, actionID string) (made, open int, err error) {
	type row struct{ Made, Open int }
	r, err := one[row](ctx, q.q, "assignments of an action", `
		SELECT count(*) AS made, count(*) FILTER (WHERE ended_at IS NULL) AS open FROM assignments WHERE action_id = $1`, actionID)
	return r.Made, r.Open, err
}

// UndoAssign ends what an action assigned, and gives back what it took away.
func (t *Tx) UndoAssign(ctx context.Context, actionID string, at time.Time) error {
	if _, err := t.exec(ctx, "undo assignments",
		"UPDATE assignments SET ended_at = $2, ended_by = $1 WHERE action_id = $1 AND ended_at IS NULL", actionID, at); err != nil {
		return err
	}
	_, err := t.exec(ctx, "give assignments back", `
		UPDATE assignments a SET ended_at = NULL, ended_by = NULL
		WHERE ended_by = $1 AND action_id IS DISTINCT FROM $1 AND NOT EXISTS (
			SELECT FROM assignments o WHERE o.finding_id = a.finding_id AND o.ended_at IS NULL)
		  AND NOT EXISTS (SELECT FROM users u WHERE u.id = a.user_id AND u.forgotten_at IS NOT NULL)`, actionID)
	return err
}

// EndAssignment notes that a review did what a finding was assigned for.
func (t *Tx) EndAssignment(ctx context.Context, findingID, reviewID string, at time.Time) error {
	_, err := t.exec(ctx, "end assignment", `
		UPDATE assignments SET ended_at = $3, review_id = $2 WHERE finding_id = $1 AND ended_at IS NULL`, findingID, reviewID, at)
	return err
}

// AssignmentOf gives the open assignment of a finding, claims.NotFound for none.
func (q Queries) AssignmentOf(ctx context.Context, findingID string) (Assignment, error) {
	return one[Assignment](ctx, q.q, "assignment", `
		SELECT a.id, a.finding_id, a.user_id, u.name AS user, b.name AS assigned_by, a.due_on, a.note, a.created_at
		FROM assignments a JOIN users u ON u.id = a.user_id JOIN users b ON b.id = a.assigned_by
		WHERE a.finding_id = $1 AND a.ended_at IS NULL`, findingID)
}

// AssignmentChoice chooses open assignments; empty fields choose all.
type AssignmentChoice struct {
	UserID, FindingID, StoryID string
	// ActionID chooses those that an action made.
	ActionID string
	// Before is an id: what was assigned earlier is chosen.
	Before string
	Limit  int
}

const assignmentSelect = `
	SELECT a.id, a.finding_id, a.user_id, u.name AS user, b.name AS assigned_by, a.due_on, a.note, a.created_at
	FROM assignments a JOIN users u ON u.id = a.user_id JOIN users b ON b.id = a.assigned_by
	JOIN findings f ON f.id = a.finding_id JOIN stories s ON s.id = f.story_id AND s.deleted_at IS NULL
	WHERE a.ended_at IS NULL AND `

// Assignments lists open assignments, the newest first.
func (q Queries) Assignments(ctx context.Context, c AssignmentChoice) ([]Assignment, error) {
	where, args := conditions{}, named{"limit": c.Limit}
	on := func(id, condition, name string) {
		if where.add(id != "", condition); id != "" {
			args[name] = id
		}
	}
	on(c.UserID, "a.user_id = @user", "user")
	on(c.FindingID, "a.finding_id = @finding", "finding")
	on(c.StoryID, "f.story_id = @story", "story")
	on(c.ActionID, "a.action_id = @action", "action")
	on(c.Before, "a.id < @before::uuid", "before")
	return list[Assignment](ctx, q.q, "assignments", assignmentSelect+where.sql()+" ORDER BY a.id DESC LIMIT @limit", args)
}

// AssignmentState is an assignment with whether it has ended.
type AssignmentState struct {
	ID, FindingID, StoryID string
	Ended                  bool
}

// AssignmentState gives how an assignment stands, claims.NotFound where there is none.
func (q Queries) AssignmentState(ctx context.Context, id string) (AssignmentState, error) {
	return one[AssignmentState](ctx, q.q, "state of an assignment", `
		SELECT a.id, a.finding_id, f.story_id, a.ended_at IS NOT NULL AS ended
		FROM assignments a JOIN findings f ON f.id = a.finding_id WHERE a.id = $1`, id)
}

// Checkers lists the people who may review, by name.
func (q Queries) Checkers(ctx context.Context) ([]User, error) {
	return list[User](ctx, q.q, "checkers", "SELECT"+userColumns+`FROM users
		WHERE role <> 'reader' AND disabled_at IS NULL ORDER BY lower(name), id`)
}
