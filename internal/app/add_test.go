package app_test

import (
	"strings"
	"sync"
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

func TestKnownArticle(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	first := gazette
	first.ExternalID = "gz-1"
	art, known, err := f.AddArticle(t.Context(), f.admin, first)
	if err != nil || known || art.Status != app.Pending || art.StoryID != "" {
		t.Fatalf("first: %+v, known %v, %v", art, known, err)
	}
	for _, c := range []struct {
		name  string
		in    app.ArticleInput
		known bool
	}{
		{"the very same", first, true},
		{"by external id", app.ArticleInput{Text: gazette.Text, Source: "Another", ExternalID: "gz-1"}, true},
		{"by address", app.ArticleInput{Text: gazette.Text, Source: "Another", URL: "http://www.gazette.example/flood/?utm_source=x#top"}, true},
		{"by source and text", app.ArticleInput{Text: gazette.Text, Source: "MARROW  Gazette"}, true},
		{"the text of another source", app.ArticleInput{Text: gazette.Text, Source: "A Copier"}, false},
		{"another text of the source", app.ArticleInput{Text: "Another.", Source: gazette.Source}, false},
	} {
		got, known, err := f.AddArticle(t.Context(), f.admin, c.in)
		if err != nil || known != c.known || known != (got.ID == art.ID) {
			t.Errorf("%s: known %v, same id %v, %v; want known %v", c.name, known, got.ID == art.ID, err, c.known)
		}
	}
	if err := f.DeleteArticle(t.Context(), f.admin, art.ID, 0); err != nil {
		t.Fatal(err)
	}
	if _, known, err := f.AddArticle(t.Context(), f.admin, first); err != nil || known {
		t.Errorf("what is in the bin is known: %v, %v", known, err)
	}
	_, err = f.RestoreArticle(t.Context(), f.admin, art.ID)
	wantKind(t, err, claims.Conflict)
}

func TestArticleSentManyTimesAtOnceIsStoredOnce(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	const senders = 6
	var (
		wg  sync.WaitGroup
		ids [senders]string
		new [senders]bool
	)
	for i := range senders {
		wg.Go(func() {
			art, known, err := f.AddArticle(t.Context(), f.admin, gazette)
			if err != nil {
				t.Error(err)
			}
			ids[i], new[i] = art.ID, !known
		})
	}
	wg.Wait()
	stored := 0
	for i := range senders {
		if ids[i] != ids[0] {
			t.Errorf("sender %d got the id %s, the first %s", i, ids[i], ids[0])
		}
		if new[i] {
			stored++
		}
	}
	if stored != 1 {
		t.Errorf("%d senders were told that it is new, want 1", stored)
	}
	if n := f.count("SELECT count(*) FROM river_job"); n != 1 {
		t.Errorf("%d jobs were enqueued, want 1", n)
	}
}

func TestRefusedArticleLeavesNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, c := range []struct {
		name string
		in   app.ArticleInput
		want claims.ErrorKind
	}{
		{"10 MB", app.ArticleInput{Text: strings.Repeat("It rained. ", 1_000_000), Source: "A Paper"}, claims.TooLarge},
		{"unknown story", app.ArticleInput{Text: "It rained.", Source: "A Paper", StoryID: "0199f0a0-0000-7000-8000-000000000001"}, claims.Invalid},
		{"no id", app.ArticleInput{Text: "It rained.", Source: "A Paper", StoryID: "1 OR 1=1"}, claims.Invalid},
		{"year 9999", app.ArticleInput{Text: "It rained.", Source: "A Paper", PublishedAt: "9999-12-31"}, claims.Invalid},
	} {
		_, _, err := f.AddArticle(t.Context(), f.admin, c.in)
		if claims.KindOf(err) != c.want {
			t.Errorf("%s: %v, want the kind %s", c.name, err, c.want)
		}
	}
	_, err := f.CreateStory(t.Context(), f.admin, app.StoryInput{Title: "A story", Articles: []app.ArticleInput{gazette, {Text: "x"}}})
	wantKind(t, err, claims.Invalid)
	for _, table := range []string{"articles", "sources", "stories", "revisions", "river_job"} {
		if n := f.count("SELECT count(*) FROM " + table); n != 0 {
			t.Errorf("%s holds %d rows", table, n)
		}
	}
}

