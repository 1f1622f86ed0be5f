package api

import (
	"context"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

type findingHistoryInput struct {
	IDPath
	PageQuery
}

// registerFindingStudy registers what is told of a finding beside itself.
func (a *API) registerFindingStudy() {
	here := []problem.Kind{problem.NotFound, problem.Merged}
	register(a, operation{
		id: "list-finding-history", method: http.MethodGet, path: "/findings/{id}/history", tag: "Findings", needs: app.ReadFindings,
		summary: "List what became of a finding",
		about:   "Lists what analyses changed of a finding, the newest first: its verdict, who tells it, which differences came and went. What people decided is in its reviews. While you review it blind there is nothing.",
		status:  http.StatusOK, problems: here,
	}, a.findingHistory)
	register(a, operation{
		id: "get-wordings", method: http.MethodGet, path: "/findings/{id}/wordings", tag: "Findings", needs: app.ReadFindings,
		summary: "Get how sources word a finding",
		about:   "Puts what the claims tell differently side by side: numbers and times as points on a line, and quotations word by word. While you review the finding blind there is nothing.",
		status:  http.StatusOK, tagged: true, problems: here,
	}, a.getWordings)
	register(a, operation{
		id: "list-silent-sources", method: http.MethodGet, path: "/findings/{id}/silent", tag: "Findings", needs: app.ReadFindings,
		summary: "Get the sources that do not tell a finding",
		about:   "Gives every source of the story that has no claim in the finding, those that could have known first. It is one part: next_cursor is empty.",
		status:  http.StatusOK, problems: here,
	}, a.silentSources)
	register(a, operation{
		id: "get-cleared", method: http.MethodGet, path: "/cleared/{id}", tag: "Findings", needs: app.ReadFindings,
		summary: "Get a cleared pair", about: "Gives two claims that look in conflict and are not, with the reason, the passages and what stands around them.",
		status: http.StatusOK, tagged: true, problems: []problem.Kind{problem.NotFound},
	}, a.getCleared)
}

func (a *API) findingHistory(ctx context.Context, in *findingHistoryInput) (*plain[list[findingChange]], error) {
	l, err := a.app.FindingHistory(ctx, actorOf(ctx), in.ID, in.page())
	return listOf(l, moved(ctx, err, "/history"), newFindingChange)
}

func (a *API) getWordings(ctx context.Context, in *getInput) (*tagged[wordings], error) {
	w, err := a.app.FindingWordings(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, moved(ctx, err, "/wordings")
	}
	return taggedWith(0, newWordings(w))
}

func (a *API) silentSources(ctx context.Context, in *IDPath) (*plain[list[silentSource]], error) {
	all, err := a.app.SilentSources(ctx, actorOf(ctx), in.ID)
	return listOf(app.List[app.SilentSource]{Items: all}, moved(ctx, err, "/silent"), newSilentSource)
}

func (a *API) getCleared(ctx context.Context, in *getInput) (*tagged[clearedDetail], error) {
	pair, err := a.app.ClearedPair(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return taggedWith(0, newClearedDetail(pair))
}
