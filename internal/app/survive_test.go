package app_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

// report gives the whole report of a story.
func (f *fixture) report(storyID string) claims.Report {
	f.t.Helper()
	r, err := f.Report(f.t.Context(), f.admin, storyID)
	if err != nil {
		f.t.Fatal(err)
	}
	return r
}

// withNumber gives the finding of a story that has a difference of number.
func (f *fixture) withNumber(storyID string) app.Finding {
	f.t.Helper()
	for _, x := range f.findings(storyID) {
		for _, d := range x.Differences {
			if d.Kind == claims.KindNumber {
				return x
			}
		}
	}
	f.t.Fatal("no finding has a difference of number")
	return app.Finding{}
}

// review stores a review of a finding.
func (f *fixture) review(findingID string, in app.ReviewInput) app.Review {
	f.t.Helper()
	r, err := f.AddReview(f.t.Context(), f.admin, findingID, in)
	if err != nil {
		f.t.Fatal(err)
	}
	return r
}

func (f *fixture) detail(findingID string) app.FindingDetail {
	f.t.Helper()
	d, err := f.Finding(f.t.Context(), f.admin, findingID)
	if err != nil {
		f.t.Fatal(err)
	}
	return d
}

// analyze has a story analysed again and waits for it.
func (f *fixture) analyze(storyID string) {
	f.t.Helper()
	if _, err := f.AnalyzeStory(f.t.Context(), f.admin, storyID); err != nil {
		f.t.Fatal(err)
	}
	f.ready(storyID)
}

// exec runs SQL on the fixture's database.
func (f *fixture) exec(sql string, args ...any) {
	f.t.Helper()
	if _, err := f.pool.Exec(f.t.Context(), sql, args...); err != nil {
		f.t.Fatal(err)
	}
}

// count gives the number that a query gives.
func (f *fixture) count(sql string, args ...any) (n int) {
	f.t.Helper()
	if err := f.pool.QueryRow(f.t.Context(), sql, args...).Scan(&n); err != nil {
		f.t.Fatal(err)
	}
	return n
}

func TestAnalysingAgainChangesNothing(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier, herald)
	before, findings := f.report(s.ID), f.findings(s.ID)
	f.analyze(s.ID)
	if diff := cmp.Diff(before, f.report(s.ID)); diff != "" {
		t.Errorf("the report has changed (-before +after):\n%s", diff)
	}
	if diff := cmp.Diff(findings, f.findings(s.ID)); diff != "" {
		t.Errorf("the findings have changed, or when they did (-before +after):\n%s", diff)
	}
	if n := f.count("SELECT count(*) FROM analyses WHERE story_id = $1", s.ID); n != 2 {
		t.Errorf("%d analyses are noted, want 2", n)
	}
}

func TestFindingsKeepTheirIDsWhenArticlesCome(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette)
	var before []string
	for _, c := range f.report(s.ID).Articles[0].Claims {
		before = append(before, c.ID)
	}
	old := f.findings(s.ID)
	f.add(s.ID, courier)
	f.add(s.ID, herald)
	var after []string
	for _, c := range f.report(s.ID).Articles[0].Claims {
		after = append(after, c.ID)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("claims (-before +after):\n%s", diff)
	}
	for _, x := range old {
		now := f.detail(x.ID) // fails where the id is gone
		if !slices.ContainsFunc(now.Claims, func(c claims.FindingClaim) bool { return c.ID == x.Claims[0].ID }) {
			t.Errorf("finding %s has lost its claim", x.ID)
		}
	}
	// Every claim is in exactly one finding.
	if n := f.count("SELECT count(*) FROM claims c WHERE NOT EXISTS (SELECT FROM finding_claims WHERE claim_id = c.id)"); n != 0 {
		t.Errorf("%d claims are in no finding", n)
	}
}

func TestReviewSurvivesNewArticles(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier)
	x := f.withNumber(s.ID)
	agree := claims.Agree
	r := f.review(x.ID, app.ReviewInput{Alignment: app.Confirmed, Verdict: &agree, Note: " Counted at different times. ",
		Differences: []app.ItemDecision{{ID: x.Differences[0].ID, Decision: app.Rejected}}})
	if r.Author != "Administrator" || r.Note != "Counted at different times." || r.Stale {
		t.Errorf("review %+v", r)
	}
	// The herald tells the same, and would join the finding.
	f.add(s.ID, herald)
	f.analyze(s.ID)
	now := f.detail(x.ID)
	if diff := cmp.Diff(x.Claims, now.Claims); diff != "" {
		t.Errorf("the machine changed a reviewed finding (-before +after):\n%s", diff)
	}
	if now.Verdict != claims.Diverge || now.ReviewedVerdict == nil || *now.ReviewedVerdict != agree || !now.Reviewed || now.StaleReview {
		t.Errorf("finding %+v", now.Finding)
	}
	if diff := cmp.Diff([]app.Review{r}, now.Reviews); diff != "" {
		t.Errorf("reviews (-want +got):\n%s", diff)
	}
	story, err := f.Story(t.Context(), f.admin, s.ID)
	if err != nil || story.Open != 0 || story.Diverge != 0 {
		t.Errorf("after the review %d findings are open and %d diverge (%v), want none", story.Open, story.Diverge, err)
	}
}

