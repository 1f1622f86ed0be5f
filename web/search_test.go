package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed/atom"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

func TestSearchPage(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	story := s.loadSample()
	s.get("/search").want(http.StatusOK).shows("h1", "Search").shows(".search-ways", "verdict:diverge").lacks(".hits").lacks(".find")
	s.get(story).want(http.StatusOK).shows("nav a[href='/search']", "Search").lacks("#q")

	p := s.get("/search?q=ferries+piers").want(http.StatusOK)
	p.shows("#found-finding", "Findings").shows("#found-claim", "Claims").shows(".hit mark.found", "ferry")
	if p.attr("#q", "value") != "ferries piers" {
		t.Error("the query is lost")
	}
	one := s.get(p.attr("a.more[href*='claim']", "href")).want(http.StatusOK)
	one.shows("#found-claim", "Claims").lacks("#found-finding").shows(".kinds [aria-current]", "claims")
	if link := one.attr(".hit h3 a", "href"); !strings.HasPrefix(link, "/findings/") {
		t.Errorf("a claim leads to %s", link)
	}
	s.get("/search?q=verdict:diverge+kind:number").shows(".hit .verdict-diverge", "diverge").shows(".hit .kind", "number").lacks("#found-article")

	s.get("/search?q="+url.QueryEscape(`ferry kind:numbr <b>`)).want(http.StatusOK).shows(".alert", "kind:").shows(".alert", "numbr").lacks(".alert b")
	s.get("/search?q=fery").want(http.StatusOK).shows(".notice", "Nothing was found for “fery”").shows(".notice a", "ferry").shows(".hits", "ferry")
	s.get("/search?q=xylophone").want(http.StatusOK).shows(".empty h2", "Nothing was found").lacks(".hits")
	s.get("/search?q=%00%ff+%22&page=-7&sort=x").want(http.StatusOK)
	s.get("/search?q=is:claim+the&page=99999").want(http.StatusOK)
}

func TestSearchSuggests(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	s.loadSample()
	p := s.get("/search/suggest?q=ferr").want(http.StatusOK)
	p.shows("[role=listbox] [role=option]", "finding").shows("[role=option]:last-child", "all for “ferr”").lacks("h1")
	if got := p.attr("[role=option]:last-child", "data-href"); got != "/search?q=ferr" {
		t.Errorf("the last option leads to %q", got)
	}
	s.get("/search/suggest?q=").want(http.StatusOK)
	s.get("/search/suggest?q=" + url.QueryEscape(`x'); \ & | ! :* <->`)).want(http.StatusOK)
	s.as("").get("/search/suggest?q=ferr").want(http.StatusSeeOther)
}

func TestStrangersSearchNoTexts(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true, PublicRead: true})
	s.loadSample()
	s.post("/stories", url.Values{"title": {"A ferry"}}).goesTo("/stories/")
	s.post("/articles", url.Values{"source": {"Coast Post"}, "title": {"Ferry aground"}, "text": {"What an unforgettable zeppelin. The ferry ran aground near Marrow on Tuesday."}}).goesTo("/")
	for deadline := time.Now().Add(30 * time.Second); s.get("/search?q=zeppelin+is:article").text("#found-article") == "" && time.Now().Before(deadline); {
		time.Sleep(50 * time.Millisecond)
	}
	s.get("/search?q=zeppelin+is:article").shows(".hits", "Ferry aground").shows(".hit-text", "unforgettable")
	public := s.as("")
	public.get("/search?q=zeppelin+is:article").want(http.StatusOK).lacks(".hits")
	public.get("/search?q=aground+is:article").want(http.StatusOK).shows(".hits", "Ferry aground").lacks(".hit-text")
	public.get("/search?q=ferry+is:article").want(http.StatusOK).shows(".hits .hit-text", "ferry")
	public.get("/search?q=ferry").want(http.StatusOK).lacks("form[action='/filters']").lacks("a[href='/filters']")
	public.get("/filters").want(http.StatusSeeOther)
}

