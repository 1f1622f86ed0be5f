package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

// EntryState is what became of an entry of a feed.
type EntryState string

// The states of entries.
const (
	// EntryWaiting is the state of an entry that is still to be read.
	EntryWaiting EntryState = "waiting"
	// EntryStored is that of one that is an article now, EntryKnown that of one whose
	// article was there before.
	EntryStored EntryState = "stored"
	EntryKnown  EntryState = "known"
	// EntryFailed is that of one that could not be read, EntrySkipped that of one
	// that holds nothing to read.
	EntryFailed  EntryState = "failed"
	EntrySkipped EntryState = "skipped"
	// EntryRemoved is that of one whose article was deleted here: it is left alone.
	EntryRemoved EntryState = "removed"
)

// FeedEntry is an entry of a feed with what became of it.
type FeedEntry struct {
	ID        string
	FeedID    string
	GUID      string
	Link      string
	Title     string
	Published claims.Published `db:"-"`
	State     EntryState
	// Reason says why the state is EntryFailed, EntrySkipped or EntryRemoved.
	Reason string
	// Origin is "feed" or "page": where the text came from; empty before it was read.
	Origin string
	// ArticleID, ArticleTitle and Revision are those of its article, empty and 0
	// where there is none.
	ArticleID    string
	ArticleTitle string
	Revision     int
	FirstSeenAt  time.Time
	ReadAt       *time.Time
	// NextReadAt is when it is read the next time, nil for never.
	NextReadAt *time.Time
}

type feedEntryRow struct {
	FeedEntry
	publishedColumns
}

// EntryChoice chooses entries of a feed for a list; an empty State chooses all.
type EntryChoice struct {
	FeedID string
	State  EntryState
	// Before is the id that all given ones are below.
	Before string
	Limit  int
}

// FeedEntries lists the entries of a feed, the newest first.
func (q Queries) FeedEntries(ctx context.Context, c EntryChoice) ([]FeedEntry, error) {
	rows, err := list[feedEntryRow](ctx, q.q, "feed entries", `
		SELECT e.id, e.feed_id, e.guid, e.link, e.title, e.published_at, e.published_offset, e.published_precision, e.state,
		       e.reason, e.origin, coalesce(a.id::text, '') AS article_id, coalesce(a.title, '') AS article_title,
		       coalesce(r.number, 0) AS revision, e.first_seen_at, e.read_at, e.next_read_at
		FROM feed_entries e
		LEFT JOIN articles a ON a.id = e.article_id AND a.deleted_at IS NULL
		LEFT JOIN revisions r ON r.id = a.revision_id
		WHERE e.feed_id = @feed AND (@state = '' OR e.state = @state) AND (@before = '' OR e.id < nullif(@before, '')::uuid)
		ORDER BY e.id DESC LIMIT @limit`,
		named{"feed": c.FeedID, "state": string(c.State), "before": c.Before, "limit": c.Limit})
	out := make([]FeedEntry, len(rows))
	for i, r := range rows {
		r.FeedEntry.Published = r.published()
		out[i] = r.FeedEntry
	}
	return out, err
}

// EntryKey is what an entry is recognised by.
type EntryKey struct {
	ID        string
	GUID      string
	LinkKey   string
	Hash      []byte
	Title     string
	Published claims.Published `db:"-"`
	State     EntryState
	// ReadAt is when it was last read, nil for never.
	ReadAt *time.Time
}

// EntryKeys are those of a document's entries.
type EntryKeys struct {
	GUIDs    []string
	LinkKeys []string
	Hashes   [][]byte
}

