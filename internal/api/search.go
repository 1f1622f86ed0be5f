package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

type searchInput struct {
	Q    string `query:"q" required:"true" minLength:"1" maxLength:"2000" doc:"Words, phrases and filters." example:"bridge kind:number"`
	Sort string `query:"sort" enum:"best,newest" default:"best" doc:"best: what fits best first, and what is newer before what is older. newest: what came or changed last first." example:"newest"`
	Page int    `query:"page" minimum:"1" maximum:"25" default:"1" doc:"The page, where the query names one type; each has 20 hits." example:"1"`
}

type suggestInput struct {
	Q string `query:"q" required:"true" minLength:"1" maxLength:"2000" doc:"What was typed so far. Its last word may be the beginning of one." example:"bridge clo"`
}

const aboutSearch = "Finds stories, findings, corrections, articles, claims and sources by words, in any form and without accents. " +
	`All words have to be there; "in quotation marks" they stand together; OR lets one of two do; -word must not be there. ` +
	"Filters are is: (a type), kind:, verdict:, source:, story:, min_origins:, reviewed: (yes or no), after: and before: (a day). " +
	`Lists with commas choose one of several (kind:number,time); values with spaces stand in quotation marks (source:"Harbour Post"). ` +
	"What cannot be read is told in problems and left out; the rest counts. Without is: the best 5 of each type come; with one is: the answer is in pages of 20. " +
	"A key may search 240 times a minute, and a search that takes too long ends with 503. Without a key, the texts of whole articles are not looked through."

func (a *API) registerSearch() {
	register(a, operation{
		id: "search", method: http.MethodGet, path: "/search", tag: "Search", needs: app.ReadFindings,
		summary: "Search", about: aboutSearch, status: http.StatusOK, searches: true,
	}, a.search)
	register(a, operation{
		id: "suggest", method: http.MethodGet, path: "/search/suggest", tag: "Search", needs: app.ReadFindings,
		summary: "Suggest while somebody types",
		about:   "Gives at most 4 stories, findings and sources each for a query that is not finished. It counts as a search.",
		status:  http.StatusOK, searches: true,
	}, a.suggest)
}

func (a *API) search(ctx context.Context, in *searchInput) (*plain[searchResult[searchHit]], error) {
	found, err := a.app.Search(ctx, actorOf(ctx), app.SearchInput{Query: in.Q, Newest: in.Sort == "newest", Page: in.Page})
	if err != nil {
		return nil, err
	}
	return &plain[searchResult[searchHit]]{Body: newSearchResult(found, newSearchHit)}, nil
}

func (a *API) suggest(ctx context.Context, in *suggestInput) (*plain[searchResult[searchHit]], error) {
	found, err := a.app.Suggest(ctx, actorOf(ctx), in.Q)
	if err != nil {
		return nil, err
	}
	return &plain[searchResult[searchHit]]{Body: newSearchResult(found, newSearchHit)}, nil
}

// searchLimit bounds the searches of a person, whatever the key, or of an address of
// strangers: they make the database look far.
func (a *API) searchLimit(ctx huma.Context, next func(huma.Context)) {
	r, w := humachi.Unwrap(ctx)
	caller := clientAddress(r.Context())
	if who := actorOf(r.Context()); who.SignedIn() {
		caller = who.UserID
	}
	if a.searches.OnLimit(w, r, caller) {
		a.write(ctx, problem.New(r.Context(), problem.TooMany, "More searches than the limit of a minute.", ""))
		return
	}
	next(ctx)
}