func TestReviewOfChangedPassageIsStale(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette)
	second := f.add(s.ID, courier)
	x := f.withNumber(s.ID)
	f.review(x.ID, app.ReviewInput{Alignment: app.Confirmed})
	// A line above the passage moves it, and changes no word of it.
	moved := "Marrow is a town on the river Tarn.\n\n" + courier.Text
	edit := func(text string) {
		t.Helper()
		if _, err := f.EditArticle(t.Context(), f.admin, second.ID, app.ArticleEdit{Text: &text}); err != nil {
			t.Fatal(err)
		}
		f.ready(s.ID)
	}
	edit(moved)
	if now := f.detail(x.ID); now.StaleReview || !now.Reviewed || len(now.Claims) != len(x.Claims) {
		t.Errorf("moved passage: %+v", now.Finding)
	}
	edit("The river Tarn flooded the town of Marrow on Tuesday.\n\nRescuers evacuated 1,900 people from the town.")
	now := f.detail(x.ID)
	if !now.StaleReview || now.Reviewed || len(now.Reviews) != 1 || !now.Reviews[0].Stale {
		t.Errorf("changed passage: %+v with reviews %+v", now.Finding, now.Reviews)
	}
	story, err := f.Story(t.Context(), f.admin, s.ID)
	if err != nil || story.Open != 1 {
		t.Errorf("%d findings are open (%v), want the one with the stale review", story.Open, err)
	}
	revisions, err := f.Revisions(t.Context(), f.admin, second.ID)
	if err != nil || len(revisions) != 3 || revisions[0].Number != 3 {
		t.Fatalf("revisions %+v, %v; want 3, the newest first", revisions, err)
	}
	if raw, err := f.RevisionText(t.Context(), f.admin, second.ID, revisions[2].ID); err != nil || raw != courier.Text {
		t.Errorf("the first revision is %q, %v", raw, err)
	}
}

func TestReviewFindsItsPassagesAgain(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette)
	second := f.add(s.ID, courier)
	x := f.withNumber(s.ID)
	f.review(x.ID, app.ReviewInput{Alignment: app.Confirmed})
	if err := f.DeleteArticle(t.Context(), f.admin, second.ID, 0); err != nil {
		t.Fatal(err)
	}
	f.ready(s.ID)
	if now := f.detail(x.ID); !now.StaleReview || len(now.Claims) != 1 {
		t.Errorf("without the article: %+v", now.Finding)
	}
	if _, err := f.RestoreArticle(t.Context(), f.admin, second.ID); err != nil {
		t.Fatal(err)
	}
	f.ready(s.ID)
	if now := f.detail(x.ID); now.StaleReview || !now.Reviewed || len(now.Claims) != 2 {
		t.Errorf("with the article again: %+v", now.Finding)
	}
}

// TestMergedFindingLeadsToItsSuccessor breaks a finding apart behind the
// service's back, so that the next analysis has to merge it.
func TestMergedFindingLeadsToItsSuccessor(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier, herald)
	x := f.withNumber(s.ID)
	const first, second = "ffffffff-0000-7000-8000-000000000001", "ffffffff-0000-7000-8000-000000000002"
	apart := func(id string, claim claims.FindingClaim) {
		f.exec(`INSERT INTO findings (id, story_id, summary, verdict, corroborated, sources, origins, created_at, updated_at)
			VALUES ($1, $2, 'apart', 'single', false, 1, 1, now(), now())`, id, s.ID)
		f.exec("UPDATE finding_claims SET finding_id = $1, position = NULL WHERE claim_id = $2", id, claim.ID)
	}
	apart(first, x.Claims[1])
	apart(second, x.Claims[2])
	f.review(first, app.ReviewInput{Note: "A note on the part."})
	f.analyze(s.ID)
	for _, id := range []string{first, second} {
		_, err := f.Finding(t.Context(), f.admin, id)
		merged, ok := errors.AsType[*claims.Error](err)
		if !ok || merged.Kind != claims.NotFound || merged.Successor != x.ID {
			t.Errorf("merged finding: %#v, want its successor %s", err, x.ID)
		}
		_, err = f.AddReview(t.Context(), f.admin, id, app.ReviewInput{Note: "Too late."})
		if merged, ok := errors.AsType[*claims.Error](err); !ok || merged.Successor != x.ID {
			t.Errorf("review of a merged finding: %#v, want its successor %s", err, x.ID)
		}
	}
	if now := f.detail(x.ID); len(now.Claims) != 3 || len(now.Reviews) != 1 {
		t.Errorf("the successor has %d claims and %d reviews, want 3 and 1", len(now.Claims), len(now.Reviews))
	}
	// What was merged is led on when its successor is merged in turn.
	older := "00000000-0000-7000-8000-000000000001"
	apart(older, x.Claims[0])
	f.analyze(s.ID)
	_, err := f.Finding(t.Context(), f.admin, first)
	if merged, ok := errors.AsType[*claims.Error](err); !ok || merged.Successor != older {
		t.Errorf("twice merged: %#v, want the successor %s", err, older)
	}
}

func TestArticleMovesToAnotherStory(t *testing.T) {
	t.Parallel()
	f := started(t)
	from, to := f.story(gazette, courier), f.story(herald)
	arts, err := f.Articles(t.Context(), f.admin, app.ArticleFilter{StoryID: from.ID})
	if err != nil || len(arts.Items) != 2 {
		t.Fatalf("%d articles, %v", len(arts.Items), err)
	}
	moved, err := f.EditArticle(t.Context(), f.admin, arts.Items[0].ID, app.ArticleEdit{StoryID: &to.ID, Version: arts.Items[0].Version})
	if err != nil || moved.StoryID != to.ID || moved.Version != arts.Items[0].Version+1 {
		t.Fatalf("moved: %+v, %v", moved, err)
	}
	if s := f.ready(from.ID); s.Articles != 1 || s.Diverge != 0 {
		t.Errorf("the story that it left: %+v", s)
	}
	if s := f.ready(to.ID); s.Articles != 2 || s.Diverge != 1 {
		t.Errorf("the story that it joined: %+v", s)
	}
}
