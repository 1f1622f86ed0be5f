package app

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/search"
	"corroborate/internal/store"
)

// feedHits is how many hits the feed of a saved search has.
const feedHits = 50

// SearchFeed is a saved search as a feed.
type SearchFeed struct {
	SavedSearch
	// Owner is the name of whose search it is.
	Owner string
	// Closed is true where the owner's account is closed: the feed has ended.
	Closed bool
	Hits   []SearchHit
	// Updated is when something of it changed last.
	Updated time.Time
}

// MakeSearchFeed gives one of the actor's own saved searches a feed with a new
// secret, which ends the feed with the one before. The secret is given here and never
// again.
func (a *App) MakeSearchFeed(ctx context.Context, who Actor, id string) (secret string, err error) {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // it does not fail
	secret = base64.RawURLEncoding.EncodeToString(b)
	return secret, a.setSearchFeed(ctx, who, id, auth.HashToken(secret))
}

// EndSearchFeed ends the feed of one of the actor's own saved searches at once.
func (a *App) EndSearchFeed(ctx context.Context, who Actor, id string) error {
	return a.setSearchFeed(ctx, who, id, nil)
}

func (a *App) setSearchFeed(ctx context.Context, who Actor, id string, hash []byte) error {
	return a.changeSaved(ctx, who, id, func(c change, s SavedSearch) error {
		if err := c.tx.SetSavedSearchFeed(ctx, s.ID, hash); err != nil {
			return err
		}
		action := "search.feed"
		if hash == nil {
			action = "search.feed_end"
		}
		return c.record(ctx, deed{action: action, object: s.ID})
	})
}

// SearchFeed gives the feed with a secret, as its owner may see it now: what changed
// last comes first. It gives claims.NotFound for a secret that nothing has.
func (a *App) SearchFeed(ctx context.Context, secret string) (SearchFeed, error) {
	saved, err := a.db.SavedSearchByFeed(ctx, auth.HashToken(secret))
	if err != nil {
		return SearchFeed{}, err
	}
	owner, err := a.db.User(ctx, saved.UserID)
	if err != nil {
		return SearchFeed{}, err
	}
	out := SearchFeed{SavedSearch: saved, Owner: owner.Name, Closed: owner.DisabledAt != nil, Updated: saved.UpdatedAt}
	who := Actor{UserID: owner.ID, Name: owner.Name, Role: owner.Role, Scopes: owner.Role.Scopes(), public: a.publicRead}
	if out.Closed || !who.Can(ReadFindings) {
		out.Closed = true
		return out, nil
	}
	err = a.db.Searching(ctx, who.UserID, func(s store.Searcher) error {
		r := searchRun{Searcher: s, app: a, who: who}
		found := SearchResult{Query: search.Parse(saved.Query)}
		choice, named, err := r.choice(ctx, &found)
		if err != nil || !named {
			return err
		}
		choice.Newest, choice.Limit = true, feedHits
		hits, err := r.hits(ctx, found.Query.Main(), choice)
		out.Hits = hits.Hits
		return err
	})
	for _, h := range out.Hits {
		if h.Changed.After(out.Updated) {
			out.Updated = h.Changed
		}
	}
	return out, err
}
