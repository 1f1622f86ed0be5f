package app_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

func (f *fixture) emptyStory(title string) app.Story {
	f.t.Helper()
	s, err := f.CreateStory(f.t.Context(), f.admin, app.StoryInput{Title: title})
	if err != nil {
		f.t.Fatal(err)
	}
	return s
}

func TestCursorIsStableWhileStoriesCome(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	var want []string
	for i := range 7 {
		want = append([]string{f.emptyStory(fmt.Sprint("Story ", i)).ID}, want...)
	}
	var got []string
	p := app.Page{Limit: 3}
	for {
		l, err := f.Stories(t.Context(), f.admin, p)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range l.Items {
			got = append(got, s.ID)
		}
		f.emptyStory("One that comes between")
		if p.Cursor = l.NextCursor; p.Cursor == "" {
			break
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stories (-want +got):\n%s", diff)
	}
}

func TestFindingsByPage(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier)
	var want, got []string
	for _, x := range f.findings(s.ID) {
		want = append(want, x.ID)
	}
	filter := app.FindingFilter{StoryID: s.ID, Page: app.Page{Limit: 1}}
	for first := true; first || filter.Cursor != ""; first = false {
		l, err := f.Findings(t.Context(), f.admin, filter)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range l.Items {
			got = append(got, x.ID)
		}
		if first { // what is new stands elsewhere and moves nothing
			f.add(s.ID, app.ArticleInput{Source: "The Wire", Text: "A power line fell in Marrow. The council met at noon."})
		}
		filter.Cursor = l.NextCursor
	}
	if diff := cmp.Diff(want, got[:len(want)]); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	seen := map[string]bool{}
	for _, id := range got {
		if seen[id] {
			t.Errorf("finding %s came twice", id)
		}
		seen[id] = true
	}
}

func TestFindingFilters(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier, herald)
	x := f.withNumber(s.ID)
	f.review(x.ID, app.ReviewInput{Alignment: app.Confirmed})
	yes, no := true, false
	total := len(f.findings(s.ID))
	for _, c := range []struct {
		name   string
		filter app.FindingFilter
		want   int
	}{
		{"verdict diverge", app.FindingFilter{Verdicts: []claims.Verdict{claims.Diverge}}, 1},
		{"verdict agree", app.FindingFilter{Verdicts: []claims.Verdict{claims.Agree}}, 1},
		{"kind number", app.FindingFilter{Kinds: []claims.Kind{claims.KindNumber}}, 1},
		{"kind quote", app.FindingFilter{Kinds: []claims.Kind{claims.KindQuote}}, 0},
		{"source by name", app.FindingFilter{Sources: []string{"the herald"}}, 2},
		{"unknown source", app.FindingFilter{Sources: []string{"Nobody"}}, 0},
		{"two origins", app.FindingFilter{MinOrigins: 2}, 2},
		{"three origins", app.FindingFilter{MinOrigins: 3}, 1},
		{"reviewed", app.FindingFilter{Reviewed: &yes}, 1},
		{"not reviewed", app.FindingFilter{Reviewed: &no}, total - 1},
		{"several", app.FindingFilter{Verdicts: []claims.Verdict{claims.Diverge}, Kinds: []claims.Kind{claims.KindNumber}, Sources: []string{"tarn courier"}, Reviewed: &yes}, 1},
	} {
		c.filter.StoryID = s.ID
		l, err := f.Findings(t.Context(), f.admin, c.filter)
		if err != nil || len(l.Items) != c.want {
			t.Errorf("%s: %d findings, want %d (%v)", c.name, len(l.Items), c.want, err)
		}
	}
}

