package app_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/ingest"
)

// bridgePage is a page with its article and what stands around it.
const bridgePage = `<!DOCTYPE html><html lang="en"><head><title>Bridge shut after crack is found | Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"><meta property="og:title" content="Bridge shut after crack is found">
<meta name="author" content="Ana Reyes"><meta property="article:published_time" content="2025-03-27T09:30:00-05:00">
<link rel="canonical" href="/bridge"></head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article>
<h1>Bridge shut after crack is found</h1>
<p>The harbour bridge was closed on Thursday after engineers found a crack in its western pier, the port authority said.</p>
<p>Some 4,000 cars cross the bridge every day. They will be sent over the old road until the pier has been mended, which
will take three weeks, the authority said in a statement.</p>
<p>The mayor, Tom Weaver, said that the bridge had been inspected in January and that nothing had been found then.</p>
</article><footer>Copyright 2025 Harbour Post. All rights reserved.</footer></body></html>`

// web is a web server that a fixture's service may fetch from.
type web struct {
	*http.ServeMux
	url string
}

// newWeb gives a server and a service that knows it.
func newWeb(t *testing.T) (*web, *fixture) {
	t.Helper()
	s := &web{ServeMux: http.NewServeMux()}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.url = server.URL
	fetcher := ingest.NewFetcher(ingest.Config{AllowHosts: []string{strings.TrimPrefix(s.url, "http://")}, Gap: time.Millisecond})
	t.Cleanup(fetcher.Close)
	return s, newFixture(t, func(c *app.Config) { c.Fetcher = fetcher })
}

func (s *web) serve(path, body string) {
	s.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, body)
	})
}

// settled waits until an article is no longer pending.
func (f *fixture) settled(id string) app.ArticleText {
	f.t.Helper()
	for range 600 {
		art, err := f.Article(f.t.Context(), f.admin, id)
		if err != nil {
			f.t.Fatal(err)
		}
		if art.Status != app.Pending {
			return art
		}
		time.Sleep(50 * time.Millisecond)
	}
	f.t.Fatalf("article %s stays pending", id)
	return app.ArticleText{}
}

func TestAddAddress(t *testing.T) {
	t.Parallel()
	s, f := newWeb(t)
	s.serve("/bridge", bridgePage)
	add := func() (app.Article, bool) {
		t.Helper()
		art, outcome, err := f.AddAddress(t.Context(), f.admin, app.ArticleInput{URL: s.url + "/bridge?utm_source=x"})
		if err != nil {
			t.Fatal(err)
		}
		return art, outcome == app.Known
	}
	first, known := add()
	if known || first.Status != app.Pending || first.StoryID != "" {
		t.Errorf("the address gives %+v, %v", first, known)
	}
	if again, known := add(); again.ID != first.ID || known { // it waits already
		t.Errorf("the second sending gives %+v, %v", again, known)
	}
	if got, err := f.Article(t.Context(), f.admin, first.ID); err != nil || got.Status != app.Pending || got.URL == "" {
		t.Errorf("before it is fetched: %+v, %v", got, err)
	}
	if open, err := f.OpenFetches(t.Context(), f.admin); err != nil || len(open) != 1 {
		t.Errorf("open: %+v, %v", open, err)
	}
	f.start(f.App)
	got := f.settled(first.ID)
	if got.ID != first.ID || got.Status != app.Ready || got.Title != "Bridge shut after crack is found" || got.Source != "Harbour Post" ||
		got.Byline != "Ana Reyes" || got.Published.String() != "2025-03-27T09:30:00-05:00" || got.URL != s.url+"/bridge" ||
		got.StoryID == "" || got.Claims == 0 {
		t.Errorf("fetched: %+v", got)
	}
	if !strings.HasPrefix(got.Text, "The harbour bridge was closed") || strings.Contains(got.Text, "Home") || !strings.HasPrefix(got.Extractor, "html/") {
		t.Errorf("text by %s: %q", got.Extractor, got.Text)
	}
	revisions, err := f.Revisions(t.Context(), f.admin, got.ID)
	if err != nil || len(revisions) != 1 || revisions[0].Media != "text/html; charset=utf-8" || revisions[0].Bytes != len(bridgePage) {
		t.Errorf("revisions %+v, %v", revisions, err)
	}
	if raw, err := f.RevisionText(t.Context(), f.admin, got.ID, revisions[0].ID); err != nil || raw != bridgePage {
		t.Errorf("received %q, %v", raw, err)
	}
	if again, known := add(); again.ID != first.ID || !known {
		t.Errorf("the known address gives %+v, %v", again, known)
	}
}

