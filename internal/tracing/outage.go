package tracing

import (
	"log/slog"
	"sync"
	"time"
)

const (
	// remindEvery is the least time between two lines on one outage.
	remindEvery = time.Hour
	// calm is how long no span is lost until an outage is over: so a collector that takes
	// every second batch is one outage, and not hundreds.
	calm = 5 * time.Minute
)

// tooMany is why a span is lost that found no room. A reason of the collector's says more,
// and is told in its place.
const tooMany = "too many wait to be sent"

// outage tells that spans are lost: when that begins, each hour that it lasts, and when the
// collector takes them again. So a collector that is away for weeks fills no log.
type outage struct {
	log *slog.Logger
	now func() time.Time

	mu     sync.Mutex
	since  time.Time // zero while there is no outage
	last   time.Time // when spans were lost last
	back   time.Time // when some were taken after that, zero while none are
	told   time.Time
	lost   int // since it began
	untold int // of these, since it was last told
	why    string
}

// lose notes spans that are lost.
func (o *outage) lose(n int, why string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := o.now()
	begins := o.since.IsZero()
	if begins {
		o.since = now
	}
	if o.why == "" || why != tooMany {
		o.why = why
	}
	o.last, o.back = now, time.Time{}
	o.lost, o.untold = o.lost+n, o.untold+n
	switch {
	case begins:
		o.log.Warn("spans are lost: the collector does not take them", "spans", n, "why", why)
		o.told, o.untold = now, 0
	case now.Sub(o.told) >= remindEvery:
		o.remind(now)
	}
}

// remind tells that the outage lasts; mu is held.
func (o *outage) remind(now time.Time) {
	o.log.Warn("spans are still lost: the collector does not take them", "spans", o.lost, "for", now.Sub(o.since).Round(time.Second), "why", o.why)
	o.told, o.untold = now, 0
}

// taken notes that a whole batch was taken.
func (o *outage) taken() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.since.IsZero() {
		return
	}
	now := o.now()
	if o.back.IsZero() {
		o.back = now
	}
	if now.Sub(o.last) >= calm {
		o.over()
	}
}

// over tells that the collector takes spans again; mu is held.
func (o *outage) over() {
	o.log.Info("the collector takes spans again", "after", o.back.Sub(o.since).Round(time.Second), "lost", o.lost)
	o.since, o.lost, o.untold, o.why = time.Time{}, 0, 0, ""
}

// end tells, at the end of the program, what was not told yet.
func (o *outage) end() {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.since.IsZero():
	case !o.back.IsZero():
		o.over()
	case o.untold > 0:
		o.remind(o.now())
	}
}
