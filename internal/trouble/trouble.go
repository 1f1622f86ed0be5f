// Package trouble writes of what fails again and again without filling the log: a line when it
// begins to fail, one an hour while it does, and one when it works again.
package trouble

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

const (
	// remindEvery is the time between two lines on something that still fails.
	remindEvery = time.Hour
	// apart is the least time between two lines that it begins to: what fails every second
	// time would else fill the log all the same.
	apart = 5 * time.Minute
)

// Trouble is one thing that may fail. It is safe for concurrent use.
type Trouble struct {
	log  *slog.Logger
	what string
	now  func() time.Time

	mu    sync.Mutex
	since time.Time // zero while it works
	told  time.Time // when a line said last that it fails
	open  bool      // whether a line said so since it began to
	times int       // since it began to
}

// New gives something whose failures are told as what.
func New(log *slog.Logger, what string) *Trouble {
	return &Trouble{log: log, what: what, now: time.Now}
}

// Note notes how a try went. What else is worth a word goes into the line.
func (t *Trouble) Note(ctx context.Context, err error, more ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	if err == nil {
		if t.open {
			t.log.InfoContext(ctx, t.what+": no more", append(more, "after", now.Sub(t.since).Round(time.Second), "times", t.times)...)
		}
		t.since, t.open, t.times = time.Time{}, false, 0
		return
	}
	if t.since.IsZero() {
		t.since = now
	}
	t.times++
	switch {
	case !t.open && (t.told.IsZero() || now.Sub(t.told) >= apart):
		t.log.WarnContext(ctx, t.what, append(more, "error", err)...)
	case t.open && now.Sub(t.told) >= remindEvery:
		t.log.WarnContext(ctx, t.what, append(more, "error", err, "for", now.Sub(t.since).Round(time.Second), "times", t.times)...)
	default:
		return
	}
	t.open, t.told = true, now
}
