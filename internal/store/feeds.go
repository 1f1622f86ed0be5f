package store

import (
	"context"
	"time"
)

// FeedState is what a person or its server made of a feed.
type FeedState string

// The states of feeds.
const (
	FeedActive FeedState = "active"
	FeedPaused FeedState = "paused"
	// FeedGone is the state of a feed whose server says that it is gone for good.
	FeedGone FeedState = "gone"
)

// Health is a feed's state at a glance.
type Health string

// The healths of feeds. A feed that is active is new, ok or failing.
const (
	HealthNew     Health = "new"
	HealthOK      Health = "ok"
	HealthFailing Health = "failing"
	HealthPaused  Health = "paused"
	HealthGone    Health = "gone"
)

// Feed is a feed with how it fares.
type Feed struct {
	ID  string
	URL string
	// Site is the page that it belongs to, empty where it names none.
	Site   string
	Title  string
	Folder string
	// Source is the publisher's name, which its articles get.
	Source string
	State  FeedState
	Health Health
	// Fault says why the last poll failed, or why the feed is gone; else empty.
	Fault        string
	Failures     int
	FailingSince *time.Time
	// Interval is the time between two polls while all is well, in seconds.
	Interval   int
	NextPollAt time.Time
	// Queued is true while a poll waits or runs.
	Queued bool
	// PolledAt is when it was last asked, GoodAt when that last went well.
	PolledAt *time.Time
	GoodAt   *time.Time
	// LeftOut counts new entries that wait for the next poll.
	LeftOut int
	// Entries counts those that are known, and Waiting, Broken and Articles those of
	// them that are still to be read, could not be read, and are articles now.
	Entries  int
	Waiting  int
	Broken   int
	Articles int
	// ArticleAt is when it last brought a new article, nil before the first.
	ArticleAt *time.Time
	Version   int
	CreatedAt time.Time
	UpdatedAt time.Time
}

const feedHealth = `
	CASE WHEN f.state <> 'active' THEN f.state
	     WHEN f.failures > 0 THEN 'failing'
	     WHEN f.good_at IS NULL THEN 'new'
	     ELSE 'ok' END`

const feedSelect = `
	SELECT f.id, f.url, f.site, f.title, f.folder, f.source, f.state, ` + feedHealth + ` AS health, f.fault, f.failures,
	       f.failing_since, f.interval_seconds AS interval, f.next_poll_at, f.queued_at IS NOT NULL AS queued, f.polled_at,
	       f.good_at, f.left_out, f.version, f.created_at, f.updated_at, e.*
	FROM feeds f CROSS JOIN LATERAL (
		SELECT count(*) AS entries,
		       count(*) FILTER (WHERE state = 'waiting') AS waiting,
		       count(*) FILTER (WHERE state = 'failed') AS broken,
		       count(*) FILTER (WHERE state IN ('stored', 'known')) AS articles,
		       max(first_read_at) FILTER (WHERE state = 'stored') AS article_at
		FROM feed_entries WHERE feed_id = f.id) e`

// Feed gives one feed.
func (q Queries) Feed(ctx context.Context, id string) (Feed, error) {
	return one[Feed](ctx, q.q, "feed", feedSelect+" WHERE f.id = $1", id)
}

// FeedByKey gives the id of the feed with an address, claims.NotFound for none.
func (q Queries) FeedByKey(ctx context.Context, key string) (string, error) {
	return scalar[string](ctx, q.q, "feed by address", "SELECT id::text FROM feeds WHERE url_key = $1", key)
}

// FeedChoice chooses feeds for a list; empty fields choose all.
type FeedChoice struct {
	Health Health
	// Before is the id that all given ones are below.
	Before string
	Limit  int
}

// Feeds lists feeds, the newest first.
func (q Queries) Feeds(ctx context.Context, c FeedChoice) ([]Feed, error) {
	return list[Feed](ctx, q.q, "feeds", feedSelect+`
		WHERE (@before = '' OR f.id < nullif(@before, '')::uuid) AND (@health = '' OR `+feedHealth+` = @health)
		ORDER BY f.id DESC LIMIT @limit`,
		named{"before": c.Before, "health": string(c.Health), "limit": c.Limit})
}

