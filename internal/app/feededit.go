package app

import (
	"context"
	"strings"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// FeedEdit changes a feed; nil fields stay.
type FeedEdit struct {
	URL    *string
	Source *string
	Title  *string
	Folder *string
	// State pauses or resumes it: FeedActive or FeedPaused.
	State *FeedState
	// Version is the version that the editor saw, 0 for any.
	Version int
}

// check says what is wrong with the fields that are given.
func (e FeedEdit) check() error {
	p := problems{}
	on := func(s *string, field string, wrong func(string) string) {
		if s != nil {
			p.add(field, wrong(*s))
		}
	}
	on(e.URL, "url", wrongFeedURL)
	on(e.Source, "source", func(s string) string {
		if claims.CleanName(s) == "" {
			return "is missing: give the publisher's name"
		}
		return wrongName(s, maxName)
	})
	on(e.Title, "title", func(s string) string { return wrongName(s, maxTitle) })
	on(e.Folder, "folder", func(s string) string { return wrongName(s, maxName) })
	if e.State != nil && *e.State != FeedActive && *e.State != FeedPaused {
		p.add("state", "is active or paused")
	}
	return invalidFields(p)
}

// EditFeed changes a feed, pauses it or resumes it. A new address is polled at
// once, and so is a feed that is resumed.
func (a *App) EditFeed(ctx context.Context, who Actor, id string, e FeedEdit) (Feed, error) {
	if err := who.require(WriteArticles); err != nil {
		return Feed{}, err
	}
	if err := e.check(); err != nil {
		return Feed{}, err
	}
	err := a.changeFeed(ctx, who, id, func(c change, f store.FeedPoll) error {
		if err := staleUnless(e.Version, f.Version); err != nil {
			return err
		}
		return c.applyFeedEdit(ctx, f, e)
	})
	if err != nil {
		return Feed{}, err
	}
	return a.Feed(ctx, who, id)
}

func (c change) applyFeedEdit(ctx context.Context, f store.FeedPoll, e FeedEdit) error {
	out := store.FeedEdit{ID: f.ID, URL: f.URL, Title: f.Title, Folder: f.Folder, Source: f.Source, State: f.State, At: c.now()}
	set := func(field *string, to *string) {
		if to != nil {
			*field = claims.CleanName(*to)
		}
	}
	set(&out.Title, e.Title)
	set(&out.Folder, e.Folder)
	set(&out.Source, e.Source)
	action := "feed.edit"
	if e.State != nil && *e.State != f.State {
		out.State, action = *e.State, "feed.pause"
		if out.State == FeedActive {
			out.Afresh, action = true, "feed.resume"
		}
	}
	if e.URL != nil && strings.TrimSpace(*e.URL) != f.URL {
		out.URL, out.Afresh = strings.TrimSpace(*e.URL), true
	}
	out.URLKey = addressKey(out.URL)
	err := c.tx.UpdateFeed(ctx, out)
	if claims.KindOf(err) == claims.Conflict {
		return invalid("url", "is that of another feed already")
	}
	if err != nil {
		return err
	}
	if out.Afresh && out.State == FeedActive {
		if err := c.enqueuePoll(ctx, f.ID); err != nil {
			return err
		}
	}
	return c.record(ctx, deed{action: action, object: f.ID, detail: map[string]string{"url": out.URL}})
}

// changeFeed runs a change of a feed under its lock.
func (a *App) changeFeed(ctx context.Context, who Actor, id string, do func(change, store.FeedPoll) error) error {
	if err := who.require(WriteArticles); err != nil {
		return err
	}
	id, err := knownID(id)
	if err != nil {
		return err
	}
	return a.change(ctx, who, func(c change) error {
		f, err := c.tx.LockFeed(ctx, id)
		if err != nil {
			return err
		}
		return do(c, f)
	})
}

// DeleteFeed removes a feed for good; its articles stay. version is the one that
// was seen, 0 for any.
func (a *App) DeleteFeed(ctx context.Context, who Actor, id string, version int) error {
	return a.changeFeed(ctx, who, id, func(c change, f store.FeedPoll) error {
		if err := staleUnless(version, f.Version); err != nil {
			return err
		}
		if err := c.tx.DeleteFeed(ctx, f.ID); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "feed.delete", object: f.ID, detail: map[string]string{"url": f.URL, "title": f.Title}})
	})
}

// PollFeedNow has a feed polled at once, out of its turn.
func (a *App) PollFeedNow(ctx context.Context, who Actor, id string) (Feed, error) {
	err := a.changeFeed(ctx, who, id, func(c change, f store.FeedPoll) error {
		if f.State != FeedActive {
			return &claims.Error{Kind: claims.Conflict, Message: "the feed is " + string(f.State) + ": resume it first"}
		}
		if err := c.enqueuePoll(ctx, f.ID); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "feed.poll", object: f.ID})
	})
	if err != nil {
		return Feed{}, err
	}
	return a.Feed(ctx, who, id)
}
