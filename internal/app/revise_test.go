package app_test

import (
	"slices"
	"strings"
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

// take sends an article through the door and waits until its story is ready.
func (f *fixture) take(in app.ArticleInput) (app.Article, app.Outcome) {
	f.t.Helper()
	art, outcome, err := f.TakeArticle(f.t.Context(), f.admin, in)
	if err != nil {
		f.t.Fatal(err)
	}
	if art.StoryID != "" {
		f.ready(art.StoryID)
	}
	return art, outcome
}

func (f *fixture) revisions(id string) []app.Revision {
	f.t.Helper()
	all, err := f.Revisions(f.t.Context(), f.admin, id)
	if err != nil {
		f.t.Fatal(err)
	}
	return all
}

// TestPageInThreeVersions serves one page over time with a typo mended, then with a
// number changed, then with a notice in its place.
func TestPageInThreeVersions(t *testing.T) {
	t.Parallel()
	f := started(t)
	page := courier
	page.Text = strings.Replace(page.Text, "school", "scholo", 1)
	s := f.story(gazette, page)
	x := f.withNumber(s.ID)
	f.review(x.ID, app.ReviewInput{Alignment: app.Confirmed})

	page.Text = courier.Text
	art, outcome := f.take(page)
	if outcome != app.Revised || art.Revision != 2 {
		t.Fatalf("typo: %s, revision %d", outcome, art.Revision)
	}
	if now := f.detail(x.ID); now.StaleReview || !now.Reviewed || now.Verdict != claims.Diverge || len(now.Corrections) != 0 {
		t.Errorf("a typo elsewhere touched the finding: %+v", now)
	}
	page.Text = strings.Replace(courier.Text, "2,000", "1,200", 1)
	if _, outcome := f.take(page); outcome != app.Revised {
		t.Fatalf("number: %s", outcome)
	}
	f.wantHealed(x.ID, "From the town, rescuers evacuated 1,200 people")

	page.Text = "This story has been withdrawn because it could not be confirmed."
	f.take(page)
	now := f.detail(x.ID)
	if now.Verdict != claims.Single || slices.ContainsFunc(now.Claims, func(c claims.FindingClaim) bool { return c.ArticleID == art.ID }) {
		t.Errorf("the withdrawn article still tells it: %+v", now.Finding)
	}
	f.wantHistory(art.ID)
}

// wantHealed asserts that a finding's divergence was ended by the courier, and that
// the review of it is stale.
func (f *fixture) wantHealed(id, words string) {
	f.t.Helper()
	now := f.detail(id)
	if now.Verdict != claims.Agree || !now.StaleReview || now.Reviewed {
		f.t.Errorf("finding %+v", now.Finding)
	}
	if len(now.Corrections) != 1 {
		f.t.Fatalf("corrections %+v", now.Corrections)
	}
	c := now.Corrections[0]
	if c.Source != courier.Source || c.Revision != 3 || c.Kind != claims.KindNumber || !strings.Contains(c.Was, "2,000") || c.NowExact != words ||
		c.Against != gazette.Source || !strings.Contains(c.AgainstWas, "1,200") || c.EditedBy != "" || c.TakenBack {
		f.t.Errorf("correction %+v", c)
	}
	all, err := f.Corrections(f.t.Context(), f.admin, now.StoryID)
	if err != nil || len(all) != 1 || all[0].FindingID != id || all[0].Verdict != claims.Agree {
		f.t.Errorf("corrections of the story %+v, %v", all, err)
	}
}

// wantHistory asserts the history of the page in three versions.
func (f *fixture) wantHistory(id string) {
	f.t.Helper()
	all := f.revisions(id)
	if len(all) != 4 {
		f.t.Fatalf("%d revisions", len(all))
	}
	retraction, number, typo, first := all[0], all[1], all[2], all[3]
	if first.Compared || typo.Typos != 1 || typo.Facts+typo.Wordings != 0 || number.Facts != 1 || number.Typos+number.Wordings != 0 ||
		retraction.Notice != claims.RetractionNotice || retraction.Facts == 0 {
		f.t.Errorf("revisions %+v", all)
	}
	d, err := f.CompareRevisions(f.t.Context(), f.admin, app.RevisionPair{ArticleID: id, From: 2, To: 3})
	if err != nil || len(d.Edits) != 1 || d.Edits[0].Class != claims.FactEdit || d.Edits[0].Differences[0].Kind != claims.KindNumber {
		f.t.Errorf("difference %+v, %v", d, err)
	}
	if d, err := f.CompareRevisions(f.t.Context(), f.admin, app.RevisionPair{ArticleID: id, From: 1, To: 3}); err != nil || d.Typos != 1 || d.Facts != 1 {
		f.t.Errorf("difference over two %+v, %v", d.RevisionChange, err)
	}
	for _, wrong := range [][2]int{{3, 2}, {2, 2}, {1, 9}, {-1, 2}} {
		_, err := f.CompareRevisions(f.t.Context(), f.admin, app.RevisionPair{ArticleID: id, From: wrong[0], To: wrong[1]})
		wantKind(f.t, err, claims.Invalid)
	}
}

func TestRetractionHealsByTakingBack(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier)
	x := f.withNumber(s.ID)
	art := slices.IndexFunc(f.report(s.ID).Articles, func(a claims.ReportArticle) bool { return a.Source == courier.Source })
	id := f.report(s.ID).Articles[art].ID
	if _, err := f.WithdrawArticle(t.Context(), f.admin, id); err != nil {
		t.Fatal(err)
	}
	f.ready(s.ID)
	now := f.detail(x.ID)
	if len(now.Corrections) != 1 || !now.Corrections[0].TakenBack || now.Corrections[0].NowExact != "" {
		t.Errorf("corrections %+v", now.Corrections)
	}
	got, err := f.Article(t.Context(), f.admin, id)
	if err != nil || got.Status != app.NotAnalysed || got.Claims != 0 || f.revisions(id)[0].Notice != claims.WithdrawalNotice {
		t.Errorf("article %+v, %v", got, err)
	}
	if again, err := f.WithdrawArticle(t.Context(), f.admin, id); err != nil || again.Revision != 2 {
		t.Errorf("withdrawn twice: %+v, %v", again, err)
	}
	if back, outcome := f.take(courier); outcome != app.Revised || back.Revision != 3 {
		t.Errorf("published again: %s, %+v", outcome, back)
	}
	if now := f.withNumber(s.ID); now.Verdict != claims.Diverge {
		t.Errorf("published again, it diverges no more: %+v", now)
	}
}

