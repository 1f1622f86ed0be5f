package app

import (
	"context"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// ArticleOrder is an order of articles; see the store.
type ArticleOrder = store.ArticleOrder

// NewestArticles is the order of articles where none is asked for.
const NewestArticles = store.NewestArticles

// ArticleFilter chooses articles and their order; empty fields choose all, the newest
// first.
type ArticleFilter struct {
	Order    ArticleOrder
	StoryID  string
	SourceID string
	Status   Status
	// Unplaced chooses articles without a story.
	Unplaced bool
	// Title is a part of the title.
	Title string
	// Language is a code of two letters.
	Language   string
	ExternalID string
	// URL is an address, with or without what does not tell pages apart.
	URL       string
	Published Span
	Created   Span
	Updated   Span
	Page
}

// Articles lists articles in an order.
func (a *App) Articles(ctx context.Context, who Actor, f ArticleFilter) (List[Article], error) {
	if err := who.require(ReadFindings); err != nil {
		return List[Article]{}, err
	}
	choice, err := f.choice()
	if err != nil {
		return List[Article]{}, err
	}
	items, err := a.db.ArticleList(ctx, choice)
	if err != nil {
		return List[Article]{}, err
	}
	return page(items, choice.Limit-1, func(art Article) any { return art.Place(choice.Order) }), nil
}

// choice checks a filter and gives what the store takes, for one item more than the
// limit.
func (f ArticleFilter) choice() (store.ArticleListChoice, error) {
	out, p := store.ArticleListChoice{Order: f.Order, Status: f.Status, Unplaced: f.Unplaced, Language: f.Language,
		Title: claims.CleanName(f.Title), ExternalID: claims.CleanName(f.ExternalID), Published: f.Published, Created: f.Created, Updated: f.Updated}, problems{}
	switch f.Order {
	case "":
		out.Order = store.NewestArticles
	case store.NewestArticles, store.LatestPublished, store.LeastRecentlyUpdated:
	default:
		p.add("order", "is one of newest, published, updated")
	}
	switch f.Status {
	case "", Pending, Ready, Failed, NotAnalysed:
	default:
		p.add("status", "is one of pending, ready, failed, not_analysed")
	}
	p.add("title", wrongName(f.Title, maxTitle))
	p.add("external_id", wrongName(f.ExternalID, maxExternal))
	p.add("url", wrongURL(f.URL))
	out.URLKey = addressKey(f.URL)
	var err error
	if out.StoryID, err = filterID("story_id", f.StoryID); err != nil {
		p.add("story_id", "is not an id")
	}
	if out.SourceID, err = filterID("source_id", f.SourceID); err != nil {
		p.add("source_id", "is not an id")
	}
	if err := invalidFields(p); err != nil {
		return out, err
	}
	limit, err := f.limit()
	if err != nil {
		return out, err
	}
	out.Limit = limit + 1
	if err := decodeCursor(f.Cursor, &out.After); err != nil {
		return out, err
	}
	if out.After != nil && !placeIn(out.After.ID, out.After.Order == out.Order) {
		return out, errBadCursor
	}
	return out, nil
}
