package web

import (
	"bytes"
	"net/http"
	"net/url"

	"corroborate/internal/report"
	"corroborate/web/views"
)

// dossier shows a story as a page to print.
func (w *Web) dossier(rw http.ResponseWriter, r *http.Request) error {
	d, err := w.loadDossier(r)
	if err != nil {
		return err
	}
	p := views.NewDossierPage(d)
	return w.render(rw, r, http.StatusOK, views.Dossier(w.chrome(r, "Dossier: "+d.Story.Title, views.SectionStories), p))
}

// dossierMarkdown gives a dossier as a text.
func (w *Web) dossierMarkdown(rw http.ResponseWriter, r *http.Request) error {
	d, err := w.loadDossier(r)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := d.WriteMarkdown(&b); err != nil {
		return err
	}
	rw.Header().Set("Content-Type", "text/markdown; charset=utf-8")
	rw.Header().Set("Content-Disposition", `attachment; filename="dossier-`+d.Story.ID+`.md"`)
	rw.Header().Set("Cache-Control", "private, no-cache")
	_, _ = b.WriteTo(rw) // the reader is gone when this fails
	return nil
}

func (w *Web) loadDossier(r *http.Request) (report.Dossier, error) {
	d, err := w.app.Dossier(r.Context(), w.actor(r.Context()), id(r), dossierChoice(r.URL.Query()))
	d.Base = w.address(r, "")
	return d, err
}

// dossierChoice reads what a dossier is to hold. What it does not know it leaves out.
func dossierChoice(q url.Values) report.Choice {
	return report.Choice{Reviewed: q.Get("reviewed") == "yes", Divergences: q.Get("only") == "diverge", Alone: q.Get("alone") == "yes"}
}
