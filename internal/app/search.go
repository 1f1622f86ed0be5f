package app

import (
	"context"

	"github.com/google/uuid"

	"corroborate/internal/search"
	"corroborate/internal/store"
)

const (
	// SearchPage is how many hits a page of one type has.
	SearchPage = 20
	// searchGroup is how many hits of each type are shown beside others, searchOpen how
	// many while somebody types.
	searchGroup = 5
	searchOpen  = 4
	// namedStories is the most stories that words in the filter "story:" stand for.
	namedStories = 200
)

// SearchHit is something that was found.
type SearchHit = store.SearchHit

// SearchInput is what somebody looks for.
type SearchInput struct {
	// Query is as it was typed: see [search.Parse].
	Query string
	// Newest puts what came or changed last first, else what fits best.
	Newest bool
	// Page counts from 1; 0 is the first. It matters where one type is chosen.
	Page int
}

// SearchGroup is what was found of one type.
type SearchGroup struct {
	Type search.Type
	Hits []SearchHit
	// Total counts them, More is true where there are still more.
	Total int
	More  bool
}

// SearchResult is what was found.
type SearchResult struct {
	Query search.Query
	// Groups are those types of which something was found.
	Groups []SearchGroup
	// Problems say what of the query was left out or names nothing.
	Problems []search.Problem
	// Corrected is the query whose results these are, where nothing was found for the
	// one that was asked for; empty else.
	Corrected string
	// Page counts from 1 up to Pages.
	Page, Pages int
}

// Empty tells whether nothing was found.
func (r SearchResult) Empty() bool { return len(r.Groups) == 0 }

// Search looks for stories, findings, claims, articles, sources and corrections.
// What is wrong with the query is in the result's Problems. Strangers find the texts
// of the sample's articles alone, and nothing tells of a finding what is veiled.
func (a *App) Search(ctx context.Context, who Actor, in SearchInput) (SearchResult, error) {
	if err := who.require(ReadFindings); err != nil {
		return SearchResult{}, err
	}
	r := searchRun{app: a, who: who, in: in}
	var out SearchResult
	err := a.db.Searching(ctx, who.UserID, func(s store.Searcher) (err error) {
		r.Searcher = s
		out, err = r.result(ctx, search.Parse(in.Query))
		return err
	})
	return out, err
}

// Suggest is [App.Search] while somebody types: the last word may be the beginning of
// one, and few stories, findings and sources come back.
func (a *App) Suggest(ctx context.Context, who Actor, query string) (SearchResult, error) {
	if err := who.require(ReadFindings); err != nil {
		return SearchResult{}, err
	}
	q := search.Parse(query)
	out := SearchResult{Query: q}
	err := a.db.Searching(ctx, who.UserID, func(s store.Searcher) error {
		r := searchRun{Searcher: s, app: a, who: who, open: true}
		choice, found, err := r.choice(ctx, &out)
		if err != nil || !found || q.Empty() {
			return err
		}
		choice.Limit = searchOpen
		return r.groups(ctx, choice, []search.Type{search.Story, search.Finding, search.Source}, &out)
	})
	return out, err
}

// searchRun is one search.
type searchRun struct {
	store.Searcher
	app  *App
	who  Actor
	in   SearchInput
	open bool
}

// result runs a query, and where it finds nothing, the one that it is likely to be a
// typing error of.
func (r searchRun) result(ctx context.Context, q search.Query) (SearchResult, error) {
	out, err := r.query(ctx, q)
	if err != nil || !out.Empty() || !q.HasText() {
		return out, err
	}
	corrected, err := r.corrected(ctx, q)
	if err != nil || corrected == "" {
		return out, err
	}
	other, err := r.query(ctx, search.Parse(corrected))
	if err != nil || other.Empty() {
		return out, err
	}
	other.Query, other.Corrected = q, corrected
	return other, nil
}

