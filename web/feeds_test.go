package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// feedSite serves pages and feeds on this machine.
func feedSite(t *testing.T, pages map[string]string) (address string, opts servertest.Options) {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(s.Close)
	return s.URL, servertest.Options{FetchAllow: []string{strings.TrimPrefix(s.URL, "http://")}}
}

const (
	smallFeed = `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title><item><guid>1</guid><title>Bridge shut</title></item></channel></rss>`
	namesTwo  = `<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" title="News" href="/feed"><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments"></head></html>`
)

// sendFile sends a form with a file.
func (s site) sendFile(path, field, content string) page {
	s.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile(field, "feeds.opml")
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		s.t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		s.t.Fatal(err)
	}
	w := s.Do(servertest.Call{Method: http.MethodPost, Path: path, Body: b.String(), Cookie: s.cookie,
		Header: http.Header{"Content-Type": {form.FormDataContentType()}}})
	doc, err := html.Parse(strings.NewReader(w.Body.String()))
	if err != nil {
		s.t.Fatal(err)
	}
	return page{ResponseRecorder: w, t: s.t, doc: doc}
}

func TestFeedIsAddedPausedAndRemoved(t *testing.T) {
	t.Parallel()
	address, opts := feedSite(t, map[string]string{"/feed": smallFeed})
	s := newSite(t, opts)
	s.get("/feeds").want(http.StatusOK).shows(".empty", "No feed yet").shows("[aria-current=page]", "Feeds").lacks("a[href='/feeds/opml']")
	feed := s.post("/feeds", url.Values{"url": {address + "/feed"}, "source": {"The Post"}, "folder": {"Coast"}}).goesTo("/feeds/")
	p := s.get(feed).want(http.StatusOK).shows("h1", "Harbour Post").shows(".notice", "was added").shows(".facts", "The Post").shows(".health", "not polled yet")
	version := p.attr("form[action$='/pause'] input[name=version]", "value")
	s.post("/feeds", url.Values{"url": {address + "/feed"}}).goesTo(feed)
	s.get("/feeds").shows(".feeds", "The Post").shows(".feeds", "Coast").shows(".feeds .health", "not polled yet")

	s.post(feed+"/pause", url.Values{"version": {version}}).goesTo(feed)
	paused := s.get(feed).want(http.StatusOK).shows(".health", "paused").lacks("form[action$='/poll']")
	s.post(feed+"/pause", url.Values{"version": {version}}).want(http.StatusPreconditionFailed).shows("h1", "changed meanwhile")
	s.post(feed+"/poll", nil).want(http.StatusConflict)
	s.get("/feeds?health=paused").want(http.StatusOK).shows(".feeds", "Harbour Post")
	s.get("/feeds?health=ok").want(http.StatusOK).lacks(".feeds li")
	s.get("/feeds?health=fine").want(http.StatusUnprocessableEntity)
	s.post(feed+"/resume", url.Values{"version": {paused.attr("input[name=version]", "value")}}).goesTo(feed)
	s.post(feed+"/poll", nil).goesTo(feed)

	wrong := s.post(feed+"/edit", url.Values{"url": {"nowhere"}, "source": {""}, "title": {"Kept"}}).want(http.StatusUnprocessableEntity)
	wrong.shows("#url-error", "web address").shows("#source-error", "missing")
	if wrong.attr("#title", "value") != "Kept" {
		t.Error("what was entered is lost")
	}
	s.post(feed+"/edit", url.Values{"url": {address + "/feed"}, "source": {"The Mail"}, "title": {"Harbour <b>"}}).goesTo(feed)
	s.get(feed).shows("h1", "Harbour <b>").shows(".facts", "The Mail")

	version = s.get(feed+"/delete").want(http.StatusOK).shows("h1", "Remove this feed?").attr("input[name=version]", "value")
	s.post(feed+"/delete", url.Values{"version": {version}}).goesTo("/feeds")
	s.get(feed).want(http.StatusNotFound)
}

