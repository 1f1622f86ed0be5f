package app

import (
	"context"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// StoryOrder is an order of stories.
type StoryOrder = store.StoryOrder

// The orders of stories; ByOpen is that where none is asked for.
const (
	ByOpen   = store.ByOpen
	ByNewest = store.ByNewest
)

// Span is a stretch of time; see the store.
type Span = store.Span

// StoryFilter chooses stories and their order; empty fields choose all, those with
// most that is open first.
type StoryFilter struct {
	Order StoryOrder
	// Title is a part of the title.
	Title string
	// Status is Ready, Working or Failed.
	Status Status
	// SourceID chooses stories that a source tells.
	SourceID string
	Locked   *bool
	Created  Span
	Updated  Span
	Page
}

// StoryList lists stories in an order.
func (a *App) StoryList(ctx context.Context, who Actor, f StoryFilter) (List[Story], error) {
	if err := who.require(ReadFindings); err != nil {
		return List[Story]{}, err
	}
	choice, err := f.choice()
	if err != nil {
		return List[Story]{}, err
	}
	placed, err := a.seen(who).StoryList(ctx, choice)
	if err != nil {
		return List[Story]{}, err
	}
	part := page(placed, choice.Limit-1, func(s store.PlacedStory) any { return s.Place(choice.Order) })
	out := List[Story]{Items: make([]Story, len(part.Items)), NextCursor: part.NextCursor}
	for i, s := range part.Items {
		out.Items[i] = s.Story
	}
	return out, nil
}

// choice checks a filter and gives what the store takes, for one item more than the
// limit.
func (f StoryFilter) choice() (store.StoryChoice, error) {
	p := problems{}
	switch f.Order {
	case "":
		f.Order = store.ByOpen
	case store.ByOpen, store.ByNewest, store.BySources, store.ByTitle, store.ByUpdated:
	default:
		p.add("order", "is one of open, newest, sources, title, updated")
	}
	switch f.Status {
	case "", Ready, Working, Failed:
	default:
		p.add("status", "is one of ready, working, failed")
	}
	out := store.StoryChoice{Order: f.Order, Title: claims.CleanName(f.Title), Status: f.Status, Locked: f.Locked, Created: f.Created, Updated: f.Updated}
	p.add("title", wrongName(out.Title, maxTitle))
	var err error
	if out.SourceID, err = filterID("source_id", f.SourceID); err != nil {
		p.add("source_id", "is not an id")
	}
	if err := invalidFields(p); err != nil {
		return store.StoryChoice{}, err
	}
	limit, err := f.limit()
	if err != nil {
		return store.StoryChoice{}, err
	}
	out.Limit = limit + 1
	if err := decodeCursor(f.Cursor, &out.After); err != nil {
		return store.StoryChoice{}, err
	}
	if out.After != nil && !placeIn(out.After.ID, out.After.Order == f.Order) {
		return store.StoryChoice{}, errBadCursor
	}
	return out, nil
}

// placeIn tells whether a cursor's place can be one of the list that it was sent to.
func placeIn(id string, ofThisOrder bool) bool {
	_, err := knownID(id)
	return err == nil && ofThisOrder
}
