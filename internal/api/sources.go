package api

import (
	"context"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

type listSourcesInput struct {
	Name string `query:"name" maxLength:"200" doc:"Only sources whose name has this part, in any case." example:"harbour"`
	Sort string `query:"sort" enum:"name,articles,stories,first,alone,agree,diverge,unattributed,corrected,relayed,last" default:"name" doc:"The order: by name, or by a count, the highest first; last: by the newest article. alone is findings.single. A cursor is good for one order." example:"diverge"`
	PageQuery
}

func (a *API) registerSources() {
	register(a, operation{
		id: "list-sources", method: http.MethodGet, path: "/sources", tag: "Sources", needs: app.ReadFindings,
		summary: "List sources",
		about: "Lists the publishers with how their reports stand to those of others. The counts weigh nothing: that one diverges more often than another " +
			"does not say which of them is right.",
		status: http.StatusOK,
	}, a.listSources)
	register(a, operation{
		id: "get-source", method: http.MethodGet, path: "/sources/{id}", tag: "Sources", needs: app.ReadFindings,
		summary: "Get a source", about: "Gives one publisher with its record: also in which kinds it diverges, and who its articles come from.",
		status: http.StatusOK, tagged: true, problems: []problem.Kind{problem.NotFound},
	}, a.getSource)
	register(a, operation{
		id: "get-overview", method: http.MethodGet, path: "/overview", tag: "Sources", needs: app.ReadFindings,
		summary: "Get the overview", about: "Gives how the findings of all stories divide: in all, by week, and by kind of difference.",
		status: http.StatusOK, tagged: true,
	}, a.getOverview)
}

func (a *API) listSources(ctx context.Context, in *listSourcesInput) (*plain[list[source]], error) {
	l, err := a.app.SourceRecords(ctx, actorOf(ctx), app.RecordFilter{By: app.RecordOrder(in.Sort), Name: in.Name, Page: in.page()})
	return listOf(l, err, newSource)
}

func (a *API) getSource(ctx context.Context, in *getInput) (*tagged[sourceDetail], error) {
	s, err := a.app.SourceRecord(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return taggedWith(0, newSourceDetail(s))
}

func (a *API) getOverview(ctx context.Context, _ *struct{ IfNoneMatch }) (*tagged[overview], error) {
	o, err := a.app.Overview(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return taggedWith(0, newOverview(o))
}
