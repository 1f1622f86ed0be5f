package app_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

// ferry has claims enough to be cut and joined.
var ferry = app.ArticleInput{Source: "Tarn Post", Title: "Flood at Marrow", URL: "https://post.example/flood", PublishedAt: "2025-04-02",
	Text: "The river Tarn flooded the town of Marrow on Tuesday.\n\n" +
		"Rescuers evacuated 1,200 people from the town and closed the old bridge. Mayor Ann Weller visited the harbour."}

// claimOf gives a claim of an article by its words, as the reader shows it.
func (f *fixture) claimOf(articleID, exact string) app.ArticleClaim {
	f.t.Helper()
	r, err := f.Reader(f.t.Context(), f.admin, articleID)
	if err != nil {
		f.t.Fatal(err)
	}
	var all []string
	for _, c := range r.Claims {
		if c.Exact == exact {
			return c
		}
		all = append(all, c.Exact)
	}
	f.t.Fatalf("no claim %q among %q", exact, all)
	return app.ArticleClaim{}
}

func refOf(c app.ArticleClaim) app.ClaimRef {
	return app.ClaimRef{ID: c.ID, Seen: claims.Mark{Start: c.Start, End: c.End}}
}

// words gives the place of some words in an article's text.
func (f *fixture) words(articleID, words string) app.PassageInput {
	f.t.Helper()
	a, err := f.Article(f.t.Context(), f.admin, articleID)
	if err != nil {
		f.t.Fatal(err)
	}
	before, _, ok := strings.Cut(a.Text, words)
	if !ok {
		f.t.Fatalf("the text has no %q", words)
	}
	start := utf8.RuneCountInString(before)
	return app.PassageInput{Mark: claims.Mark{Start: start, End: start + utf8.RuneCountInString(words)}}
}

// done waits until the story is compared after an edit, and gives the edit.
func (f *fixture) done(storyID string) func(app.ClaimEdit, error) app.ClaimEdit {
	return func(e app.ClaimEdit, err error) app.ClaimEdit {
		f.t.Helper()
		if err != nil {
			f.t.Fatal(err)
		}
		f.ready(storyID)
		return e
	}
}

func TestAdjustedClaimKeepsWhatHangsOnIt(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(courier)
	art := f.add(s.ID, ferry)
	x := f.withNumber(s.ID)
	agree := claims.Agree
	r := f.review(x.ID, app.ReviewInput{Alignment: app.Confirmed, Verdict: &agree, Note: "Looked at.",
		Differences: []app.ItemDecision{{ID: x.Differences[0].ID, Decision: app.Rejected}}})
	was := f.claimOf(art.ID, "Rescuers evacuated 1,200 people from the town")
	e := f.done(s.ID)(f.AdjustClaim(t.Context(), f.admin, refOf(was), f.words(art.ID, "evacuated 1,200 people")))
	holds := func(exact string) {
		t.Helper()
		now := f.detail(x.ID) // fails where the finding's id is gone
		i := slices.IndexFunc(now.Claims, func(c claims.FindingClaim) bool { return c.ID == was.ID })
		if i < 0 || now.Claims[i].Exact != exact || len(now.Claims) != len(x.Claims) {
			t.Fatalf("claims %+v, want the claim %s as %q among %d", now.Claims, was.ID, exact, len(x.Claims))
		}
		if now.StaleReview || !now.Reviewed || len(now.Reviews) != 1 || now.Reviews[0].ID != r.ID || now.ReviewedVerdict == nil {
			t.Errorf("finding %+v with reviews %+v, want the review to hold", now.Finding, now.Reviews)
		}
		if !slices.ContainsFunc(now.Differences, func(d claims.Difference) bool { return d.ID == x.Differences[0].ID }) {
			t.Errorf("differences %+v, want the one that was decided on", now.Differences)
		}
	}
	holds("evacuated 1,200 people")
	if c := f.claimOf(art.ID, "evacuated 1,200 people"); c.Edited == nil || c.Edited.By != "Administrator" || c.Edited.Kind != app.EditAdjust || c.FindingID != x.ID {
		t.Errorf("the claim %+v is not marked as edited", c)
	}
	f.analyze(s.ID)
	holds("evacuated 1,200 people")
	f.add(s.ID, herald)
	holds("evacuated 1,200 people")
	f.done(s.ID)(f.UndoClaimEdit(t.Context(), f.admin, e.ID))
	holds("Rescuers evacuated 1,200 people from the town")
	if c := f.claimOf(art.ID, "Rescuers evacuated 1,200 people from the town"); c.Edited != nil {
		t.Errorf("the claim is marked as edited after that was undone: %+v", c.Edited)
	}
}

