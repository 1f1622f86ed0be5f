package machines

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/jackc/pgx/v5"
)

// settleTime is how long the work that was enqueued may stand still once nobody writes.
const settleTime = 2 * time.Minute

// lost gives what was told and is not stored, on the primary itself.
func (c *clients) lost() []string {
	c.t.Helper()
	db := c.pool(c.primary)
	var lost []string
	for _, a := range c.articles {
		var n int
		if err := db.QueryRow(context.Background(), "SELECT count(*) FROM articles WHERE external_id = $1", a.externalID).Scan(&n); err != nil {
			c.t.Fatal(err)
		}
		if n != 1 {
			lost = append(lost, fmt.Sprintf("article %s is there %d times", a.externalID, n))
		}
	}
	for _, one := range c.counters {
		var title string
		var number int64
		if err := db.QueryRow(context.Background(), "SELECT title FROM stories WHERE id = $1", one.id).Scan(&title); err != nil {
			c.t.Fatal(err)
		}
		if fmt.Sscan(title, &number); number < one.told.Load() {
			lost = append(lost, fmt.Sprintf("the number is %d, and %d was told", number, one.told.Load()))
		}
	}
	return lost
}

// settled waits until all articles are analysed and all stories compared.
func (c *clients) settled() {
	c.t.Helper()
	db := c.pool(c.primary)
	const waiting = `SELECT (SELECT count(*) FROM articles WHERE status <> 'ready') + (SELECT count(*) FROM stories WHERE changes <> compared)`
	n, least, moved := 0, math.MaxInt, time.Now()
	for ; time.Since(moved) < settleTime; time.Sleep(100 * time.Millisecond) {
		if err := db.QueryRow(context.Background(), waiting).Scan(&n); err != nil {
			continue // it is tried again
		}
		if n == 0 {
			return
		}
		if n < least {
			least, moved = n, time.Now()
		}
	}
	var jobs string
	err := db.QueryRow(context.Background(), `SELECT coalesce(string_agg(state || ' ' || kind || ' ' || args || ' ' || coalesce(errors::text, ''), E'\n'), 'none')
		FROM river_job WHERE state NOT IN ('completed', 'cancelled')`).Scan(&jobs)
	c.t.Errorf("%d articles and stories are not done, and none was for %s; the jobs: %s %v", n, settleTime, jobs, err)
}

// check holds what the clients saw against the rules.
func (c *clients) check() {
	c.t.Helper()
	if c.writes.Load() == 0 || c.reads.Load() == 0 {
		c.t.Error("nothing was written or read")
	}
	for _, list := range [][]string{c.old, c.wrong} {
		for _, what := range list[:min(3, len(list))] {
			c.t.Error(what)
		}
	}
	if n := len(c.old) + len(c.wrong); n > 0 {
		c.t.Errorf("%d reads were old and %d answers wrong", len(c.old), len(c.wrong))
	}
}

// oldWithoutRule reads the numbers on the replica as it is, beside the service, until some
// reads were older than what was told, at most for a time: how many reads there were, and
// how many of them were old.
func (c *clients) oldWithoutRule(enough int, length time.Duration) (reads, old int) {
	c.t.Helper()
	db := c.pool(c.replica)
	for end := time.Now().Add(length); old < enough && time.Now().Before(end); time.Sleep(time.Millisecond) {
		for _, one := range c.counters {
			told := one.told.Load()
			var title string
			var number int64
			err := db.QueryRow(context.Background(), "SELECT title FROM stories WHERE id = $1", one.id).Scan(&title)
			missing := errors.Is(err, pgx.ErrNoRows) // older still: the replica does not have the story yet
			if err != nil && !missing {
				c.t.Fatal(err)
			}
			fmt.Sscan(title, &number)
			reads++
			if missing || number < told {
				old++
			}
		}
	}
	return reads, old
}