// query runs a query as it is.
func (r searchRun) query(ctx context.Context, q search.Query) (SearchResult, error) {
	out := SearchResult{Query: q, Problems: q.Problems, Page: 1, Pages: 1}
	if q.Empty() {
		return out, nil
	}
	choice, found, err := r.choice(ctx, &out)
	if err != nil || !found {
		return out, err
	}
	var types []search.Type
	for _, t := range search.Types() {
		if q.Allows(t) {
			types = append(types, t)
		}
	}
	choice.Limit = searchGroup
	if len(types) == 1 {
		out.Page = min(max(r.in.Page, 1), store.SearchReach/SearchPage)
		choice.Limit, choice.Offset = SearchPage, (out.Page-1)*SearchPage
	}
	if err := r.groups(ctx, choice, types, &out); err != nil {
		return out, err
	}
	if len(types) == 1 && len(out.Groups) == 1 {
		out.Pages = (out.Groups[0].Total + SearchPage - 1) / SearchPage
	}
	return out, nil
}

// groups adds what is found of some types.
func (r searchRun) groups(ctx context.Context, c store.SearchChoice, types []search.Type, out *SearchResult) error {
	for _, t := range types {
		found, err := r.hits(ctx, t, c)
		if err != nil {
			return err
		}
		if len(found.Hits) > 0 {
			out.Groups = append(out.Groups, SearchGroup{Type: t, Hits: found.Hits, Total: found.Total, More: found.More})
		}
	}
	return nil
}

// hits gives what is found of one type.
func (r searchRun) hits(ctx context.Context, t search.Type, c store.SearchChoice) (store.SearchHits, error) {
	switch t {
	case search.Story:
		return r.SearchStories(ctx, c)
	case search.Finding:
		found, err := r.SearchFindings(ctx, c)
		for i := range found.Hits {
			found.Hits[i].Kinds = inOrder(found.Hits[i].Kinds)
		}
		return found, err
	case search.Claim:
		return r.SearchClaims(ctx, c)
	case search.Article:
		return r.SearchArticles(ctx, c)
	case search.Correction:
		return r.SearchCorrections(ctx, c)
	}
	return r.SearchSources(ctx, c)
}

// choice gives what the store looks for; found is false where a filter names
// something that is not there, which goes to the result's problems.
func (r searchRun) choice(ctx context.Context, out *SearchResult) (c store.SearchChoice, found bool, err error) {
	q := out.Query
	c = store.SearchChoice{Filter: q.Filter, Public: !r.who.Can(ReadTexts), Newest: r.in.Newest || !q.HasText(), Now: r.app.now()}
	if c.Text, err = r.SearchText(ctx, q, r.open); err != nil {
		return c, false, err
	}
	if found, err = r.nameSources(ctx, &c, out); err != nil || !found {
		return c, found, err
	}
	found, err = r.nameStories(ctx, &c, out)
	return c, found, err
}

// nameSources finds the sources that the filter names.
func (r searchRun) nameSources(ctx context.Context, c *store.SearchChoice, out *SearchResult) (found bool, err error) {
	if len(c.Sources) == 0 {
		return true, nil
	}
	keys := make([]string, len(c.Sources))
	for i, name := range c.Sources {
		keys[i] = sourceKey(name)
	}
	if c.SourceIDs, err = r.SourcesNamed(ctx, keys); err != nil || len(c.SourceIDs) > 0 {
		return err == nil, err
	}
	problem := search.Problem{Part: c.Sources[0], Message: "No source is called “" + c.Sources[0] + "”."}
	near, err := r.SourceNear(ctx, c.Sources[0])
	if near != "" {
		problem.Message += " Did you mean source:\"" + near + "\"?"
	}
	out.Problems = append(out.Problems, problem)
	return false, err
}

// nameStories finds the stories that the filter names.
func (r searchRun) nameStories(ctx context.Context, c *store.SearchChoice, out *SearchResult) (found bool, err error) {
	if c.Story == "" {
		return true, nil
	}
	if id, err := uuid.Parse(c.Story); err == nil {
		c.StoryIDs = []string{id.String()}
		return true, nil
	}
	if c.StoryIDs, err = r.StoriesNamed(ctx, c.Story, namedStories); err != nil || len(c.StoryIDs) > 0 {
		return err == nil, err
	}
	out.Problems = append(out.Problems, search.Problem{Part: c.Story,
		Message: "No story's title has “" + c.Story + "”. Give words of its title, or its id."})
	return false, nil
}
