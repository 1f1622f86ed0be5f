package app

import (
	"context"
	"strings"
	"time"

	"corroborate/internal/store"
)

// Assignment says who is to look at a finding.
type Assignment = store.Assignment

// AssignInput gives findings to somebody.
type AssignInput struct {
	FindingIDs []string
	// UserID is who is to look at them; empty takes them from whoever has them.
	UserID string
	// DueOn is a day such as 2025-03-28, empty for none.
	DueOn string
	Note  string
}

// check reads an assignment; now is the clock.
func (in AssignInput) check(now time.Time) (*time.Time, error) {
	p := problems{}
	p.add("assignment_note", wrongNote(in.Note))
	var due *time.Time
	if s := strings.TrimSpace(in.DueOn); s != "" {
		day, err := time.Parse(time.DateOnly, s)
		switch {
		case err != nil:
			p.add("due", "is not a day such as 2025-03-28")
		case day.Before(now.AddDate(0, 0, -2)) || day.Year() > now.Year()+10: // somewhere it is still yesterday
			p.add("due", "lies in the past, or too far ahead")
		default:
			due = &day
		}
	}
	return due, invalidFields(p)
}

// Assign gives findings to a person, or takes them back. Somebody else's assignment of
// one of them ends. The action that it gives can be undone.
func (a *App) Assign(ctx context.Context, who Actor, in AssignInput) (DeskAction, error) {
	if err := who.require(WriteArticles); err != nil {
		return DeskAction{}, err
	}
	due, err := in.check(a.now())
	if err != nil {
		return DeskAction{}, err
	}
	if in.UserID != "" {
		people, err := a.checkersAmong(ctx, "assignee", []string{in.UserID})
		if err != nil {
			return DeskAction{}, err
		}
		in.UserID = people[0].ID
	}
	return a.onManyVeiled(ctx, who, in.FindingIDs, func(c change, found []Finding) (DeskAction, error) {
		name, err := c.stillHere(ctx, "assignee", in.UserID)
		if err != nil {
			return DeskAction{}, err
		}
		act, err := c.begin(ctx, store.ActAssign, len(found))
		if err != nil {
			return act, err
		}
		ids, all := map[string]string{}, []string{}
		for _, f := range found {
			ids[f.ID], all = newID(), append(all, f.ID)
			if err := c.record(ctx, deed{action: "finding.assign", object: f.ID, detail: map[string]string{"to": name}}); err != nil {
				return act, err
			}
		}
		if in.UserID == "" {
			return act, c.tx.Unassign(ctx, all, act.ID, c.now())
		}
		return act, c.tx.Assign(ctx, store.NewAssignment{UserID: in.UserID, AssignedBy: who.UserID, DueOn: due,
			Note: strings.TrimSpace(in.Note), ActionID: act.ID, At: c.now()}, ids)
	})
}

// Checkers lists the people who may review, for those who give work out.
func (a *App) Checkers(ctx context.Context, who Actor) ([]User, error) {
	if err := who.require(WriteArticles); err != nil {
		return nil, err
	}
	return a.db.Checkers(ctx)
}

// checkersAmong gives people by their ids, each of whom may review. field is what is
// wrong otherwise.
func (a *App) checkersAmong(ctx context.Context, field string, ids []string) ([]User, error) {
	all, err := a.db.Checkers(ctx)
	if err != nil {
		return nil, err
	}
	by := map[string]User{}
	for _, u := range all {
		by[u.ID] = u
	}
	var out []User
	for _, id := range distinct(ids) {
		u, ok := by[id]
		if !ok {
			return nil, invalid(field, "names nobody who may review")
		}
		out = append(out, u)
	}
	return out, nil
}

// stillHere gives the name of a person who may be given something, as it is now: an
// account may have been deleted since it was chosen. It is empty for nobody.
func (c change) stillHere(ctx context.Context, field, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	u, err := c.tx.ShareUser(ctx, id)
	if err == nil && u.ForgottenAt != nil {
		err = invalid(field, "has no account any more")
	}
	return u.Name, err
}
