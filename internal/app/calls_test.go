package app_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

// once makes a call and tells whether it was carried out. It fails the test where the kind
// of the error is another than want.
func (f *fixture) once(a *app.App, who app.Actor, c app.Call, answer *app.Answer, want claims.ErrorKind) (got *app.Answer, done bool) {
	f.t.Helper()
	got, replayed, err := a.Once(f.t.Context(), who, c, func(context.Context) *app.Answer {
		done = true
		return answer
	})
	if claims.KindOf(err) != want || want == "" && err != nil {
		f.t.Errorf("call %+v: %v, want the kind %q", c, err, want)
	}
	if replayed == done && err == nil {
		f.t.Errorf("call %+v: replayed %t and carried out %t", c, replayed, done)
	}
	return got, done
}

func TestIdempotencyKey(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	f := newFixture(t, func(c *app.Config) { c.Now = func() time.Time { return now } })
	tomorrow := f.another(func(c *app.Config) { c.Now = func() time.Time { return now.Add(25 * time.Hour) } })
	call := app.Call{Key: "k-1", Method: "POST", Path: "/api/v1/stories", BodyHash: "abc"}
	want := &app.Answer{Status: 201, Header: map[string]string{"Location": "/api/v1/stories/1"}, Body: []byte(`{"id": "1"}`)}
	if _, done := f.once(f.App, f.admin, call, nil, ""); !done {
		t.Error("the first call was not carried out")
	}
	if _, done := f.once(f.App, f.admin, call, want, ""); !done {
		t.Error("a call that came to nothing was kept")
	}
	got, done := f.once(f.App, f.admin, call, nil, "")
	if diff := cmp.Diff(want, got); diff != "" || done {
		t.Errorf("the same call: carried out %t (-want +got):\n%s", done, diff)
	}
	if _, done := f.once(f.App, f.person(auth.Editor), call, want, ""); !done {
		t.Error("somebody else with the same key has the answer")
	}
	for _, other := range []app.Call{{Key: "k-1", Method: "POST", Path: call.Path, BodyHash: "other"},
		{Key: "k-1", Method: "POST", Path: "/api/v1/articles", BodyHash: "abc"}, {Key: "", Method: "POST"}, {Key: "a b"}} {
		f.once(f.App, f.admin, other, want, claims.Invalid)
	}
	if _, done := f.once(tomorrow, f.admin, call, want, ""); !done {
		t.Error("after a day the call still has its answer")
	}
	f.once(f.App, f.Anonymous(), call, want, claims.Unauthenticated)
}

// TestCallThatRunsElsewhere makes a call within itself, as a program does that sends it
// again before it has the answer.
func TestCallThatRunsElsewhere(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	call := app.Call{Key: "k", Method: "POST", Path: "/api/v1/stories", BodyHash: "abc"}
	answer := &app.Answer{Status: 201}
	_, _, err := f.Once(t.Context(), f.admin, call, func(context.Context) *app.Answer {
		f.once(f.App, f.admin, call, answer, claims.Conflict)
		other := call
		other.Key = "l"
		f.once(f.App, f.admin, other, answer, "")
		return answer
	})
	if err != nil {
		t.Error(err)
	}
}

// TestCallAndAnswerAreKeptTogether ends a call at the worst moment: what it has done and
// its answer are there, and nothing is committed. That a server is killed between the two,
// or does not hear that they are committed, is the same to the database.
func TestCallAndAnswerAreKeptTogether(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	call := app.Call{Key: "k", Method: "POST", Path: "/api/v1/stories", BodyHash: "abc"}
	add := func(ctx context.Context) *app.Answer {
		s, err := f.CreateStory(ctx, f.admin, app.StoryInput{Title: "Once"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Story(ctx, f.admin, s.ID); err != nil {
			t.Errorf("the call does not see what it has stored: %v", err)
		}
		return &app.Answer{Status: 201, Body: []byte(s.ID)}
	}
	cut, cancel := context.WithCancel(t.Context())
	_, _, err := f.Once(cut, f.admin, call, func(ctx context.Context) *app.Answer {
		defer cancel()
		return add(ctx)
	})
	if n := f.count("SELECT count(*) FROM stories"); err == nil || n != 0 {
		t.Errorf("%d stories and the error %v after a call that was cut off, want none and an error", n, err)
	}
	again := func() error {
		_, _, err := f.Once(t.Context(), f.admin, call, add)
		return err
	}
	// The database hears a little later that the connection is gone; until then the first
	// call still runs.
	err = again()
	for end := time.Now().Add(time.Minute); claims.KindOf(err) == claims.Conflict && time.Now().Before(end); err = again() {
		time.Sleep(10 * time.Millisecond)
	}
	for range 2 {
		if err == nil {
			err = again()
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if n := f.count("SELECT count(*) FROM stories"); n != 1 {
		t.Errorf("%d stories, want one", n)
	}
}
