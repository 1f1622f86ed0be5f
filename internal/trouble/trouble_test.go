package trouble

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestTroubleIsToldOnceAnHour has something fail for hours, work again, and fail every second
// time.
func TestTroubleIsToldOnceAnHour(t *testing.T) {
	t.Parallel()
	var said bytes.Buffer
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	it := New(slog.New(slog.NewTextHandler(&said, nil)), "it fails")
	it.now = func() time.Time { return at }
	lines := func() string { defer said.Reset(); return said.String() }
	try := func(n int, err error) {
		for range n {
			it.Note(t.Context(), err, "part", "x")
			at = at.Add(time.Second)
		}
	}
	away := errors.New("away")
	try(3600, nil)
	if got := lines(); got != "" {
		t.Errorf("while it works: %s", got)
	}
	try(1, away)
	if got := lines(); !strings.Contains(got, `level=WARN msg="it fails" part=x error=away`) {
		t.Errorf("when it begins: %s", got)
	}
	try(3599, away)
	if got := lines(); got != "" {
		t.Errorf("within the hour: %s", got)
	}
	try(3*3600, away)
	if got := lines(); strings.Count(got, "level=WARN") != 3 || !strings.Contains(got, "for=1h0m0s times=3601") {
		t.Errorf("in three more hours: %s", got)
	}
	try(60, nil)
	if got := lines(); strings.Count(got, "\n") != 1 || !strings.Contains(got, `level=INFO msg="it fails: no more" part=x after=4h0m0s times=14400`) {
		t.Errorf("when it is over: %s", got)
	}
	for range 3600 {
		try(1, away)
		try(1, nil)
	}
	if got := strings.Count(lines(), "\n"); got < 2 || got > 2*2*3600/int(apart.Seconds())+2 {
		t.Errorf("%d lines in two hours in which it fails every second time", got)
	}
}

// TestTroubleIsReckonedFromWhereItBegins has something fail, work again and fail anew: the
// second time is told from its own beginning, with all that is worth a word.
func TestTroubleIsReckonedFromWhereItBegins(t *testing.T) {
	t.Parallel()
	var said bytes.Buffer
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	it := New(slog.New(slog.NewTextHandler(&said, nil)), "it fails")
	it.now = func() time.Time { return at }
	away := errors.New("away")
	note := func(pass time.Duration, err error) string {
		defer said.Reset()
		at = at.Add(pass)
		it.Note(t.Context(), err, "part", "x")
		return said.String()
	}
	note(0, away)
	note(time.Minute, away)
	note(time.Minute, nil)
	for _, c := range []struct {
		pass time.Duration
		err  error
		want string
	}{
		{time.Hour, away, `level=WARN msg="it fails" part=x error=away`},
		{time.Hour, away, `level=WARN msg="it fails" part=x error=away for=1h0m0s times=2`},
		{time.Minute, nil, `level=INFO msg="it fails: no more" part=x after=1h1m0s times=2`},
	} {
		if got := note(c.pass, c.err); !strings.HasSuffix(got, c.want+"\n") || strings.Count(got, "\n") != 1 {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// TestTroubleOfManyIsCounted has something fail in many places at once.
func TestTroubleOfManyIsCounted(t *testing.T) {
	t.Parallel()
	const many, times = 8, 5000
	var said bytes.Buffer
	it := New(slog.New(slog.NewTextHandler(&said, nil)), "it fails")
	var all sync.WaitGroup
	for range many {
		all.Go(func() {
			for range times {
				it.Note(t.Context(), errors.New("away"))
			}
		})
	}
	all.Wait()
	it.Note(t.Context(), nil)
	if got := said.String(); strings.Count(got, "\n") != 2 || !strings.HasSuffix(got, fmt.Sprintf(" times=%d\n", many*times)) {
		t.Errorf("after %d times: %s", many*times, got)
	}
}
