package app_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

// importLines receives and starts an import.
func (f *fixture) importLines(lines string) app.Import {
	f.t.Helper()
	r, err := f.ReceiveImport(f.t.Context(), f.admin, "test.ndjson", strings.NewReader(lines))
	if err != nil {
		f.t.Fatal(err)
	}
	i, err := f.StartImport(f.t.Context(), f.admin, r)
	if err != nil {
		f.t.Fatal(err)
	}
	return i
}

// imported runs an import to its end and gives it.
func (f *fixture) imported(lines string) app.Import {
	f.t.Helper()
	return f.importedIn(lines, time.Minute)
}

func (f *fixture) importedIn(lines string, patience time.Duration) app.Import {
	f.t.Helper()
	id := f.importLines(lines).ID
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		i, err := f.Import(f.t.Context(), f.admin, id)
		if err != nil {
			f.t.Fatal(err)
		}
		if i.State != app.ImportRunning && i.Waiting == 0 {
			return i
		}
	}
	f.t.Fatal("the import does not end")
	return app.Import{}
}

func (f *fixture) results(id, outcome string) []app.ImportResult {
	f.t.Helper()
	l, err := f.ImportResults(f.t.Context(), f.admin, app.ResultFilter{ImportID: id, Outcome: outcome, Page: app.Page{Limit: app.MaxLimit}})
	if err != nil {
		f.t.Fatal(err)
	}
	return l.Items
}

// outcomes writes the outcomes of an import in the order of its lines.
func (f *fixture) outcomes(id string) string {
	f.t.Helper()
	var out []string
	for _, r := range f.results(id, "") {
		out = append(out, fmt.Sprintf("%d %s", r.Line, r.Outcome))
	}
	return strings.Join(out, ", ")
}

const mixedLines = `{"text": "The river Tarn flooded the town of Marrow on Tuesday.", "source": "Gazette", "external_id": "g1"}
{"text": "It rained.", "source": "Gazette", "url": "https://gazette.example/rain"}

{"text": "It rained.", "source": "Gazette", "url": "https://gazette.example/rain?utm_source=x"}
{"text": "It rained.", "source"
{"text": "It snowed in Marrow.", "source": "Gazette", "url": "https://gazette.example/rain"}
{"source": "Gazette", "published_at": "yesterday"}
{"text": "The army sent boats.", "source": "Courier", "id": "c1", "title": "Boats"}
{"text": "The army sent boats again.", "source": "Herald", "external_id": "g1"}
`

func TestImportTakesGoodLinesAndNamesTheOthers(t *testing.T) {
	t.Parallel()
	f := started(t)
	i := f.imported(mixedLines)
	if i.State != app.ImportDone || i.Lines != 8 || i.Created != 3 || i.Known != 1 || i.Revised != 1 || i.Failed != 3 || i.Name != "test.ndjson" {
		t.Errorf("import %+v", i)
	}
	if got, want := f.outcomes(i.ID), "1 created, 2 created, 4 known, 5 failed, 6 revised, 7 failed, 8 created, 9 failed"; got != want {
		t.Errorf("outcomes %s, want %s", got, want)
	}
	for line, part := range map[int]string{5: "is no JSON object on one line", 7: "text is missing", 9: "Gazette"} {
		found := false
		for _, r := range f.results(i.ID, "failed") {
			found = found || r.Line == line && strings.Contains(r.Problem, part) && r.ArticleID == ""
		}
		if !found {
			t.Errorf("line %d is not said to have %q: %+v", line, part, f.results(i.ID, "failed"))
		}
	}
	if n := f.count("SELECT count(*) FROM import_batches"); n != 0 {
		t.Errorf("%d batches are kept", n)
	}
}

func TestSameImportAgainChangesNothing(t *testing.T) {
	t.Parallel()
	f := started(t)
	f.imported(mixedLines)
	before := f.count("SELECT count(*) FROM revisions")
	again := f.imported(mixedLines)
	if again.Created != 0 || again.Revised != 0 || again.Known != 5 || again.Failed != 3 {
		t.Errorf("again: %+v", again)
	}
	if n := f.count("SELECT count(*) FROM revisions"); n != before {
		t.Errorf("%d revisions, before %d", n, before)
	}
}

