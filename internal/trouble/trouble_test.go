package trouble

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
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
