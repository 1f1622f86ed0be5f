package api

import (
	"context"
	"errors"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/server/problem"
)

type listClearedInput struct {
	IDPath
	PageQuery
}

type reviewInput struct {
	IDPath
	IdempotencyKey
	Body newReviewBody
}

func (a *API) registerFindings() {
	notFound := []problem.Kind{problem.NotFound}
	register(a, operation{
		id: "list-findings", method: http.MethodGet, path: "/stories/{id}/findings", tag: "Findings", needs: app.ReadFindings,
		summary: "List the findings of a story",
		about: "Lists findings, divergences first, then those of most sources, unless another order is asked for. Filters may be joined; " +
			"a filter that is given several times (verdict=agree&verdict=single) takes what fits one of its values.",
		status: http.StatusOK, problems: append(notFound, problem.Merged),
	}, a.listFindings)
	register(a, operation{
		id: "list-cleared", method: http.MethodGet, path: "/stories/{id}/cleared", tag: "Findings", needs: app.ReadFindings,
		summary: "List the cleared pairs of a story", about: "Lists pairs of claims that look in conflict and are not, with the reason.",
		status: http.StatusOK, problems: append(notFound, problem.Merged),
	}, a.listCleared)
	register(a, operation{
		id: "get-finding", method: http.MethodGet, path: "/findings/{id}", tag: "Findings", needs: app.ReadFindings,
		summary: "Get a finding", about: "Gives one finding with the passages, their surroundings, the cleared pairs that touch it, and the reviews.",
		status: http.StatusOK, tagged: true, problems: append(notFound, problem.Merged),
	}, a.getFinding)
	register(a, operation{
		id: "create-review", method: http.MethodPost, path: "/findings/{id}/reviews", tag: "Findings", needs: app.ReviewFindings,
		summary: "Review a finding",
		about: "Stores your decision; at least one part is needed. From then on the claims of the finding are kept together, unless the alignment is rejected. " +
			"It is refused with 409 while you review the finding blind.",
		status: http.StatusCreated, maxBody: 4 * smallBody, stores: true, problems: append(notFound, problem.Merged),
	}, a.createReview)
}

func (a *API) listFindings(ctx context.Context, in *listFindingsInput) (*plain[list[listedFinding]], error) {
	l, err := a.app.Findings(ctx, actorOf(ctx), in.filter())
	err = moved(ctx, err, "/findings")
	return listOf(l, err, newListedFinding)
}

func (a *API) listCleared(ctx context.Context, in *listClearedInput) (*plain[list[clearedPair]], error) {
	l, err := a.app.Cleared(ctx, actorOf(ctx), in.ID, in.page())
	err = moved(ctx, err, "/cleared")
	return listOf(l, err, newStoredPair)
}

func (a *API) getFinding(ctx context.Context, in *getInput) (*tagged[findingDetail], error) {
	d, err := a.app.Finding(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, moved(ctx, err, "")
	}
	return taggedWith(0, newFindingDetail(d))
}

func (a *API) createReview(ctx context.Context, in *reviewInput) (*createdPlain[review], error) {
	r, err := a.app.AddReview(ctx, actorOf(ctx), in.ID, in.Body.input())
	if claims.KindOf(err) == claims.Stale { // no header names the edition
		return nil, problem.New(ctx, problem.Conflict, err.Error(), "Get the finding again, see what changed, and send the review with its new edition.")
	}
	if err != nil {
		return nil, moved(ctx, err, "/reviews")
	}
	return &createdPlain[review]{Location: Prefix + "/reviews/" + r.ID, Body: newReview(r)}, nil
}

// moved turns the error for a finding or a story that was merged into another into
// the way to that one.
func moved(ctx context.Context, err error, suffix string) error {
	e, ok := errors.AsType[*claims.Error](err)
	if !ok || e.Successor == "" {
		return err
	}
	path := "/findings/"
	if e.SuccessorOf == "story" {
		path = "/stories/"
	}
	return problem.New(ctx, problem.Merged, "It was merged into "+e.Successor+".", "").With("Location", Prefix+path+e.Successor+suffix)
}
