package api

import (
	"bytes"
	"context"
	"io"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/report"
	"corroborate/internal/server/problem"
)

// file is a report to take away.
type file struct {
	ContentType string `header:"Content-Type" doc:"The media type." example:"text/csv; charset=utf-8"`
	Disposition string `header:"Content-Disposition" doc:"A name to store it under." example:"attachment; filename=\"report.csv\""`
	Body        []byte
}

func (a *API) registerReports() {
	op := operation{
		id: "get-report", method: http.MethodGet, path: "/stories/{id}/report", tag: "Reports", needs: app.ReadFindings,
		summary: "Get the report of a story", about: "Gives the whole story: articles, claims, findings and cleared pairs. Without a key the texts of the articles are left out.",
		status: http.StatusOK, problems: []problem.Kind{problem.NotFound, problem.Merged},
	}
	register(a, op, a.getReport)
	csv := op
	csv.id, csv.path, csv.content = "get-report-csv", op.path+".csv", "text/csv"
	csv.summary, csv.about = "Get the report as a table", "Gives comma-separated values with a head line, a row for each claim of each finding. Cells that a spreadsheet would run begin with an apostrophe."
	register(a, csv, a.reportFile("text/csv; charset=utf-8", ".csv", report.WriteCSV))
	md := op
	md.id, md.path, md.content = "get-report-markdown", op.path+".md", "text/markdown"
	md.summary, md.about = "Get the report as a text", "Gives Markdown: divergences with their passages, then what sources agree on, then the pairs that only look in conflict."
	register(a, md, a.reportFile("text/markdown; charset=utf-8", ".md", report.WriteMarkdown))
}

func (a *API) getReport(ctx context.Context, in *IDPath) (*plain[storyReport], error) {
	r, err := a.app.Report(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, moved(ctx, err, "/report")
	}
	return &plain[storyReport]{Body: newReport(r, actorOf(ctx).Can(app.ReadTexts))}, nil
}

// reportFile gives the handler of a format that package report writes.
func (a *API) reportFile(media, extension string, write func(io.Writer, claims.Report) error) func(context.Context, *IDPath) (*file, error) {
	return func(ctx context.Context, in *IDPath) (*file, error) {
		r, err := a.app.Report(ctx, actorOf(ctx), in.ID)
		if err != nil {
			return nil, moved(ctx, err, "/report"+extension)
		}
		var b bytes.Buffer
		if err := write(&b, r); err != nil {
			return nil, err
		}
		return &file{ContentType: media, Disposition: `attachment; filename="report-` + r.Story.ID + extension + `"`, Body: b.Bytes()}, nil
	}
}
