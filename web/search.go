package web

import (
	"net/http"
	"strconv"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/search"
	"corroborate/web/views"
)

// search shows the search, with what it finds where something is asked for.
func (w *Web) search(rw http.ResponseWriter, r *http.Request) error {
	values, who := r.URL.Query(), w.actor(r.Context())
	in := app.SearchInput{Query: values.Get("q"), Newest: values.Get("sort") == "newest"}
	in.Page, _ = strconv.Atoi(values.Get("page")) // what is no number is the first page
	var saved *views.SavedSearch
	var found app.SearchResult
	var err error
	if id := values.Get("saved"); id != "" {
		in.Newest = true
		var s app.SavedSearch
		s, found, err = w.app.RunSavedSearch(r.Context(), who, id, in)
		line := savedSearch(s)
		saved = &line
	} else {
		found, err = w.app.Search(r.Context(), who, in)
	}
	if err != nil {
		return err
	}
	p := searchPage(found, saved)
	p.Newest, p.CanSave = in.Newest, who.SignedIn() && saved == nil && len(found.Query.Problems) == 0
	title := "Search"
	if p.Query != "" {
		title = p.Query + " · Search"
	}
	if saved != nil {
		title = saved.Name
	}
	return w.render(rw, r, http.StatusOK, views.Search(w.chrome(r, title, views.SectionSearch), p))
}

// searchPage gives the page of a search.
func searchPage(found app.SearchResult, saved *views.SavedSearch) views.SearchPage {
	q := found.Query
	p := views.SearchPage{Query: q.Raw, Corrected: found.Corrected, Empty: q.Empty() && len(found.Problems) == 0, One: len(q.Types) == 1,
		All: q.Narrowed(""), Page: found.Page, Pages: found.Pages, Saved: saved}
	for _, problem := range found.Problems {
		p.Problems = append(p.Problems, problem.Message)
	}
	since := time.Time{}
	if saved != nil {
		since = saved.Seen
	}
	shown := q
	if found.Corrected != "" {
		shown = search.Parse(found.Corrected)
	}
	p.Groups = searchGroups(found.Groups, shown, since)
	return p
}

// searchGroups gives what was found as it is shown. What changed after since is new,
// nothing where that is the zero time.
func searchGroups(groups []app.SearchGroup, q search.Query, since time.Time) []views.SearchGroup {
	out := make([]views.SearchGroup, len(groups))
	for i, g := range groups {
		out[i] = views.SearchGroup{Type: g.Type, Total: g.Total, More: g.More, Query: q.Narrowed(g.Type)}
		for _, h := range g.Hits {
			hit := searchHit(h)
			hit.New = !since.IsZero() && h.Changed.After(since)
			out[i].Hits = append(out[i].Hits, hit)
		}
	}
	return out
}

func searchHit(h app.SearchHit) views.SearchHit {
	return views.SearchHit{Type: h.Type, Address: hitAddress(h), Title: h.Title, Text: h.Text, Story: h.Story, StoryID: h.StoryID,
		Source: h.Source, Sources: h.Sources, Origins: h.Origins, Articles: h.Articles, Published: h.Published, At: h.At,
		Verdict: h.Verdict, Veiled: h.Veiled, OneOrigin: h.OneOrigin, Reviewed: h.Reviewed, Kinds: h.Kinds}
}

// hitAddress is the page that shows a hit.
func hitAddress(h app.SearchHit) string {
	switch h.Type {
	case search.Story:
		return storyAddress(h.ID)
	case search.Finding:
		return "/findings/" + h.ID
	case search.Article:
		return "/articles/" + h.ID
	case search.Source:
		return "/sources/" + h.ID
	case search.Claim:
		if h.FindingID == "" {
			return "/articles/" + h.ArticleID
		}
		return "/findings/" + h.FindingID + "#claim-" + h.ID
	}
	if h.FindingID == "" {
		return "/articles/" + h.ArticleID + "/revisions"
	}
	return "/findings/" + h.FindingID
}

// suggest gives what a search may be meant for, as the part of a page that goes below
// its field.
func (w *Web) suggest(rw http.ResponseWriter, r *http.Request) error {
	found, err := w.app.Suggest(r.Context(), w.actor(r.Context()), r.URL.Query().Get("q"))
	if err != nil {
		return err
	}
	p := views.SearchSuggestions{Query: found.Query.Raw, Groups: searchGroups(found.Groups, found.Query, time.Time{})}
	return w.render(rw, r, http.StatusOK, views.SearchSuggest(p))
}
