package api

import (
	"context"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

type listReviewsInput struct {
	IDPath
	PageQuery
}

type manyReviewsInput struct {
	IdempotencyKey
	Body manyReviewsBody
}

type listActionsInput struct {
	PageQuery
}

type undoInput struct {
	IDPath
	IdempotencyKey
}

func (a *API) registerReviews() {
	notFound := []problem.Kind{problem.NotFound}
	here := []problem.Kind{problem.NotFound, problem.Merged}
	register(a, operation{
		id: "list-finding-reviews", method: http.MethodGet, path: "/findings/{id}/reviews", tag: "Reviews", needs: app.ReadTexts,
		summary: "List the reviews of a finding", about: "Lists what people decided, the newest first, with what was withdrawn. While you review the finding blind there are your own alone.",
		status: http.StatusOK, problems: here,
	}, a.findingReviews)
	register(a, operation{
		id: "list-story-reviews", method: http.MethodGet, path: "/stories/{id}/reviews", tag: "Reviews", needs: app.ReadTexts,
		summary: "List the reviews of a story", about: "Lists what people decided on any finding of the story, the newest first, with what was withdrawn, and with reviews of findings of which nothing is left.",
		status: http.StatusOK, problems: here,
	}, a.storyReviews)
	register(a, operation{
		id: "get-review", method: http.MethodGet, path: "/reviews/{id}", tag: "Reviews", needs: app.ReadTexts,
		summary: "Get a review", about: "Gives one review.", status: http.StatusOK, tagged: true, problems: notFound,
	}, a.getReview)
	register(a, operation{
		id: "withdraw-review", method: http.MethodDelete, path: "/reviews/{id}", tag: "Reviews", needs: app.ReviewFindings,
		summary: "Withdraw a review",
		about: "Takes back a review of your own. It is kept and marked as withdrawn, and what it decided stands no more. " +
			"An answer in a blind review cannot be withdrawn: review the finding again. It needs no If-Match, as a review never changes.",
		status: http.StatusNoContent, problems: append(notFound, problem.Conflict),
	}, a.withdrawReview)
	register(a, operation{
		id: "create-reviews", method: http.MethodPost, path: "/reviews", tag: "Reviews", needs: app.ReviewFindings,
		summary: "Review several findings",
		about: "Stores one decision for each of up to 500 findings, of any stories. Each finding has a result of its own: " +
			"one that is not there, was merged, or is reviewed blind by you is refused, and the others are stored. They can be undone together.",
		status: http.StatusOK, maxBody: smallBody, stores: true,
	}, a.createReviews)
	register(a, operation{
		id: "list-actions", method: http.MethodGet, path: "/actions", tag: "Reviews", needs: app.ReviewFindings,
		summary: "List what you did", about: "Lists what you did to findings, the newest first: each review, assignment or mark, or several that were made in one go.",
		status: http.StatusOK,
	}, a.listActions)
	register(a, operation{
		id: "undo-action", method: http.MethodPost, path: "/actions/{id}/undo", tag: "Reviews", needs: app.ReviewFindings,
		summary: "Undo what you did",
		about:   "Undoes one of your actions as a whole. It is refused where something was built on it: a later review of a finding, or another assignment.",
		status:  http.StatusOK, stores: true, problems: append(notFound, problem.Conflict),
	}, a.undoAction)
}

func (a *API) findingReviews(ctx context.Context, in *listReviewsInput) (*plain[list[review]], error) {
	l, err := a.app.Reviews(ctx, actorOf(ctx), in.ID, in.page())
	return listOf(l, moved(ctx, err, "/reviews"), newReview)
}

func (a *API) storyReviews(ctx context.Context, in *listReviewsInput) (*plain[list[review]], error) {
	l, err := a.app.ReviewsOfStory(ctx, actorOf(ctx), in.ID, in.page())
	return listOf(l, moved(ctx, err, "/reviews"), newReview)
}

func (a *API) getReview(ctx context.Context, in *getInput) (*tagged[review], error) {
	r, err := a.app.Review(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, moved(ctx, err, "")
	}
	return taggedWith(0, newReview(r))
}

func (a *API) withdrawReview(ctx context.Context, in *IDPath) (*empty, error) {
	_, err := a.app.WithdrawReview(ctx, actorOf(ctx), in.ID)
	return nil, err
}

func (a *API) createReviews(ctx context.Context, in *manyReviewsInput) (*plain[manyReviews], error) {
	act, results, err := a.app.DecideOnEach(ctx, actorOf(ctx), app.DecisionOnMany{
		FindingIDs: in.Body.FindingIDs, Decision: app.Decision(in.Body.Decision), Note: in.Body.Note,
	})
	if err != nil {
		return nil, renamed(err, "finding", "finding_ids")
	}
	return &plain[manyReviews]{Body: newManyReviews(act, results)}, nil
}

func (a *API) listActions(ctx context.Context, in *listActionsInput) (*plain[list[deskAction]], error) {
	l, err := a.app.Actions(ctx, actorOf(ctx), in.page())
	return listOf(l, err, newAction)
}

func (a *API) undoAction(ctx context.Context, in *undoInput) (*plain[deskAction], error) {
	act, err := a.app.Undo(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &plain[deskAction]{Body: newAction(act)}, nil
}
