package tracing

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"
)

// telling is an outage with a clock that the test sets, and what it has logged.
type telling struct {
	outage
	said bytes.Buffer
	at   time.Time
}

func newTelling() *telling {
	t := &telling{at: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	bare := func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}
	t.outage = outage{log: slog.New(slog.NewTextHandler(&t.said, &slog.HandlerOptions{ReplaceAttr: bare})), now: func() time.Time { return t.at }}
	return t
}

// every does something at regular times for a while.
func (t *telling) every(step, long time.Duration, do func()) {
	for end := t.at.Add(long); t.at.Before(end); t.at = t.at.Add(step) {
		do()
	}
}

// lines gives what was logged since the last call.
func (t *telling) lines() []string {
	defer t.said.Reset()
	return strings.Split(strings.TrimSuffix(t.said.String(), "\n"), "\n")[:strings.Count(t.said.String(), "\n")]
}

// want compares what was logged since the last call.
func (t *telling) want(test *testing.T, want ...string) {
	test.Helper()
	if got := t.lines(); fmt.Sprint(got) != fmt.Sprint(want) {
		test.Errorf("logged %q, want %q", got, want)
	}
}

const lost = `level=WARN msg="spans are lost: the collector does not take them"`

// TestOutageIsToldOnceAnHour has a collector away for a night, and then take spans again.
func TestOutageIsToldOnceAnHour(t *testing.T) {
	t.Parallel()
	o := newTelling()
	o.every(time.Minute, time.Hour, o.taken)
	o.want(t)
	o.lose(3, "gone")
	o.want(t, lost+" spans=3 why=gone")
	o.at = o.at.Add(time.Minute)
	o.every(time.Minute, 59*time.Minute, func() { o.lose(2, "gone") })
	o.want(t)
	o.lose(1, "gone still")
	const still = `level=WARN msg="spans are still lost: the collector does not take them"`
	o.want(t, still+` spans=122 for=1h0m0s why="gone still"`)
	o.every(time.Second, 9*time.Hour, func() { o.lose(1, "gone") })
	if got := o.lines(); len(got) != 8 {
		t.Errorf("%d lines in nine hours, want one after each: %q", len(got), got)
	}
	o.every(time.Second, calm, o.taken)
	o.want(t, fmt.Sprintf(`level=INFO msg="the collector takes spans again" after=10h0m0s lost=%d`, 122+9*3600))
	o.every(time.Second, time.Hour, o.taken)
	o.end()
	o.want(t)
	o.lose(1, "gone") // another outage is told at once
	o.want(t, lost+" spans=1 why=gone")
}

// TestOutageOfACollectorThatTakesSome asserts that neither one that takes every second batch
// nor more spans than fit fill the log.
func TestOutageOfACollectorThatTakesSome(t *testing.T) {
	t.Parallel()
	o := newTelling()
	o.every(time.Second, 6*time.Hour, func() { o.lose(1, tooMany); o.taken() })
	if got := o.lines(); len(got) != 6 {
		t.Errorf("%d lines in six hours: %q", len(got), got)
	}
	o.every(2*time.Minute, 6*time.Hour, func() {
		o.lose(1, "busy")
		o.at = o.at.Add(time.Minute)
		o.taken()
		o.lose(1, tooMany)
	})
	got := o.lines()
	if len(got) < 6 || len(got) > 9 {
		t.Errorf("%d lines in nine hours: %q", len(got), got)
	}
	if last := got[len(got)-1]; !strings.Contains(last, "why=busy") {
		t.Errorf("the collector's reason is not told, but %q", last)
	}
}

// TestOutageAfterAQuietTime asserts that the first batch after one says that it is over.
func TestOutageAfterAQuietTime(t *testing.T) {
	t.Parallel()
	o := newTelling()
	o.lose(5, "gone")
	o.lines()
	o.at = o.at.Add(3 * time.Hour)
	o.taken()
	o.want(t, `level=INFO msg="the collector takes spans again" after=3h0m0s lost=5`)
}