func TestTimeKeepsOffsetAndPrecision(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for i, at := range []string{"2025-03-27", "2025-03-27T09:30:00-05:00", "2025-03-27T09:30:00Z", "2025-03-27T09:30:00+05:45", ""} {
		art, _, err := f.AddArticle(t.Context(), f.admin, app.ArticleInput{Text: strings.Repeat("It rained. ", i+1), Source: "A Paper", PublishedAt: at})
		if err != nil || art.Published.String() != at {
			t.Errorf("published at %q, want %q (%v)", art.Published.String(), at, err)
		}
	}
}

func TestArticlesArePlaced(t *testing.T) {
	t.Parallel()
	f := started(t)
	one := f.placed(gazette).StoryID
	if two := f.placed(courier).StoryID; two != one {
		t.Error("a second article on the flood begins a story of its own")
	}
	if three := f.placed(cup).StoryID; three == one {
		t.Error("an article on a football match joins the flood")
	}
	s, err := f.Story(t.Context(), f.admin, one)
	if err != nil || s.Title != gazette.Title || s.Articles != 2 {
		t.Errorf("story %+v, %v", s, err)
	}
}

func TestOtherLanguageIsNotAnalysed(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette)
	art := f.add(s.ID, app.ArticleInput{Source: "El Correo", Title: "La riada", Text: strings.Repeat(
		"El río Tarn inundó el martes la ciudad de Marrow. Los equipos de rescate evacuaron a unas mil doscientas personas. ", 4)})
	got, err := f.Article(t.Context(), f.admin, art.ID)
	if err != nil || got.Status != app.NotAnalysed || got.Reason == "" || got.Claims != 0 || got.Text == "" {
		t.Errorf("article %+v, %v", got.Article, err)
	}
	if s := f.ready(s.ID); s.NotAnalysed != 1 || s.Status != app.Ready {
		t.Errorf("story %+v", s)
	}
}

func TestReaderView(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier)
	arts, err := f.Articles(t.Context(), f.admin, app.ArticleFilter{StoryID: s.ID, Status: app.Ready})
	if err != nil || len(arts.Items) != 2 {
		t.Fatalf("%d articles, %v", len(arts.Items), err)
	}
	art, err := f.Article(t.Context(), f.admin, arts.Items[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	told, err := f.ArticleClaims(t.Context(), f.admin, art.ID)
	if err != nil || len(told) != art.Claims || len(told) == 0 {
		t.Fatalf("%d claims, want %d (%v)", len(told), art.Claims, err)
	}
	text, diverging := []rune(art.Text), 0
	for _, c := range told {
		if string(text[c.Start:c.End]) != c.Exact {
			t.Errorf("the text at %d to %d is %q, the claim %q", c.Start, c.End, string(text[c.Start:c.End]), c.Exact)
		}
		if c.FindingID == "" || c.Verdict == "" {
			t.Errorf("claim %q is in no finding", c.Exact)
		}
		if c.Verdict == claims.Diverge && len(c.Kinds) > 0 && c.Kinds[0] == claims.KindNumber {
			diverging++
		}
	}
	if diverging != 1 {
		t.Errorf("%d claims diverge in number, want 1", diverging)
	}
	m, err := f.Matrix(t.Context(), f.admin, app.FindingFilter{StoryID: s.ID})
	if err != nil || len(m.Sources) != 2 || len(m.Rows) == 0 {
		t.Fatalf("matrix of %d sources and %d rows, %v", len(m.Sources), len(m.Rows), err)
	}
	if cells := m.Rows[0].Cells; cells[0].State != app.Tells || cells[1].State != app.Differs || cells[1].Position != "B" {
		t.Errorf("first row %+v", cells)
	}
	d := f.detail(m.Rows[0].Finding.ID)
	if len(d.Members) != 2 || d.Members[0].Source != gazette.Source || d.Members[0].After == "" || d.Members[1].Position != "B" {
		t.Errorf("members %+v", d.Members)
	}
}