// FeedCounts counts the feeds by their health.
func (q Queries) FeedCounts(ctx context.Context) (map[Health]int, error) {
	type count struct {
		Health Health
		Feeds  int
	}
	rows, err := list[count](ctx, q.q, "count feeds", "SELECT "+feedHealth+" AS health, count(*) AS feeds FROM feeds f GROUP BY 1")
	counts := map[Health]int{}
	for _, r := range rows {
		counts[r.Health] = r.Feeds
	}
	return counts, err
}

// NewFeed is a feed to be stored.
type NewFeed struct {
	ID        string
	URL       string
	URLKey    string
	Site      string
	Title     string
	Folder    string
	Source    string
	Interval  time.Duration
	CreatedBy string // a user's id, empty for the service
	At        time.Time
}

// InsertFeed stores a feed, which is due at once. It tells whether it was stored:
// it is not where its address has a feed.
func (t *Tx) InsertFeed(ctx context.Context, f NewFeed) (stored bool, err error) {
	n, err := t.exec(ctx, "insert feed", `
		INSERT INTO feeds (id, url, url_key, site, title, folder, source, state, interval_seconds, next_poll_at,
			created_by, created_at, updated_at)
		VALUES (@id, @url, @key, @site, @title, @folder, @source, 'active', @interval, @at, nullif(@by, '')::uuid, @at, @at)
		ON CONFLICT (url_key) DO NOTHING`,
		named{"id": f.ID, "url": f.URL, "key": f.URLKey, "site": f.Site, "title": f.Title, "folder": f.Folder,
			"source": f.Source, "interval": seconds(f.Interval), "by": f.CreatedBy, "at": f.At})
	return n == 1, err
}

func seconds(d time.Duration) int { return int(d / time.Second) }

// FeedEdit is the state of a feed after an edit.
type FeedEdit struct {
	ID     string
	URL    string
	URLKey string
	Title  string
	Folder string
	Source string
	State  FeedState
	// Afresh forgets what former polls have found, and makes the feed due.
	Afresh bool
	At     time.Time
}

// UpdateFeed stores an edit; the version goes up. It gives claims.Conflict where
// the address has another feed.
func (t *Tx) UpdateFeed(ctx context.Context, e FeedEdit) error {
	_, err := t.exec(ctx, "update feed", `
		UPDATE feeds SET url = @url, url_key = @key, title = @title, folder = @folder, source = @source, state = @state,
			etag = CASE WHEN @afresh THEN '' ELSE etag END, last_modified = CASE WHEN @afresh THEN '' ELSE last_modified END,
			fault = CASE WHEN @afresh THEN '' ELSE fault END, failures = CASE WHEN @afresh THEN 0 ELSE failures END,
			failing_since = CASE WHEN @afresh THEN NULL ELSE failing_since END,
			next_poll_at = CASE WHEN @afresh THEN @at ELSE next_poll_at END,
			version = version + 1, updated_at = @at
		WHERE id = @id`,
		named{"id": e.ID, "url": e.URL, "key": e.URLKey, "title": e.Title, "folder": e.Folder, "source": e.Source,
			"state": string(e.State), "afresh": e.Afresh, "at": e.At})
	return err
}

// DeleteFeed removes a feed with its entries; their articles stay.
func (t *Tx) DeleteFeed(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "delete feed", "DELETE FROM feeds WHERE id = $1", id)
	return err
}

// FeedLine is what a list of feeds to take away says of one.
type FeedLine struct {
	URL    string
	Site   string
	Title  string
	Folder string
	Source string
}

// FeedLines gives all feeds by folder and title.
func (q Queries) FeedLines(ctx context.Context) ([]FeedLine, error) {
	return list[FeedLine](ctx, q.q, "feed lines", `
		SELECT url, site, title, folder, source FROM feeds ORDER BY folder, lower(title), id`)
}

// Every gives the time between two polls while all is well.
func (f Feed) Every() time.Duration { return time.Duration(f.Interval) * time.Second }
