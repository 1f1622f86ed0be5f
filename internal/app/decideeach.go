package app

import (
	"context"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// DecisionResult is what became of one finding of many that somebody decided on.
type DecisionResult struct {
	FindingID string
	// ReviewID is the review that was stored, empty where it was refused.
	ReviewID string
	// Refused says why nothing was stored, nil where it was; of a finding that was merged
	// it has the successor.
	Refused *claims.Error
}

// DecideOnEach stores one review for each of some findings that can be reviewed, and
// says of the others why they cannot. The action can be undone; it has no id where
// nothing was stored.
func (a *App) DecideOnEach(ctx context.Context, who Actor, in DecisionOnMany) (DeskAction, []DecisionResult, error) {
	if err := who.require(ReviewFindings); err != nil {
		return DeskAction{}, nil, err
	}
	p := problems{}
	if !validDecision(in.Decision) {
		p.add("decision", wrongDecision)
	}
	p.add("note", wrongNote(in.Note))
	ids, err := chosenIDs(in.FindingIDs)
	p.addAll(err)
	if err := invalidFields(p); err != nil {
		return DeskAction{}, nil, err
	}
	var act DeskAction
	var out []DecisionResult
	err = a.change(ctx, who, func(c change) error {
		var found []Finding
		if out, found, err = c.decidable(ctx, ids); err != nil || len(found) == 0 {
			return err
		}
		act, err = c.decideOn(ctx, found, in, out)
		return err
	})
	return act, out, err
}

// decidable takes the locks of the stories of findings and gives a result for each,
// and those that can be decided on.
func (c change) decidable(ctx context.Context, ids []string) ([]DecisionResult, []Finding, error) {
	homes, err := c.tx.StoriesOf(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	stories, err := c.lockStories(ctx, homes)
	if err != nil {
		return nil, nil, err
	}
	out, found := make([]DecisionResult, len(ids)), []Finding{}
	for i, id := range ids {
		out[i].FindingID = id
		f, err := c.tx.For(c.who.UserID).Finding(ctx, id)
		_, locked := stories[f.StoryID]
		switch {
		case claims.KindOf(err) == claims.NotFound, err == nil && !locked:
			if out[i].Refused, err = c.successorError(ctx, id); err != nil {
				return nil, nil, err
			}
		case err != nil:
			return nil, nil, err
		case f.Veiled:
			out[i].Refused = errBlindFirst
		default:
			found = append(found, f)
		}
	}
	return out, found, nil
}

// successorError is the error for a finding that is not there, with its successor where
// it was merged into another.
func (c change) successorError(ctx context.Context, id string) (*claims.Error, error) {
	to, err := c.tx.Successor(ctx, id)
	switch {
	case err == nil:
		return &claims.Error{Kind: claims.NotFound, Message: "this finding was merged into " + to, Successor: to, SuccessorOf: "finding"}, nil
	case claims.KindOf(err) == claims.NotFound:
		return errGone, nil
	}
	return nil, err
}

// decideOn stores a decision on findings under the locks of their stories. It fills in
// the ids of the reviews.
func (c change) decideOn(ctx context.Context, found []Finding, in DecisionOnMany, results []DecisionResult) (DeskAction, error) {
	act, err := c.begin(ctx, store.ActReview, len(found))
	if err != nil {
		return act, err
	}
	touched, made := settled{apart: in.Decision == Rejected}, map[string]string{}
	for _, f := range found {
		r := store.NewReview{ID: newID(), StoryID: f.StoryID, FindingID: f.ID, ActionID: act.ID}
		if err := c.storeReview(ctx, r, in.on(f)); err != nil {
			return act, err
		}
		made[f.ID] = r.ID
		touched.stories, touched.findings = append(touched.stories, f.StoryID), append(touched.findings, f.ID)
	}
	for i := range results {
		results[i].ReviewID = made[results[i].FindingID]
	}
	return act, c.settleReviews(ctx, touched)
}
