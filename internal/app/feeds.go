package app

import (
	"context"
	"strings"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// FeedConfig sets how feeds are polled. Zero values have defaults.
type FeedConfig struct {
	// Interval is the time between two polls that a feed begins with, half an hour
	// where it is 0. MinInterval and MaxInterval bound what it becomes by how often
	// the feed brings news, ten minutes and twelve hours where they are 0.
	Interval, MinInterval, MaxInterval time.Duration
	// NewEntries is the most new entries of one poll, a hundred where it is 0; the
	// rest comes with the next.
	NewEntries int
	// Every is the time between two looks for feeds that are due, half a minute where
	// it is 0.
	Every time.Duration
}

// withDefaults fills in what is not set. A bound that the first interval breaks
// gives way to it.
func (c FeedConfig) withDefaults() FeedConfig {
	preset := func(d *time.Duration, value time.Duration) {
		if *d <= 0 {
			*d = value
		}
	}
	preset(&c.Interval, 30*time.Minute)
	preset(&c.MinInterval, min(10*time.Minute, c.Interval))
	preset(&c.MaxInterval, max(12*time.Hour, c.Interval))
	if c.NewEntries <= 0 {
		c.NewEntries = 100
	}
	return c
}

// FeedInput is a new feed.
type FeedInput struct {
	// URL is the feed's address, or that of a page which names its feed.
	URL string
	// Source is the publisher's name; where it is empty, the feed's title is taken.
	Source string
	// Title is what to call it; where it is empty, its own title is taken.
	Title string
	// Folder groups feeds, empty for none.
	Folder string
}

// Validate gives what is wrong by field name of the API ("url", "source",
// "title", "folder"), each with how to mend it; nil when all is right.
func (in FeedInput) Validate() map[string]string {
	p := problems{}
	p.add("url", wrongFeedURL(in.URL))
	p.add("source", wrongName(in.Source, maxName))
	p.add("title", wrongName(in.Title, maxTitle))
	p.add("folder", wrongName(in.Folder, maxName))
	if len(p) == 0 {
		return nil
	}
	return p
}

func wrongFeedURL(address string) string {
	if strings.TrimSpace(address) == "" {
		return "is missing: give the address of the feed, or of the site"
	}
	return wrongURL(address)
}

// AddFeed stores a feed and has it polled. The address may be that of a page that
// names one feed. A feed that is there already is given, and known is true. Where
// a page names several, the error's cause is a [*ManyFeeds].
func (a *App) AddFeed(ctx context.Context, who Actor, in FeedInput) (f Feed, known bool, err error) {
	if err := who.require(WriteArticles); err != nil {
		return Feed{}, false, err
	}
	if err := invalidFields(in.Validate()); err != nil {
		return Feed{}, false, err
	}
	in.URL = strings.TrimSpace(in.URL)
	if id, err := a.db.FeedByKey(ctx, addressKey(in.URL)); claims.KindOf(err) != claims.NotFound {
		return a.knownFeed(ctx, id, err)
	}
	found, err := a.findFeed(ctx, in.URL)
	if err != nil {
		return Feed{}, false, err
	}
	id, stored := newID(), false
	err = a.change(ctx, who, func(c change) error {
		stored, err = c.insertFeed(ctx, in.newFeed(id, found))
		return err
	})
	if err != nil {
		return Feed{}, false, err
	}
	if !stored {
		id, err = a.db.FeedByKey(ctx, addressKey(found.url))
		return a.knownFeed(ctx, id, err)
	}
	f, err = a.db.Feed(ctx, id)
	return f, false, err
}

func (a *App) knownFeed(ctx context.Context, id string, err error) (Feed, bool, error) {
	if err != nil {
		return Feed{}, false, err
	}
	f, err := a.db.Feed(ctx, id)
	return f, true, err
}

// newFeed is the input as it is stored, with what the feed says of itself where
// nothing else was said.
func (in FeedInput) newFeed(id string, found foundFeed) store.NewFeed {
	title, source := claims.CleanName(in.Title), claims.CleanName(in.Source)
	if title == "" {
		title = cut(found.title, maxTitle)
	}
	if source == "" {
		source = cut(firstOf(title, domainOf(found.site), domainOf(found.url)), maxName)
	}
	return store.NewFeed{ID: id, URL: found.url, URLKey: addressKey(found.url), Site: found.site, Title: title,
		Folder: claims.CleanName(in.Folder), Source: source}
}

// firstOf gives the first string that is not empty.
func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}

// insertFeed stores a feed and has it polled, unless its address has one.
func (c change) insertFeed(ctx context.Context, f store.NewFeed) (stored bool, err error) {
	f.CreatedBy, f.At, f.Interval = c.who.UserID, c.now(), c.feeds.Interval
	if stored, err = c.tx.InsertFeed(ctx, f); err != nil || !stored {
		return false, err
	}
	if err := c.enqueuePoll(ctx, f.ID); err != nil {
		return false, err
	}
	return true, c.record(ctx, deed{action: "feed.add", object: f.ID, detail: map[string]string{"url": f.URL, "source": f.Source}})
}

func (c change) enqueuePoll(ctx context.Context, id string) error {
	if err := c.tx.QueueFeed(ctx, id, c.now()); err != nil {
		return err
	}
	return c.queue.PollFeed(ctx, c.tx, id)
}

// FeedFilter chooses feeds; an empty Health chooses all.
type FeedFilter struct {
	Health Health
	Page
}

// Feeds lists feeds, the newest first.
func (a *App) Feeds(ctx context.Context, who Actor, f FeedFilter) (List[Feed], error) {
	if err := who.require(WriteArticles); err != nil {
		return List[Feed]{}, err
	}
	switch f.Health {
	case "", HealthNew, HealthOK, HealthFailing, HealthPaused, HealthGone:
	default:
		return List[Feed]{}, invalid("health", "is one of new, ok, failing, paused, gone")
	}
	return byID(f.Page, func(before string, limit int) ([]Feed, error) {
		return a.db.Feeds(ctx, store.FeedChoice{Health: f.Health, Before: before, Limit: limit})
	}, func(f Feed) string { return f.ID })
}

// FeedCounts counts the feeds by their health.
func (a *App) FeedCounts(ctx context.Context, who Actor) (map[Health]int, error) {
	if err := who.require(WriteArticles); err != nil {
		return nil, err
	}
	return a.db.FeedCounts(ctx)
}

// Feed gives one feed.
func (a *App) Feed(ctx context.Context, who Actor, id string) (Feed, error) {
	if err := who.require(WriteArticles); err != nil {
		return Feed{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return Feed{}, err
	}
	return a.db.Feed(ctx, id)
}

// EntryFilter chooses entries of a feed; an empty State chooses all.
type EntryFilter struct {
	FeedID string
	State  EntryState
	Page
}

// FeedEntries lists the entries of a feed, the newest first.
func (a *App) FeedEntries(ctx context.Context, who Actor, f EntryFilter) (List[FeedEntry], error) {
	feed, err := a.Feed(ctx, who, f.FeedID)
	if err != nil {
		return List[FeedEntry]{}, err
	}
	switch f.State {
	case "", EntryWaiting, EntryStored, EntryKnown, EntryFailed, EntrySkipped, EntryRemoved:
	default:
		return List[FeedEntry]{}, invalid("state", "is one of waiting, stored, known, failed, skipped, removed")
	}
	return byID(f.Page, func(before string, limit int) ([]FeedEntry, error) {
		return a.db.FeedEntries(ctx, store.EntryChoice{FeedID: feed.ID, State: f.State, Before: before, Limit: limit})
	}, func(e FeedEntry) string { return e.ID })
}
