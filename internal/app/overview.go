package app

import (
	"context"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// WeekCount counts the findings of stories that began in one week.
type WeekCount = store.WeekCount

// MostCounted is how far things are counted to be shown: one more stands for any number.
const MostCounted = store.MostCounted

// CountStories counts the stories whose title has a part, all for an empty one. It gives
// [MostCounted] and one more where there are more.
func (a *App) CountStories(ctx context.Context, who Actor, title string) (int, error) {
	if err := who.require(ReadFindings); err != nil {
		return 0, err
	}
	return a.db.CountStories(ctx, claims.CleanName(title), MostCounted+1)
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
