package app

import (
	"math/rand/v2"
	"time"
)

const (
	// maxBackOff is the longest that a failing feed is left alone, unless its server
	// asks for longer.
	maxBackOff = 24 * time.Hour
	// turnPause is how long a feed or an entry waits whose host has no turn free, or
	// was asked too often by us.
	turnPause = time.Minute
	// jitter is the part of a time by which it is moved at random, so that feeds that
	// were added together do not stay together.
	jitter = 0.1
)

// jittered gives a time a little shorter or longer than d.
func jittered(d time.Duration) time.Duration {
	return time.Duration(float64(d) * (1 - jitter + 2*jitter*rand.Float64()))
}

// nextInterval adapts the time between two polls: a poll that brought something
// new makes it shorter by a quarter, one that did not longer by a quarter.
func (c FeedConfig) nextInterval(last time.Duration, news bool) time.Duration {
	if news {
		last -= last / 4
	} else {
		last += last / 4
	}
	return min(max(last, c.MinInterval), c.MaxInterval).Truncate(time.Second)
}

// backOff gives how long a feed is left alone after so many failures in a row: the
// interval, twice that, and so on. What its server asks for counts where it is
// longer.
func backOff(interval time.Duration, failures int, asked time.Duration) time.Duration {
	d := interval
	for i := 1; i < failures && d < maxBackOff; i++ {
		d *= 2
	}
	return max(jittered(min(d, maxBackOff)), asked)
}

// rereads are the times between the readings of an entry's page in its first
// days: most corrections come early.
var rereads = []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour, 72 * time.Hour}

// rereadWithin is how old an article may be to be read again by itself.
const rereadWithin = 7 * 24 * time.Hour

// nextReread gives when a page that was read so many times is read again, nil for
// never.
func nextReread(reads int, published, now time.Time) *time.Time {
	if reads < 1 || reads > len(rereads) || now.Sub(published) > rereadWithin {
		return nil
	}
	at := now.Add(jittered(rereads[reads-1]))
	return &at
}

// retries are the times between the attempts to read an entry's page.
var retries = []time.Duration{5 * time.Minute, 30 * time.Minute, 3 * time.Hour, 12 * time.Hour}

// nextRetry gives when a page that could not be read so many times is tried again,
// nil for never.
func nextRetry(failures int, asked time.Duration, now time.Time) *time.Time {
	if failures < 1 || failures > len(retries) {
		return nil
	}
	at := now.Add(max(jittered(retries[failures-1]), asked))
	return &at
}
