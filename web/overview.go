package web

import (
	"net/http"

	"corroborate/internal/app"
	"corroborate/web/views"
)

// overview shows how the findings of all stories divide.
func (w *Web) overview(rw http.ResponseWriter, r *http.Request) error {
	o, err := w.app.Overview(r.Context(), w.actor(r.Context()))
	if err != nil {
		return err
	}
	p := views.OverviewPage{Stories: o.Stories, Sources: o.Sources, Undated: o.Undated,
		Counts: views.Counts{Agree: o.Agree, Diverge: o.Diverge, Single: o.Single, Open: o.Open}}
	for _, week := range o.Weeks {
		p.Weeks = append(p.Weeks, views.WeekLine{Monday: week.Monday.UTC(), Stories: week.Stories,
			Counts: views.Counts{Agree: week.Agree, Diverge: week.Diverge, Single: week.Single}})
	}
	for _, k := range o.Kinds {
		p.Kinds = append(p.Kinds, views.KindCount{Kind: k.Kind, Count: k.Count})
	}
	return w.render(rw, r, http.StatusOK, views.Overview(w.chrome(r, "Overview", views.SectionStories), p))
}

// coverage shows when the sources of a story published.
func (w *Web) coverage(rw http.ResponseWriter, r *http.Request) error {
	c, err := w.app.Coverage(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	p := views.CoveragePage{StoryID: c.Story.ID, Title: c.Story.Title, Span: c.Span}
	for _, report := range c.Reports {
		p.Reports = append(p.Reports, coverageLine(report))
	}
	return w.render(rw, r, http.StatusOK, views.Coverage(w.chrome(r, "Coverage: "+c.Story.Title, views.SectionStories), p))
}

func coverageLine(r app.Report) views.CoverageLine {
	return views.CoverageLine{Article: articleLine(r.Article), SourceID: r.Article.SourceID, After: r.After, FirstOfSource: r.FirstOfSource}
}
