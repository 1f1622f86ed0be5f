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
		{"no text", `{"articles": [{"id": "a"}]}`, "articles[0].text: give file or text"},
		{"html", `{"articles": [{"id": "a", "html": "<p>x"}]}`, "articles[0].html: only plain text is read"},
		{"two texts", `{"articles": [{"id": "a", "text": "x", "file": "y"}]}`, "articles[0].file: give either file or text"},
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
