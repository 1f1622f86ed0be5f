package app_test

import (
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

func (f *fixture) study(findingID string, in app.FindingFilter) app.FindingStudy {
	f.t.Helper()
	s, err := f.StudyFinding(f.t.Context(), f.admin, findingID, in)
	if err != nil {
		f.t.Fatal(err)
	}
	return s
}

func TestStudyTellsWhatBecameOfAFinding(t *testing.T) {
	t.Parallel()
	f := started(t)
	story := f.story(gazette).ID
	f.add(story, courier)
	f.add(story, herald)
	open := f.withNumber(story)
	got := f.study(open.ID, app.FindingFilter{})
	if n := len(got.Changes); n < 2 || !got.Changes[n-1].First || got.Changes[n-1].Is != claims.Single {
		t.Fatalf("changes %+v, want two or more of which the oldest saw it told by one", got.Changes)
	}
	newest := got.Changes[0]
	if newest.Is != claims.Diverge || newest.First || newest.Sources != open.Sources {
		t.Errorf("the newest change is %+v, want one to what it is now", newest)
	}
	joined, differences := 0, 0
	for _, c := range got.Changes {
		joined += c.Joined - c.Left
		differences += len(c.New) - len(c.Gone)
	}
	if joined != len(open.Claims) || differences == 0 {
		t.Errorf("%d claims have joined and %d differences, of %d claims", joined, differences, len(open.Claims))
	}

	f.analyze(story)
	if again := f.study(open.ID, app.FindingFilter{}); len(again.Changes) != len(got.Changes) {
		t.Errorf("an analysis that changes nothing is told: %+v", again.Changes)
	}
}

func TestStudyShowsNumbersOnALine(t *testing.T) {
	t.Parallel()
	f := started(t)
	got := f.study(f.withNumber(f.story(gazette, courier, herald).ID).ID, app.FindingFilter{})
	if len(got.Numbers) != 1 || len(got.Numbers[0].Points) < 2 {
		t.Fatalf("numbers %+v, want one line", got.Numbers)
	}
	if p := got.Numbers[0].Points; p[0].Low >= p[1].Low || len(p[0].Claims) == 0 {
		t.Errorf("points %+v, want the least first, each with its claims", p)
	}
}

func TestStudyListsWhoIsSilent(t *testing.T) {
	t.Parallel()
	f := started(t)
	story := f.story(gazette, courier, herald).ID
	early := herald
	early.Source, early.URL, early.PublishedAt, early.Text = "Early Bird", "https://early.example/1", "2020-01-01", "A cat sat on a wall in Marrow."
	f.add(story, early)
	alone := func() app.Finding {
		for _, x := range f.findings(story) {
			if x.Verdict == claims.Single && x.Claims[0].Source == gazette.Source {
				return x
			}
		}
		t.Fatal("the gazette tells nothing alone")
		return app.Finding{}
	}()
	got := f.study(alone.ID, app.FindingFilter{}).Silent
	if len(got) != 3 || got[2].Name != "Early Bird" || !got[2].TooEarly || got[0].TooEarly || len(got[0].Articles) != 1 {
		t.Errorf("silent are %+v, want two that could have known, and at last the one that could not", got)
	}
}

func TestNeighboursFollowTheListThatOneComesFrom(t *testing.T) {
	t.Parallel()
	f := started(t)
	story := f.story(gazette, courier, herald).ID
	for _, in := range []app.FindingFilter{{}, {Verdicts: []claims.Verdict{claims.Single}}, {Order: app.FindingOrder("told"), ByKind: true}} {
		in.StoryID = story
		list, err := f.Findings(t.Context(), f.admin, in)
		if err != nil {
			t.Fatal(err)
		}
		for i, x := range list.Items {
			var previous, next string
			if i > 0 {
				previous = list.Items[i-1].ID
			}
			if i+1 < len(list.Items) {
				next = list.Items[i+1].ID
			}
			if got := f.study(x.ID, in); got.Previous != previous || got.Next != next {
				t.Errorf("%+v: %d stands between %q and %q, want %q and %q", in, i, got.Previous, got.Next, previous, next)
			}
		}
	}
	first := f.findings(story)[0]
	if got := f.study(first.ID, app.FindingFilter{Verdicts: []claims.Verdict{"nonsense"}, Page: app.Page{Cursor: "!"}}); got.Next == "" {
		t.Error("a list that is not understood is not the whole list")
	}
	if got := f.study(f.withNumber(story).ID, app.FindingFilter{Verdicts: []claims.Verdict{claims.Single}}); got.Previous+got.Next != "" {
		t.Errorf("a finding has the neighbours %+v in a list that it is not in", got.Neighbours)
	}
}

func TestVeiledFindingIsStudiedByItsPassagesAlone(t *testing.T) {
	t.Parallel()
	f := started(t)
	open := f.withNumber(f.story(gazette, courier, herald).ID)
	f.blind(open.ID)
	got := f.study(open.ID, app.FindingFilter{})
	if !got.Veiled || len(got.Numbers)+len(got.Times)+len(got.Wordings)+len(got.Changes) != 0 {
		t.Errorf("the veiled finding tells %+v, %+v, %+v and %+v", got.Numbers, got.Times, got.Wordings, got.Changes)
	}
	if got.Alignment != nil || len(got.RestsOn) != 0 {
		t.Errorf("the veiled finding rests on %v, %q", got.Alignment, got.RestsOn)
	}
	if len(got.Members) != len(open.Claims) {
		t.Errorf("%d passages, want %d", len(got.Members), len(open.Claims))
	}
	if n := f.count("SELECT count(*) FROM finding_history_for($1) WHERE finding_id = $2", f.admin.UserID, open.ID); n != 0 {
		t.Errorf("%d states are read of it", n)
	}
}
