package web_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
	"corroborate/internal/store/storetest/made"
)

// madeSite is a site with a made-up story of 120 findings in 12 articles, and the
// story's address.
func madeSite(t *testing.T, opts servertest.Options) (site, string) {
	t.Helper()
	s := newSite(t, opts)
	return s, "/stories/" + made.Story(t, s.Pool, made.Size{Articles: 12, Findings: 120})
}

// findingsOn gives the ids of the findings that a page has rows for.
func (p page) findingsOn() []string {
	var out []string
	for _, n := range p.all("tr[data-finding]") {
		out = append(out, attrOf(n, "data-finding"))
	}
	return out
}

func TestMatrixComesFiftyAtATime(t *testing.T) {
	t.Parallel()
	s, story := madeSite(t, servertest.Options{})
	for _, way := range []string{"", "?sort=told", "?sort=alone", "?sort=newest", "?sort=uncertain", "?sort=told&group=kind"} {
		var whole, parts []string
		p := s.get(story + way).want(http.StatusOK)
		parts = p.findingsOn()
		for {
			whole = append(whole, p.findingsOn()...)
			next := p.all("[rel=next]")
			if len(next) == 0 {
				break
			}
			rows := s.get(attrOf(next[0], "data-more")).want(http.StatusOK).lacks("main")
			parts = append(parts, wrapped(t, rows).findingsOn()...)
			p = s.get(attrOf(next[0], "href")).want(http.StatusOK).shows(".pager", "Back to the first findings")
		}
		if len(whole) != 120 || len(distinctOf(whole)) != 120 {
			t.Errorf("%q lists %d findings, %d of them different", way, len(whole), len(distinctOf(whole)))
		}
		if strings.Join(whole, " ") != strings.Join(parts, " ") {
			t.Errorf("%q: what scripts add is not what the pages show", way)
		}
	}
	s.get(story + "?sort=told&cursor=eyJyIjowLCJzIjoxLCJpIjoiMDE5OWYwYTAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAxIn0").want(http.StatusUnprocessableEntity)
}

// wrapped reads rows that stand alone as those of a table, as scripts do.
func wrapped(t *testing.T, p page) page {
	t.Helper()
	doc, err := html.Parse(strings.NewReader("<table>" + p.Body.String() + "</table>"))
	if err != nil {
		t.Fatal(err)
	}
	p.doc = doc
	return p
}

func distinctOf(ids []string) map[string]bool {
	out := map[string]bool{}
	for _, id := range ids {
		out[id] = true
	}
	return out
}

func TestMatrixIsGroupedByKind(t *testing.T) {
	t.Parallel()
	s, story := madeSite(t, servertest.Options{})
	p := s.get(story + "?group=kind").want(http.StatusOK)
	p.shows(".group:first-child", "negation 2").shows(".group", "number 4").shows(".group", "no difference 108")
	rows := wrapped(t, s.get(p.attr("[rel=next]", "data-more")).want(http.StatusOK))
	rows.lacks(".group") // it goes on with the group of the last row
	s.get(story).lacks(".group")
}

func TestMatrixSaysWhatDiffersInOneLine(t *testing.T) {
	t.Parallel()
	s, story := madeSite(t, servertest.Options{})
	p := s.get(story + "?kind=number").want(http.StatusOK)
	p.shows(".row:first-child .told-value", "(").shows(".row:first-child .telling .letter", "A B")
	p.shows(".cell-differs", "tells it differently").shows(".cell-silent", "not mentioned").shows(".matrix-dense .heads", "Marrow Gazette")
	s.get(story+"?kind=negation").shows(".opposes", "says the opposite").shows(".cell-opposes", "says the opposite")
	s.get(story+"?verdict=single").shows(".row:first-child .tellers", "told by").shows(".row:first-child .tellers", "alone")
}

