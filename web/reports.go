package web

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"

	"corroborate/internal/claims"
	"corroborate/internal/report"
)

// reportJSON gives a story's report for programs.
func (w *Web) reportJSON(rw http.ResponseWriter, r *http.Request) error {
	return w.report(rw, r, reportFile{"application/json", ".json", func(out io.Writer, x claims.Report) error {
		return json.NewEncoder(out).Encode(x)
	}})
}

// reportCSV gives a story's report for spreadsheets.
func (w *Web) reportCSV(rw http.ResponseWriter, r *http.Request) error {
	return w.report(rw, r, reportFile{"text/csv; charset=utf-8", ".csv", report.WriteCSV})
}

// reportMarkdown gives a story's report as a text.
func (w *Web) reportMarkdown(rw http.ResponseWriter, r *http.Request) error {
	return w.report(rw, r, reportFile{"text/markdown; charset=utf-8", ".md", report.WriteMarkdown})
}

// reportFile is a format to take a report away in.
type reportFile struct {
	media     string
	extension string
	write     func(io.Writer, claims.Report) error
}

func (w *Web) report(rw http.ResponseWriter, r *http.Request, f reportFile) error {
	x, err := w.app.Report(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := f.write(&b, x); err != nil {
		return err
	}
	rw.Header().Set("Content-Type", f.media)
	rw.Header().Set("Content-Disposition", `attachment; filename="report-`+x.Story.ID+f.extension+`"`)
	rw.Header().Set("Cache-Control", "private, no-cache")
	_, _ = b.WriteTo(rw) // the reader is gone when this fails
	return nil
}
