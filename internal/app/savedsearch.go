package app

import (
	"context"
	"fmt"
	"strings"

	"corroborate/internal/claims"
	"corroborate/internal/search"
	"corroborate/internal/store"
)

// MaxSavedSearches is the most saved searches of one person: their new results are
// counted together.
const MaxSavedSearches = 50

// SavedSearch is a search that a person keeps.
type SavedSearch = store.SavedSearch

// SavedSearchLine is a saved search with what is new in it.
type SavedSearchLine struct {
	SavedSearch
	// Type is what is counted: see [search.Filter.Main].
	Type search.Type
	// New counts the results that came or changed since its owner looked at it last;
	// More is true where there are still more.
	New  int
	More bool
}

// SavedSearchInput is a new saved search, or what one is to become.
type SavedSearchInput struct {
	Name  string
	Query string
}

// check says what is wrong. A query has to be whole: what is left out of it today
// would be missed for as long as it is kept.
func (in SavedSearchInput) check() error {
	p := problems{}
	p.add("name", wrongName(in.Name, maxName))
	if claims.CleanName(in.Name) == "" {
		p.add("name", "is missing: say what you look for")
	}
	q := search.Parse(in.Query)
	for _, wrong := range q.Problems {
		p.add("query", "cannot be kept like this: "+wrong.Message)
	}
	if q.Empty() {
		p.add("query", "is missing: give words or a filter, such as verdict:diverge")
	}
	return invalidFields(p)
}

// keeps gives the error for who can keep no searches.
func (a Actor) keeps() error {
	if err := a.require(ReadTexts); err != nil {
		return err
	}
	if !a.SignedIn() {
		return a.require(ManageOwn)
	}
	return nil
}

// SaveSearch keeps a search for the actor alone.
func (a *App) SaveSearch(ctx context.Context, who Actor, in SavedSearchInput) (SavedSearch, error) {
	if err := who.keeps(); err != nil {
		return SavedSearch{}, err
	}
	if err := in.check(); err != nil {
		return SavedSearch{}, err
	}
	have, err := a.db.SavedSearches(ctx, who.UserID)
	if err != nil {
		return SavedSearch{}, err
	}
	if len(have) >= MaxSavedSearches {
		return SavedSearch{}, &claims.Error{Kind: claims.Conflict,
			Message: fmt.Sprintf("you have %d saved filters, which is the most there can be: delete one first", len(have))}
	}
	s := SavedSearch{ID: newID(), UserID: who.UserID, Name: claims.CleanName(in.Name), Query: cleanQuery(in.Query), CreatedAt: a.now()}
	err = a.change(ctx, who, func(c change) error {
		if err := c.tx.InsertSavedSearch(ctx, s); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "search.save", object: s.ID})
	})
	if err != nil {
		return SavedSearch{}, err
	}
	return a.db.SavedSearch(ctx, who.UserID, s.ID)
}

func cleanQuery(query string) string {
	return strings.Join(strings.Fields(search.Parse(query).Raw), " ")
}

// SavedSearchEdit is what of a saved search is to change; nil leaves a field as it is.
type SavedSearchEdit struct {
	Name  *string
	Query *string
	// Version is the one that was seen, 0 for any.
	Version int
}

// EditSavedSearch changes one of the actor's own saved searches.
func (a *App) EditSavedSearch(ctx context.Context, who Actor, id string, e SavedSearchEdit) error {
	return a.changeSaved(ctx, who, id, func(c change, s SavedSearch) error {
		if err := staleUnless(e.Version, s.Version); err != nil {
			return err
		}
		in := SavedSearchInput{Name: s.Name, Query: s.Query}
		if e.Name != nil {
			in.Name = *e.Name
		}
		if e.Query != nil {
			in.Query = *e.Query
		}
		if err := in.check(); err != nil {
			return err
		}
		s.Name, s.Query, s.UpdatedAt = claims.CleanName(in.Name), cleanQuery(in.Query), c.now()
		if err := c.tx.SetSavedSearch(ctx, s); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "search.edit", object: s.ID})
	})
}

// DeleteSavedSearch removes one of the actor's own saved searches and ends its feed.
// version is the one that was seen, 0 for any.
func (a *App) DeleteSavedSearch(ctx context.Context, who Actor, id string, version int) error {
	return a.changeSaved(ctx, who, id, func(c change, s SavedSearch) error {
		if err := staleUnless(version, s.Version); err != nil {
			return err
		}
		if err := c.tx.DeleteSavedSearch(ctx, s.ID); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "search.delete", object: s.ID})
	})
}

// changeSaved runs a change of one of the actor's own saved searches.
func (a *App) changeSaved(ctx context.Context, who Actor, id string, do func(change, SavedSearch) error) error {
	if err := who.keeps(); err != nil {
		return err
	}
	id, err := knownID(id)
	if err != nil {
		return err
	}
	return a.change(ctx, who, func(c change) error {
		s, err := c.tx.LockSavedSearch(ctx, who.UserID, id)
		if err != nil {
			return err
		}
		return do(c, s)
	})
}
