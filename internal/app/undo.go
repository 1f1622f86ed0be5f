package app

import (
	"context"
	"fmt"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// DeskAction is what a person did to findings in one go.
type DeskAction = store.Action

// undoFor is how long the last action is undone without being named.
const undoFor = 24 * time.Hour

// Undo takes back what one of the actor's actions made, all of it, where nothing was
// built on it. An empty id is the last action of today. What is taken back is kept as
// withdrawn.
func (a *App) Undo(ctx context.Context, who Actor, id string) (DeskAction, error) {
	if err := who.require(ReviewFindings); err != nil {
		return DeskAction{}, err
	}
	act, err := a.actionOf(ctx, who, id)
	if err != nil {
		return DeskAction{}, err
	}
	at := a.now().Truncate(time.Microsecond) // as it is stored
	err = a.change(ctx, who, func(c change) error {
		ended, err := c.tx.EndAction(ctx, act.ID, at)
		if err != nil {
			return err
		}
		if !ended {
			return &claims.Error{Kind: claims.Conflict, Message: "this was undone already"}
		}
		if err := c.undo(ctx, act); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "desk.undo", object: act.ID, detail: map[string]string{"what": string(act.Kind), "findings": fmt.Sprint(act.Findings)}})
	})
	act.UndoneAt = &at
	return act, err
}

// actionOf gives an action of the actor's, for an empty id the last one of today.
func (a *App) actionOf(ctx context.Context, who Actor, id string) (DeskAction, error) {
	if id == "" {
		act, err := a.db.LastAction(ctx, who.UserID, a.now().Add(-undoFor))
		if claims.KindOf(err) == claims.NotFound {
			return act, &claims.Error{Kind: claims.Conflict, Message: "there is nothing of yours to undo"}
		}
		return act, err
	}
	id, err := knownID(id)
	if err != nil {
		return DeskAction{}, err
	}
	return a.db.Action(ctx, who.UserID, id)
}

// Actions lists what the actor did to findings, each of which can be undone as a
// whole, the newest first.
func (a *App) Actions(ctx context.Context, who Actor, p Page) (List[DeskAction], error) {
	if err := who.require(ReviewFindings); err != nil {
		return List[DeskAction]{}, err
	}
	return byID(p, func(before string, limit int) ([]DeskAction, error) {
		return a.db.Actions(ctx, who.UserID, before, limit)
	},
		func(act DeskAction) string { return act.ID })
}

func (c change) undo(ctx context.Context, act DeskAction) error {
	switch act.Kind {
	case store.ActReview:
		return c.undoReviews(ctx, act)
	case store.ActAssign:
		return c.undoAssign(ctx, act)
	}
	return c.tx.PutSeen(ctx, c.who.UserID, act.Before)
}

func (c change) undoReviews(ctx context.Context, act DeskAction) error {
	made, err := c.tx.ActionReviews(ctx, act.ID)
	if err != nil {
		return err
	}
	var stories []string
	for _, r := range made {
		stories = append(stories, r.StoryID)
	}
	if _, err := c.lockStories(ctx, stories); err != nil {
		return err
	}
	if made, err = c.tx.ActionReviews(ctx, act.ID); err != nil { // nothing more can come under the locks
		return err
	}
	built := 0
	for _, r := range made {
		if r.BuiltOn {
			built++
		}
	}
	if built > 0 {
		return &claims.Error{Kind: claims.Conflict, Message: fmt.Sprintf(
			"%d of %d findings were reviewed again since, so this cannot be undone as a whole: withdraw single reviews on their pages", built, len(made))}
	}
	return c.takeBack(ctx, made)
}

// takeBack takes reviews back under the locks of their stories.
func (c change) takeBack(ctx context.Context, made []store.ActionReview) error {
	touched := settled{apart: true}
	var ids []string
	for _, r := range made {
		ids, touched.stories = append(ids, r.ID), append(touched.stories, r.StoryID)
		if r.FindingID != "" {
			touched.findings = append(touched.findings, r.FindingID)
		}
	}
	if err := c.tx.WithdrawReviews(ctx, ids, c.now()); err != nil {
		return err
	}
	for _, r := range made {
		if err := c.tx.NoteDecision(ctx, store.FindingEvent{FindingID: r.FindingID, What: "withdrawal"}, c.who.UserID); err != nil {
			return err
		}
		if err := c.record(ctx, deed{action: "review.withdraw", object: r.FindingID, detail: map[string]string{"review": r.ID}}); err != nil {
			return err
		}
	}
	return c.settleReviews(ctx, touched)
}

func (c change) undoAssign(ctx context.Context, act DeskAction) error {
	made, open, err := c.tx.ActionAssignments(ctx, act.ID)
	if err != nil {
		return err
	}
	if open < made {
		return &claims.Error{Kind: claims.Conflict, Message: fmt.Sprintf(
			"%d of %d findings were reviewed or given to somebody else since, so this cannot be undone", made-open, made)}
	}
	return c.tx.UndoAssign(ctx, act.ID, c.now())
}

// WithdrawReview takes back one of the actor's own reviews; it is kept as withdrawn.
// It gives the review's finding.
func (a *App) WithdrawReview(ctx context.Context, who Actor, id string) (string, error) {
	if err := who.require(ReviewFindings); err != nil {
		return "", err
	}
	id, err := knownID(id)
	if err != nil {
		return "", err
	}
	seen, err := a.seen(who).Review(ctx, id)
	if err != nil {
		return "", err
	}
	return seen.FindingID, a.change(ctx, who, func(c change) error {
		story, err := c.tx.StoryOfReview(ctx, id)
		if err != nil {
			return err
		}
		if _, err := c.tx.LockStory(ctx, story); err != nil {
			return err
		}
		r, err := c.tx.Review(ctx, id)
		if err != nil {
			return err
		}
		if err := withdrawable(r, who); err != nil {
			return err
		}
		return c.takeBack(ctx, []store.ActionReview{{ID: r.ID, FindingID: r.FindingID, StoryID: story}})
	})
}

// withdrawable says why somebody cannot take a review back.
func withdrawable(r Review, who Actor) error {
	switch {
	case r.AuthorID != who.UserID:
		return &claims.Error{Kind: claims.Forbidden, Message: "only its author withdraws a review"}
	case r.WithdrawnAt != nil:
		return &claims.Error{Kind: claims.Conflict, Message: "this review was withdrawn already"}
	case r.FindingID == "":
		return &claims.Error{Kind: claims.Conflict, Message: "the finding that this review decided on is gone: there is nothing left to take back"}
	case r.BlindID != "":
		return &claims.Error{Kind: claims.Conflict, Message: "an answer of a blind review stays, as agreement is measured by it: review the finding again instead"}
	}
	return nil
}
