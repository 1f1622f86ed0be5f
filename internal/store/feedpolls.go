package store

import (
	"context"
	"time"
)

// FeedPoll is what polling a feed goes by.
type FeedPoll struct {
	ID           string
	URL          string
	State        FeedState
	Title        string
	Folder       string
	Source       string
	Site         string
	ETag         string
	LastModified string
	Interval     int // seconds
	Failures     int
	FailingSince *time.Time
	// GoodAt is nil before the first poll that went well.
	GoodAt  *time.Time
	LeftOut int
	Version int
}

const feedPollSelect = `
	SELECT id, url, state, title, folder, source, site, etag, last_modified, interval_seconds AS interval, failures, failing_since,
	       good_at, left_out, version
	FROM feeds WHERE id = $1`

// FeedPoll gives what polling a feed goes by.
func (q Queries) FeedPoll(ctx context.Context, id string) (FeedPoll, error) {
	return one[FeedPoll](ctx, q.q, "feed to poll", feedPollSelect, id)
}

// LockFeed is FeedPoll that keeps others from changing the feed until the
// transaction ends.
func (t *Tx) LockFeed(ctx context.Context, id string) (FeedPoll, error) {
	return one[FeedPoll](ctx, t.q, "lock feed", feedPollSelect+" FOR UPDATE", id)
}

// Due says what is due for a look.
type Due struct {
	Now time.Time
	// Lost is the moment before which a job was put into the queue that must have
	// been lost.
	Lost  time.Time
	Limit int
}

func (d Due) named() named { return named{"now": d.Now, "lost": d.Lost, "limit": d.Limit} }

// PickFeeds gives the ids of feeds that are due and marks them as queued. Two
// servers that pick at once pick different ones.
func (t *Tx) PickFeeds(ctx context.Context, d Due) ([]string, error) {
	return column[string](ctx, t.q, "pick feeds", `
		UPDATE feeds SET queued_at = @now WHERE id IN (
			SELECT id FROM feeds
			WHERE state = 'active' AND next_poll_at <= @now AND (queued_at IS NULL OR queued_at < @lost)
			ORDER BY next_poll_at LIMIT @limit FOR UPDATE SKIP LOCKED)
		RETURNING id::text`, d.named())
}

// QueueFeed marks a feed as queued.
func (t *Tx) QueueFeed(ctx context.Context, id string, at time.Time) error {
	_, err := t.exec(ctx, "queue feed", "UPDATE feeds SET queued_at = $2 WHERE id = $1", id, at)
	return err
}

// FeedOutcome is how a feed stands after a poll.
type FeedOutcome struct {
	ID     string
	State  FeedState
	URL    string
	URLKey string
	Site   string
	Title  string
	// Fault is empty after a poll that went well.
	Fault        string
	Failures     int
	FailingSince *time.Time
	ETag         string
	LastModified string
	Interval     time.Duration
	NextPollAt   time.Time
	LeftOut      int
	// Asked is true where the server was asked, Good where it answered well, Read
	// where it sent a document.
	Asked, Good, Read bool
	At                time.Time
}

// EndPoll stores how a poll went, and that it has ended.
func (t *Tx) EndPoll(ctx context.Context, o FeedOutcome) error {
	_, err := t.exec(ctx, "end poll", `
		UPDATE feeds SET state = @state, url = @url, url_key = @key, site = @site, title = @title, fault = @fault,
			failures = @failures, failing_since = @since, etag = @etag, last_modified = @modified,
			interval_seconds = @interval, next_poll_at = @next, left_out = @left, queued_at = NULL,
			polled_at = CASE WHEN @asked THEN @at ELSE polled_at END,
			good_at = CASE WHEN @good THEN @at ELSE good_at END,
			read_at = CASE WHEN @read THEN @at ELSE read_at END
		WHERE id = @id`,
		named{"id": o.ID, "state": string(o.State), "url": o.URL, "key": o.URLKey, "site": o.Site, "title": o.Title,
			"fault": o.Fault, "failures": o.Failures, "since": o.FailingSince, "etag": o.ETag, "modified": o.LastModified,
			"interval": seconds(o.Interval), "next": o.NextPollAt, "left": o.LeftOut, "asked": o.Asked, "good": o.Good,
			"read": o.Read, "at": o.At})
	return err
}

// UnqueueFeed notes that a poll has ended without an outcome.
func (t *Tx) UnqueueFeed(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "unqueue feed", "UPDATE feeds SET queued_at = NULL WHERE id = $1", id)
	return err
}
