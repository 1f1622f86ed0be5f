package web

import (
	"net/http"
	"strings"

	"corroborate/internal/app"
	"corroborate/web/views"
)

// sources lists the publishers with their records.
func (w *Web) sources(rw http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := app.RecordFilter{By: app.RecordOrder(q.Get("sort")), Name: q.Get("q"), Page: app.Page{Cursor: q.Get("cursor")}}
	list, err := w.app.SourceRecords(r.Context(), w.actor(r.Context()), f)
	if err != nil {
		return err
	}
	p := views.SourcesPage{Sort: q.Get("sort"), Query: strings.TrimSpace(f.Name), Next: list.NextCursor, First: f.Cursor == ""}
	if p.Sort == "" {
		p.Sort = "name"
	}
	for _, s := range list.Items {
		p.Sources = append(p.Sources, recordLine(s))
	}
	return w.render(rw, r, http.StatusOK, views.Sources(w.chrome(r, "Sources", views.SectionSources), p))
}

// source shows one publisher with its record and its articles.
func (w *Web) source(rw http.ResponseWriter, r *http.Request) error {
	who, cursor := w.actor(r.Context()), r.URL.Query().Get("cursor")
	s, err := w.app.SourceRecord(r.Context(), who, id(r))
	if err != nil {
		return err
	}
	list, err := w.app.Articles(r.Context(), who, app.ArticleFilter{SourceID: s.ID, Page: app.Page{Cursor: cursor}})
	if err != nil {
		return err
	}
	p := views.SourcePage{RecordLine: recordLine(s.SourceRecord), Next: list.NextCursor, FirstPart: cursor == ""}
	if who.Can(app.Administer) {
		gone, err := w.app.SourceRemoval(r.Context(), who, s.ID)
		if err != nil {
			return err
		}
		p.Removal, p.Done, p.Total, p.Restorable = removalState(gone), gone.Done, gone.Total, gone.State == app.Removed
		if p.Restorable {
			p.Done = gone.Binned
		}
	}
	for _, k := range s.Kinds {
		p.Kinds = append(p.Kinds, views.KindCount{Kind: k.Kind, Count: k.Count})
	}
	for _, o := range s.Origins {
		p.Origins = append(p.Origins, views.OriginLine{Name: o.Origin, Known: o.Known, Own: strings.EqualFold(o.Origin, s.Name), Articles: o.Articles})
	}
	for _, a := range list.Items {
		p.List = append(p.List, articleLine(a))
	}
	return w.render(rw, r, http.StatusOK, views.Source(w.chrome(r, s.Name, views.SectionSources), p))
}

func recordLine(s app.SourceRecord) views.RecordLine {
	return views.RecordLine{ID: s.ID, Name: s.Name, Domain: s.Domain, Articles: s.Articles, Stories: s.Stories, First: s.First,
		Alone: s.Alone, Agree: s.Agree, Diverge: s.Diverge, Unattributed: s.Unattributed, Corrected: s.Corrected,
		Relayed: s.Relayed, Last: s.LastArticle}
}
