package store

import (
	"context"
	"time"

	"corroborate/internal/webhook"
)

// Event is something that happened and may be told outside.
type Event struct {
	// N is its number in the order in which events were written, Seq its place in the
	// order in which they were published, 0 before.
	N    int64
	Seq  int64
	ID   string
	Type webhook.Type
	At   time.Time
	// What it is about; empty where it is not about such a thing.
	StoryID   string
	ArticleID string
	FindingID string
	ReviewID  string
	// Was and NowIs are the verdict before and after; NowIs is also the reason of a
	// failure, the number of a revision, or the id of what took over.
	Was   string
	NowIs string
	// Outcome is that of the review, empty where there is none.
	Outcome string
	// Veiled is true where its finding is veiled from the viewer.
	Veiled bool
}

// eventColumns are those of an [Event] e.
const eventColumns = `
	e.n, coalesce(e.seq, 0) AS seq, e.id, e.type, e.at, coalesce(e.story_id::text, '') AS story_id,
	coalesce(e.article_id::text, '') AS article_id, coalesce(e.finding_id::text, '') AS finding_id,
	coalesce(e.review_id::text, '') AS review_id, e.was, e.now_is,
	coalesce((SELECT r.outcome FROM reviews r WHERE r.id = e.review_id), '') AS outcome,
	e.finding_id IS NOT NULL AND event_veiled(e.finding_id, @viewer) AS veiled`

// PublishedEvent is an event that has got its place.
type PublishedEvent struct {
	N       int64
	StoryID string // empty for none
}

// PublishEvents gives the next events that were committed their places. Until the
// transaction ends nobody else publishes.
func (t *Tx) PublishEvents(ctx context.Context, limit int) ([]PublishedEvent, error) {
	last, err := scalar[int64](ctx, t.q, "lock places of events", "SELECT last FROM event_places FOR UPDATE")
	if err != nil {
		return nil, err
	}
	out, err := list[PublishedEvent](ctx, t.q, "publish events", `
		WITH picked AS (
			SELECT n, @last + row_number() OVER (ORDER BY n) AS seq
			FROM (SELECT n FROM events WHERE seq IS NULL ORDER BY n LIMIT @limit) x),
		placed AS (
			UPDATE events e SET seq = p.seq,
				story_id = coalesce(e.story_id, (SELECT a.story_id FROM articles a WHERE a.id = e.article_id))
			FROM picked p WHERE e.n = p.n RETURNING e.n, coalesce(e.story_id::text, '') AS story_id)
		SELECT n, story_id FROM placed ORDER BY n`, named{"last": last, "limit": limit})
	if err != nil || len(out) == 0 {
		return nil, err
	}
	_, err = t.exec(ctx, "note last place", "UPDATE event_places SET last = last + $1", len(out))
	return out, err
}

// TellEvents tells all servers, once the transaction is kept, that there are events of
// stories.
func (t *Tx) TellEvents(ctx context.Context, stories []string) error {
	_, err := t.exec(ctx, "tell of events", "SELECT pg_notify($1, s) FROM unnest($2::text[]) s",
		progressChannel, append([]string{EventsPublished}, stories...))
	return err
}

// What is told on the channel of progress besides the ids of stories.
const (
	// EventsWritten says that events wait to be published.
	EventsWritten = "events"
	// EventsPublished says that there are new ones to be read.
	EventsPublished = "published"
)

// EventChoice chooses events that somebody follows.
type EventChoice struct {
	StoryID string // empty for all
	// After is the place that all given ones are behind.
	After int64
	// Beyond are the types that the viewer may not read, Withheld those that the viewer
	// is not told of veiled findings.
	Beyond   []webhook.Type
	Withheld []webhook.Type
	Limit    int
}

func (c EventChoice) named(q Queries) named {
	return named{"story": c.StoryID, "after": c.After, "beyond": notNil(c.Beyond), "withheld": notNil(c.Withheld), "viewer": q.viewer}
}

// eventsChosen selects from events e what a choice says.
const eventsChosen = `
	FROM events e WHERE e.seq > @after AND (@story = '' OR e.story_id = nullif(@story, '')::uuid)
	  AND e.type <> 'ping' AND e.type <> ALL (@beyond::text[])
	  AND NOT (e.type = ANY (@withheld::text[]) AND event_veiled(e.finding_id, @viewer))`

// EventsAfter gives the events of a choice in their order.
func (q Queries) EventsAfter(ctx context.Context, c EventChoice) ([]Event, error) {
	args := c.named(q)
	args["limit"] = c.Limit
	return list[Event](ctx, q.q, "events after", "SELECT"+eventColumns+eventsChosen+" ORDER BY e.seq LIMIT @limit", args)
}

// EventPlace is a place in the order of events, and the id of the event there.
type EventPlace struct {
	Seq int64
	ID  string
}

// LastEvent gives the place of the last event of a choice, claims.NotFound where there
// is none.
func (q Queries) LastEvent(ctx context.Context, c EventChoice) (EventPlace, error) {
	return one[EventPlace](ctx, q.q, "last event", "SELECT e.seq, e.id"+eventsChosen+" ORDER BY e.seq DESC LIMIT 1", c.named(q))
}

// EventPlace gives the place of an event, and how many were published after it. It is
// claims.NotFound where there is no such event.
func (q Queries) EventPlace(ctx context.Context, id string) (place EventPlace, behind int64, err error) {
	type row struct {
		EventPlace
		Behind int64
	}
	r, err := one[row](ctx, q.q, "place of event",
		"SELECT e.seq, e.id, p.last - e.seq AS behind FROM events e CROSS JOIN event_places p WHERE e.id = $1 AND e.seq IS NOT NULL", id)
	return r.EventPlace, r.Behind, err
}

// InsertPing writes an event that is about a webhook alone and gives its number.
func (t *Tx) InsertPing(ctx context.Context, at time.Time) (int64, error) {
	return scalar[int64](ctx, t.q, "insert ping", "INSERT INTO events (type, at) VALUES ('ping', $1) RETURNING n", at)
}

// forgetLimit is how many events are forgotten at once.
const forgetLimit = 50_000

// ForgetEvents removes deliveries and events from before two moments. An event stays
// while there is a delivery of it.
func (t *Tx) ForgetEvents(ctx context.Context, deliveries, events time.Time) error {
	if _, err := t.exec(ctx, "forget deliveries", "DELETE FROM webhook_deliveries WHERE created_at < $1", deliveries); err != nil {
		return err
	}
	_, err := t.exec(ctx, "forget events", `
		DELETE FROM events WHERE n IN (
			SELECT e.n FROM events e WHERE e.at < $1 AND e.seq IS NOT NULL
			  AND NOT EXISTS (SELECT FROM webhook_deliveries d WHERE d.event_n = e.n) ORDER BY e.n LIMIT $2)`, events, forgetLimit)
	return err
}
