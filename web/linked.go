package web

import (
	"bytes"
	"io"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/report"
	"corroborate/web/views"
)

// linkedEndpoints are what programs read of a story and a finding, and what it means.
func linkedEndpoints() []endpoint {
	return []endpoint{
		{get, "/stories/{id}/report.jsonld", ReaderOrPublic, (*Web).linkedStory},
		{get, "/findings/{id}/report.jsonld", ReaderOrPublic, (*Web).linkedFinding},
		{get, "/ns", Anyone, (*Web).terms},
	}
}

// linkedStory gives a story as linked data.
func (w *Web) linkedStory(rw http.ResponseWriter, r *http.Request) error {
	l, err := w.app.LinkedStory(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	l.Base = w.address(r, "")
	return sendLinked(rw, "story-"+l.Story.ID, l.WriteStory)
}

// linkedFinding gives a finding as linked data.
func (w *Web) linkedFinding(rw http.ResponseWriter, r *http.Request) error {
	l, err := w.app.LinkedFinding(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	l.Base = w.address(r, "")
	return sendLinked(rw, "finding-"+l.Findings[0].ID, l.WriteFinding)
}

func sendLinked(rw http.ResponseWriter, name string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	rw.Header().Set("Content-Type", "application/ld+json")
	rw.Header().Set("Content-Disposition", `attachment; filename="`+name+`.jsonld"`)
	rw.Header().Set("Cache-Control", "private, no-cache")
	_, _ = b.WriteTo(rw) // the reader is gone when this fails
	return nil
}

// terms explains the terms of linked data.
func (w *Web) terms(rw http.ResponseWriter, r *http.Request) error {
	var p views.TermsPage
	p.Vocabulary = report.Vocabulary
	for _, t := range report.Terms() {
		line := views.VocabularyTerm{Name: t.Name, Of: t.Of, About: t.About}
		if t.Class {
			p.Types = append(p.Types, line)
		} else {
			p.Properties = append(p.Properties, line)
		}
	}
	return w.render(rw, r, http.StatusOK, views.Terms(w.chrome(r, "Terms of the linked data", views.SectionNone), p))
}

// findingMeta is what the page of a finding tells of itself to programs: its address
// that stays, and, where anybody may read it, what a preview of it says.
func (w *Web) findingMeta(r *http.Request, p views.FindingPage) *views.Meta {
	return &views.Meta{Canonical: w.address(r, "/findings/"+p.ID), Linked: "/findings/" + p.ID + "/report.jsonld",
		Public: w.app.Anonymous().Can(app.ReadFindings), Title: p.Summary, About: p.Preview()}
}
