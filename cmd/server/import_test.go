package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/store/storetest"
)

const importKey = "a-key-for-imports-0123456789"

func TestImportFile(t *testing.T) {
	vars := map[string]string{"DATABASE_URL": storetest.URL(t), "DATA_DIR": t.TempDir(), "ADMIN_API_KEY": importKey}
	server := startServer(t, vars)
	lines := `{"text": "It rained in Marrow on Tuesday.", "source": "Gazette", "id": "1"}

{"text": "It snowed in Marrow on Friday.", "source": "Courier", "id": "2"}
{"text": "Nobody says who."}
`
	path := filepath.Join(t.TempDir(), "articles.ndjson")
	if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	mine := map[string]string{"API_KEY": importKey, "DATA_DIR": "/nowhere"}
	stdout, stderr, status := call(t, mine, "import", path, "--url", server.url)
	if status != 1 || stdout != "3 lines: 2 created, 0 known, 0 revised, 1 failed\n" || !strings.Contains(stderr, "line 4: source is missing") {
		t.Fatalf("status %d, %q, %q", status, stdout, stderr)
	}
	// What was cut off or sent before is recognised.
	env := environment{vars: mine, stdin: strings.NewReader(strings.Replace(lines, "Tuesday", "Wednesday", 1))}
	stdout, _, status = execute(t, env, []string{"import", "-", "--url", server.url})
	if status != 1 || stdout != "3 lines: 0 created, 1 known, 1 revised, 1 failed\n" {
		t.Fatalf("again: status %d, %q", status, stdout)
	}
	for name, c := range map[string]struct {
		vars   map[string]string
		args   []string
		status int
		says   string
	}{
		"no key":     {map[string]string{"DATA_DIR": "/nowhere"}, []string{path}, 2, "API_KEY is not set"},
		"wrong key":  {map[string]string{"DATA_DIR": "/nowhere", "API_KEY": "wrong"}, []string{path}, 1, "401"},
		"no file":    {mine, []string{path + "x"}, 2, "no such file"},
		"no service": {mine, []string{path, "--url", "http://127.0.0.1:1"}, 1, "cannot reach the service"},
	} {
		args := append([]string{"import"}, c.args...)
		if len(c.args) == 1 {
			args = append(args, "--url", server.url)
		}
		_, stderr, status := call(t, c.vars, args...)
		if status != c.status || !strings.Contains(stderr, c.says) {
			t.Errorf("%s: status %d, %q", name, status, stderr)
		}
	}
	server.end(t, syscall.SIGTERM)
}

func TestLinesAreCutIntoParts(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", app.MaxImportLine) // with its end it is longer than a line may be
	for name, c := range map[string]struct {
		in   string
		want string // the lines of each part that are not empty
	}{
		"nothing":              {"", "0"},
		"one":                  {"{}", "1"},
		"empty lines":          {"\n{}\n\n{}\n", "2"},
		"as many as one takes": {strings.Repeat("{}\n", app.MaxImportLines), "10000 0"},
		"one more":             {strings.Repeat("{}\n", app.MaxImportLines) + "{}", "10000 1"},
		"too long a line":      {long + "\n{}\n", "2"},
		"many long ones":       {strings.Repeat(long[:3<<20]+"\n", 45), "21 21 3"},
	} {
		t.Run(name, func(t *testing.T) {
			s := lineSource{in: bufio.NewReaderSize(strings.NewReader(c.in), 1<<16)}
			var got []string
			for !s.ended {
				p, err := s.part()
				if err != nil {
					t.Fatal(err)
				}
				if p.body.Len() > app.MaxImportBytes {
					t.Errorf("a part has %d bytes", p.body.Len())
				}
				got = append(got, fmt.Sprint(p.count))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("parts %v, want %s", got, c.want)
			}
			if want := strings.Count(strings.TrimSuffix(c.in+"\n", "\n"), "\n"); s.read < want {
				t.Errorf("%d lines, want %d", s.read, want)
			}
		})
	}
}