func TestBadListArguments(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	s := f.emptyStory("A story")
	for _, p := range []app.Page{{Limit: -1}, {Limit: 201}, {Cursor: "?"}, {Cursor: "eyJhIjoxfQ"}, {Cursor: "Im5vIGlkIg"}} {
		_, err := f.Stories(t.Context(), f.admin, p)
		wantKind(t, err, claims.Invalid)
	}
	for _, filter := range []app.FindingFilter{{Verdicts: []claims.Verdict{"true"}}, {Kinds: []claims.Kind{"other"}}, {MinOrigins: -1}, {Page: app.Page{Cursor: "bnVsbA=="}},
		{Page: app.Page{Cursor: "eyJpIjoieCJ9"}}} {
		filter.StoryID = s.ID
		_, err := f.Findings(t.Context(), f.admin, filter)
		wantKind(t, err, claims.Invalid)
	}
	_, err := f.Articles(t.Context(), f.admin, app.ArticleFilter{Status: "done"})
	wantKind(t, err, claims.Invalid)
	_, err = f.Articles(t.Context(), f.admin, app.ArticleFilter{StoryID: "x"})
	wantKind(t, err, claims.Invalid)
}

func TestVersions(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	s := f.emptyStory("A story")
	title := "A better title"
	edited, err := f.EditStory(t.Context(), f.admin, s.ID, app.StoryEdit{Title: &title, Version: s.Version})
	if err != nil || edited.Title != title || edited.Version != s.Version+1 {
		t.Fatalf("edited: %+v, %v", edited, err)
	}
	_, err = f.EditStory(t.Context(), f.admin, s.ID, app.StoryEdit{Title: &title, Version: s.Version})
	wantKind(t, err, claims.Stale)
	wantKind(t, f.DeleteStory(t.Context(), f.admin, s.ID, s.Version), claims.Stale)
	blank := " \u200b "
	_, err = f.EditStory(t.Context(), f.admin, s.ID, app.StoryEdit{Title: &blank})
	wantKind(t, err, claims.Invalid)
}

func TestBin(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier)
	x := f.withNumber(s.ID)
	if err := f.DeleteStory(t.Context(), f.admin, s.ID, 0); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"story":   func() error { _, err := f.Story(t.Context(), f.admin, s.ID); return err }(),
		"finding": func() error { _, err := f.Finding(t.Context(), f.admin, x.ID); return err }(),
		"article": func() error { _, err := f.Article(t.Context(), f.admin, x.Claims[0].ArticleID); return err }(),
	} {
		if claims.KindOf(err) != claims.NotFound {
			t.Errorf("the %s of a deleted story: %v", name, err)
		}
	}
	bin, err := f.DeletedStories(t.Context(), f.admin, app.Page{})
	if err != nil || len(bin.Items) != 1 || bin.Items[0].Articles != 2 || bin.Items[0].DeletedAt == nil {
		t.Errorf("bin %+v, %v", bin.Items, err)
	}
	if _, err := f.RestoreStory(t.Context(), f.admin, s.ID); err != nil {
		t.Fatal(err)
	}
	if s := f.ready(s.ID); s.Articles != 2 || s.Diverge != 1 {
		t.Errorf("restored %+v", s)
	}
	f.detail(x.ID) // is there again, by its id
}

func TestBinIsEmptiedAfterItsTime(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	keep, drop := f.emptyStory("Keep"), f.emptyStory("Drop")
	gone, kept := gazette, courier
	gone.StoryID, kept.StoryID = drop.ID, keep.ID
	for _, in := range []app.ArticleInput{gone, kept} {
		if _, _, err := f.AddArticle(t.Context(), f.admin, in); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []string{keep.ID, drop.ID} {
		if err := f.DeleteStory(t.Context(), f.admin, id, 0); err != nil {
			t.Fatal(err)
		}
	}
	f.exec("UPDATE stories SET deleted_at = now() - interval '31 days' WHERE id = $1", drop.ID)
	f.exec("UPDATE articles SET deleted_at = now() - interval '31 days' WHERE story_id = $1", drop.ID)
	f.start(f.App) // sweeps at its start
	deadline := time.Now().Add(30 * time.Second)
	for f.count("SELECT count(*) FROM stories") == 2 && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond)
	}
	if n := f.count("SELECT count(*) FROM stories WHERE id = $1", keep.ID); n != 1 {
		t.Error("a story went before its time")
	}
	for _, table := range []string{"stories", "articles", "revisions"} {
		if n := f.count("SELECT count(*) FROM " + table); n != 1 {
			t.Errorf("%s holds %d rows, want 1", table, n)
		}
	}
}
