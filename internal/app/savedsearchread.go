package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"corroborate/internal/search"
	"corroborate/internal/store"
)

// SavedSearches lists the actor's own saved searches by name, each with what is new.
func (a *App) SavedSearches(ctx context.Context, who Actor) ([]SavedSearchLine, error) {
	if err := who.keeps(); err != nil {
		return nil, err
	}
	saved, err := a.db.SavedSearches(ctx, who.UserID)
	if err != nil {
		return nil, err
	}
	return a.linesOf(ctx, who, saved)
}

// linesOf counts what is new in saved searches.
func (a *App) linesOf(ctx context.Context, who Actor, saved []SavedSearch) ([]SavedSearchLine, error) {
	out := make([]SavedSearchLine, len(saved))
	err := a.db.Searching(ctx, who.UserID, func(s store.Searcher) error {
		for i, one := range saved {
			line, err := a.lineOf(ctx, searchRun{Searcher: s, app: a, who: who}, one)
			if err != nil {
				return err
			}
			out[i] = line
		}
		return nil
	})
	return out, err
}

// lineOf counts what is new in a saved search.
func (a *App) lineOf(ctx context.Context, r searchRun, saved SavedSearch) (SavedSearchLine, error) {
	out := SearchResult{Query: search.Parse(saved.Query)}
	line := SavedSearchLine{SavedSearch: saved, Type: out.Query.Main()}
	choice, found, err := r.choice(ctx, &out)
	if err != nil || !found {
		return line, err
	}
	choice.Since, choice.Newest, choice.Limit = saved.SeenAt, true, 1
	hits, err := r.hits(ctx, line.Type, choice)
	line.New, line.More = hits.Total, hits.More
	return line, err
}

// SavedSearch gives one of the actor's own saved searches. Those of others are not
// there.
func (a *App) SavedSearch(ctx context.Context, who Actor, id string) (SavedSearch, error) {
	if err := who.keeps(); err != nil {
		return SavedSearch{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return SavedSearch{}, err
	}
	return a.db.SavedSearch(ctx, who.UserID, id)
}

// SavedSearchRun is what one of the actor's own saved searches finds.
type SavedSearchRun struct {
	SavedSearch
	SearchResult
	// AsOf is when it was looked for.
	AsOf time.Time
}

// SavedSearchResults runs one of the actor's own saved searches: what changed after its
// SeenAt is new.
func (a *App) SavedSearchResults(ctx context.Context, who Actor, id string, in SearchInput) (SavedSearchRun, error) {
	saved, err := a.SavedSearch(ctx, who, id)
	if err != nil {
		return SavedSearchRun{}, err
	}
	out := SavedSearchRun{SavedSearch: saved, AsOf: a.now()}
	in.Query = saved.Query
	out.SearchResult, err = a.Search(ctx, who, in)
	return out, err
}

// RunSavedSearch is [App.SavedSearchResults] for who looks at the results: it notes that
// they were seen. The saved search is given as it was before.
func (a *App) RunSavedSearch(ctx context.Context, who Actor, id string, in SearchInput) (SavedSearch, SearchResult, error) {
	run, err := a.SavedSearchResults(ctx, who, id, in)
	if err != nil {
		return SavedSearch{}, SearchResult{}, err
	}
	return run.SavedSearch, run.SearchResult, a.db.InTx(ctx, func(tx *store.Tx) error { return tx.SeeSavedSearch(ctx, run.ID, run.AsOf) })
}

// SeeSavedSearch notes that the results of one of the actor's own saved searches were
// seen up to a moment.
func (a *App) SeeSavedSearch(ctx context.Context, who Actor, id string, until time.Time) error {
	if until.After(a.now()) {
		return invalid("until", "is still to come: give a time that has passed")
	}
	return a.changeSaved(ctx, who, id, func(c change, s SavedSearch) error { return c.tx.SeeSavedSearch(ctx, s.ID, until) })
}

// SavedSearchList lists the actor's own saved searches, the newest first, each with what
// is new.
func (a *App) SavedSearchList(ctx context.Context, who Actor, p Page) (List[SavedSearchLine], error) {
	if err := who.keeps(); err != nil {
		return List[SavedSearchLine]{}, err
	}
	saved, err := a.db.SavedSearches(ctx, who.UserID) // there are few
	if err != nil {
		return List[SavedSearchLine]{}, err
	}
	slices.SortFunc(saved, func(one, two SavedSearch) int { return strings.Compare(two.ID, one.ID) })
	part, err := byID(p, func(before string, limit int) ([]SavedSearch, error) {
		rest := slices.DeleteFunc(saved, func(s SavedSearch) bool { return before != "" && s.ID >= before })
		return rest[:min(len(rest), limit)], nil
	}, func(s SavedSearch) string { return s.ID })
	if err != nil {
		return List[SavedSearchLine]{}, err
	}
	lines, err := a.linesOf(ctx, who, part.Items)
	return List[SavedSearchLine]{Items: lines, NextCursor: part.NextCursor}, err
}

// SavedSearchLine gives one of the actor's own saved searches with what is new.
func (a *App) SavedSearchLine(ctx context.Context, who Actor, id string) (SavedSearchLine, error) {
	saved, err := a.SavedSearch(ctx, who, id)
	if err != nil {
		return SavedSearchLine{}, err
	}
	lines, err := a.linesOf(ctx, who, []SavedSearch{saved})
	if err != nil {
		return SavedSearchLine{}, err
	}
	return lines[0], nil
}