func TestWrongLines(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		`[]`:     "is a JSON array, not an object",
		`"text"`: "is a JSON string, not an object",
		`null`:   "is no JSON object",
		`{"text": "It rained.", "source": "G", "colour": 1}`:                                 "colour is not a field",
		`{"text": 7, "source": "G"}`:                                                         "text is a JSON number, not a string",
		`{"text": "a", "text": "b", "source": "G"}`:                                          "duplicate",
		`{"text": "a\ud800", "source": "G"}`:                                                 "surrogate",
		"{\"text\": \"a\xff\", \"source\": \"G\"}":                                           "byte 11 is not UTF-8",
		`{"text": "It rained.", "html": "<p>It rained.", "source": "G"}`:                     "html is given beside text",
		`{"html": "<title>x</title>", "source": "G"}`:                                        "holds no text of an article",
		`{"text": "It rained.", "source": "G"} {}`:                                           "something follows it",
		`{"text": "It rained.", "source": "G", "published_at": "9999-01-01"}`:                "published_at",
		`{"text": "It rained.", "source": "G", "url": "javascript:alert(1)"}`:                "url",
		`{"text": "It rained.", "source": "G", "story_id": "no"}`:                            "story_id names no story",
		`{"text": "It rained.", "source": "G", "story_id": "` + anID + `"}`:                  "story_id names no story",
		`{"text": "x\u0000y", "source": "G"}`:                                                "text is binary data",
		`{"text": "It rained.", "source": "` + strings.Repeat("G", app.MaxImportLine) + `"}`: "bytes",
	} {
		f := newFixture(t)
		f.start(f.App)
		i := f.imported(line + "\n" + `{"text": "It rained.", "source": "Gazette"}`)
		failed := f.results(i.ID, "failed")
		if len(failed) != 1 || failed[0].Line != 1 || !strings.Contains(failed[0].Problem, want) || i.Created != 1 {
			t.Errorf("%.80s: %+v %+v, want %q", line, i, failed, want)
		}
	}
}

func TestImportOfPages(t *testing.T) {
	t.Parallel()
	f := started(t)
	page := func(text string) string {
		return `{"html": "<html><head><title>Rain</title></head><body><nav>Home News Sport</nav><article><h1>Rain in Marrow</h1><p>` +
			strings.Repeat(text+" ", 12) + `</p></article></body></html>", "source": "Gazette", "url": "https://gazette.example/rain"}` + "\n"
	}
	const rained, snowed = "It rained in Marrow on Tuesday and the river rose by a metre.", "It snowed in Marrow on Friday and the river froze."
	if i := f.imported(page(rained)); i.Created != 1 {
		t.Fatalf("import %+v %+v", i, f.results(i.ID, ""))
	}
	if i := f.imported(page(rained) + page(snowed)); i.Known != 1 || i.Revised != 1 {
		t.Errorf("again: %+v %+v", i, f.results(i.ID, ""))
	}
	if n := f.count("SELECT count(*) FROM revisions WHERE media LIKE 'text/html%'"); n != 2 {
		t.Errorf("%d revisions are pages, want 2", n)
	}
}

func TestImportIsBounded(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	receive := func(body io.Reader) error {
		_, err := f.ReceiveImport(t.Context(), f.admin, "", body)
		return err
	}
	wantKind(t, receive(strings.NewReader(strings.Repeat("{}\n", app.MaxImportLines+1))), claims.TooLarge)
	wantKind(t, receive(io.LimitReader(endless{}, app.MaxImportBytes+1)), claims.TooLarge)
	wantKind(t, receive(strings.NewReader(" \n\r\n")), claims.Invalid)
	if err := receive(io.MultiReader(strings.NewReader("{}\n"), broken{})); err == nil {
		t.Error("a body that broke off was taken")
	}
	if err := receive(strings.NewReader(strings.Repeat("{}\n", app.MaxImportLines))); err != nil {
		t.Errorf("as many lines as may be: %v", err)
	}
	_, err := f.ReceiveImport(t.Context(), f.person(auth.Checker), "", strings.NewReader("{}"))
	wantKind(t, err, claims.Forbidden)
	if n := f.count("SELECT count(*) FROM imports"); n != 1 {
		t.Errorf("%d imports are kept, want the one that was taken", n)
	}
	if n := f.count("SELECT count(DISTINCT import_id) FROM import_batches"); n != 1 {
		t.Errorf("batches of %d imports are kept", n)
	}
}

