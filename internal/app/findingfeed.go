package app

import (
	"context"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// ChangedFindings is a part of the findings of all stories, in the order in which they
// changed.
type ChangedFindings struct {
	List[Finding]
	// Until is the time up to which the list has every change. Who asks again asks for
	// what changed since.
	Until time.Time
}

// changeCursor is a place in a list of changes.
type changeCursor struct {
	At     time.Time `json:"t"`
	ID     string    `json:"i"`
	Latest bool      `json:"l"`
	// Until is that of the first part.
	Until time.Time `json:"u"`
}

// ChangedFindings lists the findings of all stories, or of one, by when they changed:
// what changed first comes first, so that nothing is missed while it goes on; latest
// turns that round. The filter's words, order and groups do not matter.
func (a *App) ChangedFindings(ctx context.Context, who Actor, f FindingFilter, latest bool) (ChangedFindings, error) {
	if err := who.require(ReadFindings); err != nil {
		return ChangedFindings{}, err
	}
	ctx = store.OnPrimary(ctx) // which alone knows what is still being written
	choice, err := a.changeChoice(ctx, who, f, latest)
	if err != nil {
		return ChangedFindings{}, err
	}
	items, err := a.seen(who).FindingChanges(ctx, choice)
	if err != nil {
		return ChangedFindings{}, err
	}
	place := func(f Finding) any {
		return changeCursor{At: f.UpdatedAt, ID: f.ID, Latest: latest, Until: choice.Until}
	}
	return ChangedFindings{List: page(items, choice.Limit-1, place), Until: choice.Until}, nil
}

// changeChoice checks a filter and gives what the store takes.
func (a *App) changeChoice(ctx context.Context, who Actor, f FindingFilter, latest bool) (store.ChangeChoice, error) {
	if f.StoryID != "" {
		s, err := a.Story(ctx, who, f.StoryID)
		if claims.KindOf(err) == claims.NotFound {
			return store.ChangeChoice{}, invalid("story_id", "names no story")
		}
		if err != nil {
			return store.ChangeChoice{}, err
		}
		f.StoryID = s.ID
	}
	cursor := f.Cursor
	f.Text, f.Order, f.ByKind, f.Cursor = "", ByVerdict, false, ""
	choice, err := f.choice()
	if err != nil {
		return store.ChangeChoice{}, err
	}
	out := store.ChangeChoice{FindingChoice: choice, Latest: latest}
	var after *changeCursor
	if err := decodeCursor(cursor, &after); err != nil {
		return out, err
	}
	if after != nil {
		if _, err := knownID(after.ID); err != nil || after.Latest != latest || after.Until.IsZero() {
			return out, errBadCursor
		}
		out.After, out.Until = &store.ChangePlace{At: after.At, ID: after.ID}, after.Until
	}
	if after == nil || !latest {
		out.Until, err = a.db.SettledUntil(ctx)
	}
	return out, err
}
