package app

import (
	"context"
	"fmt"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// maxBulk is the most findings that one action takes.
const maxBulk = 500

// DecisionOnMany is one decision on several findings: their alignment is rejected, or
// confirmed with the verdict that stands.
type DecisionOnMany struct {
	FindingIDs []string
	Decision   Decision
	Note       string
	// Edition is that of the one finding, where there is one and it matters.
	Edition int
}

// DecideOn stores one review for each of some findings, all or none of them. The
// action that it gives can be undone.
func (a *App) DecideOn(ctx context.Context, who Actor, in DecisionOnMany) (DeskAction, error) {
	if err := who.require(ReviewFindings); err != nil {
		return DeskAction{}, err
	}
	if !validDecision(in.Decision) {
		return DeskAction{}, invalid("decision", wrongDecision)
	}
	return a.onMany(ctx, who, in.FindingIDs, func(c change, found []Finding) (DeskAction, error) {
		return c.decideOn(ctx, found, in, nil)
	})
}

// on is the review of one finding.
func (in DecisionOnMany) on(f Finding) ReviewInput {
	out := ReviewInput{Alignment: in.Decision, Note: in.Note, Edition: in.Edition}
	if in.Decision == Confirmed {
		stands := f.Verdict
		if f.ReviewedVerdict != nil {
			stands = *f.ReviewedVerdict
		}
		out.Verdict = &stands
	}
	return out
}

// onMany does something to findings under the locks of their stories, none of which
// the actor may review blind.
func (a *App) onMany(ctx context.Context, who Actor, ids []string, do func(change, []Finding) (DeskAction, error)) (DeskAction, error) {
	return a.onManyVeiled(ctx, who, ids, func(c change, found []Finding) (DeskAction, error) {
		for _, f := range found {
			if f.Veiled {
				return DeskAction{}, errBlindAmong
			}
		}
		return do(c, found)
	})
}

// onManyVeiled is onMany for what tells nothing of a finding.
func (a *App) onManyVeiled(ctx context.Context, who Actor, ids []string, do func(change, []Finding) (DeskAction, error)) (DeskAction, error) {
	ids, err := chosenIDs(ids)
	if err != nil {
		return DeskAction{}, err
	}
	var act DeskAction
	err = a.change(ctx, who, func(c change) error {
		found, err := c.lockFindings(ctx, ids)
		if err != nil {
			return err
		}
		act, err = do(c, found)
		return err
	})
	return act, err
}

var errBlindAmong = &claims.Error{Kind: claims.Conflict,
	Message: "you review one of the findings blind: answer there first, or leave it out; nothing was changed"}

// chosenIDs checks the ids of findings that something is done to.
func chosenIDs(ids []string) ([]string, error) {
	out := make([]string, 0, len(ids))
	for _, given := range ids {
		id, err := knownID(given)
		if err != nil {
			return nil, invalid("finding", fmt.Sprintf("is none: %.40q", given))
		}
		out = append(out, id)
	}
	out = distinct(out)
	switch {
	case len(out) == 0:
		return nil, invalid("finding", "is missing: choose at least one finding")
	case len(out) > maxBulk:
		return nil, invalid("finding", fmt.Sprintf("is chosen %d times; at most %d are taken at once", len(out), maxBulk))
	}
	return out, nil
}

// lockFindings takes the locks of the stories of findings and gives the findings as
// their viewer may see them.
func (c change) lockFindings(ctx context.Context, ids []string) ([]Finding, error) {
	homes, err := c.tx.StoriesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	stories, err := c.lockStories(ctx, homes)
	if err != nil {
		return nil, err
	}
	out := make([]Finding, 0, len(ids))
	for _, id := range ids {
		f, err := c.tx.For(c.who.UserID).Finding(ctx, id)
		if err != nil {
			return nil, noFinding(id, err)
		}
		if _, locked := stories[f.StoryID]; !locked {
			return nil, noFinding(id, errGone) // its story was merged just now
		}
		out = append(out, f)
	}
	return out, nil
}

// noFinding is the error for a finding that is not there, or not any more, among some
// that something is to be done to; other errors stay as they are.
func noFinding(id string, err error) error {
	if claims.KindOf(err) != claims.NotFound {
		return err
	}
	return invalid("finding", "is not there, or not any more: "+id+"; leave it out, or look again")
}

// begin stores an action of the actor's.
func (c change) begin(ctx context.Context, kind store.ActionKind, findings int) (DeskAction, error) {
	act := DeskAction{ID: newID(), UserID: c.who.UserID, Kind: kind, Findings: findings, CreatedAt: c.now()}
	return act, c.tx.InsertAction(ctx, act)
}
