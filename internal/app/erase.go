package app

import (
	"context"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// Erasure counts what goes for good; see the store for its fields.
type Erasure = store.Erasure

// erasedAtOnce is how many articles are erased in one transaction.
const erasedAtOnce = 50

// emptyBin erases what has lain in the bin for [BinDays], in small transactions.
func (w worker) emptyBin(ctx context.Context) error {
	before := w.now().AddDate(0, 0, -BinDays)
	removed := 0
	for {
		n := 0
		err := w.change(ctx, Actor{}, func(c change) error {
			articles, err := c.tx.InBin(ctx, before, erasedAtOnce)
			if err != nil {
				return err
			}
			if n, err = c.tx.EraseArticles(ctx, articles); err != nil || n > 0 {
				return err
			}
			stories, err := c.tx.StoriesInBin(ctx, before, erasedAtOnce)
			if err != nil || len(stories) == 0 {
				return err
			}
			n, err = c.tx.EraseStories(ctx, stories)
			return err
		})
		if err != nil {
			return err
		}
		if removed += n; n == 0 {
			break
		}
	}
	if removed > 0 {
		w.log.Info("emptied the bin", "removed", removed)
	}
	return nil
}

// BinErasure counts what would go for good with something in the bin.
func (a *App) BinErasure(ctx context.Context, who Actor, id string) (Erasure, error) {
	if err := who.require(Administer); err != nil {
		return Erasure{}, err
	}
	if s, err := a.SourceRemoval(ctx, who, id); err == nil && s.State == store.Removed {
		return a.db.SourceErasure(ctx, s.SourceID)
	}
	_, articles, err := a.binned(ctx, a.db.Queries, id)
	if err != nil {
		return Erasure{}, err
	}
	return a.db.Erasure(ctx, articles)
}

// Doomed is something in the bin with what would go for good with it.
type Doomed struct {
	Binned
	Erasure
}

// Doomed gives something in the bin as its page asks whether to erase it.
func (a *App) Doomed(ctx context.Context, who Actor, id string) (Doomed, error) {
	e, err := a.BinErasure(ctx, who, id)
	if err != nil {
		return Doomed{}, err
	}
	found, err := a.db.Bin(ctx, store.BinChoice{ID: id, Limit: 1})
	if err == nil && len(found) == 0 {
		err = &claims.Error{Kind: claims.Conflict, Message: "this article went to the bin with its story: erase the story"}
	}
	if err != nil {
		return Doomed{}, err
	}
	return Doomed{Binned: found[0], Erasure: e}, nil
}

// binned gives what is in the bin under an id: a story, empty for an article, and the
// articles that go with it.
func (a *App) binned(ctx context.Context, q store.Queries, id string) (story string, articles []string, err error) {
	if id, err = knownID(id); err != nil {
		return "", nil, err
	}
	switch _, err := q.DeletedArticle(ctx, id); {
	case err == nil:
		return "", []string{id}, nil
	case claims.KindOf(err) != claims.NotFound:
		return "", nil, err
	}
	found, err := q.Objects(ctx, []string{id})
	switch {
	case err != nil:
		return "", nil, err
	case len(found) == 0 || found[0].Kind != StoryObject && found[0].Kind != ArticleObject:
		return "", nil, errGone
	case found[0].Kind != StoryObject || !found[0].Deleted:
		return "", nil, errNotInBin
	}
	articles, err = q.ArticlesOfStories(ctx, []string{id})
	return id, articles, err
}

// EraseFromBin removes a story, an article or a source that is in the bin for good, at once
// and not when its time there has passed; a source goes in the background. It gives claims.Conflict where the article's story is
// not compared without it yet.
func (a *App) EraseFromBin(ctx context.Context, who Actor, id string) error {
	if err := who.require(Administer); err != nil {
		return err
	}
	if s, err := a.SourceRemoval(ctx, who, id); err == nil {
		return a.eraseSource(ctx, who, s.SourceID)
	}
	return a.change(ctx, who, func(c change) error {
		story, articles, err := a.binned(ctx, c.tx.Queries, id)
		if err != nil {
			return err
		}
		if err := c.comparedWithout(ctx, story, articles); err != nil {
			return err
		}
		if len(articles) > 0 {
			if _, err := c.tx.EraseArticles(ctx, articles); err != nil {
				return err
			}
		}
		action := "article.erase"
		if story != "" {
			action = "story.erase"
			if _, err := c.tx.EraseStories(ctx, []string{story}); err != nil {
				return err
			}
		}
		return c.record(ctx, deed{action: action, object: id})
	})
}

// comparedWithout makes sure that the story of an article in the bin has been compared
// without it, so that no finding holds its words.
func (c change) comparedWithout(ctx context.Context, story string, articles []string) error {
	if story != "" || len(articles) == 0 {
		return nil
	}
	art, err := c.tx.DeletedArticle(ctx, articles[0])
	if err != nil || art.StoryID == "" {
		return err
	}
	s, err := c.tx.LockStory(ctx, art.StoryID)
	if err != nil && claims.KindOf(err) != claims.NotFound {
		return err
	}
	if err == nil && !s.Deleted && s.Compared < s.Changes {
		return &claims.Error{Kind: claims.Conflict, Message: "the article's story is still being compared without it; try again in a moment"}
	}
	return nil
}
