package web

import (
	"net/http"

	"corroborate/internal/app"
	"corroborate/web/views"
)

// sources lists the publishers.
func (w *Web) sources(rw http.ResponseWriter, r *http.Request) error {
	list, err := w.app.Sources(r.Context(), w.actor(r.Context()), app.Page{Cursor: r.URL.Query().Get("cursor")})
	if err != nil {
		return err
	}
	p := views.SourcesPage{Next: list.NextCursor}
	for _, s := range list.Items {
		p.Sources = append(p.Sources, sourceLine(s))
	}
	return w.render(rw, r, http.StatusOK, views.Sources(w.chrome(r, "Sources", views.SectionSources), p))
}

// source shows one publisher with its articles.
func (w *Web) source(rw http.ResponseWriter, r *http.Request) error {
	who := w.actor(r.Context())
	s, err := w.app.Source(r.Context(), who, id(r))
	if err != nil {
		return err
	}
	list, err := w.app.Articles(r.Context(), who, app.ArticleFilter{SourceID: s.ID, Page: app.Page{Cursor: r.URL.Query().Get("cursor")}})
	if err != nil {
		return err
	}
	p := views.SourcePage{SourceLine: sourceLine(s), Next: list.NextCursor}
	for _, a := range list.Items {
		p.List = append(p.List, articleLine(a))
	}
	return w.render(rw, r, http.StatusOK, views.Source(w.chrome(r, s.Name, views.SectionSources), p))
}

func sourceLine(s app.Source) views.SourceLine {
	return views.SourceLine{ID: s.ID, Name: s.Name, Domain: s.Domain, Articles: s.Articles, Stories: s.Stories,
		Counts: views.Counts{Agree: s.Agree, Diverge: s.Diverge, Single: s.Single}}
}
