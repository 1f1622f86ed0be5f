package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Progress is how far the articles and the comparison of a story are.
type Progress struct {
	StoryID     string
	Status      Status
	Reason      string
	Pending     int
	Ready       int
	Failed      int
	NotAnalysed int
	// Compared is true when the findings take in every change.
	Compared bool
}

// Progress gives a story's progress.
func (q Queries) Progress(ctx context.Context, storyID string) (Progress, error) {
	return one[Progress](ctx, q.q, "progress", `
		SELECT s.id AS story_id, s.failure AS reason, s.changes = s.compared AS compared, a.*,
		       CASE WHEN s.failure <> '' THEN 'failed'
		            WHEN s.changes <> s.compared OR a.pending > 0 THEN 'working'
		            ELSE 'ready' END AS status
		FROM stories s CROSS JOIN LATERAL (
			SELECT count(*) FILTER (WHERE status = 'pending') AS pending,
			       count(*) FILTER (WHERE status = 'ready') AS ready,
			       count(*) FILTER (WHERE status = 'failed') AS failed,
			       count(*) FILTER (WHERE status = 'not_analysed') AS not_analysed
			FROM articles WHERE story_id = s.id AND deleted_at IS NULL) a
		WHERE s.id = $1 AND s.deleted_at IS NULL`, storyID)
}

// progressChannel is the channel on which changes of progress are told.
const progressChannel = "story_progress"

// TellProgress tells all servers, once the transaction is kept, that a story's
// progress has changed.
func (t *Tx) TellProgress(ctx context.Context, storyID string) error {
	_, err := t.exec(ctx, "tell progress", "SELECT pg_notify($1, $2)", progressChannel, storyID)
	return err
}

// ListenProgress calls changed with the id of each story whose progress changes,
// and with "" at the start, when anything may have changed before. It returns
// when ctx ends or the connection breaks, with the error.
func (d *DB) ListenProgress(ctx context.Context, changed func(storyID string)) error {
	conn, err := d.pool.Acquire(ctx)
	if err != nil {
		return wrap("listen", err)
	}
	// A connection that listens would go on listening in the pool.
	c := conn.Hijack()
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = c.Close(closing) // it is of no more use, whatever closing it says
	}()
	if _, err := c.Exec(ctx, "LISTEN "+progressChannel); err != nil {
		return wrap("listen", err)
	}
	changed("")
	for {
		switch n, err := notification(ctx, c); {
		case err != nil:
			return wrap("listen", err)
		case n != nil:
			changed(n.Payload)
		}
	}
}

// listenQuiet is how long a connection that listens may be quiet before it is asked
// whether it still works.
const listenQuiet = 30 * time.Second

// notification waits for one, and gives nil where the database is well and has none.
func notification(ctx context.Context, c *pgx.Conn) (*pgconn.Notification, error) {
	quiet, cancel := context.WithTimeout(ctx, listenQuiet)
	defer cancel()
	n, err := c.WaitForNotification(quiet)
	if err == nil || quiet.Err() == nil || ctx.Err() != nil {
		return n, err
	}
	return nil, c.Ping(ctx)
}