func TestAddedClaimIsCompared(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, herald)
	art := f.add(s.ID, courier)
	before := f.findings(s.ID)
	e := f.done(s.ID)(f.AddClaim(t.Context(), f.admin, art.ID, art.Revision, f.words(art.ID, "rescuers evacuated 2,000")))
	c := f.claimOf(art.ID, "rescuers evacuated 2,000")
	if c.ID != e.After[0].ClaimID || c.FindingID == "" || c.Edited == nil || c.Edited.Kind != app.EditAdd {
		t.Errorf("claim %+v of edit %+v", c, e)
	}
	now := f.detail(c.FindingID)
	if now.Verdict != claims.Diverge || now.Sources < 2 {
		t.Errorf("the added claim stands alone: %+v", now.Finding)
	}
	f.done(s.ID)(f.UndoClaimEdit(t.Context(), f.admin, e.ID))
	if diff := cmp.Diff(before, f.findings(s.ID), cmpopts.IgnoreFields(app.Finding{}, "UpdatedAt")); diff != "" {
		t.Errorf("after undoing (-before +after):\n%s", diff)
	}
}

func TestSplitAndMergedClaims(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(courier)
	art := f.add(s.ID, ferry)
	x := f.withNumber(s.ID)
	f.review(x.ID, app.ReviewInput{Alignment: app.Confirmed, Note: "On the people."})
	people, bridge := f.claimOf(art.ID, "Rescuers evacuated 1,200 people from the town"), f.claimOf(art.ID, "closed the old bridge")
	y := bridge.FindingID
	f.review(y, app.ReviewInput{Alignment: app.Confirmed, Note: "On the bridge."})
	merge := f.done(s.ID)(f.MergeClaims(t.Context(), f.admin, refOf(bridge), refOf(people)))
	whole := f.claimOf(art.ID, "Rescuers evacuated 1,200 people from the town and closed the old bridge")
	older := min(people.ID, bridge.ID)
	if whole.ID != older || whole.Edited == nil || whole.Edited.Kind != app.EditMerge {
		t.Errorf("the merged claim is %+v, want the older id %s", whole, older)
	}
	now := f.detail(whole.FindingID)
	if len(now.Reviews) != 2 || now.Reviews[0].Stale || now.Reviews[1].Stale {
		t.Errorf("reviews %+v, want both, none stale", now.Reviews)
	}
	for _, id := range []string{x.ID, y} { // either is there or leads on
		if _, err := f.Finding(t.Context(), f.admin, id); err != nil {
			if gone, ok := errors.AsType[*claims.Error](err); !ok || gone.Successor != whole.FindingID {
				t.Errorf("finding %s: %v", id, err)
			}
		}
	}
	f.done(s.ID)(f.UndoClaimEdit(t.Context(), f.admin, merge.ID))
	for exact, was := range map[string]app.ArticleClaim{people.Exact: people, bridge.Exact: bridge} {
		c := f.claimOf(art.ID, exact)
		if c.ID != was.ID || c.FindingID != was.FindingID {
			t.Errorf("%q is claim %s of finding %s after undoing, want %s of %s", exact, c.ID, c.FindingID, was.ID, was.FindingID)
		}
		if d := f.detail(c.FindingID); len(d.Reviews) != 1 || d.StaleReview {
			t.Errorf("%q has the reviews %+v", exact, d.Reviews)
		}
	}
	after := f.words(art.ID, "Rescuers evacuated 1,200 people").End
	f.done(s.ID)(f.SplitClaim(t.Context(), f.admin, refOf(people), after))
	larger, smaller := f.claimOf(art.ID, "Rescuers evacuated 1,200 people"), f.claimOf(art.ID, "from the town")
	if larger.ID != people.ID || smaller.ID == people.ID || smaller.FindingID == "" || larger.FindingID != x.ID {
		t.Errorf("split into %+v and %+v", larger, smaller)
	}
	if d := f.detail(x.ID); d.StaleReview || len(d.Claims) != 2 {
		t.Errorf("the finding after the split: %+v", d.Finding)
	}
}

