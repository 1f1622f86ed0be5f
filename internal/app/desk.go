package app

import (
	"context"
	"slices"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// DeskList names a list of findings that wait for somebody.
type DeskList = store.DeskList

// DeskItem is a finding that waits, with what happened since the person saw it.
type DeskItem struct {
	store.DeskItem
	// Changes are what happened since the person saw the finding, the oldest first, in
	// the list of what is unseen.
	Changes []store.FindingEvent
}

// DeskFilter chooses a part of a list.
type DeskFilter struct {
	List DeskList
	// Since is from when on a finding that changed is unseen, the zero time for the
	// moment until which the person has seen all.
	Since time.Time
	Page
}

// deskLists gives the lists that an actor has, in the order of a desk.
func deskLists(who Actor) []DeskList {
	out := []DeskList{store.DeskBlind, store.DeskAssigned, store.DeskStale, store.DeskSecond, store.DeskModel, store.DeskOpen, store.DeskUnseen}
	if who.Can(WriteArticles) {
		out = append(out, store.DeskGiven)
	}
	return out
}

// maxCounted is the highest number that a list is counted to.
const maxCounted = 1000

// DeskPart is a list with its length, which is counted up to a thousand.
type DeskPart struct {
	List  DeskList
	Count int
	Items []DeskItem
}

// Desk gives the first items of each list that waits for the actor, at most limit of
// each, and since when what changed is unseen.
func (a *App) Desk(ctx context.Context, who Actor, f DeskFilter) ([]DeskPart, time.Time, error) {
	if err := who.require(ReviewFindings); err != nil {
		return nil, time.Time{}, err
	}
	limit, err := f.limit()
	if err != nil {
		return nil, time.Time{}, err
	}
	since, err := a.since(ctx, who, f.Since)
	if err != nil {
		return nil, since, err
	}
	var out []DeskPart
	for _, l := range deskLists(who) {
		part := DeskPart{List: l}
		choice := store.DeskChoice{List: l, UserID: who.UserID, Since: since, Limit: maxCounted}
		if part.Count, err = a.seen(who).DeskCount(ctx, choice); err != nil {
			return nil, since, err
		}
		if l == store.DeskSecond && part.Count == 0 && !a.second.on() {
			continue // there is no second judge
		}
		choice.Limit = limit
		if part.Items, err = a.deskItems(ctx, who, choice); err != nil {
			return nil, since, err
		}
		out = append(out, part)
	}
	return out, since, nil
}

// since gives from when on the actor has not seen all.
func (a *App) since(ctx context.Context, who Actor, since time.Time) (time.Time, error) {
	if !since.IsZero() {
		return since, nil
	}
	return a.db.SeenAllUntil(ctx, who.UserID)
}

// DeskOf gives a part of one list.
func (a *App) DeskOf(ctx context.Context, who Actor, f DeskFilter) (List[DeskItem], error) {
	need := ReviewFindings
	if f.List == store.DeskGiven {
		need = WriteArticles
	}
	if err := who.require(need); err != nil {
		return List[DeskItem]{}, err
	}
	if !slices.Contains(deskLists(who), f.List) {
		return List[DeskItem]{}, invalid("show", "names no list of yours")
	}
	limit, err := f.limit()
	if err != nil {
		return List[DeskItem]{}, err
	}
	after, err := f.after()
	if err != nil {
		return List[DeskItem]{}, err
	}
	since, err := a.since(ctx, who, f.Since)
	if err != nil {
		return List[DeskItem]{}, err
	}
	items, err := a.deskItems(ctx, who, store.DeskChoice{List: f.List, UserID: who.UserID, Since: since, After: after, Limit: limit + 1})
	if err != nil {
		return List[DeskItem]{}, err
	}
	return page(items, limit, func(i DeskItem) any { return i.Place }), nil
}

// after gives the place that the cursor names, nil for none.
func (f DeskFilter) after() (*store.DeskPlace, error) {
	var after *store.DeskPlace
	if err := decodeCursor(f.Cursor, &after); err != nil || after == nil {
		return nil, err
	}
	if _, err := knownID(after.ID); err != nil || !after.Fits(f.List) {
		return nil, errBadCursor
	}
	return after, nil
}

func (a *App) deskItems(ctx context.Context, who Actor, c store.DeskChoice) ([]DeskItem, error) {
	rows, err := a.seen(who).Desk(ctx, c)
	if err != nil {
		return nil, err
	}
	out, at := make([]DeskItem, len(rows)), map[string]*DeskItem{}
	ids := make([]string, len(rows))
	for i, r := range rows {
		out[i].DeskItem, ids[i] = r, r.FindingID
		at[r.FindingID] = &out[i]
	}
	if c.List != store.DeskUnseen {
		return out, nil
	}
	events, err := a.seen(who).DeskEvents(ctx, c, ids)
	for _, e := range events {
		at[e.FindingID].Changes = append(at[e.FindingID].Changes, e)
	}
	return out, err
}

// NextOpen gives the finding to look at after one: of those that are assigned to the
// actor, or of those of its story that nobody has decided on. It is empty where none
// is left.
func (a *App) NextOpen(ctx context.Context, who Actor, findingID string, assigned bool) (string, error) {
	if err := who.require(ReviewFindings); err != nil {
		return "", err
	}
	findingID, err := knownID(findingID)
	if err != nil {
		return "", err
	}
	next, err := a.seen(who).NextOpen(ctx, store.NextChoice{FindingID: findingID, UserID: who.UserID, Assigned: assigned})
	if claims.KindOf(err) == claims.NotFound {
		return "", nil
	}
	return next, err
}

// FindingDesk is what a finding's page shows to those who review.
type FindingDesk struct {
	// Assignment is the open one, nil for none.
	Assignment *Assignment
	// Open are the blind reviews that are under way, Ended those that are over.
	Open  []BlindReview
	Ended []BlindReview
	// People are those who may be given the finding, for those who may do so.
	People []User
}

// FindingDesk gives what people have under way on a finding.
func (a *App) FindingDesk(ctx context.Context, who Actor, findingID string) (FindingDesk, error) {
	if !who.Can(ReviewFindings) {
		return FindingDesk{}, nil
	}
	var out FindingDesk
	assigned, err := a.db.AssignmentOf(ctx, findingID)
	if err == nil {
		out.Assignment = &assigned
	} else if claims.KindOf(err) != claims.NotFound {
		return out, err
	}
	if out.Open, err = a.db.OpenBlinds(ctx, findingID, who.UserID); err != nil {
		return out, err
	}
	if out.Ended, err = a.seen(who).EndedBlinds(ctx, findingID); err != nil {
		return out, err
	}
	if who.Can(WriteArticles) {
		out.People, err = a.db.Checkers(ctx)
	}
	return out, err
}

// ChangesSince gives what happened to a finding after an edition, the oldest first.
func (a *App) ChangesSince(ctx context.Context, who Actor, findingID string, edition int) ([]store.FindingEvent, error) {
	if err := who.require(ReviewFindings); err != nil {
		return nil, err
	}
	return a.seen(who).EventsSince(ctx, findingID, edition)
}