func TestFilterCountsWhatItWouldGive(t *testing.T) {
	t.Parallel()
	s, story := madeSite(t, servertest.Options{})
	p := s.get(story + "?verdict=diverge&columns=telling&text=sandbags").want(http.StatusOK)
	n := len(p.findingsOn())
	if n == 0 || n == 12 {
		t.Fatalf("%d findings with those words", n)
	}
	p.shows(".filter-result", " of 120 findings").shows("#verdict option[selected]", "diverge (").shows("#text", "")
	if got := p.attr("#text", "value"); got != "sandbags" {
		t.Errorf("the field has %q", got)
	}
	if told, all := len(p.all(".heads th"))-1, len(p.all("#source option"))-1; told >= all || told == 0 {
		t.Errorf("%d columns of %d sources", told, all)
	}
	if cells, heads := len(p.all("tr[data-row]:first-child td")), len(p.all(".heads th"))-1; cells != heads {
		t.Errorf("%d cells under %d heads", cells, heads)
	}
	s.get(story+"?text=nothing+of+the+kind").want(http.StatusOK).shows(".empty", "Show all 120 findings")
	open := s.get(story + "?reviewed=open").want(http.StatusOK)
	if got := len(open.findingsOn()); got != 12 {
		t.Errorf("%d findings are open, want the 12 that diverge", got)
	}
	open.shows(".open-work [aria-current]", "12 open")
}

func TestClearedPairsAreAPageOfTheirOwn(t *testing.T) {
	t.Parallel()
	s, story := madeSite(t, servertest.Options{PublicRead: true})
	address := s.get(story).want(http.StatusOK).lacks(".pair").attr("[data-load]", "data-load")
	for _, who := range []site{s, s.as("")} {
		p := who.get(address).want(http.StatusOK).shows(".pair-reason", "a weekday and a date")
		if n := len(p.all("[data-loadable] .pair")); n != 12 {
			t.Errorf("%d pairs, want 12", n)
		}
	}
	empty := s.post("/stories", url.Values{"title": {"A storm"}}).goesTo("/stories/")
	s.get(empty+"/cleared").want(http.StatusOK).shows(".empty", "No pair")
	s.get("/stories/" + unknownID + "/cleared").want(http.StatusNotFound)
	s.get("/stories/" + unknownID + "/rows").want(http.StatusNotFound)
}

// TestMatrixTellsBlindReviewersNothing compares what a reviewer sees of two findings
// that the machine judges differently.
func TestMatrixTellsBlindReviewersNothing(t *testing.T) {
	t.Parallel()
	s, story := madeSite(t, servertest.Options{})
	s.User(auth.Checker)
	for _, sql := range []string{
		`INSERT INTO blind_reviews (id, story_id, finding_id, asked_by, created_at)
			SELECT gen_random_uuid(), f.story_id, f.id, u.id, now() FROM findings f, users u WHERE u.role = 'checker' AND f.verdict <> 'single'`,
		`INSERT INTO blind_reviewers (blind_id, user_id) SELECT id, asked_by FROM blind_reviews`,
	} {
		if _, err := s.Pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	s.cookie = s.SignIn("checker@news.example")
	for _, way := range []string{"", "?group=kind", "?sort=uncertain", "?sort=newest", "?text=sandbags"} {
		p := s.get(story + way).want(http.StatusOK)
		p.lacks(".row-diverge").lacks(".row-agree").lacks(".kinds").lacks("td.cell-differs").lacks(".letter").lacks(".line").lacks(".data-load").lacks("#cleared")
		if way == "" {
			p.shows(".row-veiled .row-head", "blind review").shows(".figures", "48 for you to judge blind")
		}
	}
	s.get(story+"?verdict=diverge").shows(".empty", "No finding fits")
	s.get(story+"/cleared").shows(".empty", "No pair")
}

// maxTransfer is the most bytes of a page with its styles and scripts, as sent.
const maxTransfer = 100_000

func TestLargeMatrixIsLight(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	story := "/stories/" + made.Story(t, s.Pool, made.Size{Articles: 50, Findings: 500})
	p := s.get(story).want(http.StatusOK)
	sum := 0
	for _, path := range []string{story, p.attr("link[rel=stylesheet]", "href"), p.attr("script[src]", "src"), p.attr("link[rel=icon]", "href")} {
		w := s.Do(servertest.Call{Method: http.MethodGet, Path: path, Cookie: s.cookie, Header: http.Header{"Accept-Encoding": {"gzip"}}})
		n := w.Body.Len()
		if w.Header().Get("Content-Encoding") != "gzip" {
			t.Errorf("%s is not compressed", path)
		}
		if z, err := gzip.NewReader(bytes.NewReader(w.Body.Bytes())); err != nil || z.Close() != nil {
			t.Errorf("%s: %v", path, err)
		}
		t.Logf("%s: %d bytes", path, n)
		sum += n
	}
	if sum > maxTransfer {
		t.Errorf("%d bytes, at most %d are allowed", sum, maxTransfer)
	}
}