func TestWhatChangesNothingHealsNothing(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier)
	x := f.withNumber(s.ID)
	page := courier
	page.Text = strings.Replace(page.Text, "Rescuers evacuated 2,000 people from the town.", "Rescuers evacuated about 2,500 people from the town.", 1)
	f.take(page)
	if now := f.detail(x.ID); now.Verdict != claims.Diverge || len(now.Corrections) != 0 {
		t.Errorf("finding %+v with %+v", now.Finding, now.Corrections)
	}
	if n := f.count("SELECT count(*) FROM corrections"); n != 0 {
		t.Errorf("%d corrections are left open", n)
	}
}

func TestSameAgainMakesNoRevision(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	in := courier
	in.ExternalID = "c-1"
	art, _, err := f.TakeArticle(t.Context(), f.admin, in)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*app.ArticleInput){
		"the very same":     func(*app.ArticleInput) {},
		"white space":       func(in *app.ArticleInput) { in.Text = strings.ReplaceAll(in.Text, "\n\n", "\r\n \r\n") + "\n" },
		"no title":          func(in *app.ArticleInput) { in.Title = "" },
		"another name":      func(in *app.ArticleInput) { in.Source = "Tarn Courier Online" },
		"another date":      func(in *app.ArticleInput) { in.PublishedAt = "2025-04-03" },
		"tracked address":   func(in *app.ArticleInput) { in.URL += "?utm_source=feed" },
		"by text and paper": func(in *app.ArticleInput) { in.URL, in.ExternalID = "", "" },
	} {
		again := in
		change(&again)
		got, outcome, err := f.TakeArticle(t.Context(), f.admin, again)
		if err != nil || outcome != app.Known || got.ID != art.ID || got.Revision != 1 {
			t.Errorf("%s: %s, revision %d, %v", name, outcome, got.Revision, err)
		}
	}
	if n := f.count("SELECT count(*) FROM river_job"); n != 1 {
		t.Errorf("%d jobs, want 1", n)
	}
}

