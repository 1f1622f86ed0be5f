package app

import (
	"context"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// AssignmentFilter chooses open assignments; empty fields choose all.
type AssignmentFilter struct {
	UserID, FindingID, StoryID string
	Page
}

// Assignments lists the open assignments, the newest first.
func (a *App) Assignments(ctx context.Context, who Actor, f AssignmentFilter) (List[Assignment], error) {
	if err := who.require(ReviewFindings); err != nil {
		return List[Assignment]{}, err
	}
	p, c := problems{}, store.AssignmentChoice{}
	c.UserID, c.FindingID, c.StoryID = p.id("user_id", f.UserID), p.id("finding_id", f.FindingID), p.id("story_id", f.StoryID)
	if err := invalidFields(p); err != nil {
		return List[Assignment]{}, err
	}
	return byID(f.Page, func(before string, limit int) ([]Assignment, error) {
		c.Before, c.Limit = before, limit
		return a.db.Assignments(ctx, c)
	}, func(x Assignment) string { return x.ID })
}

// AssignTo is [App.Assign] to a person; it gives the assignments that were made.
func (a *App) AssignTo(ctx context.Context, who Actor, in AssignInput) (DeskAction, []Assignment, error) {
	if in.UserID == "" {
		return DeskAction{}, nil, invalid("assignee", "is missing: say who is to look at them")
	}
	act, err := a.Assign(ctx, who, in)
	if err != nil {
		return act, nil, err
	}
	made, err := a.db.Assignments(ctx, store.AssignmentChoice{ActionID: act.ID, Limit: maxBulk})
	return act, made, err
}

// id reads the id of a field that may be left out.
func (p problems) id(field, given string) string {
	if given == "" {
		return ""
	}
	id, err := knownID(given)
	if err != nil {
		p.add(field, "is no id")
	}
	return id
}

// EndAssignment takes a finding back from whoever it was given to by an assignment.
// The action that it gives can be undone.
func (a *App) EndAssignment(ctx context.Context, who Actor, id string) (DeskAction, error) {
	if err := who.require(WriteArticles); err != nil {
		return DeskAction{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return DeskAction{}, err
	}
	seen, err := a.db.AssignmentState(ctx, id)
	if err != nil {
		return DeskAction{}, err
	}
	return a.onManyVeiled(ctx, who, []string{seen.FindingID}, func(c change, _ []Finding) (DeskAction, error) {
		now, err := c.tx.AssignmentState(ctx, id)
		if err != nil {
			return DeskAction{}, err
		}
		if now.Ended {
			return DeskAction{}, &claims.Error{Kind: claims.Conflict, Message: "this assignment has ended already: the finding was reviewed, given to somebody else, or taken back"}
		}
		act, err := c.begin(ctx, store.ActAssign, 1)
		if err != nil {
			return act, err
		}
		if err := c.record(ctx, deed{action: "finding.assign", object: seen.FindingID, detail: map[string]string{"to": ""}}); err != nil {
			return act, err
		}
		return act, c.tx.Unassign(ctx, []string{seen.FindingID}, act.ID, c.now())
	})
}
