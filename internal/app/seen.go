package app

import (
	"context"
	"slices"
	"time"

	"corroborate/internal/store"
)

// Saw notes that a person has looked at a finding as it is now.
func (a *App) Saw(ctx context.Context, who Actor, f Finding) error {
	if !who.SignedIn() || f.Veiled || f.Edition == 0 {
		return nil
	}
	return a.db.Saw(ctx, who.UserID, f.ID, f.Edition, a.now())
}

// MarkSeen notes that a person has seen findings as they are now. The action that it
// gives can be undone.
func (a *App) MarkSeen(ctx context.Context, who Actor, ids []string) (DeskAction, error) {
	if err := who.require(ReviewFindings); err != nil {
		return DeskAction{}, err
	}
	ids, err := chosenIDs(ids)
	if err != nil {
		return DeskAction{}, err
	}
	act := DeskAction{ID: newID(), UserID: who.UserID, Kind: store.ActSeen, Findings: len(ids), CreatedAt: a.now()}
	return act, a.change(ctx, who, func(c change) error {
		if err := c.findingsThere(ctx, ids); err != nil {
			return err
		}
		before, err := c.tx.MarkSeen(ctx, who.UserID, ids, c.now())
		if err != nil {
			return err
		}
		act.Before = before
		if err := c.tx.InsertAction(ctx, act); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "desk.seen", object: act.ID})
	})
}

// findingsThere gives the error for the first of some findings that is not there.
func (c change) findingsThere(ctx context.Context, ids []string) error {
	there, err := c.tx.FindingsThere(ctx, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if !slices.Contains(there, id) {
			return noFinding(id, errGone)
		}
	}
	return nil
}

// MarkAllSeen notes that a person has seen all that had happened until a moment, and
// gives the moment that holds from now on: a later one is not taken back.
func (a *App) MarkAllSeen(ctx context.Context, who Actor, until time.Time) (time.Time, error) {
	if err := who.require(ReviewFindings); err != nil {
		return time.Time{}, err
	}
	if until.After(a.now()) {
		return time.Time{}, invalid("until", "is still to come: what is to come cannot be marked as seen")
	}
	err := a.change(ctx, who, func(c change) error {
		if err := c.tx.SetSeenAll(ctx, who.UserID, until); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "desk.seen_all", object: who.UserID})
	})
	if err != nil {
		return time.Time{}, err
	}
	return a.db.SeenAllUntil(ctx, who.UserID)
}