func TestSavedFiltersAndTheirFeed(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true, PublicURL: "https://news.example"})
	s.loadSample()
	s.get("/filters").want(http.StatusOK).shows(".empty", "No saved filter yet")
	wrong := s.post("/filters", url.Values{"name": {" "}, "query": {"kind:numbr"}}).want(http.StatusUnprocessableEntity)
	wrong.shows("#name-error", "missing").shows("#query-error", "numbr")
	if wrong.attr("#query", "value") != "kind:numbr" {
		t.Error("what was entered is lost")
	}
	s.post("/filters", url.Values{"name": {"Open <numbers>"}, "query": {"verdict:diverge kind:number"}}).goesTo("/filters")
	list := s.get("/filters").want(http.StatusOK).shows(".story-line h2", "Open <numbers>").shows(".tag", "nothing new")
	if _, err := s.Pool.Exec(t.Context(), "UPDATE saved_searches SET seen_at = seen_at - interval '1 hour'"); err != nil {
		t.Fatal(err)
	}
	s.get("/filters").shows(".tag-new", "findings new")
	s.get(list.attr(".story-line h2 a", "href")).want(http.StatusOK).shows("h1", "Open <numbers>").shows(".tag-new", "new").lacks("form[action='/filters']")
	s.get("/filters").shows(".tag", "nothing new")

	edit := list.attr("a[href$='/edit']", "href")
	at := strings.TrimSuffix(edit, "/edit")
	made := s.post(at+"/feed", nil).want(http.StatusCreated)
	address := made.text(".secret code")
	path, ok := strings.CutPrefix(address, "https://news.example")
	if !ok || made.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("the feed is at %q, with %v", address, made.Header())
	}
	s.get(edit).lacks(".secret").shows("#feed ~ p", "secret address")
	reader := s
	reader.cookie = nil
	f := feedAt(t, reader, path)
	if len(f.Entries) == 0 || f.Title != "Open <numbers> · Corroborate" || f.Links[0].Href != address {
		t.Errorf("the feed is %+v", f)
	}
	for _, e := range f.Entries {
		if !strings.HasPrefix(e.ID, "urn:uuid:") || e.Title == "" || e.UpdatedParsed == nil || len(e.Links) != 1 ||
			!strings.HasPrefix(e.Links[0].Href, "https://news.example/findings/") || !strings.Contains(e.Summary, "differs in") {
			t.Errorf("an entry is %+v", e)
		}
	}

	// What was read is not sent again.
	got := reader.get(path).want(http.StatusOK)
	for name, value := range map[string]string{"If-None-Match": got.Header().Get("ETag"), "If-Modified-Since": got.Header().Get("Last-Modified")} {
		w := reader.Do(servertest.Call{Method: http.MethodGet, Path: path, Header: http.Header{name: {value}}})
		if w.Code != http.StatusNotModified || w.Body.Len() > 0 || value == "" {
			t.Errorf("with %s %q: status %d, %d bytes", name, value, w.Code, w.Body.Len())
		}
	}
	if c := got.Header().Get("Cache-Control"); !strings.Contains(c, "private") || got.Header().Get("Set-Cookie") != "" {
		t.Errorf("headers %v", got.Header())
	}

	// A new address ends the old one; others cannot touch it; the end is the end.
	newPath := strings.TrimPrefix(s.post(at+"/feed", nil).want(http.StatusCreated).text(".secret code"), "https://news.example")
	reader.get(path).want(http.StatusNotFound)
	other := s.as(auth.Reader)
	for _, p := range []string{"/edit", "/delete"} {
		other.get(at + p).want(http.StatusNotFound)
		other.post(at+p, url.Values{"name": {"x"}, "query": {"y"}}).want(http.StatusNotFound)
	}
	other.post(at+"/feed", nil).want(http.StatusNotFound)
	other.post(at+"/feed/end", nil).want(http.StatusNotFound)
	other.get("/search?saved=" + strings.TrimPrefix(at, "/filters/")).want(http.StatusNotFound)
	other.get("/filters").lacks(".story-line")
	if _, err := s.Pool.Exec(t.Context(), "UPDATE users SET disabled_at = now() WHERE role = 'editor'"); err != nil {
		t.Fatal(err)
	}
	reader.get(newPath).want(http.StatusGone)
	if _, err := s.Pool.Exec(t.Context(), "UPDATE users SET disabled_at = NULL"); err != nil {
		t.Fatal(err)
	}
	s.post(at+"/feed/end", nil).goesTo(edit)
	reader.get(newPath).want(http.StatusNotFound)

	s.post(edit, url.Values{"name": {"Quotes"}, "query": {"kind:quote"}, "version": {"1"}}).want(http.StatusPreconditionFailed)
	s.post(edit, url.Values{"name": {"Quotes"}, "query": {"kind:"}}).want(http.StatusUnprocessableEntity).shows("#query-error", "no value")
	s.post(edit, url.Values{"name": {"Quotes"}, "query": {"kind:quote"}}).goesTo("/filters")
	s.get(at+"/delete").want(http.StatusOK).shows(".delete-what", "Quotes")
	s.post(at+"/delete", nil).goesTo("/filters")
	s.get(edit).want(http.StatusNotFound)
}

// feedAt reads a feed and checks what every Atom feed has to have.
func feedAt(t *testing.T, s site, path string) *atom.Feed {
	t.Helper()
	w := s.get(path).want(http.StatusOK)
	if got := w.Header().Get("Content-Type"); got != "application/atom+xml; charset=utf-8" {
		t.Errorf("the feed is %s", got)
	}
	f, err := (&atom.Parser{}).Parse(strings.NewReader(w.Body.String()))
	if err != nil {
		t.Fatalf("%v: %s", err, w.Body)
	}
	if !strings.HasPrefix(f.ID, "urn:uuid:") || f.Title == "" || f.UpdatedParsed == nil || len(f.Authors) != 1 || len(f.Links) != 2 {
		t.Errorf("the feed lacks something: %+v", f)
	}
	return f
}