// KnownEntries gives the entries of a feed that share a key with a document's.
func (q Queries) KnownEntries(ctx context.Context, feedID string, k EntryKeys) ([]EntryKey, error) {
	type row struct {
		EntryKey
		publishedColumns
	}
	rows, err := list[row](ctx, q.q, "known entries", `
		SELECT id, guid, link_key, hash, title, published_at, published_offset, published_precision, state, read_at
		FROM feed_entries
		WHERE feed_id = @feed AND (guid <> '' AND guid = ANY(@guids::text[]) OR link_key <> '' AND link_key = ANY(@links::text[])
			OR hash = ANY(@hashes::bytea[]))
		ORDER BY id DESC`,
		named{"feed": feedID, "guids": k.GUIDs, "links": k.LinkKeys, "hashes": k.Hashes})
	out := make([]EntryKey, len(rows))
	for i, r := range rows {
		r.EntryKey.Published = r.published()
		out[i] = r.EntryKey
	}
	return out, err
}

// EntryText is what a feed says of an entry.
type EntryText struct {
	ID        string
	FeedID    string
	GUID      string
	Link      string
	LinkKey   string
	Hash      []byte
	Title     string
	Byline    string
	Published claims.Published
	// Body is the whole article where the feed holds it, else empty.
	Body string
	// NextReadAt is when it is to be read.
	NextReadAt time.Time
	At         time.Time
}

func (e EntryText) named() named {
	return setPublished(named{"id": e.ID, "feed": e.FeedID, "guid": e.GUID, "link": e.Link, "link_key": e.LinkKey,
		"hash": e.Hash, "title": e.Title, "byline": e.Byline, "body": e.Body, "next": e.NextReadAt, "at": e.At}, e.Published)
}

// InsertEntries stores new entries of a feed.
func (t *Tx) InsertEntries(ctx context.Context, entries []EntryText) error {
	var args []named
	for _, e := range entries {
		args = append(args, e.named())
	}
	return t.batch(ctx, "insert feed entries", `
		INSERT INTO feed_entries (id, feed_id, guid, link, link_key, hash, title, byline, published_at, published_offset,
			published_precision, body, state, next_read_at, first_seen_at, seen_at)
		VALUES (@id, @feed, @guid, @link, @link_key, @hash, @title, @byline, @published_at, @published_offset,
			@published_precision, nullif(@body, ''), 'waiting', @next, @at, @at)`, args)
}

// ChangeEntries stores what a feed says anew of its entries, which are to be read
// again.
func (t *Tx) ChangeEntries(ctx context.Context, entries []EntryText) error {
	var args []named
	for _, e := range entries {
		args = append(args, e.named())
	}
	return t.batch(ctx, "change feed entries", `
		UPDATE feed_entries SET guid = @guid, link = @link, link_key = @link_key, hash = @hash, title = @title,
			byline = @byline, published_at = @published_at, published_offset = @published_offset,
			published_precision = @published_precision, body = nullif(@body, ''), failures = 0,
			state = CASE WHEN state IN ('failed', 'skipped') THEN 'waiting' ELSE state END,
			reason = CASE WHEN state IN ('failed', 'skipped') THEN '' ELSE reason END,
			next_read_at = CASE WHEN state = 'removed' THEN NULL ELSE @next::timestamptz END, seen_at = @at
		WHERE id = @id AND feed_id = @feed`, args)
}

// SeeEntries notes that a feed still lists entries.
func (t *Tx) SeeEntries(ctx context.Context, ids []string, at time.Time) error {
	_, err := t.exec(ctx, "see feed entries", "UPDATE feed_entries SET seen_at = $2 WHERE id = ANY($1::uuid[])", ids, at)
	return err
}

// ForgetEntries removes entries that their feeds have not listed for a time, as
// seen from each feed's last document. Their articles stay.
func (t *Tx) ForgetEntries(ctx context.Context, after time.Duration) error {
	_, err := t.exec(ctx, "forget feed entries", `
		DELETE FROM feed_entries e USING feeds f
		WHERE f.id = e.feed_id AND e.next_read_at IS NULL AND e.seen_at < f.read_at - make_interval(secs => $1)`,
		after.Seconds())
	return err
}
