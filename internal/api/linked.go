package api

import (
	"bytes"
	"context"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/report"
	"corroborate/internal/server/problem"
)

// linkedMedia is the media type of linked data.
const linkedMedia = "application/ld+json"

// linkedData is a document of linked data.
type linkedData struct {
	ContentType string `header:"Content-Type" doc:"The media type." example:"application/ld+json"`
	ETag        string `header:"ETag" doc:"Names this state of the document, for If-None-Match." example:"\"0.9f2a6b0c11de\""`
	Body        []byte
}

func (a *API) registerLinked() {
	merged := []problem.Kind{problem.NotFound, problem.Merged}
	register(a, operation{
		id: "get-report-jsonld", method: http.MethodGet, path: "/stories/{id}/report.jsonld", tag: "Reports", needs: app.ReadFindings,
		summary: "Get the report as linked data",
		about: "Gives JSON-LD 1.1 that is whole in itself: the story is a schema.org Dataset, each finding a Collection of Claims, " +
			"one Claim for each way in which sources tell the fact, with the NewsArticles in which it appears. Web Annotations tie Claims to passages. " +
			"Terms that begin with " + report.Vocabulary + " are explained at /ns. There is no rating of what is true.",
		status: http.StatusOK, tagged: true, content: linkedMedia, problems: merged,
	}, a.getLinkedReport)
	register(a, operation{
		id: "get-finding-jsonld", method: http.MethodGet, path: "/findings/{id}/report.jsonld", tag: "Reports", needs: app.ReadFindings,
		summary: "Get a finding as linked data",
		about:   "Gives one finding in the form that it has in the linked data of its story, with the articles that tell it.",
		status:  http.StatusOK, tagged: true, content: linkedMedia, problems: merged,
	}, a.getLinkedFinding)
}

func (a *API) getLinkedReport(ctx context.Context, in *getInput) (*linkedData, error) {
	l, err := a.app.LinkedStory(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, moved(ctx, err, "/report.jsonld")
	}
	l.Base = baseOf(ctx)
	var b bytes.Buffer
	if err := l.WriteStory(&b); err != nil {
		return nil, err
	}
	return newLinkedData(b.Bytes())
}

func (a *API) getLinkedFinding(ctx context.Context, in *getInput) (*linkedData, error) {
	l, err := a.app.LinkedFinding(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, moved(ctx, err, "/report.jsonld")
	}
	l.Base = baseOf(ctx)
	var b bytes.Buffer
	if err := l.WriteFinding(&b); err != nil {
		return nil, err
	}
	return newLinkedData(b.Bytes())
}

func newLinkedData(doc []byte) (*linkedData, error) {
	etag, err := etagOf(0, doc)
	return &linkedData{ContentType: linkedMedia, ETag: etag, Body: doc}, err
}