func TestDroppedClaimComesBack(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(courier)
	art := f.add(s.ID, ferry)
	bridge := f.claimOf(art.ID, "closed the old bridge")
	f.review(bridge.FindingID, app.ReviewInput{Alignment: app.Confirmed, Note: "Seen."})
	f.done(s.ID)(f.DropClaim(t.Context(), f.admin, refOf(bridge)))
	f.analyze(s.ID)
	r, err := f.Reader(t.Context(), f.admin, art.ID)
	if err != nil || slices.ContainsFunc(r.Claims, func(c app.ArticleClaim) bool { return c.Exact == bridge.Exact }) {
		t.Fatalf("the claim is still there, %v", err)
	}
	if len(r.Edits) != 1 || r.Edits[0].Kind != app.EditDrop || !r.Edits[0].Applies {
		t.Errorf("edits %+v", r.Edits)
	}
	f.done(s.ID)(f.RestoreClaim(t.Context(), f.admin, bridge.ID))
	c := f.claimOf(art.ID, bridge.Exact)
	if c.ID != bridge.ID || c.FindingID != bridge.FindingID {
		t.Errorf("restored as claim %s of finding %s, want %s of %s", c.ID, c.FindingID, bridge.ID, bridge.FindingID)
	}
	if d := f.detail(c.FindingID); d.StaleReview || len(d.Reviews) != 1 || !d.Reviewed {
		t.Errorf("the finding after restoring: %+v with %+v", d.Finding, d.Reviews)
	}
	_, err = f.RestoreClaim(t.Context(), f.admin, bridge.ID)
	wantKind(t, err, claims.Conflict)
}

func TestJudgedClaimStays(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(courier)
	art := f.add(s.ID, ferry)
	c := f.claimOf(art.ID, "closed the old bridge")
	e := f.done(s.ID)(f.JudgeClaim(t.Context(), f.admin, refOf(c), "opinion"))
	f.analyze(s.ID)
	if now := f.claimOf(art.ID, c.Exact); now.Checkable || now.Reason != "opinion" || now.ID != c.ID || now.Edited == nil {
		t.Errorf("judged: %+v", now)
	}
	adjusted := f.done(s.ID)(f.AdjustClaim(t.Context(), f.admin, refOf(c), f.words(art.ID, "closed the old")))
	if now := f.claimOf(art.ID, "closed the old"); now.Reason != "opinion" {
		t.Errorf("with other borders it is judged %q", now.Reason)
	}
	_, err := f.UndoClaimEdit(t.Context(), f.admin, e.ID)
	if err != nil {
		t.Fatal(err) // what it made is not what the later one works on
	}
	f.done(s.ID)(f.UndoClaimEdit(t.Context(), f.admin, adjusted.ID))
	if now := f.claimOf(art.ID, c.Exact); !now.Checkable || now.Edited != nil {
		t.Errorf("undone: %+v", now)
	}
}

