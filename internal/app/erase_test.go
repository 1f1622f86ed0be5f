package app_test

import (
	"context"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

// zanzy holds words that are nowhere else.
var zanzy = app.ArticleInput{Source: "Zanzyquill Post", Title: "Quorbleflood at Marrow", URL: "https://zanzy.example/vexlimud", PublishedAt: "2025-03-20",
	Byline: "Trundlewick Ambrosoff",
	Text: "The river Tarn flooded the town of Marrow on Tuesday, Glimmerfax said.\n\n" +
		"Rescuers evacuated 1,937 people from the town and closed the Snorvelbridge."}

// rareWords are those of zanzy.
var rareWords = []string{"Quorbleflood", "Vexlimud", "Trundlewick", "Glimmerfax", "Snorvelbridge", "1,937"}

// holding names the tables that hold one of some words, in any case, in text or bytes.
func (f *fixture) holding(words ...string) []string {
	f.t.Helper()
	rows, err := f.pool.Query(f.t.Context(), "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1")
	if err != nil {
		f.t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		f.t.Fatal(err)
	}
	var out []string
	for _, table := range tables {
		for _, word := range words {
			var n int
			err := f.pool.QueryRow(f.t.Context(), "SELECT count(*) FROM "+table+" t WHERE t::text ILIKE $1 OR t::text LIKE $2",
				"%"+word+"%", "%"+hex.EncodeToString([]byte(word))+"%").Scan(&n)
			if err != nil {
				f.t.Fatal(err)
			}
			if n > 0 {
				out = append(out, table+": "+word)
			}
		}
	}
	return out
}

// TestErasedArticleIsNowhere erases an article that was compared, reviewed, edited and
// told of, and looks for its words in all tables.
func TestErasedArticleIsNowhere(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(courier, herald)
	art := f.add(s.ID, zanzy)
	x := f.withNumber(s.ID)
	agree := claims.Agree
	f.review(x.ID, app.ReviewInput{Alignment: app.Confirmed, Verdict: &agree, Note: "Looked at."})
	was := f.claimOf(art.ID, "Rescuers evacuated 1,937 people from the town")
	f.done(s.ID)(f.AdjustClaim(t.Context(), f.admin, refOf(was), f.words(art.ID, "evacuated 1,937 people")))
	if found := f.holding(rareWords...); len(found) < 8 {
		t.Fatalf("before: %v", found)
	}
	wantKind(t, f.EraseFromBin(t.Context(), f.admin, art.ID), claims.Conflict)
	if err := f.DeleteArticle(t.Context(), f.admin, art.ID, 0); err != nil {
		t.Fatal(err)
	}
	f.ready(s.ID)
	e, err := f.BinErasure(t.Context(), f.admin, art.ID)
	if err != nil || e.Articles != 1 || e.Revisions != 1 || e.Claims == 0 {
		t.Errorf("to be erased: %+v, %v", e, err)
	}
	if err := f.EraseFromBin(t.Context(), f.admin, art.ID); err != nil {
		t.Fatal(err)
	}
	if found := f.holding(rareWords...); len(found) > 0 {
		t.Errorf("words of the article are still in %v", found)
	}
	wantKind(t, f.EraseFromBin(t.Context(), f.admin, art.ID), claims.NotFound)
	if left := f.findings(s.ID); len(left) == 0 {
		t.Error("the story has no findings any more")
	}
}

// TestSweepErasesStories leaves a story in the bin for its time.
func TestSweepErasesStories(t *testing.T) {
	t.Parallel()
	now := newClock()
	f := newFixture(t, func(c *app.Config) { c.Now = now.now })
	s, err := f.CreateStory(t.Context(), f.admin, app.StoryInput{Title: "Quorbleflood", Articles: []app.ArticleInput{zanzy}})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.DeleteStory(t.Context(), f.admin, s.ID, 0); err != nil {
		t.Fatal(err)
	}
	now.pass(31 * 24 * time.Hour)
	f.start(f.App) // the sweep runs at the start
	var found []string
	for range 200 {
		if found = f.holding(rareWords...); len(found) == 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("words are still in %v", found)
}

// TestRetention puts what is older than it may be into the bin.
func TestRetention(t *testing.T) {
	t.Parallel()
	now := newClock()
	f := newFixture(t, func(c *app.Config) {
		c.Now, c.Retention = now.now, app.Retention{Articles: 100, History: 50}
	})
	s, err := f.CreateStory(t.Context(), f.admin, app.StoryInput{Title: "A flood", Articles: []app.ArticleInput{zanzy}})
	if err != nil {
		t.Fatal(err)
	}
	now.pass(101 * 24 * time.Hour)
	f.start(f.App)
	for range 200 {
		l, err := f.Bin(context.Background(), f.admin, app.BinFilter{})
		if err != nil {
			t.Fatal(err)
		}
		if len(l.Items) == 1 && l.Items[0].StoryID == s.ID && strings.Contains(l.Items[0].DeletedBy, "RETAIN_ARTICLES") {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("the article does not go to the bin")
}
