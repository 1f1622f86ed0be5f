package server

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"corroborate/internal/trouble/troubletest"
)

// TestWhatIsNotReadyIsToldOnce has two checks of three fail for a while, each told by itself.
func TestWhatIsNotReadyIsToldOnce(t *testing.T) {
	t.Parallel()
	var log troubletest.Log
	away := errors.New("away")
	check := func(name string, fails *error) Check {
		return Check{Name: name, Look: func(context.Context) (string, error) { return "is looked at", *fails }}
	}
	var first, second, third error
	r := newReadiness([]Check{check("one", &first), check("two", &second), check("three", &third)}, log.Logger())
	look := func(times int) {
		for range times {
			r.until = time.Time{}
			r.look(t.Context())
		}
	}
	look(2)
	first, second = away, away
	look(3)
	first = nil
	look(3)
	second = nil
	look(2)
	log.ToldOnce(t, "not ready", "check=one", 3, nil)
	log.ToldOnce(t, "not ready", "check=two", 6, nil)
	if got := log.String(); strings.Contains(got, "check=three") {
		t.Errorf("what is well is told of: %s", got)
	}
}