// An address that leads to an article that is stored becomes that article.
func TestAddressOfKnownArticle(t *testing.T) {
	t.Parallel()
	s, f := newWeb(t)
	s.serve("/bridge", bridgePage)
	s.HandleFunc("/short", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/bridge", http.StatusFound) })
	f.start(f.App)
	first, _, err := f.AddAddress(t.Context(), f.admin, app.ArticleInput{URL: s.url + "/bridge"})
	if err != nil {
		t.Fatal(err)
	}
	f.settled(first.ID)
	second, outcome, err := f.AddAddress(t.Context(), f.admin, app.ArticleInput{URL: s.url + "/short"})
	if err != nil || outcome == app.Known || second.ID == first.ID {
		t.Fatalf("%+v, %v, %v", second, outcome, err)
	}
	if got := f.settled(second.ID); got.ID != first.ID {
		t.Errorf("the short address became %+v", got)
	}
	if n := f.count("SELECT count(*) FROM articles"); n != 1 {
		t.Errorf("%d articles", n)
	}
}

// A page may not take the place of another site's article.
// TestPageIsReadAgain has a page change under its address: a typo, a number, and then
// it is gone.
func TestPageIsReadAgain(t *testing.T) {
	t.Parallel()
	s, f := newWeb(t)
	var page atomic.Pointer[string]
	s.HandleFunc("/bridge", func(w http.ResponseWriter, _ *http.Request) {
		body := page.Load()
		if *body == "" {
			w.WriteHeader(http.StatusGone)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, *body)
	})
	put := func(body string) { page.Store(&body) }
	put(strings.Replace(bridgePage, "engineers", "enginers", 1))
	// The end of a fetch takes its time, so that what is stored before it would be seen.
	f.exec(`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.3); RETURN new; END $$`)
	f.exec(`CREATE TRIGGER slow BEFORE UPDATE ON fetches FOR EACH ROW EXECUTE FUNCTION slow()`)
	f.start(f.App)
	art, _, err := f.AddAddress(t.Context(), f.admin, app.ArticleInput{URL: s.url + "/bridge"})
	if err != nil {
		t.Fatal(err)
	}
	id := f.settled(art.ID).ID
	again := func(revision int) app.ArticleText {
		t.Helper()
		if _, err := f.RefetchArticle(t.Context(), f.admin, id); err != nil {
			t.Fatal(err)
		}
		for range 600 {
			now, err := f.Article(t.Context(), f.admin, id)
			if err == nil && now.Revision == revision {
				// What was read and that it was read are stored at once: else the next wish to
				// read it would be lost.
				if open, err := f.OpenFetches(t.Context(), f.admin); err != nil || len(open) > 0 {
					t.Fatalf("revision %d is there, and its page is still being read: %+v, %v", revision, open, err)
				}
			}
			if err == nil && now.Revision == revision && now.Status != app.Pending {
				return now
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Fatalf("no revision %d", revision)
		return app.ArticleText{}
	}
	put(bridgePage)
	again(2)
	put(strings.Replace(bridgePage, "4,000", "5,000", 1))
	if now := again(3); !strings.Contains(now.Text, "5,000") {
		t.Errorf("text %q", now.Text)
	}
	put("")
	if now := again(4); now.Status != app.NotAnalysed || now.Text != "" {
		t.Errorf("withdrawn: %s, %q", now.Status, now.Text)
	}
	list, err := f.Revisions(t.Context(), f.admin, id)
	if err != nil || len(list) != 4 {
		t.Fatalf("revisions %+v, %v", list, err)
	}
}

// TestPageWithoutAddress has nothing that could be read again.
func TestPageWithoutAddress(t *testing.T) {
	t.Parallel()
	_, f := newWeb(t)
	art, _, err := f.AddArticle(t.Context(), f.admin, app.ArticleInput{Source: "The Wire", Text: "A power line fell in Marrow."})
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.RefetchArticle(t.Context(), f.admin, art.ID)
	wantKind(t, err, claims.Conflict)
}

// TestLongAddress has an address that is short as it is written and long as it is
// kept.
func TestLongAddress(t *testing.T) {
	t.Parallel()
	_, f := newWeb(t)
	_, _, err := f.AddArticle(t.Context(), f.admin, app.ArticleInput{Source: "The Wire", Text: "A power line fell in Marrow.",
		URL: "https://wire.example/" + strings.Repeat("é", 900)})
	wantKind(t, err, claims.Invalid)
}

// TestCanonicalIsTheStartPage has two pages that both call the start page of their
// site their own address: they stay two articles.
func TestCanonicalIsTheStartPage(t *testing.T) {
	t.Parallel()
	s, f := newWeb(t)
	page := strings.Replace(bridgePage, `href="/bridge"`, `href="/"`, 1)
	s.serve("/one", page)
	s.serve("/two", strings.NewReplacer("bridge", "tunnel", "Bridge", "Tunnel", "western", "eastern").Replace(page))
	f.start(f.App)
	ids := map[string]bool{}
	for _, path := range []string{"/one", "/two"} {
		art, _, err := f.AddAddress(t.Context(), f.admin, app.ArticleInput{URL: s.url + path})
		if err != nil {
			t.Fatal(err)
		}
		got := f.settled(art.ID)
		if ids[got.ID] = true; got.Revision != 1 || got.URL != s.url+path {
			t.Errorf("%s: revision %d at %s", path, got.Revision, got.URL)
		}
	}
	if len(ids) != 2 {
		t.Errorf("articles %v", ids)
	}
}

func TestCanonicalOfAnotherSite(t *testing.T) {
	t.Parallel()
	s, f := newWeb(t)
	s.serve("/fake", strings.Replace(bridgePage, `href="/bridge"`, `href="https://harbourpost.example/bridge"`, 1))
	f.start(f.App)
	art, _, err := f.AddAddress(t.Context(), f.admin, app.ArticleInput{URL: s.url + "/fake"})
	if err != nil {
		t.Fatal(err)
	}
	if got := f.settled(art.ID); got.URL != s.url+"/fake" {
		t.Errorf("its address is %s", got.URL)
	}
}

func TestAddressesThatFail(t *testing.T) {
	t.Parallel()
	s, f := newWeb(t)
	s.HandleFunc("/gone", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) })
	s.serve("/empty", "<html><body><nav><a href=/>Home</a></nav></body></html>")
	s.HandleFunc("/inside", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://169.254.169.254/latest", http.StatusFound)
	})
	f.start(f.App)
	for path, want := range map[string]string{"/gone": "removed", "/empty": "no text", "/inside": "private network"} {
		art, _, err := f.AddAddress(t.Context(), f.admin, app.ArticleInput{URL: s.url + path})
		if err != nil {
			t.Fatal(err)
		}
		if got := f.settled(art.ID); got.Status != app.Failed || !strings.Contains(got.Reason, want) {
			t.Errorf("%s: %s: %s", path, got.Status, got.Reason)
		}
	}
	if n := f.count("SELECT count(*) FROM articles"); n != 0 {
		t.Errorf("%d articles", n)
	}
	for _, bad := range []string{"", "ftp://example.org", "example.org", "http://a:b@example.org/"} {
		_, _, err := f.AddAddress(t.Context(), f.admin, app.ArticleInput{URL: bad})
		wantKind(t, err, claims.Invalid)
	}
}