func TestEditsFollowOnlyWhatIsCertain(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(courier)
	art := f.add(s.ID, ferry)
	people, mayor := f.claimOf(art.ID, "Rescuers evacuated 1,200 people from the town"), f.claimOf(art.ID, "Mayor Ann Weller visited the harbour")
	f.done(s.ID)(f.AdjustClaim(t.Context(), f.admin, refOf(people), f.words(art.ID, "evacuated 1,200 people")))
	f.done(s.ID)(f.DropClaim(t.Context(), f.admin, refOf(mayor)))
	edit := func(text string) app.ReaderView {
		t.Helper()
		if _, err := f.EditArticle(t.Context(), f.admin, art.ID, app.ArticleEdit{Text: &text}); err != nil {
			t.Fatal(err)
		}
		f.ready(s.ID)
		r, err := f.Reader(t.Context(), f.admin, art.ID)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	applies := func(r app.ReaderView) (out []bool) {
		for _, e := range r.Edits {
			out = append(out, e.Applies)
		}
		return out
	}
	has := func(r app.ReaderView, exact string) (string, bool) {
		for _, c := range r.Claims {
			if c.Exact == exact {
				return c.ID, true
			}
		}
		return "", false
	}
	// A line above moves the passages; their sentences stay.
	moved := edit("Marrow is a town on the river Tarn in the north.\n\n" + ferry.Text)
	if id, ok := has(moved, "evacuated 1,200 people"); !ok || id != people.ID {
		t.Errorf("the adjusted claim is %q in the moved text, want %q", id, people.ID)
	}
	if _, ok := has(moved, mayor.Exact); ok || !slices.Equal(applies(moved), []bool{true, true}) {
		t.Errorf("in the moved text the edits apply: %v, want both", applies(moved))
	}
	// The sentence of the one is changed: that edit applies no more, and says so.
	changed := edit(strings.Replace(ferry.Text, "1,200 people", "1,300 people", 1))
	if _, ok := has(changed, "Rescuers evacuated 1,300 people from the town"); !ok {
		t.Error("the changed sentence is not read as the engine does")
	}
	if got := applies(changed); !slices.Contains(got, false) {
		t.Errorf("in the changed text the edits apply: %v", got)
	}
	// The old text comes back, and with it the edit.
	back := edit(ferry.Text)
	if _, ok := has(back, "evacuated 1,200 people"); !ok || !slices.Equal(applies(back), []bool{true, true}) {
		t.Errorf("in the old text the edits apply: %v", applies(back))
	}
}

func TestEditsMoveWithTheirArticle(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(courier)
	art := f.add(s.ID, ferry)
	people := f.claimOf(art.ID, "Rescuers evacuated 1,200 people from the town")
	f.done(s.ID)(f.AdjustClaim(t.Context(), f.admin, refOf(people), f.words(art.ID, "evacuated 1,200 people")))
	apart, err := f.SplitStory(t.Context(), f.admin, s.ID, app.Split{Title: "Apart", ArticleIDs: []string{art.ID}})
	if err != nil {
		t.Fatal(err)
	}
	f.ready(apart.ID)
	if c := f.claimOf(art.ID, "evacuated 1,200 people"); c.ID != people.ID || c.FindingID == "" {
		t.Errorf("in its new story: %+v", c)
	}
	if _, err := f.MergeStories(t.Context(), f.admin, s.ID, app.Merge{IDs: []string{apart.ID}}); err != nil {
		t.Fatal(err)
	}
	f.ready(s.ID)
	if c := f.claimOf(art.ID, "evacuated 1,200 people"); c.ID != people.ID || f.detail(c.FindingID).Verdict != claims.Diverge {
		t.Errorf("back again: %+v", c)
	}
}

func TestTwoPeopleEditOneClaim(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(courier)
	art := f.add(s.ID, ferry)
	first, second := f.person(auth.Checker), f.person(auth.Editor)
	seen := refOf(f.claimOf(art.ID, "Rescuers evacuated 1,200 people from the town"))
	if _, err := f.AdjustClaim(t.Context(), first, seen, f.words(art.ID, "evacuated 1,200 people")); err != nil {
		t.Fatal(err)
	}
	_, err := f.DropClaim(t.Context(), second, seen)
	wantKind(t, err, claims.Conflict)
	if err != nil && !strings.Contains(err.Error(), "A checker") {
		t.Errorf("%v does not say who changed the claim", err)
	}
	now := refOf(f.claimOf(art.ID, "evacuated 1,200 people"))
	if _, err := f.DropClaim(t.Context(), second, now); err != nil {
		t.Fatal(err)
	}
	_, err = f.JudgeClaim(t.Context(), first, now, "opinion")
	wantKind(t, err, claims.Conflict)
	f.ready(s.ID)
	if n := f.count("SELECT count(*) FROM audit WHERE action LIKE 'claim.%'"); n != 2 {
		t.Errorf("%d edits are in the audit log, want 2", n)
	}
}

func TestWrongEdits(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(courier)
	art := f.add(s.ID, ferry)
	people, bridge := f.claimOf(art.ID, "Rescuers evacuated 1,200 people from the town"), f.claimOf(art.ID, "closed the old bridge")
	mayor := f.claimOf(art.ID, "Mayor Ann Weller visited the harbour")
	for name, do := range map[string]func(app.Actor) error{
		"a claim that is there": func(who app.Actor) error {
			_, err := f.AddClaim(t.Context(), who, art.ID, 0, f.words(art.ID, people.Exact))
			return err
		},
		"one word": func(who app.Actor) error {
			_, err := f.AddClaim(t.Context(), who, art.ID, 0, f.words(art.ID, "Rescuers"))
			return err
		},
		"words that stand twice": func(who app.Actor) error {
			_, err := f.AddClaim(t.Context(), who, art.ID, 0, app.PassageInput{Exact: "the town"})
			return err
		},
		"borders as they are": func(who app.Actor) error {
			_, err := f.AdjustClaim(t.Context(), who, refOf(people), f.words(art.ID, people.Exact))
			return err
		},
		"borders elsewhere": func(who app.Actor) error {
			_, err := f.AdjustClaim(t.Context(), who, refOf(people), f.words(art.ID, "visited the harbour"))
			return err
		},
		"the borders of another": func(who app.Actor) error {
			_, err := f.AdjustClaim(t.Context(), who, refOf(people), f.words(art.ID, bridge.Exact))
			return err
		},
		"a split at the end": func(who app.Actor) error {
			_, err := f.SplitClaim(t.Context(), who, refOf(people), people.End)
			return err
		},
		"a merge over sentences": func(who app.Actor) error {
			_, err := f.MergeClaims(t.Context(), who, refOf(people), refOf(mayor))
			return err
		},
		"a merge with itself": func(who app.Actor) error {
			_, err := f.MergeClaims(t.Context(), who, refOf(people), refOf(people))
			return err
		},
		"an unknown reason": func(who app.Actor) error {
			_, err := f.JudgeClaim(t.Context(), who, refOf(people), "dull")
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			wantKind(t, do(f.admin), claims.Invalid)
			wantKind(t, do(app.Actor{}), claims.Unauthenticated)
		})
	}
	reader := f.person(auth.Reader)
	_, err := f.DropClaim(t.Context(), reader, refOf(people))
	wantKind(t, err, claims.Forbidden)
	_, err = f.UndoClaimEdit(t.Context(), reader, people.ID)
	wantKind(t, err, claims.Forbidden)
	_, err = f.DropClaim(t.Context(), f.admin, app.ClaimRef{ID: art.ID})
	wantKind(t, err, claims.NotFound)
	_, err = f.AddClaim(t.Context(), f.admin, art.ID, 7, f.words(art.ID, "the old bridge"))
	wantKind(t, err, claims.Conflict)
	if n := f.count("SELECT count(*) FROM claim_edits"); n != 0 {
		t.Errorf("%d edits are stored, want none", n)
	}
}

func TestSplitClaimIsMergedAgain(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(courier)
	art := f.add(s.ID, ferry)
	people := f.claimOf(art.ID, "Rescuers evacuated 1,200 people from the town")
	after := f.words(art.ID, "Rescuers evacuated 1,200 people").End
	f.done(s.ID)(f.SplitClaim(t.Context(), f.admin, refOf(people), after))
	larger, smaller := f.claimOf(art.ID, "Rescuers evacuated 1,200 people"), f.claimOf(art.ID, "from the town")
	f.done(s.ID)(f.MergeClaims(t.Context(), f.admin, refOf(larger), refOf(smaller)))
	if c := f.claimOf(art.ID, people.Exact); c.ID != people.ID || c.FindingID != people.FindingID || c.Edited == nil {
		t.Errorf("merged again: %+v", c)
	}
}
