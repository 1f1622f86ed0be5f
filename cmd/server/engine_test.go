package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corroborate/internal/claims"
)

// runWith runs the program on some input and gives its status and what it wrote.
func runWith(t *testing.T, stdin string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	stdout, stderr, status = execute(t, environment{stdin: strings.NewReader(stdin)}, args)
	return status, stdout, stderr
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAnalyzeRefusesWhatItCannotRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, story, want string }{
		{"broken", `{"title": "t",`, "story.json:1:15: the JSON ends too early"},
		{"second line", "{\n \"title\": x}", "story.json:2:11: invalid character 'x'"},
		{"wrong type", `{"articles": "none"}`, "articles: must be a list"},
		{"no articles", `{"title": "t"}`, "articles: a story needs at least one article"},
		{"no id", `{"articles": [{"text": "x"}]}`, "articles[0].id: is missing"},
		{"no text", `{"articles": [{"id": "a"}]}`, "articles[0].text: give file, text or html"},
		{"empty html", `{"articles": [{"id": "a", "html": "<p></p>"}]}`, "articles[0].html: the page holds no article"},
		{"html and text", `{"articles": [{"id": "a", "html": "<p>x", "text": "x"}]}`, "articles[0].file: give one of file, text and html"},
		{"two texts", `{"articles": [{"id": "a", "text": "x", "file": "y"}]}`, "articles[0].file: give one of file, text and html"},
		{"missing file", `{"articles": [{"id": "a", "file": "gone.txt"}]}`, "articles[0].file: open"},
		{"same id", `{"articles": [{"id": "a", "text": "x"}, {"id": "a", "text": "y"}]}`, `articles[1].id: "a" was used before`},
		{"year", `{"articles": [{"id": "a", "text": "x", "published_at": "9999-01-01"}]}`, "articles[0].published_at: the year 9999"},
		{"not UTF-8", "{\"title\": \"\xff\"}", "story.json:1:12: not UTF-8"},
		{"too long", `{"articles": [{"id": "a", "text": "` + strings.Repeat("a ", claims.MaxText) + `"}]}`, "articles[0].text: has"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			status, out, errs := runWith(t, "", "analyze", write(t, "story.json", c.story))
			if status != exitUsage || out != "" || !strings.Contains(errs, c.want) || strings.Count(errs, "\n") != 1 {
				t.Errorf("status %d, %q, %q; want 2 and one line with %q", status, out, errs, c.want)
			}
		})
	}
}

func TestAnalyzeWritesTheReport(t *testing.T) {
	t.Parallel()
	story := write(t, "story.json", `{"title": "Ferry", "articles": [
		{"id": "a", "source": "Post", "text": "The crash injured 14 people in Halvorsen Bay."},
		{"id": "b", "source": "Ledger", "text": "The crash injured 41 people in Halvorsen Bay."}]}`)
	status, out, errs := runWith(t, "", "analyze", story)
	var r claims.Report
	if err := json.Unmarshal([]byte(out), &r); err != nil || status != 0 || errs != "" {
		t.Fatalf("status %d, %q: %v", status, errs, err)
	}
	if len(r.Findings) != 1 || r.Findings[0].Verdict != claims.Diverge {
		t.Errorf("findings %+v, want one that diverges", r.Findings)
	}
	if _, again, _ := runWith(t, "", "analyze", story); again != out {
		t.Error("the same input gave other bytes")
	}
	for format, want := range map[string]string{"md": "## Where sources diverge", "csv": "finding,summary,verdict"} {
		if status, out, _ := runWith(t, "", "analyze", story, "--format", format); status != 0 || !strings.Contains(out, want) {
			t.Errorf("%s: status %d, %q lacks %q", format, status, out, want)
		}
	}
	if status, _, errs := runWith(t, "", "analyze", story, "--format", "xml"); status != exitUsage || !strings.Contains(errs, "xml") {
		t.Errorf("xml: status %d, %q", status, errs)
	}
}

// ferryPage is a page about which all but its text is read from the page too.
const ferryPage = `<html lang="en"><head><title>Ferry crash hurts 41 | Ledger</title><meta property="og:site_name" content="Ledger">
<meta property="article:published_time" content="2025-03-27T09:30:00-05:00"><link rel="canonical" href="https://ledger.example/ferry">
</head><body><nav><a href="/">Home</a></nav><article><h1>Ferry crash hurts 41</h1>
<p>The crash injured 41 people in Halvorsen Bay. The ferry had left the harbour only minutes before, its owner said in a statement.</p>
<p>Rescuers brought the passengers ashore in eleven boats, and two of them were still in hospital on the evening of the same day.</p>
</article><footer>Copyright Ledger</footer></body></html>`

func TestAnalyzeReadsPages(t *testing.T) {
	t.Parallel()
	page, err := json.Marshal(ferryPage)
	if err != nil {
		t.Fatal(err)
	}
	file := write(t, "ferry.html", strings.Replace(ferryPage, "Halvorsen", "Halvors\xe9n", 1)) // in Latin-1
	story := filepath.Join(filepath.Dir(file), "story.json")
	if err := os.WriteFile(story, []byte(`{"title": "Ferry", "articles": [{"id": "a", "html": `+string(page)+`},
		{"id": "b", "source": "Post", "file": "ferry.html"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	status, out, errs := runWith(t, "", "analyze", story)
	var r claims.Report
	if err := json.Unmarshal([]byte(out), &r); err != nil || status != 0 {
		t.Fatalf("status %d, %q: %v", status, errs, err)
	}
	a, b := r.Articles[0], r.Articles[1]
	if a.Source != "Ledger" || a.Title != "Ferry crash hurts 41" || a.URL != "https://ledger.example/ferry" ||
		a.PublishedAt != "2025-03-27T09:30:00-05:00" || !strings.HasPrefix(a.Text, "The crash injured 41") || strings.Contains(a.Text, "Home") {
		t.Errorf("read %+v", a)
	}
	if b.Source != "Post" || !strings.Contains(b.Text, "Halvorsén") {
		t.Errorf("read %+v", b)
	}
	status, out, _ = runWith(t, `{"id": "1", "html": `+string(page)+`}`, "extract")
	if status != 0 || !strings.Contains(out, "41 people") {
		t.Errorf("extract: status %d, %q", status, out)
	}
}

func TestStreamsAnswerTheGoodLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ command, good, broken, want string }{
		{"extract", `{"id": "%", "text": "The mayor resigned on Monday."}`, `{"id": "x", "file": "y"}`, "line 2: file: a stream gives the text itself"},
		{"compare", `{"id": "%", "a": "The mayor resigned.", "b": "The mayor resigned."}`, `{"id": "x", "a": "y"}`, "line 2: b: is missing"},
		{"group", `{"id": "%", "text": "The mayor resigned on Monday."}`, "{broken", "line 2: 1:2: invalid character 'b'"},
	} {
		in := strings.Join([]string{strings.Replace(c.good, "%", "1", 1), c.broken, "", strings.Replace(c.good, "%", "2", 1)}, "\n")
		status, out, errs := runWith(t, in, c.command)
		if status != 1 || strings.Count(out, "\n") != 2 || !strings.HasPrefix(errs, c.want) {
			t.Errorf("%s: status %d, %q, %q; want 1, two answers and %q", c.command, status, out, errs, c.want)
		}
		if status, out, errs := runWith(t, "", c.command); status != 0 || out != "" || errs != "" {
			t.Errorf("%s of nothing: status %d, %q, %q", c.command, status, out, errs)
		}
	}
}
