package app_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"corroborate/internal/app"
)

// placed stores an article without a story and gives it when it has one.
func (f *fixture) placed(in app.ArticleInput) app.Article {
	f.t.Helper()
	art, _, err := f.AddArticle(f.t.Context(), f.admin, in)
	if err != nil {
		f.t.Fatal(err)
	}
	for deadline := time.Now().Add(60 * time.Second); art.StoryID == "" && time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		got, err := f.Article(f.t.Context(), f.admin, art.ID)
		if err != nil {
			f.t.Fatal(err)
		}
		art = got.Article
	}
	if art.StoryID == "" {
		f.t.Fatalf("the article is not placed: %+v", art)
	}
	f.ready(art.StoryID)
	got, err := f.Article(f.t.Context(), f.admin, art.ID)
	if err != nil {
		f.t.Fatal(err)
	}
	return got.Article
}

// placement gives the machine's decision on an article.
func (f *fixture) placement(id string) app.Placement {
	f.t.Helper()
	p, err := f.Placement(f.t.Context(), f.admin, id)
	if err != nil {
		f.t.Fatal(err)
	}
	return p
}

// cup is an article on something else than the flood.
var cup = app.ArticleInput{Source: "Sports Daily", Title: "Rovers win the cup", PublishedAt: "2025-04-02",
	Text: "Hallam Rovers beat Eastport United in the final of the cup on Saturday. Striker Lena Ortiz scored twice."}

func TestPlacementIsExplained(t *testing.T) {
	t.Parallel()
	f := started(t)
	first, other, second := f.placed(gazette), f.placed(cup), f.placed(courier)
	if second.StoryID != first.StoryID || other.StoryID == first.StoryID {
		t.Fatalf("stories %s, %s, %s", first.StoryID, second.StoryID, other.StoryID)
	}
	if p := f.placement(first.ID); p.Reason != app.PlacedAsNew || p.NearestID != "" || p.Joined() {
		t.Errorf("the first: %+v", p)
	}
	p := f.placement(second.ID)
	if p.Reason != app.PlacedByTerms && p.Reason != app.PlacedAsCopy || !p.Joined() || p.OtherID != first.ID || p.Score <= 0 {
		t.Errorf("the second: %+v", p)
	}
}

func TestPlacementByTime(t *testing.T) {
	t.Parallel()
	f := started(t)
	first := f.placed(gazette)
	late := courier
	late.PublishedAt = "2025-06-02"
	if art := f.placed(late); art.StoryID == first.StoryID {
		t.Error("a quiet story drew an article")
	}
	undated := gazette
	undated.PublishedAt, undated.Source, undated.URL = "", "The Undated", ""
	undated.Text += " The water fell on Wednesday."
	if art := f.placed(undated); art.StoryID != first.StoryID {
		t.Errorf("an undated article that arrives with the story is not in it: %+v", f.placement(art.ID))
	}
	// What came long ago is another event for an article of unknown time.
	f.exec("UPDATE articles SET created_at = created_at - interval '90 days'")
	undated.Source, undated.Text = "Yet Another", undated.Text+" Schools open on Monday."
	if art := f.placed(undated); f.placement(art.ID).Reason == "terms" {
		t.Errorf("an undated article joins what came three months ago: %+v", f.placement(art.ID))
	}
}

func TestLockedStoryDrawsNothing(t *testing.T) {
	t.Parallel()
	f := started(t)
	first := f.placed(gazette)
	locked := true
	s, err := f.EditStory(t.Context(), f.admin, first.StoryID, app.StoryEdit{Locked: &locked})
	if err != nil || !s.Locked || s.Version != 2 {
		t.Fatalf("%+v, %v", s, err)
	}
	if art := f.placed(courier); art.StoryID == first.StoryID {
		t.Error("the locked story drew an article")
	}
	// A person may add to it all the same.
	if art := f.add(first.StoryID, herald); art.StoryID != first.StoryID {
		t.Error("a person's choice was not kept")
	}
	if _, err := f.EditStory(t.Context(), f.admin, first.StoryID, app.StoryEdit{Locked: new(bool), Version: 1}); err == nil {
		t.Error("an edit of an old version went through")
	}
}

// Articles on one event that arrive at once, at several servers, make one story.
func TestArticlesOfOneEventMakeOneStory(t *testing.T) {
	t.Parallel()
	f := started(t)
	f.start(f.another())
	const n = 12
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			in := []app.ArticleInput{gazette, courier}[i%2]
			in.Source, in.URL = fmt.Sprint("Paper ", i), ""
			in.Text += fmt.Sprintf(" It was the flood number %d of the river.", 100+i)
			if _, _, err := f.AddArticle(t.Context(), f.admin, in); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for deadline := time.Now().Add(90 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if f.count("SELECT count(*) FROM articles WHERE story_id IS NOT NULL") == n {
			break
		}
	}
	if stories := f.count("SELECT count(DISTINCT story_id) FROM articles WHERE story_id IS NOT NULL"); stories != 1 {
		t.Errorf("%d stories", stories)
	}
	if counted := f.count("SELECT articles FROM terms WHERE term = ''"); counted != n {
		t.Errorf("%d articles are counted", counted)
	}
	if counted := f.count("SELECT articles FROM terms WHERE term = 'tarn'"); counted != n {
		t.Errorf("%d articles with a term of all are counted", counted)
	}
}

// An article that is read again with another text is found by the new one.
func TestIndexFollowsTheText(t *testing.T) {
	t.Parallel()
	f := started(t)
	art := f.placed(gazette)
	text := strings.ReplaceAll(gazette.Text, "Tarn", "Severn")
	if _, err := f.EditArticle(t.Context(), f.admin, art.ID, app.ArticleEdit{Text: &text}); err != nil {
		t.Fatal(err)
	}
	f.ready(art.StoryID)
	for term, want := range map[string]int{"": 1, "tarn": 0, "severn": 1, "marrow": 1} {
		if got := f.count("SELECT coalesce(sum(articles), 0) FROM terms WHERE term = $1", term); got != want {
			t.Errorf("%q is counted %d times, want %d", term, got, want)
		}
	}
	if n := f.count("SELECT count(*) FROM article_keys WHERE article_id = $1 AND key = 'tarn'", art.ID); n != 0 {
		t.Error("a key of the old text is left")
	}
}