// TestOutageAtTheEnd asserts that the end of the program tells what was not told yet, once.
func TestOutageAtTheEnd(t *testing.T) {
	t.Parallel()
	o := newTelling()
	o.lose(5, "gone")
	o.at = o.at.Add(time.Minute)
	o.lose(6, "gone")
	o.lines()
	o.end()
	o.want(t, `level=WARN msg="spans are still lost: the collector does not take them" spans=11 for=1m0s why=gone`)
	o.end()
	o.want(t)
	o.taken()
	o.end() // it is over, as far as the program knows
	o.want(t, `level=INFO msg="the collector takes spans again" after=1m0s lost=11`)
}

// TestOutageTellsTheCollectorsReason asserts that spans that find no room do not hide why.
func TestOutageTellsTheCollectorsReason(t *testing.T) {
	t.Parallel()
	o := newTelling()
	o.lose(1, tooMany) // nothing better is known yet
	o.want(t, lost+` spans=1 why="too many wait to be sent"`)
	o.lose(1, "busy")
	o.at = o.at.Add(time.Hour)
	o.lose(1, tooMany)
	o.want(t, `level=WARN msg="spans are still lost: the collector does not take them" spans=3 for=1h0m0s why=busy`)
}

// TestOutageIsReckonedFromWhenItIsOver asserts that an outage is over since spans were last
// taken without a loss, and that the next one begins from nothing.
func TestOutageIsReckonedFromWhenItIsOver(t *testing.T) {
	t.Parallel()
	o := newTelling()
	o.lose(7, "busy")
	o.at = o.at.Add(time.Minute)
	o.taken()
	o.at = o.at.Add(time.Minute)
	o.lose(1, "busy")
	o.at = o.at.Add(time.Minute)
	o.every(time.Second, calm, o.taken)
	o.lines()
	o.lose(2, tooMany)
	o.want(t, lost+` spans=2 why="too many wait to be sent"`)
	o.end() // all is told
	o.want(t)
	o.at = o.at.Add(time.Hour)
	o.lose(3, tooMany)
	o.want(t, `level=WARN msg="spans are still lost: the collector does not take them" spans=5 for=1h0m0s why="too many wait to be sent"`)
}

// TestOutageIsOverSinceTheLastLoss asserts that what was taken between two losses does not
// count as its end.
func TestOutageIsOverSinceTheLastLoss(t *testing.T) {
	t.Parallel()
	o := newTelling()
	o.lose(1, "busy")
	o.at = o.at.Add(time.Minute)
	o.taken()
	o.at = o.at.Add(time.Minute)
	o.lose(1, "busy")
	o.lines()
	o.at = o.at.Add(calm)
	o.taken()
	o.want(t, `level=INFO msg="the collector takes spans again" after=7m0s lost=2`)
}

// TestOutageCountsLossesAtOnce loses spans in many places at once, as batches and full queues
// do.
func TestOutageCountsLossesAtOnce(t *testing.T) {
	t.Parallel()
	const many, times = 8, 100_000
	o := newTelling()
	var all sync.WaitGroup
	for range many {
		all.Go(func() {
			for range times {
				o.lose(1, "gone")
			}
		})
	}
	all.Wait()
	o.lines()
	o.at = o.at.Add(calm)
	o.taken()
	o.want(t, fmt.Sprintf(`level=INFO msg="the collector takes spans again" after=5m0s lost=%d`, many*times))
}

// TestTallyEndsTheOutage asserts that the end of the program has the outage told that it
// counted losses for.
func TestTallyEndsTheOutage(t *testing.T) {
	t.Parallel()
	o := newTelling()
	count := newTally(o.log, o.now)
	count.lose(failed, 1, "gone")
	count.lose(full, 2, tooMany)
	o.lines()
	count.end()
	o.want(t, `level=WARN msg="spans are still lost: the collector does not take them" spans=3 for=0s why=gone`)
}
