package api

import (
	"context"
	"net/http"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

type source struct {
	ID        string       `json:"id" doc:"The source's id." example:"01977d5e-6f10-7b55-9d20-3c4d5e6f7081"`
	Name      string       `json:"name" doc:"The publisher's name." example:"Harbour Post"`
	Domain    string       `json:"domain" doc:"Its home domain; empty where no address was given." example:"harbourpost.example"`
	Articles  int          `json:"articles" minimum:"0" doc:"How many of its articles are stored." example:"41"`
	Stories   int          `json:"stories" minimum:"0" doc:"How many stories it tells." example:"17"`
	Findings  sourceCounts `json:"findings" doc:"How many findings its claims stand in, by verdict."`
	CreatedAt time.Time    `json:"created_at" doc:"When its first article was stored." example:"2025-03-01T12:00:00Z"`
}

type sourceCounts struct {
	Agree   int `json:"agree" minimum:"0" doc:"Others tell it too and nothing material differs." example:"120"`
	Diverge int `json:"diverge" minimum:"0" doc:"Something material differs between sources." example:"22"`
	Single  int `json:"single" minimum:"0" doc:"It alone tells it." example:"310"`
}

func newSource(s app.Source) source {
	return source{
		ID: s.ID, Name: s.Name, Domain: s.Domain, Articles: s.Articles, Stories: s.Stories, CreatedAt: s.CreatedAt,
		Findings: sourceCounts{Agree: s.Agree, Diverge: s.Diverge, Single: s.Single},
	}
}

type listSourcesInput struct {
	PageQuery
}

func (a *API) registerSources() {
	register(a, operation{
		id: "list-sources", method: http.MethodGet, path: "/sources", tag: "Sources", needs: app.ReadFindings,
		summary: "List sources", about: "Lists the publishers by name.", status: http.StatusOK,
	}, a.listSources)
	register(a, operation{
		id: "get-source", method: http.MethodGet, path: "/sources/{id}", tag: "Sources", needs: app.ReadFindings,
		summary: "Get a source", about: "Gives one publisher with what is stored of it.", status: http.StatusOK, tagged: true,
		problems: []problem.Kind{problem.NotFound},
	}, a.getSource)
}

func (a *API) listSources(ctx context.Context, in *listSourcesInput) (*plain[list[source]], error) {
	l, err := a.app.Sources(ctx, actorOf(ctx), in.page())
	return listOf(l, err, newSource)
}

func (a *API) getSource(ctx context.Context, in *getInput) (*tagged[source], error) {
	s, err := a.app.Source(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return taggedWith(0, newSource(s))
}
