package store

import (
	"context"
	"sync/atomic"
	"time"
)

// syncWithin is how long the database may take to tell the time for its answer to count
// where there is an earlier one.
const syncWithin = time.Second

// Clock tells the time as the database has it, so that all servers on one database, and
// what the database itself decides by its clock, agree. When the clock of a server's machine
// is wrong or is set while it runs, nothing is put off, or done early, by that.
type Clock struct {
	db     *DB
	wall   func() time.Time
	synced atomic.Pointer[syncedTime]
}

// syncedTime is what the database's clock showed at a moment of this process. Time that
// passed since is measured without looking at the machine's clock.
type syncedTime struct{ database, here time.Time }

// NewClock gives a clock that goes by wall, time.Now where that is nil, until the first
// [Clock.Sync].
func NewClock(db *DB, wall func() time.Time) *Clock {
	if wall == nil {
		wall = time.Now
	}
	return &Clock{db: db, wall: wall}
}

// Now gives the time.
func (c *Clock) Now() time.Time {
	s := c.synced.Load()
	if s == nil {
		return c.wall()
	}
	return s.database.Add(time.Since(s.here))
}

// Sync asks the database for the time.
func (c *Clock) Sync(ctx context.Context) error {
	before := time.Now()
	now, err := scalar[time.Time](ctx, c.db.q, "time", "SELECT clock_timestamp()")
	if err != nil {
		return err
	}
	if took := time.Since(before); took < syncWithin || c.synced.Load() == nil {
		c.synced.Store(&syncedTime{database: now, here: before.Add(took / 2)})
	}
	return nil
}
