package api

import (
	"context"
	"errors"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/server/problem"
)

type listFindingsInput struct {
	IDPath
	Verdict    string `query:"verdict" enum:"agree,diverge,single" doc:"Only findings with this verdict; a person's counts before the machine's." example:"diverge"`
	Kind       string `query:"kind" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" doc:"Only findings with a difference of this kind." example:"number"`
	Source     string `query:"source" maxLength:"200" doc:"Only findings that this source tells: its id or its name." example:"Harbour Post"`
	MinOrigins int    `query:"min_origins" minimum:"0" maximum:"1000" doc:"Only findings with at least so many origins." example:"2"`
	Reviewed   string `query:"reviewed" enum:"true,false" doc:"Only findings with, or without, a review that stands." example:"false"`
	PageQuery
}

func (in listFindingsInput) filter() app.FindingFilter {
	f := app.FindingFilter{
		StoryID: in.ID, Verdict: claims.Verdict(in.Verdict), Kind: claims.Kind(in.Kind),
		Source: in.Source, MinOrigins: in.MinOrigins, Page: in.page(),
	}
	if in.Reviewed != "" {
		reviewed := in.Reviewed == "true"
		f.Reviewed = &reviewed
	}
	return f
}

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
		summary: "List the findings of a story", about: "Lists findings, divergences first, then those of most sources.",
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
		about:   "Stores your decision; at least one part is needed. From then on the claims of the finding are kept together, unless the alignment is rejected.",
		status:  http.StatusCreated, maxBody: 4 * smallBody, stores: true, problems: append(notFound, problem.Merged),
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
	if err != nil {
		return nil, moved(ctx, err, "/reviews")
	}
	return &createdPlain[review]{Location: Prefix + "/findings/" + r.FindingID, Body: newReview(r)}, nil
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
