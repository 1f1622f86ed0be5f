package api

import (
	"context"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

type coverage struct {
	StoryID string          `json:"story_id" doc:"The story." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Span    float64         `json:"span_seconds" minimum:"0" doc:"Seconds from the first article to the last." example:"86400"`
	Reports []coverageEntry `json:"reports" doc:"The story's articles in the order of publication, those without a time last."`
}

type coverageEntry struct {
	ArticleBrief
	SourceID      string   `json:"source_id" doc:"Id of the publisher." example:"01977d5e-6f10-7b55-9d20-3c4d5e6f7081"`
	Source        string   `json:"source" doc:"Name of the publisher." example:"Harbour Post"`
	Origin        string   `json:"origin" doc:"Who the report comes from; empty before the first comparison." example:"Coast Agency"`
	OriginKnown   bool     `json:"origin_known" doc:"False when nothing in the text says where it comes from." example:"true"`
	After         *float64 `json:"after_seconds" minimum:"0" doc:"Seconds after the first article; a bare day counts as its beginning. Null where the time is unknown." example:"5400"`
	FirstOfSource bool     `json:"first_of_source" doc:"True for the earliest article of its source." example:"true"`
}

func newCoverage(c app.Coverage) coverage {
	return coverage{StoryID: c.Story.ID, Span: c.Span.Seconds(), Reports: mapped(c.Reports, newCoverageEntry)}
}

func newCoverageEntry(r app.Report) coverageEntry {
	out := coverageEntry{ArticleBrief: newArticleBrief(r.Article), SourceID: r.Article.SourceID, Source: r.Article.Source,
		Origin: r.Article.Origin, OriginKnown: r.Article.OriginKnown, FirstOfSource: r.FirstOfSource}
	if !r.Article.Published.IsZero() {
		after := r.After.Seconds()
		out.After = &after
	}
	return out
}

func (a *API) registerCoverage() {
	register(a, operation{
		id: "get-coverage", method: http.MethodGet, path: "/stories/{id}/coverage", tag: "Stories", needs: app.ReadFindings,
		summary: "Get who published when", about: "Gives the story's articles in the order of publication, with how long after the first each came.",
		status: http.StatusOK, problems: []problem.Kind{problem.NotFound, problem.Merged},
	}, a.getCoverage)
}

func (a *API) getCoverage(ctx context.Context, in *IDPath) (*plain[coverage], error) {
	c, err := a.app.Coverage(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, moved(ctx, err, "/coverage")
	}
	return &plain[coverage]{Body: newCoverage(c)}, nil
}
