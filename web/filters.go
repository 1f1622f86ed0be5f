package web

import (
	"net/http"

	"corroborate/internal/app"
	"corroborate/web/views"
)

// savedSearches lists the viewer's saved searches.
func (w *Web) savedSearches(rw http.ResponseWriter, r *http.Request) error {
	list, err := w.app.SavedSearches(r.Context(), w.actor(r.Context()))
	if err != nil {
		return err
	}
	p := views.SavedSearchesPage{}
	for _, l := range list {
		s := savedSearch(l.SavedSearch)
		s.Type, s.New, s.More = l.Type, l.New, l.More
		p.Searches = append(p.Searches, s)
	}
	return w.render(rw, r, http.StatusOK, views.SavedSearches(w.chrome(r, "Saved filters", views.SectionSearch), p))
}

func savedSearch(s app.SavedSearch) views.SavedSearch {
	return views.SavedSearch{ID: s.ID, Name: s.Name, Query: s.Query, Seen: s.SeenAt, HasFeed: s.HasFeed, Version: s.Version}
}

// saveSearch keeps a search.
func (w *Web) saveSearch(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	in := app.SavedSearchInput{Name: r.PostForm.Get("name"), Query: r.PostForm.Get("query")}
	_, err := w.app.SaveSearch(r.Context(), w.actor(r.Context()), in)
	if problems, ok := formProblems(err); ok {
		p := views.SavedSearchPage{SavedSearch: views.SavedSearch{Name: in.Name, Query: in.Query}, Errors: problems}
		return w.showSavedSearch(rw, r, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, "/filters", "The filter was saved. It shows here what is new.")
}

// savedSearchForm edits a saved search.
func (w *Web) savedSearchForm(rw http.ResponseWriter, r *http.Request) error {
	s, err := w.app.SavedSearch(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.showSavedSearch(rw, r, http.StatusOK, views.SavedSearchPage{SavedSearch: savedSearch(s)})
}

func (w *Web) showSavedSearch(rw http.ResponseWriter, r *http.Request, status int, p views.SavedSearchPage) error {
	title := "Edit the filter"
	if p.ID == "" {
		title = "Keep a search"
	}
	if p.FeedAddress != "" {
		rw.Header().Set("Cache-Control", "no-store")
	}
	return w.render(rw, r, status, views.SavedSearchForm(w.chrome(r, title, views.SectionSearch), p))
}

// editSavedSearch changes a saved search.
func (w *Web) editSavedSearch(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	who := w.actor(r.Context())
	in := app.SavedSearchInput{Name: r.PostForm.Get("name"), Query: r.PostForm.Get("query")}
	err := w.app.EditSavedSearch(r.Context(), who, id(r), app.SavedSearchEdit{Name: &in.Name, Query: &in.Query, Version: formVersion(r)})
	if problems, ok := formProblems(err); ok {
		s, err := w.app.SavedSearch(r.Context(), who, id(r))
		if err != nil {
			return err
		}
		p := views.SavedSearchPage{SavedSearch: savedSearch(s), Errors: problems}
		p.Name, p.Query, p.Version = in.Name, in.Query, formVersion(r)
		return w.showSavedSearch(rw, r, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, "/filters", "The filter was changed.")
}

// savedSearchDeleteForm asks whether to delete a saved search.
func (w *Web) savedSearchDeleteForm(rw http.ResponseWriter, r *http.Request) error {
	s, err := w.app.SavedSearch(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	c := w.chrome(r, "Delete the filter", views.SectionSearch)
	return w.render(rw, r, http.StatusOK, views.SavedSearchDelete(c, views.SavedSearchPage{SavedSearch: savedSearch(s)}))
}

// deleteSavedSearch deletes a saved search.
func (w *Web) deleteSavedSearch(rw http.ResponseWriter, r *http.Request) error {
	if err := w.app.DeleteSavedSearch(r.Context(), w.actor(r.Context()), id(r), 0); err != nil {
		return err
	}
	return w.done(rw, r, "/filters", "The filter was deleted.")
}

// makeSearchFeed gives a saved search a feed and shows its address, this once.
func (w *Web) makeSearchFeed(rw http.ResponseWriter, r *http.Request) error {
	who := w.actor(r.Context())
	secret, err := w.app.MakeSearchFeed(r.Context(), who, id(r))
	if err != nil {
		return err
	}
	s, err := w.app.SavedSearch(r.Context(), who, id(r))
	if err != nil {
		return err
	}
	p := views.SavedSearchPage{SavedSearch: savedSearch(s), FeedAddress: w.address(r, feedPath(secret))}
	return w.showSavedSearch(rw, r, http.StatusCreated, p)
}

// endSearchFeed ends the feed of a saved search.
func (w *Web) endSearchFeed(rw http.ResponseWriter, r *http.Request) error {
	if err := w.app.EndSearchFeed(r.Context(), w.actor(r.Context()), id(r)); err != nil {
		return err
	}
	return w.done(rw, r, "/filters/"+id(r)+"/edit", "The feed has ended.")
}