// endless is a body of one line that does not end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// broken is a body that breaks off.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// manyLines writes articles of some stories, which tell numbers that differ.
func manyLines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"text": "The river number %d flooded a town on Tuesday. Rescuers evacuated %d people from the town. The mayor closed bridge %d.", "source": "Paper %d", "external_id": "many-%d", "published_at": "2025-04-02"}`+"\n",
			i/4, 1000+i, i/4, i%4, i)
	}
	return b.String()
}

func TestKilledImportLosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	const articles = 900
	i := f.importLines(manyLines(articles))
	for range 3 {
		cmd := f.worker()
		stored := f.count("SELECT count(*) FROM import_results")
		for end := time.Now().Add(20 * time.Second); time.Now().Before(end) && f.count("SELECT count(*) FROM import_results") == stored && stored < articles; {
			time.Sleep(5 * time.Millisecond)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it was killed, and says so
	}
	again := f.importLines(manyLines(articles))
	f.start(f.App)
	for _, id := range []string{i.ID, again.ID} {
		for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
			if now, err := f.Import(t.Context(), f.admin, id); err != nil || now.State == app.ImportDone {
				break
			}
		}
	}
	if now, err := f.Import(t.Context(), f.admin, again.ID); err != nil || now.Known+now.Created != articles || now.Failed != 0 {
		t.Errorf("the same again: %+v, %v", now, err)
	}
	for what, sql := range map[string]string{
		"lines without a result":   fmt.Sprintf("SELECT %d - count(*) FROM import_results", 2*articles),
		"articles too many":        fmt.Sprintf("SELECT count(*) - %d FROM articles", articles),
		"articles of a line twice": "SELECT count(*) - count(DISTINCT external_id) FROM articles",
		"revisions too many":       "SELECT count(*) - count(DISTINCT article_id) FROM revisions",
		"articles without a job": `SELECT count(*) FROM articles a WHERE a.status = 'pending' AND NOT EXISTS (
			SELECT FROM river_job j WHERE j.args->>'article_id' = a.id::text AND j.state NOT IN ('completed', 'discarded', 'cancelled'))`,
	} {
		if n := f.count(sql); n != 0 {
			t.Errorf("%s: %d", what, n)
		}
	}
}

// TestStoriesAreComparedOnceForManyArticles imports articles into a few stories and
// counts the comparisons.
func TestStoriesAreComparedOnceForManyArticles(t *testing.T) {
	t.Parallel()
	f := started(t, func(c *app.Config) { c.Workers = 1 })
	var b strings.Builder
	for n := range 30 {
		fmt.Fprintf(&b, `{"text": "The river Tarn flooded the town of Marrow on Tuesday. Rescuers evacuated %d people from the town.", "source": "Paper %d", "published_at": "2025-04-02"}`+"\n", 1000+n, n)
	}
	f.imported(b.String())
	stories, err := f.Stories(t.Context(), f.admin, app.Page{Limit: app.MaxLimit})
	if err != nil || len(stories.Items) == 0 || len(stories.Items) > 15 {
		t.Fatalf("%d stories, %v; want a few", len(stories.Items), err)
	}
	for _, s := range stories.Items {
		f.ready(s.ID)
	}
	if n := f.count("SELECT count(*) FROM analyses"); n != len(stories.Items) {
		t.Errorf("%d comparisons of %d stories", n, len(stories.Items))
	}
}
