package web

import (
	"net/http"

	"corroborate/internal/app"
	"corroborate/web/views"
)

// sourceDeleteForm asks whether a source is to go to the bin with all its articles.
func (w *Web) sourceDeleteForm(rw http.ResponseWriter, r *http.Request) error {
	return w.showSourceDelete(rw, r, http.StatusOK, views.Errors{})
}

func (w *Web) showSourceDelete(rw http.ResponseWriter, r *http.Request, status int, problems views.Errors) error {
	s, err := w.app.SourceRemoval(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	if s.State != "" && !problems.Any() {
		http.Redirect(rw, r, sourceAddress(s), http.StatusSeeOther)
		return nil
	}
	p := sourceErasePage(s)
	p.Errors = problems
	return w.render(rw, r, status, views.Erase(w.chrome(r, p.Heading, views.SectionSources), p))
}

func sourceAddress(s app.SourceRemoval) string { return "/sources/" + s.SourceID }

// sourceErasePage says what goes to the bin with a source.
func sourceErasePage(s app.SourceRemoval) views.ErasePage {
	return views.ErasePage{
		Heading: "Remove this source with all its articles?", Subject: s.Name, Crumb: "Sources", CrumbAt: "/sources",
		Goes: []views.Amount{{Count: s.Articles, One: "article", Many: "articles"}, {Count: s.Feeds, One: "feed is paused", Many: "feeds are paused"},
			{Count: s.Stories, One: "story is compared without it", Many: "stories are compared without it"}},
		Notes: []string{"It all stays in the bin for 30 days and can be taken back from there in one go. Articles of this source that come later are taken in as ever."},
		Words: views.TypedWords(s.Name), What: "the name", Action: sourceAddress(s) + "/delete", Button: "Remove the source", Back: sourceAddress(s), Undoable: true,
	}
}

// deleteSource puts a source into the bin.
func (w *Web) deleteSource(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	who := w.actor(r.Context())
	s, err := w.app.SourceRemoval(r.Context(), who, id(r))
	if err != nil {
		return err
	}
	if problems := unconfirmed(r, views.TypedWords(s.Name)); problems.Any() {
		return w.showSourceDelete(rw, r, http.StatusUnprocessableEntity, problems)
	}
	_, err = w.app.RemoveSource(r.Context(), who, s.SourceID, s.Name)
	if problems, ok := formProblems(err); ok {
		return w.showSourceDelete(rw, r, http.StatusUnprocessableEntity, problems)
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, sourceAddress(s), "The source goes to the bin with its articles.")
}

// restoreSource takes a source out of the bin.
func (w *Web) restoreSource(rw http.ResponseWriter, r *http.Request) error {
	s, err := w.app.RestoreSource(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.done(rw, r, sourceAddress(s), "The source comes back with its articles. Its feeds stay paused: resume them on their pages.")
}

// removalState words how far the removal of a source is, empty for one that is kept.
func removalState(s app.SourceRemoval) string {
	switch s.State {
	case app.Removing:
		return "This source is being removed"
	case app.Removed:
		return "This source is in the bin"
	case app.Restoring:
		return "This source is coming back"
	case app.Erasing:
		return "This source is being erased for good"
	}
	return ""
}
