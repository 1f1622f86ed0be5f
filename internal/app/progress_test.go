package app_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

func TestProgressCountsArticlesAndTheComparison(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	s, err := f.CreateStory(t.Context(), f.admin, app.StoryInput{Title: "A flood", Articles: []app.ArticleInput{gazette, courier}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	progress, err := f.WatchStory(ctx, f.admin, s.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := app.Progress{StoryID: s.ID, Status: app.Working, Total: 3, Pending: 2}
	if got := <-progress; got != want {
		t.Errorf("before: %+v, want %+v", got, want)
	}
	f.start(f.App)
	last := want
	for last.Status != app.Ready {
		got, open := <-progress
		if !open {
			t.Fatal("the progress ended before the story was ready")
		}
		if got == last || got.Done < last.Done {
			t.Errorf("progress %+v after %+v", got, last)
		}
		last = got
	}
	if want := (app.Progress{StoryID: s.ID, Status: app.Ready, Done: 3, Total: 3, Ready: 2}); last != want {
		t.Errorf("after: %+v, want %+v", last, want)
	}
	cancel()
	for range progress { // ends, as the channel is closed
	}
}

func TestProgressEndsWithTheStory(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.emptyStory("A story")
	progress, err := f.WatchStory(t.Context(), f.admin, s.ID)
	if err != nil {
		t.Fatal(err)
	}
	<-progress
	if err := f.DeleteStory(t.Context(), f.admin, s.ID, 0); err != nil {
		t.Fatal(err)
	}
	for range progress { // ends, as the channel is closed
	}
}

func TestStoryWithoutItsOnlyArticle(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette)
	arts, err := f.Articles(t.Context(), f.admin, app.ArticleFilter{StoryID: s.ID})
	if err != nil || len(arts.Items) != 1 {
		t.Fatalf("%d articles, %v", len(arts.Items), err)
	}
	if err := f.DeleteArticle(t.Context(), f.admin, arts.Items[0].ID, arts.Items[0].Version); err != nil {
		t.Fatal(err)
	}
	if s := f.ready(s.ID); s.Articles != 0 || s.Agree+s.Diverge+s.Single != 0 {
		t.Errorf("story %+v, want an empty one", s)
	}
}

// TestArticlesThatComeTogetherBeginOneStory has two servers place articles on one
// event at once.
func TestArticlesThatComeTogetherBeginOneStory(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, in := range []app.ArticleInput{gazette, courier} {
		if _, _, err := f.AddArticle(t.Context(), f.admin, in); err != nil {
			t.Fatal(err)
		}
	}
	other := f.another()
	var wg sync.WaitGroup
	for _, a := range []*app.App{f.App, other} {
		wg.Go(func() {
			if err := a.Start(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, a := range []*app.App{f.App, other} {
		t.Cleanup(func() {
			if err := a.Stop(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	deadline := time.Now().Add(30 * time.Second)
	for f.count("SELECT count(*) FROM articles WHERE story_id IS NULL") > 0 && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond)
	}
	if n := f.count("SELECT count(*) FROM stories"); n != 1 {
		t.Errorf("%d stories on one event, want 1", n)
	}
}

func TestWriterWhoMayNotReadIsAnswered(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	writer := f.scoped(auth.Write)
	s, err := f.CreateStory(t.Context(), writer, app.StoryInput{Title: "A story"})
	if err != nil {
		t.Fatal(err)
	}
	title := "Another title"
	if got, err := f.EditStory(t.Context(), writer, s.ID, app.StoryEdit{Title: &title}); err != nil || got.Title != title {
		t.Errorf("edit: %+v, %v", got, err)
	}
	in := gazette
	in.StoryID = s.ID
	art, _, err := f.AddArticle(t.Context(), writer, in)
	if err != nil {
		t.Fatal(err)
	}
	byline := "By Ann\u202e Weller"
	if got, err := f.EditArticle(t.Context(), writer, art.ID, app.ArticleEdit{Byline: &byline}); err != nil || got.Byline != "By Ann Weller" {
		t.Errorf("edit: %+v, %v", got, err)
	}
	_, err = f.Article(t.Context(), writer, art.ID)
	wantKind(t, err, claims.Forbidden)
}

func TestReviewIsChecked(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier)
	x := f.withNumber(s.ID)
	sure, right := claims.Verdict("sure"), x.Differences[0].ID
	for name, in := range map[string]app.ReviewInput{
		"nothing":              {},
		"a note of blanks":     {Note: " \n"},
		"another verdict":      {Verdict: &sure},
		"another alignment":    {Alignment: "maybe"},
		"unknown difference":   {Differences: []app.ItemDecision{{ID: anID, Decision: app.Confirmed}}},
		"unknown cleared pair": {Cleared: []app.ItemDecision{{ID: right, Decision: app.Confirmed}}},
		"another decision":     {Differences: []app.ItemDecision{{ID: right, Decision: "yes"}}},
		"a decision twice":     {Differences: []app.ItemDecision{{ID: right, Decision: app.Confirmed}, {ID: right, Decision: app.Rejected}}},
		"a note that is long":  {Note: string(make([]rune, 5001))},
	} {
		if _, err := f.AddReview(t.Context(), f.admin, x.ID, in); claims.KindOf(err) != claims.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if reviews, err := f.Reviews(t.Context(), f.admin, x.ID, app.Page{}); err != nil || len(reviews.Items) != 0 {
		t.Errorf("reviews %+v, %v; want none", reviews, err)
	}
}
