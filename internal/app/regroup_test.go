package app_test

import (
	"errors"
	"slices"
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

// findingsOf gives the ids of a story's findings, sorted.
func (f *fixture) findingsOf(storyID string) []string {
	f.t.Helper()
	var out []string
	for _, x := range f.findings(storyID) {
		out = append(out, x.ID)
	}
	slices.Sort(out)
	return out
}

func TestMergedStoryLeadsOn(t *testing.T) {
	t.Parallel()
	f := started(t)
	one, two := f.story(gazette, courier), f.story(herald)
	reviewed := f.withNumber(one.ID)
	f.review(reviewed.ID, app.ReviewInput{Note: "kept", Alignment: app.Confirmed})
	kept := f.findingsOf(two.ID)
	s, err := f.MergeStories(t.Context(), f.admin, two.ID, app.Merge{IDs: []string{one.ID}, Version: two.Version})
	if err != nil || s.Articles != 3 || s.Version != two.Version+1 {
		t.Fatalf("%+v, %v", s, err)
	}
	f.ready(two.ID)
	_, err = f.Story(t.Context(), f.admin, one.ID)
	shown, ok := errors.AsType[*claims.Error](err)
	if !ok || shown.Successor != two.ID || shown.SuccessorOf != "story" {
		t.Errorf("the merged story gives %v", err)
	}
	// Findings and reviews went along under their ids.
	got := f.findingsOf(two.ID)
	if !slices.Contains(got, reviewed.ID) {
		t.Errorf("the reviewed finding is gone: %v", got)
	}
	if d := f.detail(reviewed.ID); len(d.Reviews) != 1 || d.Reviews[0].Stale || d.StoryID != two.ID {
		t.Errorf("finding %+v", d)
	}
	for _, id := range kept {
		if _, err := f.Finding(t.Context(), f.admin, id); err != nil {
			if e, ok := errors.AsType[*claims.Error](err); !ok || e.Successor == "" {
				t.Errorf("finding %s of the story that stayed: %v", id, err)
			}
		}
	}
	// A further merge leads all of them on.
	three := f.story(cup)
	if _, err := f.MergeStories(t.Context(), f.admin, three.ID, app.Merge{IDs: []string{two.ID}}); err != nil {
		t.Fatal(err)
	}
	_, err = f.Story(t.Context(), f.admin, one.ID)
	if shown, ok := errors.AsType[*claims.Error](err); !ok || shown.Successor != three.ID {
		t.Errorf("the first story gives %v", err)
	}
}

func TestMergeIsChecked(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	one, err := f.CreateStory(t.Context(), f.admin, app.StoryInput{Title: "One"})
	if err != nil {
		t.Fatal(err)
	}
	two, err := f.CreateStory(t.Context(), f.admin, app.StoryInput{Title: "Two"})
	if err != nil {
		t.Fatal(err)
	}
	const unknown = "01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"
	for _, c := range []struct {
		name string
		into string
		m    app.Merge
		want claims.ErrorKind
	}{
		{"nothing", one.ID, app.Merge{}, claims.Invalid},
		{"itself", one.ID, app.Merge{IDs: []string{one.ID}}, claims.Invalid},
		{"an unknown one", one.ID, app.Merge{IDs: []string{unknown}}, claims.Invalid},
		{"no id", one.ID, app.Merge{IDs: []string{"two"}}, claims.Invalid},
		{"into an unknown one", unknown, app.Merge{IDs: []string{one.ID}}, claims.NotFound},
		{"an old version", one.ID, app.Merge{IDs: []string{two.ID}, Version: 9}, claims.Stale},
	} {
		_, err := f.MergeStories(t.Context(), f.admin, c.into, c.m)
		if claims.KindOf(err) != c.want {
			t.Errorf("%s: %v, want the kind %s", c.name, err, c.want)
		}
	}
	_, err = f.MergeStories(t.Context(), f.person(auth.Reader), one.ID, app.Merge{IDs: []string{two.ID}})
	wantKind(t, err, claims.Forbidden)
}

func TestSplitKeepsFindings(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier, cup)
	arts, err := f.Articles(t.Context(), f.admin, app.ArticleFilter{StoryID: s.ID})
	if err != nil {
		t.Fatal(err)
	}
	var off app.Article
	for _, art := range arts.Items {
		if art.Source == cup.Source {
			off = art
		}
	}
	number, before := f.withNumber(s.ID), f.findingsOf(s.ID)
	made, err := f.SplitStory(t.Context(), f.admin, s.ID, app.Split{ArticleIDs: []string{off.ID}, Version: s.Version})
	if err != nil || made.Title != cup.Title || made.Articles != 1 {
		t.Fatalf("%+v, %v", made, err)
	}
	f.ready(made.ID)
	f.ready(s.ID)
	after := append(f.findingsOf(s.ID), f.findingsOf(made.ID)...)
	slices.Sort(after)
	if !slices.Equal(before, after) {
		t.Errorf("findings\n%v before,\n%v after", before, after)
	}
	if len(f.findingsOf(made.ID)) == 0 || f.withNumber(s.ID).ID != number.ID {
		t.Error("findings are not where their claims are")
	}
	for name, ids := range map[string][]string{"all": {arts.Items[1].ID, arts.Items[2].ID}, "none": nil, "another's": {off.ID}, "no id": {"x"}} {
		if name == "all" && len(ids) != 2 {
			t.Fatal("the story had three articles")
		}
		_, err := f.SplitStory(t.Context(), f.admin, s.ID, app.Split{ArticleIDs: ids})
		if name == "all" && slices.Contains(ids, off.ID) {
			continue
		}
		if claims.KindOf(err) != claims.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMovedArticleStays(t *testing.T) {
	t.Parallel()
	f := started(t)
	flood, match := f.placed(gazette), f.placed(cup)
	single := f.findingsOf(match.StoryID)
	to := flood.StoryID
	art, err := f.EditArticle(t.Context(), f.admin, match.ID, app.ArticleEdit{StoryID: &to})
	if err != nil || art.StoryID != to {
		t.Fatalf("%+v, %v", art, err)
	}
	f.ready(to)
	// The story that the machine had made for it leads on, its findings went along.
	_, err = f.Story(t.Context(), f.admin, match.StoryID)
	if e, ok := errors.AsType[*claims.Error](err); !ok || e.Successor != to {
		t.Errorf("the story that was left gives %v", err)
	}
	for _, id := range single {
		if !slices.Contains(f.findingsOf(to), id) {
			t.Errorf("finding %s did not go along", id)
		}
	}
	// Reading it again does not place it anew.
	if _, err := f.AnalyzeArticle(t.Context(), f.admin, match.ID); err != nil {
		t.Fatal(err)
	}
	f.ready(to)
	got, err := f.Article(t.Context(), f.admin, match.ID)
	if err != nil || got.StoryID != to {
		t.Errorf("after another analysis it is in %s, %v", got.StoryID, err)
	}
	if p := f.placement(match.ID); p.SettledAt == nil || p.SettledBy == "" {
		t.Errorf("placement %+v", p)
	}
}

func TestMoveArticles(t *testing.T) {
	t.Parallel()
	f := started(t)
	one, two := f.story(gazette, courier, cup), f.story(herald)
	arts, err := f.Articles(t.Context(), f.admin, app.ArticleFilter{StoryID: one.ID})
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{arts.Items[0].ID, arts.Items[1].ID}
	s, err := f.MoveArticles(t.Context(), f.admin, one.ID, app.Move{ArticleIDs: ids, To: two.ID})
	if err != nil || s.ID != two.ID || s.Articles != 3 {
		t.Fatalf("%+v, %v", s, err)
	}
	for name, m := range map[string]app.Move{"to itself": {ArticleIDs: []string{arts.Items[2].ID}, To: one.ID},
		"not there any more": {ArticleIDs: ids, To: two.ID}, "nothing": {To: two.ID}, "nowhere": {ArticleIDs: ids, To: "x"}} {
		if _, err := f.MoveArticles(t.Context(), f.admin, one.ID, m); claims.KindOf(err) != claims.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSettle(t *testing.T) {
	t.Parallel()
	f := started(t)
	flood := f.placed(gazette)
	f.exec("UPDATE stories SET locked = true")
	almost := f.placed(courier) // starts a story of its own
	f.exec("UPDATE stories SET locked = false")
	f.exec("UPDATE placements SET uncertain = true, nearest_id = $1 WHERE article_id = $2", flood.StoryID, almost.ID)
	l, err := f.Waiting(t.Context(), f.admin, app.Page{})
	if err != nil || len(l.Items) != 1 || l.Items[0].ArticleID != almost.ID || l.Items[0].Joined() {
		t.Fatalf("waiting %+v, %v", l, err)
	}
	art, err := f.Settle(t.Context(), f.admin, almost.ID, app.Belongs, l.Items[0].Version)
	if err != nil || art.StoryID != flood.StoryID {
		t.Fatalf("it belongs: %+v, %v", art, err)
	}
	if l, err = f.Waiting(t.Context(), f.admin, app.Page{}); err != nil || len(l.Items) != 0 {
		t.Errorf("still waiting: %+v, %v", l.Items, err)
	}
	f.ready(flood.StoryID)
	if art, err = f.Settle(t.Context(), f.admin, almost.ID, app.OwnStory, 0); err != nil || art.StoryID == flood.StoryID {
		t.Fatalf("a story of its own: %+v, %v", art, err)
	}
	if again, err := f.Settle(t.Context(), f.admin, almost.ID, app.OwnStory, 0); err != nil || again.StoryID != art.StoryID {
		t.Errorf("again: %+v, %v", again, err)
	}
	_, err = f.Settle(t.Context(), f.admin, almost.ID, "perhaps", 0)
	wantKind(t, err, claims.Invalid)
	_, err = f.Settle(t.Context(), f.admin, almost.ID, app.Belongs, 99)
	wantKind(t, err, claims.Stale)
	_, err = f.Settle(t.Context(), f.person(auth.Checker), almost.ID, app.Belongs, 0)
	wantKind(t, err, claims.Forbidden)
}
