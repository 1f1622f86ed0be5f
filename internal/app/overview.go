package app

import (
	"context"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// StoryOrder is an order of stories, WeekCount counts the findings of stories that began
// in one week.
type (
	StoryOrder = store.StoryOrder
	WeekCount  = store.WeekCount
)

// ByOpen is the order of stories where none is asked for.
const ByOpen = store.ByOpen

// StoryFilter chooses stories and their order; empty fields choose all, those with
// most that is open first.
type StoryFilter struct {
	Order StoryOrder
	// Title is a part of the title.
	Title string
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
	part := page(placed, choice.Limit-1, func(s store.PlacedStory) any { return s.Place() })
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
	case store.ByOpen, store.ByNewest, store.BySources, store.ByTitle:
	default:
		p.add("order", "is one of open, newest, sources, title")
	}
	title := claims.CleanName(f.Title)
	p.add("title", wrongName(title, maxTitle))
	if err := invalidFields(p); err != nil {
		return store.StoryChoice{}, err
	}
	limit, err := f.limit()
	if err != nil {
		return store.StoryChoice{}, err
	}
	var after *store.StoryPlace
	if err := decodeCursor(f.Cursor, &after); err != nil {
		return store.StoryChoice{}, err
	}
	if after != nil {
		if _, err := knownID(after.ID); err != nil {
			return store.StoryChoice{}, errBadCursor
		}
	}
	return store.StoryChoice{Order: f.Order, Title: title, After: after, Limit: limit + 1}, nil
}

// CountStories counts the stories whose title has a part, all for an empty one.
func (a *App) CountStories(ctx context.Context, who Actor, title string) (int, error) {
	if err := who.require(ReadFindings); err != nil {
		return 0, err
	}
	return a.db.CountStories(ctx, claims.CleanName(title))
}

// maxWeeks is the most weeks that the overview shows.
const maxWeeks = 26

// Overview is how the findings of all stories divide.
type Overview struct {
	store.Totals
	// Weeks are those with findings, the newest first.
	Weeks []store.WeekCount
	// Kinds are those that occur, the most frequent first.
	Kinds []store.KindTotal
}

// Overview tells how the findings of all stories divide.
func (a *App) Overview(ctx context.Context, who Actor) (Overview, error) {
	if err := who.require(ReadFindings); err != nil {
		return Overview{}, err
	}
	q, out := a.seen(who), Overview{}
	var err error
	if out.Totals, err = q.Totals(ctx); err != nil {
		return out, err
	}
	if out.Weeks, err = q.Weeks(ctx, maxWeeks); err != nil {
		return out, err
	}
	out.Kinds, err = q.KindTotals(ctx)
	return out, err
}

// UnseenIn counts for stories the findings that are new to a person, or that changed
// since the person looked; none for who has no account.
func (a *App) UnseenIn(ctx context.Context, who Actor, storyIDs []string) (map[string]int, error) {
	out := map[string]int{}
	if !who.SignedIn() {
		return out, nil
	}
	if err := who.require(ReadFindings); err != nil {
		return nil, err
	}
	since, err := a.db.SeenAllUntil(ctx, who.UserID)
	if err != nil {
		return nil, err
	}
	counts, err := a.seen(who).UnseenIn(ctx, storyIDs, since)
	for _, c := range counts {
		out[c.StoryID] = c.Unseen
	}
	return out, err
}
