package api

import (
	"errors"
	"net/http"
	"testing"

	"corroborate/internal/server/problem"
)

func TestVersionOfIfMatch(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, header string
		want         int
	}{
		{"any", "*", 0},
		{"version", `"3.9f2a6b0c11de"`, 3},
		{"marked as weak by a proxy", `W/"12.9f2a6b0c11de"`, 12},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := IfMatch{IfMatch: tt.header}.version(t.Context())
			if err != nil || got != tt.want {
				t.Errorf("%s: %d, %v; want %d", tt.header, got, err, tt.want)
			}
		})
	}
	for header, want := range map[string]int{
		"": http.StatusPreconditionRequired, `"abc"`: http.StatusPreconditionFailed,
		// Zero would mean any version.
		`"0.9f2a6b0c11de"`: http.StatusPreconditionFailed, `"-1.9f2a6b0c11de"`: http.StatusPreconditionFailed,
	} {
		_, err := IfMatch{IfMatch: header}.version(t.Context())
		if p, ok := errors.AsType[*problem.Problem](err); !ok || p.Status != want {
			t.Errorf("%q gave %v, want status %d", header, err, want)
		}
	}
}

func TestETagTellsStatesApart(t *testing.T) {
	t.Parallel()
	tag := func(version int, body any) string {
		s, err := etagOf(version, body)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	seen := map[string]bool{}
	for range 2 { // one state has one ETag
		seen[tag(1, "a")], seen[tag(2, "a")], seen[tag(1, "b")] = true, true, true
	}
	if len(seen) != 3 {
		t.Errorf("three states have the ETags %v", seen)
	}
}

func TestHolds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		tags, etag string
		want       bool
	}{
		{`"1.a"`, `"1.a"`, true},
		{`W/"1.a"`, `"1.a"`, true},
		{`"0.z", "1.a"`, `"1.a"`, true},
		{`*`, `"1.a"`, true},
		{`"1.b"`, `"1.a"`, false},
		{`*`, ``, false},
	} {
		if got := holds(tt.tags, tt.etag); got != tt.want {
			t.Errorf("holds(%s, %s) is %v", tt.tags, tt.etag, got)
		}
	}
}

func TestWithoutSecret(t *testing.T) {
	t.Parallel()
	if got := string(without([]byte(`{"id": "a", "secret": "s3cret"}`), "secret")); got != `{"id":"a","secret":null}` {
		t.Errorf("got %s", got)
	}
	if got := without([]byte(`"s3cret"`), "secret"); got != nil {
		t.Errorf("an answer that cannot be read is kept: %s", got)
	}
}
