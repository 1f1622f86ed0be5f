package app_test

import (
	"maps"
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

// chosen gives what people decided as somebody may see it: confirmed, then rejected.
func (f *fixture) chosen(who app.Actor) map[string][2]int {
	f.t.Helper()
	out := map[string][2]int{}
	for _, c := range f.accuracy(who).Chosen {
		out[string(c.Stratum)] = [2]int{c.Confirmed, c.Rejected}
	}
	return out
}

// TestWhatPeopleDecidedIsCounted counts the newest decision on each thing, of reviews that
// stand, for those who may see them.
func TestWhatPeopleDecidedIsCounted(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(courier, gazette, herald)
	x := f.detail(f.withNumber(s.ID).ID)
	if len(x.Differences) == 0 || x.Verdict == "" {
		t.Fatalf("the finding has no difference or no verdict: %+v", x)
	}
	on, kind, verdict := x.Differences[0].ID, string(x.Differences[0].Kind), string(x.Verdict)
	other := claims.Agree
	if x.Verdict == other {
		other = claims.Single
	}
	anna := f.named("anna", auth.Checker)
	review := func(who app.Actor, in app.ReviewInput) string {
		t.Helper()
		r, err := f.AddReview(t.Context(), who, x.ID, in)
		if err != nil {
			t.Fatal(err)
		}
		return r.ID
	}
	want := func(when string, who app.Actor, want map[string][2]int) {
		t.Helper()
		if got := f.chosen(who); !maps.Equal(got, want) {
			t.Errorf("%s: %v, want %v", when, got, want)
		}
	}
	want("at first", anna, map[string][2]int{})
	review(anna, app.ReviewInput{Verdict: &x.Verdict, Differences: []app.ItemDecision{{ID: on, Decision: app.Confirmed}}})
	want("confirmed", anna, map[string][2]int{kind: {1, 0}, verdict: {1, 0}})
	review(anna, app.ReviewInput{Note: "Asked the desk again."})
	want("after a note", anna, map[string][2]int{kind: {1, 0}, verdict: {1, 0}})
	second := review(f.admin, app.ReviewInput{Verdict: &other, Differences: []app.ItemDecision{{ID: on, Decision: app.Rejected}}})
	want("decided otherwise", anna, map[string][2]int{kind: {0, 1}, verdict: {0, 1}})
	if _, err := f.WithdrawReview(t.Context(), f.admin, second); err != nil {
		t.Fatal(err)
	}
	want("withdrawn", anna, map[string][2]int{kind: {1, 0}, verdict: {1, 0}})

	bert := f.named("bert", auth.Checker)
	if _, err := f.AskBlind(t.Context(), f.admin, app.BlindInput{FindingID: x.ID, Reviewers: []string{bert.UserID, f.admin.UserID}}); err != nil {
		t.Fatal(err)
	}
	want("from whom it is veiled", bert, map[string][2]int{})
	want("others", anna, map[string][2]int{kind: {1, 0}, verdict: {1, 0}})

	if err := f.DeleteStory(t.Context(), f.admin, s.ID, 0); err != nil {
		t.Fatal(err)
	}
	want("in the bin", anna, map[string][2]int{})
}
