package web

import (
	"bytes"
	"net/http"
	"net/url"
	"time"

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
	who := w.actor(r.Context())
	x, err := w.app.Report(r.Context(), who, id(r))
	if err != nil {
		return report.Dossier{}, err
	}
	reviews, err := w.app.StoryReviews(r.Context(), who, x.Story.ID)
	if err != nil {
		return report.Dossier{}, err
	}
	d := report.Dossier{Report: x, Choice: dossierChoice(r.URL.Query()), Reviews: map[string][]report.Review{},
		Base: w.address(r, ""), Made: time.Now()}
	for _, v := range reviews {
		if v.WithdrawnAt == nil {
			d.Reviews[v.FindingID] = append(d.Reviews[v.FindingID], dossierReview(reviewOf(v)))
		}
	}
	return d, nil
}

// dossierChoice reads what a dossier is to hold. What it does not know it leaves out.
func dossierChoice(q url.Values) report.Choice {
	return report.Choice{Reviewed: q.Get("reviewed") == "yes", Divergences: q.Get("only") == "diverge", Alone: q.Get("alone") == "yes"}
}

func dossierReview(v views.ReviewView) report.Review {
	out := report.Review{Author: v.Author, At: v.At, Note: v.Note, Stale: v.Stale, Decisions: v.Decisions()}
	if v.Outcome != "" {
		out.Decisions = append([]string{v.Outcome}, out.Decisions...)
	}
	return out
}
