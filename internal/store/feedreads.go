package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

// EntryRead is what reading an entry goes by.
type EntryRead struct {
	ID        string
	FeedID    string
	FeedTitle string
	FeedState FeedState
	Source    string
	Link      string
	Title     string
	Byline    string
	Published claims.Published `db:"-"`
	// Body is the whole article where the feed holds it, else empty.
	Body string
	// Hash is that of all that the feed says.
	Hash   []byte
	State  EntryState
	Reason string
	Origin string
	// ArticleID is the article that it became; Deleted tells that this was removed
	// here since, for good or into the bin.
	ArticleID string
	Deleted   bool
	// Owned tells that another entry brought the article: its text is that entry's to
	// change, as two feeds seldom hold one text in the same form.
	Owned        bool
	ETag         string
	LastModified string
	// TextHash is the SHA-256 of the text that was taken in last, nil for none.
	TextHash    []byte
	Reads       int
	Failures    int
	FirstSeenAt time.Time
	// Due is false where it is not to be read, or not yet.
	Due bool
}

// EntryToRead gives what reading an entry goes by.
func (q Queries) EntryToRead(ctx context.Context, id string, now time.Time) (EntryRead, error) {
	type row struct {
		EntryRead
		publishedColumns
	}
	r, err := one[row](ctx, q.q, "feed entry to read", `
		SELECT e.id, e.feed_id, f.title AS feed_title, f.state AS feed_state, f.source, e.link, e.title, e.byline,
		       e.published_at, e.published_offset, e.published_precision, coalesce(e.body, '') AS body, e.hash, e.state, e.reason,
		       e.origin, coalesce(e.article_id::text, '') AS article_id,
		       e.state IN ('stored', 'known') AND (a.id IS NULL OR a.deleted_at IS NOT NULL) AS deleted,
		       EXISTS (SELECT FROM feed_entries o WHERE o.article_id = e.article_id AND o.id <> e.id AND o.state = 'stored') AS owned,
		       e.etag, e.last_modified, e.text_hash, e.reads, e.failures, e.first_seen_at,
		       coalesce(e.next_read_at <= $2, false) AS due
		FROM feed_entries e JOIN feeds f ON f.id = e.feed_id LEFT JOIN articles a ON a.id = e.article_id
		WHERE e.id = $1`, id, now)
	r.EntryRead.Published = r.published()
	return r.EntryRead, err
}

// PickEntries gives the ids of entries that are due and marks them as queued, a
// few of each feed at a time, so that one slow site does not keep all workers.
// Two servers that pick at once pick different ones. Those of paused feeds wait.
func (t *Tx) PickEntries(ctx context.Context, d Due) ([]string, error) {
	args := d.named()
	args["each"] = entriesAtOnce
	return column[string](ctx, t.q, "pick feed entries", `
		WITH busy AS (
			SELECT feed_id, count(*) AS entries FROM feed_entries WHERE queued_at >= @lost GROUP BY feed_id),
		due AS (
			SELECT e.id, e.next_read_at,
			       coalesce(b.entries, 0) + row_number() OVER (PARTITION BY e.feed_id ORDER BY e.next_read_at, e.id DESC) AS place
			FROM feed_entries e JOIN feeds f ON f.id = e.feed_id LEFT JOIN busy b ON b.feed_id = e.feed_id
			WHERE f.state <> 'paused' AND e.next_read_at <= @now AND (e.queued_at IS NULL OR e.queued_at < @lost))
		UPDATE feed_entries SET queued_at = @now WHERE id IN (
			SELECT e.id FROM feed_entries e JOIN due ON due.id = e.id
			WHERE due.place <= @each AND (e.queued_at IS NULL OR e.queued_at < @lost)
			ORDER BY due.next_read_at LIMIT @limit FOR UPDATE OF e SKIP LOCKED)
		RETURNING id::text`, args)
}

// entriesAtOnce is how many entries of one feed are in the queue at once.
const entriesAtOnce = 3

// EntryOutcome is how an entry stands after it was read.
type EntryOutcome struct {
	ID        string
	State     EntryState
	Reason    string
	Origin    string
	ArticleID string
	// ETag and LastModified are those of its page.
	ETag         string
	LastModified string
	TextHash     []byte
	Reads        int
	Failures     int
	// NextReadAt is when it is to be read again, nil for never.
	NextReadAt *time.Time
	// Read is true where its text was had, or is as it was.
	Read bool
	// Hash is that of what the feed said when the reading began.
	Hash []byte
	At   time.Time
}

// EndRead stores how the reading of an entry went, and that it has ended. Where
// the feed has said something new of the entry meanwhile, it is read again.
func (t *Tx) EndRead(ctx context.Context, o EntryOutcome) error {
	_, err := t.exec(ctx, "end reading of feed entry", `
		UPDATE feed_entries SET state = @state, reason = @reason, origin = @origin, article_id = nullif(@article, '')::uuid,
			etag = @etag, last_modified = @modified, text_hash = @text_hash, reads = @reads, failures = @failures,
			next_read_at = CASE WHEN hash = @seen THEN @next::timestamptz ELSE @at::timestamptz END,
			body = CASE WHEN hash = @seen AND @read THEN NULL ELSE body END,
			first_read_at = CASE WHEN @read THEN coalesce(first_read_at, @at::timestamptz) ELSE first_read_at END,
			read_at = CASE WHEN @read THEN @at ELSE read_at END, queued_at = NULL
		WHERE id = @id`,
		named{"id": o.ID, "state": string(o.State), "reason": o.Reason, "origin": o.Origin, "article": o.ArticleID,
			"etag": o.ETag, "modified": o.LastModified, "text_hash": o.TextHash, "reads": o.Reads, "failures": o.Failures,
			"next": o.NextReadAt, "read": o.Read, "seen": o.Hash, "at": o.At})
	return err
}

// UnqueueEntry notes that the reading of an entry has ended without an outcome.
func (t *Tx) UnqueueEntry(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "unqueue feed entry", "UPDATE feed_entries SET queued_at = NULL WHERE id = $1", id)
	return err
}