func TestTitleAloneIsARevision(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	in := courier
	if _, _, err := f.TakeArticle(t.Context(), f.admin, in); err != nil {
		t.Fatal(err)
	}
	in.Title = "Tarn bursts its banks, 2,000 flee"
	art, outcome, err := f.TakeArticle(t.Context(), f.admin, in)
	if err != nil || outcome != app.Revised || art.Title != in.Title {
		t.Fatalf("%s %+v %v", outcome, art, err)
	}
	// What a person writes stays when the publisher sends the same again.
	mine := "A title of our own"
	if _, err := f.EditArticle(t.Context(), f.admin, art.ID, app.ArticleEdit{Title: &mine}); err != nil {
		t.Fatal(err)
	}
	if art, outcome, err := f.TakeArticle(t.Context(), f.admin, in); err != nil || outcome != app.Known || art.Title != mine {
		t.Errorf("%s %+v %v", outcome, art, err)
	}
}

func TestEditByAPersonStaysWhenTheSameComesAgain(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	art, _, err := f.TakeArticle(t.Context(), f.admin, courier)
	if err != nil {
		t.Fatal(err)
	}
	text := courier.Text + "\n\nThe pasted text lacked this line."
	if _, err := f.EditArticle(t.Context(), f.admin, art.ID, app.ArticleEdit{Text: &text}); err != nil {
		t.Fatal(err)
	}
	got, outcome, err := f.TakeArticle(t.Context(), f.admin, courier)
	if err != nil || outcome != app.Known || got.Revision != 2 {
		t.Errorf("%s %+v %v", outcome, got, err)
	}
	if all := f.revisions(art.ID); !all[0].Edited || all[1].Edited {
		t.Errorf("revisions %+v", all)
	}
}

func TestExternalIDOfAnotherSourceIsRefused(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	in := app.ArticleInput{Text: "It rained in Marrow.", Source: "Gazette", ExternalID: "1"}
	if _, _, err := f.TakeArticle(t.Context(), f.admin, in); err != nil {
		t.Fatal(err)
	}
	in.Source, in.Text = "Courier", "It snowed in Marrow."
	_, _, err := f.TakeArticle(t.Context(), f.admin, in)
	wantKind(t, err, claims.Invalid)
}

func TestKnownArticleTakesWhatItLacks(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	bare := courier
	bare.URL = ""
	art, _, err := f.TakeArticle(t.Context(), f.admin, bare)
	if err != nil {
		t.Fatal(err)
	}
	full := courier
	full.ExternalID = "c-1"
	if got, outcome, err := f.TakeArticle(t.Context(), f.admin, full); err != nil || outcome != app.Known || got.URL != full.URL || got.ExternalID != "c-1" {
		t.Fatalf("%s %+v %v", outcome, got, err)
	}
	full.Text += " The army came."
	if got, outcome, err := f.TakeArticle(t.Context(), f.admin, full); err != nil || outcome != app.Revised || got.ID != art.ID {
		t.Errorf("%s %+v %v", outcome, got, err)
	}
}

// TestOneNoticeInPlaceOfTwoArticles has a publisher put the same words in the place
// of two articles.
func TestOneNoticeInPlaceOfTwoArticles(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, path := range []string{"a", "b"} {
		in := app.ArticleInput{Text: "It rained in " + path + ".", Source: "Gazette", URL: "https://gazette.example/" + path}
		if _, _, err := f.TakeArticle(t.Context(), f.admin, in); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{"a", "b", "a", "b"} {
		in := app.ArticleInput{Text: "This story was withdrawn.", Source: "Gazette", URL: "https://gazette.example/" + path}
		if art, _, err := f.TakeArticle(t.Context(), f.admin, in); err != nil || art.Revision != 2 {
			t.Errorf("%s: %+v %v", path, art, err)
		}
	}
}
