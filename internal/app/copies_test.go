package app_test

import (
	"strings"
	"testing"
	"time"

	"corroborate/internal/app"
)

// train is a report of 130 words; printedAgain is nearly it under another head.
const train = `A freight train carrying grain left the rails outside Tolvik early on Saturday, blocking the main line to the coast.

Nobody was hurt when nine wagons tipped over on a curve near the river, the rail authority said. The driver walked to a farm and called for help.

The line carries forty trains a day and feeds the export terminal at Sund. Crews expect to clear the wagons by Monday evening, and passengers were told to take buses.

The authority had planned to replace the track on the curve next spring, after an inspection last year found that the sleepers were worn.`

var printedAgain = "Rail traffic to the coast has broken down.\n\n" + strings.NewReplacer("Nobody was hurt", "No one was hurt", "expect to", "hope to").Replace(train)

// copiesOf gives the sources of the copies of an article.
func (f *fixture) copiesOf(id string) []app.Copy {
	f.t.Helper()
	art, err := f.Article(f.t.Context(), f.admin, id)
	if err != nil {
		f.t.Fatal(err)
	}
	return art.Copies
}

func (f *fixture) added(in app.ArticleInput) app.Article {
	f.t.Helper()
	art, _, err := f.AddArticle(f.t.Context(), f.admin, in)
	if err != nil {
		f.t.Fatal(err)
	}
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		got, err := f.Article(f.t.Context(), f.admin, art.ID)
		if err != nil {
			f.t.Fatal(err)
		}
		if art = got.Article; art.StoryID != "" || art.Status == app.NotAnalysed {
			return art
		}
	}
	f.t.Fatalf("the article is not placed: %+v", art)
	return art
}

func TestCopyIsFoundAndPlaced(t *testing.T) {
	t.Parallel()
	f := started(t)
	first := f.added(app.ArticleInput{Source: "Tolvik Post", Text: train, PublishedAt: "2026-05-02"})
	unlike := f.added(app.ArticleInput{Source: "Another", Text: strings.Repeat("The council of Marrow met on the new bridge. ", 20), PublishedAt: "2026-05-02"})
	// The copy comes months later: no rule of time would put it with the first.
	second := f.added(app.ArticleInput{Source: "Daily", Text: printedAgain, PublishedAt: "2026-08-20"})
	if second.StoryID != first.StoryID || unlike.StoryID == first.StoryID {
		t.Errorf("stories %s, %s, %s: want the copy with the first, the other apart", first.StoryID, second.StoryID, unlike.StoryID)
	}
	for id, source := range map[string]string{first.ID: "Daily", second.ID: "Tolvik Post"} {
		got := f.copiesOf(id)
		if len(got) != 1 || got[0].Source != source || !got[0].Whole || got[0].Share < 0.8 || got[0].OtherShare < 0.8 {
			t.Errorf("copies %+v, want one of %s", got, source)
		}
	}
	if got := f.copiesOf(unlike.ID); len(got) != 0 {
		t.Errorf("an unlike article has the copies %+v", got)
	}
	f.ready(first.StoryID)
	shared := 0
	for _, x := range f.findings(first.StoryID) {
		if x.Sources == 2 {
			shared++
			if x.Origins != 1 || x.Corroborated || x.Claims[0].Origin != "Tolvik Post" || x.Claims[1].Origin != "Tolvik Post" {
				t.Errorf("%q: %d origins, corroborated %v, %+v", x.Summary, x.Origins, x.Corroborated, x.Claims)
			}
		}
	}
	if shared < 4 {
		t.Errorf("only %d findings of both", shared)
	}
	if err := f.DeleteArticle(t.Context(), f.admin, second.ID, 0); err != nil {
		t.Fatal(err)
	}
	if got := f.copiesOf(first.ID); len(got) != 0 {
		t.Errorf("what is in the bin is shown as a copy: %+v", got)
	}
}

func TestCopiesInAnotherLanguage(t *testing.T) {
	t.Parallel()
	f := started(t)
	const text = "Der Stadtrat hat am Montag beschlossen, die alte Hafenbrücke wegen dringender Reparaturen für den Verkehr zu schließen. " +
		"Die Arbeiten sollen nach Angaben der Verwaltung bis zum Herbst dauern und rund zwölf Millionen Euro kosten, die je zur Hälfte Land und Stadt tragen. " +
		"Fußgänger können eine Fähre nehmen, die alle zehn Minuten vom Fischmarkt ablegt und bis Mitternacht verkehrt."
	a := f.added(app.ArticleInput{Source: "Bote", Text: text})
	f.added(app.ArticleInput{Source: "Kurier", Text: text + " Das teilte die Stadt mit."})
	if got := f.copiesOf(a.ID); len(got) != 1 || !got[0].Whole {
		t.Errorf("copies %+v", got)
	}
}

// TestCopiesOfStoredArticles holds that articles that were stored before copies were
// looked for are found, and that a second look changes nothing.
func TestCopiesOfStoredArticles(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.start(f.App)
	a := f.added(app.ArticleInput{Source: "Tolvik Post", Text: train})
	b := f.added(app.ArticleInput{Source: "Daily", Text: printedAgain})
	for _, sql := range []string{"DELETE FROM copies", "DELETE FROM copy_sketches"} {
		if _, err := f.pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	var left int
	if err := f.pool.QueryRow(t.Context(), "SELECT count(*) FROM copy_marks").Scan(&left); err != nil || left != 0 {
		t.Errorf("%d marks are left without a sketch (%v)", left, err)
	}
	for range 2 {
		if err := f.IndexCopies(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := f.copiesOf(a.ID); len(got) != 1 || got[0].ArticleID != b.ID {
			t.Errorf("copies %+v", got)
		}
	}
}
