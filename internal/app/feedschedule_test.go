package app

import (
	"testing"
	"time"
)

func TestIntervalAdaptsWithinLimits(t *testing.T) {
	t.Parallel()
	c := FeedConfig{}.withDefaults()
	for _, news := range []bool{true, false} {
		interval := c.Interval
		for range 50 {
			next := c.nextInterval(interval, news)
			if news && next > interval || !news && next < interval || next < c.MinInterval || next > c.MaxInterval {
				t.Fatalf("news %v: %s after %s", news, next, interval)
			}
			interval = next
		}
		if want := map[bool]time.Duration{true: c.MinInterval, false: c.MaxInterval}[news]; interval != want {
			t.Errorf("news %v: it settles at %s, want %s", news, interval, want)
		}
	}
	odd := FeedConfig{Interval: time.Minute}.withDefaults()
	if odd.MinInterval > odd.Interval || odd.MaxInterval < odd.Interval {
		t.Errorf("the defaults break the interval: %+v", odd)
	}
}

func TestBackOffIsBounded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		failures    int
		asked       time.Duration
		least, most time.Duration
	}{
		{1, 0, 27 * time.Minute, 33 * time.Minute},
		{3, 0, 108 * time.Minute, 132 * time.Minute},
		{1_000_000, 0, 21 * time.Hour, 27 * time.Hour},
		{1, 5 * time.Hour, 5 * time.Hour, 5 * time.Hour},
		{9, time.Second, 21 * time.Hour, 27 * time.Hour},
	} {
		if got := backOff(30*time.Minute, c.failures, c.asked); got < c.least || got > c.most {
			t.Errorf("after %d failures, asked for %s: %s", c.failures, c.asked, got)
		}
	}
}

func TestReadingsEnd(t *testing.T) {
	t.Parallel()
	now := time.Date(2025, 3, 28, 12, 0, 0, 0, time.UTC)
	if at := nextReread(1, now, now); at == nil || !at.After(now) {
		t.Errorf("a new page is read again at %v", at)
	}
	for _, never := range []*time.Time{nextReread(0, now, now), nextReread(5, now, now), nextReread(1, now.AddDate(0, 0, -8), now),
		nextRetry(0, 0, now), nextRetry(5, 0, now)} {
		if never != nil {
			t.Errorf("read again at %s, want never", never)
		}
	}
	if at := nextRetry(1, 2*time.Hour, now); at == nil || at.Before(now.Add(2*time.Hour)) {
		t.Errorf("asked for two hours, it is tried at %v", at)
	}
}