// A passing fault is waited out, and shown meanwhile.
func TestAddressIsTriedAgain(t *testing.T) {
	t.Parallel()
	s, f := newWeb(t)
	asked := atomic.Int32{}
	s.HandleFunc("/bridge", func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 1 {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		_, _ = io.WriteString(w, bridgePage)
	})
	f.start(f.App)
	art, _, err := f.AddAddress(t.Context(), f.admin, app.ArticleInput{URL: s.url + "/bridge"})
	if err != nil {
		t.Fatal(err)
	}
	for range 200 {
		if f.count("SELECT count(*) FROM river_job WHERE kind = 'fetch_article' AND state = 'scheduled'") == 1 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if got, err := f.Article(t.Context(), f.admin, art.ID); err != nil || got.Status != app.Pending || !strings.Contains(got.Reason, "fault") {
		t.Errorf("meanwhile: %+v, %v", got, err)
	}
	f.exec("UPDATE river_job SET scheduled_at = now() WHERE kind = 'fetch_article'")
	if got := f.settled(art.ID); got.Status != app.Ready {
		t.Errorf("%s: %s", got.Status, got.Reason)
	}
}

func TestPreview(t *testing.T) {
	t.Parallel()
	s, f := newWeb(t)
	s.serve("/bridge", bridgePage)
	make := func(in app.PreviewInput) app.Preview {
		t.Helper()
		id, err := f.MakePreview(t.Context(), f.admin, in)
		if err != nil {
			t.Fatal(err)
		}
		p, err := f.Preview(t.Context(), f.admin, id)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	p := make(app.PreviewInput{URL: s.url + "/bridge"})
	if p.Input.Title != "Bridge shut after crack is found" || p.Input.Source != "Harbour Post" || !p.IsPage || p.Known != "" || p.Text.Language != "en" {
		t.Errorf("preview %+v", p)
	}
	if _, err := f.Preview(t.Context(), f.person(auth.Editor), p.ID); claims.KindOf(err) != claims.NotFound {
		t.Errorf("somebody else sees it: %v", err)
	}
	p.Input.Text = strings.Replace(p.Input.Text, "4,000", "5,000", 1)
	art, outcome, err := f.AddPreview(t.Context(), f.admin, p.ID, p.Input)
	if err != nil || outcome != app.Created {
		t.Fatal(outcome, err)
	}
	f.start(f.App)
	got := f.settled(art.ID)
	if got.Revision != 2 || !strings.Contains(got.Text, "5,000") || strings.HasPrefix(got.Extractor, "html/") {
		t.Errorf("stored %+v", got)
	}
	revisions, err := f.Revisions(t.Context(), f.admin, art.ID)
	if err != nil || len(revisions) != 2 || revisions[1].Media != "text/html; charset=utf-8" {
		t.Errorf("revisions %+v, %v", revisions, err)
	}
	if _, err := f.Preview(t.Context(), f.admin, p.ID); claims.KindOf(err) != claims.NotFound {
		t.Errorf("the preview is still there: %v", err)
	}
	p = make(app.PreviewInput{URL: s.url + "/bridge"})
	if p.Known != art.ID {
		t.Errorf("not known: %+v", p)
	}
	p.Input.Text = strings.Replace(p.Input.Text, "4,000", "6,000", 1) // mended in the preview of a known page
	if art, outcome, err = f.AddPreview(t.Context(), f.admin, p.ID, p.Input); err != nil || outcome != app.Revised {
		t.Fatal(outcome, err)
	}
	if got := f.settled(art.ID); !strings.Contains(got.Text, "6,000") {
		t.Errorf("what was mended is lost: %q", got.Text)
	}
}

func TestPreviewOfFiles(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	latin := strings.Replace(bridgePage, "Tom Weaver", "Bj\xf6rn Stra\xdfe", 1)
	id, err := f.MakePreview(t.Context(), f.admin, app.PreviewInput{File: []byte(latin)})
	if err != nil {
		t.Fatal(err)
	}
	p, err := f.Preview(t.Context(), f.admin, id)
	if err != nil || !strings.Contains(p.Input.Text, "Björn Straße") || p.Input.Source != "Harbour Post" {
		t.Errorf("page: %+v, %v", p, err)
	}
	if id, err = f.MakePreview(t.Context(), f.admin, app.PreviewInput{File: []byte("A plain text.\n\nOf two lines.")}); err != nil {
		t.Fatal(err)
	}
	if p, err = f.Preview(t.Context(), f.admin, id); err != nil || p.IsPage || p.Input.Text != "A plain text.\n\nOf two lines." {
		t.Errorf("text: %+v, %v", p, err)
	}
	for name, file := range map[string]string{"picture": "\x89PNG\r\n\x1a\n\x00", "nothing": "<html></html>",
		"large": strings.Repeat("x", ingest.MaxPage+1)} {
		_, err := f.MakePreview(t.Context(), f.admin, app.PreviewInput{File: []byte(file)})
		if claims.KindOf(err) != claims.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := f.MakePreview(t.Context(), f.admin, app.PreviewInput{URL: "http://127.0.0.1/"}); !strings.Contains(fmt.Sprint(err.(*claims.Error).Fields), "private") {
		t.Errorf("a private address: %v", err)
	}
}

// A page is known by the text of its article, not by what stands around it.
func TestPageIsKnownByItsText(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	add := func(page string) (app.Article, bool) {
		t.Helper()
		art, known, err := f.AddArticle(t.Context(), f.admin, app.ArticleInput{Page: &app.PageInput{Raw: []byte(page), Media: "text/html"}})
		if err != nil {
			t.Fatal(err)
		}
		return art, known
	}
	page := strings.Replace(bridgePage, `<link rel="canonical" href="/bridge">`, "", 1)
	first, _ := add(page)
	second, known := add(strings.Replace(page, "Sport", "Weather", 1))
	if !known || first.ID != second.ID {
		t.Errorf("%s and %s, %v", first.ID, second.ID, known)
	}
	_, _, err := f.AddArticle(t.Context(), f.admin, app.ArticleInput{Page: &app.PageInput{Raw: []byte("<p>x"), Media: "text/html"}})
	wantKind(t, err, claims.Invalid)
}
