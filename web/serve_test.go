package web

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

func TestEveryRouteIsListedOnce(t *testing.T) {
	t.Parallel()
	var listed []string
	for _, e := range endpoints() {
		name := e.method + " " + e.pattern
		if e.handle == nil {
			t.Errorf("%s has no handler", name)
		}
		if slices.Contains(listed, name) {
			t.Errorf("%s is listed twice", name)
		}
		listed = append(listed, name)
	}
}

func TestAccess(t *testing.T) {
	t.Parallel()
	person := func(r auth.Role) app.Actor { return app.Actor{UserID: "u", Role: r, Scopes: r.Scopes()} }
	actors := []app.Actor{{}, person(auth.Reader), person(auth.Checker), person(auth.Editor), person(auth.Administrator)}
	// want says for each access who of the actors is let through.
	want := map[Access][]bool{
		Anyone:         {true, true, true, true, true},
		ReaderOrPublic: {false, true, true, true, true},
		SignedIn:       {false, true, true, true, true},
		Reader:         {false, true, true, true, true},
		Checker:        {false, false, true, true, true},
		Editor:         {false, false, false, true, true},
		Administrator:  {false, false, false, false, true},
		"misspelt":     {false, false, false, false, true},
	}
	for access, may := range want {
		for i, who := range actors {
			if got := access.permits(who); got != may[i] {
				t.Errorf("%s lets %q through: %v, want %v", access, who.Role, got, may[i])
			}
		}
	}
	if k := claims.KindOf(Editor.refusal(app.Actor{})); k != claims.Unauthenticated {
		t.Errorf("nobody is refused with %s", k)
	}
	if k := claims.KindOf(Editor.refusal(person(auth.Reader))); k != claims.Forbidden {
		t.Errorf("a reader is refused with %s", k)
	}
}

func TestLocalAddress(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"/stories/1?verdict=agree#x": "/stories/1?verdict=agree#x",
		"":                           "/",
		"stories":                    "/",
		"//host/x":                   "/",
		"/\\host":                    "/",
		"https://host/":              "/",
		"javascript:alert(1)":        "/",
		"/%zz":                       "/",
		"/a\nb":                      "/",
	}
	for in, want := range tests {
		if got := localAddress(in); got != want {
			t.Errorf("localAddress(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSentence(t *testing.T) {
	t.Parallel()
	tests := map[string]string{"": "", "no such story": "No such story.", "It is gone.": "It is gone.", "écrit": "Écrit."}
	for in, want := range tests {
		if got := sentence(in); got != want {
			t.Errorf("sentence(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestReviewInput(t *testing.T) {
	t.Parallel()
	agree := claims.Agree
	got := reviewInput(views.ReviewForm{Verdict: "agree", Alignment: "confirmed", Note: "n",
		Differences: map[string]string{"d2.d3": "rejected", "d1": "confirmed"}, Cleared: map[string]string{"c": "confirmed"}}, 7)
	want := app.ReviewInput{Alignment: app.Confirmed, Verdict: &agree, Note: "n", Edition: 7,
		Differences: []app.ItemDecision{{ID: "d1", Decision: app.Confirmed}, {ID: "d2", Decision: app.Rejected}, {ID: "d3", Decision: app.Rejected}},
		Cleared:     []app.ItemDecision{{ID: "c", Decision: app.Confirmed}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("input (-want +got):\n%s", diff)
	}
}

func TestStepsAreEvents(t *testing.T) {
	t.Parallel()
	if got, want := (step{2, 6}).event(false), "event: progress\ndata: {\"done\":2,\"total\":6}\n\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := (step{6, 6}).event(true), "event: done\ndata: {\"done\":6,\"total\":6}\n\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