func TestFailingFeedSaysWhy(t *testing.T) {
	t.Parallel()
	address, opts := feedSite(t, map[string]string{"/feed": smallFeed})
	s := newSite(t, opts)
	feed := s.post("/feeds", url.Values{"url": {address + "/feed"}}).goesTo("/feeds/")
	set := func(sql string) {
		t.Helper()
		if _, err := s.Pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	set(`UPDATE feeds SET fault = 'the site took too long to answer', failures = 3, failing_since = '2025-03-27T09:30:00Z',
		next_poll_at = '2025-03-28T10:45:00Z', queued_at = NULL`)
	s.get(feed).want(http.StatusOK).shows(".alert", "The site took too long to answer.").shows(".alert", "3 polls in a row have failed since 27 Mar 2025, 09:30").
		shows(".alert", "next try 28 Mar 2025, 10:45")
	s.get("/feeds?health=failing").want(http.StatusOK).shows(".feeds .health", "failing").shows(".feeds .fault-line", "too long").
		shows(".kinds [aria-current]", "1 failing")
	set("UPDATE feeds SET state = 'gone', fault = 'the site has removed the page for good (status 410)'")
	s.get(feed).shows(".alert", "(status 410). The feed is polled no more").shows(".health", "gone for good").lacks("form[action$='/poll']")
	s.post(feed+"/resume", url.Values{}).goesTo(feed)
	s.get(feed).lacks(".alert")
}

func TestPageWithSeveralFeedsLetsChoose(t *testing.T) {
	t.Parallel()
	address, opts := feedSite(t, map[string]string{"/feed": smallFeed, "/": namesTwo})
	s := newSite(t, opts)
	p := s.post("/feeds", url.Values{"url": {address}, "source": {"The Post"}}).want(http.StatusUnprocessableEntity)
	p.shows("#url-error", "2 feeds").shows("section .bin", "News").shows("section .bin", address+"/comments")
	if p.attr("#url", "value") != address || p.attr(".bin input[name=source]", "value") != "The Post" {
		t.Error("what was entered is lost")
	}
	s.post("/feeds", url.Values{"url": {p.attr(".bin input[name=url]", "value")}}).goesTo("/feeds/")
	s.post("/feeds", url.Values{"url": {address + "/none"}}).want(http.StatusUnprocessableEntity).shows("#url-error", "404")
	s.post("/feeds", url.Values{}).want(http.StatusUnprocessableEntity).shows("#url-error", "missing")
}

func TestListOfFeedsGoesInAndOut(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	const list = `<opml version="2.0"><body><outline text="A"><outline text="The A &lt;i&gt;" xmlUrl="https://a.example/feed"/></outline><outline text="Lost" type="rss"/></body></opml>`
	p := s.sendFile("/feeds/opml", "opml", list).want(http.StatusOK)
	p.shows("[role=status]", "1 feed was added").shows("[role=status]", "line 1, Lost").shows(".feeds", "The A <i>")
	out := s.get("/feeds/opml").want(http.StatusOK)
	if got := out.Body.String(); !strings.Contains(got, `xmlUrl="https://a.example/feed"`) || !strings.Contains(out.Header().Get("Content-Disposition"), "feeds.opml") {
		t.Errorf("exported %s", got)
	}
	s.sendFile("/feeds/opml", "opml", out.Body.String()).want(http.StatusOK).shows(".notice", "1 were here already")
	s.sendFile("/feeds/opml", "opml", "<opml>").want(http.StatusUnprocessableEntity).shows("#opml-error", "broken in line 1")
	s.sendFile("/feeds/opml", "other", list).want(http.StatusUnprocessableEntity).shows("#opml-error", "choose a file")
	s.sendFile("/feeds/opml", "opml", strings.Repeat(" ", 2<<20)).want(http.StatusRequestEntityTooLarge).shows("#opml-error", "larger than")
	s.as(auth.Checker).get("/feeds").want(http.StatusForbidden)
	s.as(auth.Reader).get("/").lacks("a[href='/feeds']")
}
