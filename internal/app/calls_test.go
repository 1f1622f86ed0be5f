package app_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

func TestIdempotencyKey(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	f := newFixture(t, func(c *app.Config) { c.Now = func() time.Time { return now } })
	at := func(later time.Duration) *app.App {
		return f.another(func(c *app.Config) { c.Now = func() time.Time { return now.Add(later) } })
	}
	call := app.Call{Key: "k-1", Method: "POST", Path: "/api/v1/stories", BodyHash: "abc"}
	begin := func(a *app.App, who app.Actor, c app.Call, want claims.ErrorKind) *app.Answer {
		t.Helper()
		answer, err := a.BeginCall(t.Context(), who, c)
		if claims.KindOf(err) != want || want == "" && err != nil {
			t.Errorf("call %+v: %v, want the kind %q", c, err, want)
		}
		return answer
	}
	if answer := begin(f.App, f.admin, call, ""); answer != nil {
		t.Errorf("the first call has the answer %+v", answer)
	}
	begin(f.App, f.admin, call, claims.Conflict) // still running
	editor := f.person(auth.Editor)
	if answer := begin(f.App, editor, call, ""); answer != nil {
		t.Errorf("the key of somebody else has the answer %+v", answer)
	}
	want := &app.Answer{Status: 201, Header: map[string]string{"Location": "/api/v1/stories/1"}, Body: []byte(`{"id": "1"}`)}
	if err := f.EndCall(t.Context(), f.admin, call, want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, begin(f.App, f.admin, call, "")); diff != "" {
		t.Errorf("the same call (-want +got):\n%s", diff)
	}
	for _, other := range []app.Call{{Key: "k-1", Method: "POST", Path: call.Path, BodyHash: "other"},
		{Key: "k-1", Method: "POST", Path: "/api/v1/articles", BodyHash: "abc"}, {Key: "", Method: "POST"}, {Key: "a b"}} {
		begin(f.App, f.admin, other, claims.Invalid)
	}
	if answer := begin(at(25*time.Hour), f.admin, call, ""); answer != nil {
		t.Errorf("after a day the call has the answer %+v", answer)
	}
	// The editor's call never ended: its server was killed.
	begin(at(time.Minute), editor, call, claims.Conflict)
	begin(at(6*time.Minute), editor, call, "")
	if err := f.EndCall(t.Context(), editor, call, nil); err != nil {
		t.Fatal(err)
	}
	if answer := begin(f.App, editor, call, ""); answer != nil {
		t.Errorf("a call that was given up has the answer %+v", answer)
	}
	begin(f.App, f.Anonymous(), call, claims.Unauthenticated)
}
