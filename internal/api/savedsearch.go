package api

import (
	"context"
	"net/http"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

type savedSearchBody struct {
	Name  string `json:"name" minLength:"1" maxLength:"200" doc:"What it is called." example:"Numbers that differ"`
	Query string `json:"query" minLength:"1" maxLength:"2000" doc:"What it looks for, in the language of the search. It has to be without problems." example:"kind:number min_origins:2"`
}

type savedSearchEdit struct {
	Name  *string `json:"name,omitempty" minLength:"1" maxLength:"200" doc:"What it is called." example:"Numbers that differ"`
	Query *string `json:"query,omitempty" minLength:"1" maxLength:"2000" doc:"What it looks for." example:"kind:number,time min_origins:2"`
}

type createSavedInput struct {
	IdempotencyKey
	Body savedSearchBody
}

type listSavedInput struct {
	PageQuery
}

type editSavedInput struct {
	IDPath
	IfMatch
	Body savedSearchEdit
}

type savedResultsInput struct {
	IDPath
	Page int `query:"page" minimum:"1" maximum:"25" default:"1" doc:"The page, where the query names one type; each has 20 hits." example:"1"`
}

type seeSavedInput struct {
	IDPath
	IdempotencyKey
	Body struct {
		Until time.Time `json:"until" doc:"What came or changed up to then counts as seen: as_of of the results that were looked at." example:"2025-03-28T09:00:00Z"`
	}
}

type savedFeedInput struct {
	IDPath
	IdempotencyKey
}

type savedFeed struct {
	Address *string `json:"address" doc:"The address of the feed. Whoever knows it reads the feed with your rights. It is shown here and never again; null in an answer that is repeated." example:"https://news.example.org/filters/feeds/3Jk0b8cXh2Y.atom"`
}

func (a *API) registerSavedSearches() {
	notFound := []problem.Kind{problem.NotFound}
	op := func(id, method, path string) operation {
		return operation{id: id, method: method, path: "/saved-searches" + path, tag: "Saved searches", needs: app.ReadTexts, status: http.StatusOK}
	}
	create := op("create-saved-search", http.MethodPost, "")
	create.summary, create.about = "Save a search", "Keeps a search for the caller alone: to all others it does not exist. A person has at most 50 (409)."
	create.status, create.maxBody, create.stores = http.StatusCreated, smallBody, true
	register(a, create, a.createSaved)

	list := op("list-saved-searches", http.MethodGet, "")
	list.summary, list.about, list.searches = "List saved searches", "Lists the caller's own saved searches with how much is new in each, the newest first. It counts as a search.", true
	register(a, list, a.listSaved)

	one := op("get-saved-search", http.MethodGet, "/{id}")
	one.summary, one.about, one.tagged, one.searches, one.problems = "Get a saved search", "Gives one of the caller's own saved searches with how much is new in it. It counts as a search.", true, true, notFound
	register(a, one, a.getSaved)

	edit := op("edit-saved-search", http.MethodPatch, "/{id}")
	edit.summary, edit.about = "Change a saved search", "Changes the fields that are sent."
	edit.maxBody, edit.edits, edit.problems = smallBody, true, notFound
	register(a, edit, a.editSaved)

	remove := op("delete-saved-search", http.MethodDelete, "/{id}")
	remove.summary, remove.about = "Remove a saved search", "Removes it for good and ends its feed."
	remove.status, remove.edits, remove.problems = http.StatusNoContent, true, notFound
	register(a, remove, a.deleteSaved)

	results := op("get-saved-search-results", http.MethodGet, "/{id}/results")
	results.summary, results.searches, results.problems = "Get the results of a saved search", true, notFound
	results.about = "Runs the search. What is new is marked and stays new until it is counted as seen. It counts as a search."
	register(a, results, a.savedResults)

	seen := op("see-saved-search", http.MethodPost, "/{id}/seen")
	seen.summary, seen.about = "Count results as seen", "Notes up to when the caller has seen the results. An earlier moment than is noted already changes nothing."
	seen.status, seen.maxBody, seen.stores, seen.problems = http.StatusNoContent, smallBody, true, notFound
	register(a, seen, a.seeSaved)

	feed := op("make-saved-search-feed", http.MethodPost, "/{id}/feed")
	feed.summary, feed.about = "Make a feed of a saved search", "Gives the search an Atom feed under a new secret address, which ends the one before."
	feed.status, feed.stores, feed.secret, feed.problems = http.StatusCreated, true, "address", notFound
	register(a, feed, a.makeSavedFeed)

	end := op("end-saved-search-feed", http.MethodDelete, "/{id}/feed")
	end.summary, end.about = "End the feed of a saved search", "Ends the address at once. It needs no If-Match; ending it again changes nothing."
	end.status, end.problems = http.StatusNoContent, notFound
	register(a, end, a.endSavedFeed)
}

func (a *API) createSaved(ctx context.Context, in *createSavedInput) (*created[savedSearch], error) {
	s, err := a.app.SaveSearch(ctx, actorOf(ctx), app.SavedSearchInput{Name: in.Body.Name, Query: in.Body.Query})
	if err != nil {
		return nil, err
	}
	line, err := a.app.SavedSearchLine(ctx, actorOf(ctx), s.ID)
	if err != nil {
		return nil, err
	}
	body := newSavedSearch(line)
	etag, err := etagOf(s.Version, body)
	return &created[savedSearch]{Status: http.StatusCreated, Location: Prefix + "/saved-searches/" + s.ID, ETag: etag, Body: body}, err
}

func (a *API) listSaved(ctx context.Context, in *listSavedInput) (*plain[list[savedSearch]], error) {
	l, err := a.app.SavedSearchList(ctx, actorOf(ctx), in.page())
	return listOf(l, err, newSavedSearch)
}

func (a *API) getSaved(ctx context.Context, in *getInput) (*tagged[savedSearch], error) {
	return a.savedLine(ctx, in.ID)
}

func (a *API) savedLine(ctx context.Context, id string) (*tagged[savedSearch], error) {
	line, err := a.app.SavedSearchLine(ctx, actorOf(ctx), id)
	if err != nil {
		return nil, err
	}
	return taggedWith(line.Version, newSavedSearch(line))
}

func (a *API) editSaved(ctx context.Context, in *editSavedInput) (*tagged[savedSearch], error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	edit := app.SavedSearchEdit{Name: in.Body.Name, Query: in.Body.Query, Version: version}
	if err := a.app.EditSavedSearch(ctx, actorOf(ctx), in.ID, edit); err != nil {
		return nil, err
	}
	return a.savedLine(ctx, in.ID)
}

func (a *API) deleteSaved(ctx context.Context, in *deleteInput) (*empty, error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	return nil, a.app.DeleteSavedSearch(ctx, actorOf(ctx), in.ID, version)
}

func (a *API) savedResults(ctx context.Context, in *savedResultsInput) (*plain[savedResults], error) {
	run, err := a.app.SavedSearchResults(ctx, actorOf(ctx), in.ID, app.SearchInput{Newest: true, Page: in.Page})
	if err != nil {
		return nil, err
	}
	return &plain[savedResults]{Body: newSavedResults(run)}, nil
}

func (a *API) seeSaved(ctx context.Context, in *seeSavedInput) (*empty, error) {
	return nil, a.app.SeeSavedSearch(ctx, actorOf(ctx), in.ID, in.Body.Until)
}

func (a *API) makeSavedFeed(ctx context.Context, in *savedFeedInput) (*createdPlain[savedFeed], error) {
	secret, err := a.app.MakeSearchFeed(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	address := baseOf(ctx) + "/filters/feeds/" + secret + ".atom"
	return &createdPlain[savedFeed]{Location: Prefix + "/saved-searches/" + in.ID, Body: savedFeed{Address: &address}}, nil
}

func (a *API) endSavedFeed(ctx context.Context, in *IDPath) (*empty, error) {
	return nil, a.app.EndSearchFeed(ctx, actorOf(ctx), in.ID)
}
