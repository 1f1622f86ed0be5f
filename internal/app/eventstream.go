package app

import (
	"context"

	"corroborate/internal/claims"
	"corroborate/internal/store"
	"corroborate/internal/webhook"
)

const (
	// streamBatch is how many events are read at once for a stream.
	streamBatch = 100
	// maxBehind is how many events a reader may be behind, of all stories, to read on.
	maxBehind = 10_000
	// noEvent stands for the place before the first event that a reader may see.
	noEvent = "0"
)

// EventWatch says which events somebody wants to follow.
type EventWatch struct {
	// StoryID is the story, empty for all.
	StoryID string
	// After is the id of the last event that was read; empty for what happens from now
	// on.
	After string
}

// StreamItem is something to be told in a stream: an event, the progress of a story,
// or that the reader has to begin anew.
type StreamItem struct {
	// ID is what to read on after: the id of the last event.
	ID string
	// Progress is set for the progress of a story, Reset where events were missed; Name
	// and Event are those of an event.
	Progress *Progress
	Reset    bool
	Name     string
	Event    []byte
}

// WatchEvents gives the events of a story or of all stories as the actor may see them,
// until ctx ends, the actor may no longer read them, or the story is gone; then the
// channel is closed. A story's progress comes first, and again whenever it changes.
// What the reader has missed comes before what is new.
//
// Nothing in a stream tells of events that are withheld from its reader, not even by
// their number: readers know places by the ids of events that they were told.
func (a *App) WatchEvents(ctx context.Context, who Actor, w EventWatch) (<-chan StreamItem, error) {
	if err := who.require(ReadFindings); err != nil {
		return nil, err
	}
	ctx = store.OnPrimary(ctx)
	f := &follower{App: a, who: who, out: make(chan StreamItem), choice: store.EventChoice{Withheld: webhook.Withheld(), Limit: streamBatch}}
	if !who.Can(ReadTexts) {
		f.choice.Beyond = webhook.OfReviews()
	}
	topic := store.EventsPublished
	if w.StoryID != "" {
		s, err := a.Story(ctx, who, w.StoryID)
		if err != nil {
			return nil, err
		}
		topic, f.choice.StoryID = s.ID, s.ID
	}
	changed, leave := a.hub.join(topic)
	reset, err := f.startAfter(ctx, w.After)
	if err != nil {
		leave()
		return nil, err
	}
	f.changed = changed
	ctx, stop := a.whileHolds(ctx, who, ReadFindings)
	go func() {
		defer close(f.out)
		defer stop()
		defer leave()
		if err := f.run(ctx, reset); err != nil && ctx.Err() == nil {
			a.log.Warn("a stream of events broke off", "error", err)
		}
	}()
	return f.out, nil
}

// follower is one reader of events.
type follower struct {
	*App
	who    Actor
	choice store.EventChoice
	// id is that of the event at the place of the choice.
	id       string
	progress Progress
	changed  <-chan struct{}
	out      chan StreamItem
}

// startAfter finds the place to read on from, and tells whether events were missed that
// are not to be had any more.
func (f *follower) startAfter(ctx context.Context, after string) (reset bool, err error) {
	if after == noEvent {
		f.id = noEvent
		return false, nil
	}
	if after != "" {
		id, err := knownID(after)
		if err == nil {
			var place store.EventPlace
			var behind int64
			if place, behind, err = f.db.EventPlace(ctx, id); err == nil && behind <= maxBehind {
				f.choice.After, f.id = place.Seq, place.ID
				return false, nil
			}
		}
		if err != nil && claims.KindOf(err) != claims.NotFound {
			return false, err
		}
	}
	last, err := f.seen(f.who).LastEvent(ctx, f.choice)
	if claims.KindOf(err) == claims.NotFound {
		last, err = store.EventPlace{ID: noEvent}, nil
	}
	f.choice.After, f.id = last.Seq, last.ID
	return after != "", err
}

// run gives everything to the reader until there is nothing more to give.
func (f *follower) run(ctx context.Context, reset bool) error {
	if reset || f.choice.StoryID == "" { // that the stream stands, and where
		if err := f.give(ctx, StreamItem{Reset: reset}); err != nil {
			return err
		}
	}
	for {
		gone := f.giveProgress(ctx)
		if gone != nil && claims.KindOf(gone) != claims.NotFound {
			return gone
		}
		// The last event of a story that is gone may say what it became a part of.
		if err := f.giveEvents(ctx); err != nil || gone != nil {
			return err
		}
		select {
		case <-f.changed:
		case <-ctx.Done():
			return nil
		}
	}
}

func (f *follower) give(ctx context.Context, item StreamItem) error {
	item.ID = f.id
	select {
	case f.out <- item:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// giveProgress tells the progress of the story where it is another than before.
func (f *follower) giveProgress(ctx context.Context) error {
	if f.choice.StoryID == "" {
		return nil
	}
	p, err := f.db.Progress(ctx, f.choice.StoryID)
	if err != nil {
		return err
	}
	now := progressOf(p)
	if now == f.progress {
		return nil
	}
	f.progress = now
	return f.give(ctx, StreamItem{Progress: &now})
}

// giveEvents tells the events that came since.
func (f *follower) giveEvents(ctx context.Context) error {
	for {
		events, err := f.seen(f.who).EventsAfter(ctx, f.choice)
		if err != nil {
			return err
		}
		for _, e := range events {
			f.choice.After, f.id = e.Seq, e.ID
			body, err := f.eventJSON(e, "")
			if err != nil {
				return err
			}
			if err := f.give(ctx, StreamItem{Name: string(e.Type), Event: body}); err != nil {
				return err
			}
		}
		if len(events) < streamBatch {
			return nil
		}
	}
}
