package web_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// bridgePage is the page of an article.
const bridgePage = `<html lang="en"><head><title>Bridge shut | Harbour Post</title><meta property="og:site_name" content="Harbour Post">
<meta name="author" content="Ana Reyes"><meta property="article:published_time" content="2025-03-27T09:30:00-05:00">
</head><body><nav><a href="/">Home</a></nav><article><h1>Bridge shut</h1>
<p>The harbour bridge was closed on Thursday after engineers found a crack in its western pier, the port authority said.</p>
<p>Some 4,000 cars cross the bridge every day. They will be sent over the old road until the pier has been mended again.</p>
<p>Original Source: Coast Agency</p></article></body></html>`

// newsSite serves the page at /bridge.
func newsSite(t *testing.T) (address, host string) {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/bridge", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, bridgePage) })
	mux.HandleFunc("/gone", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL, strings.TrimPrefix(server.URL, "http://")
}

func TestAddByAddress(t *testing.T) {
	t.Parallel()
	address, host := newsSite(t)
	s := newSite(t, servertest.Options{FetchAllow: []string{host}})
	s.get("/articles/new").want(http.StatusOK).shows(".tabs [aria-current=page]", "Paste the text")
	form := s.get("/articles/new?from=address").want(http.StatusOK)
	form.shows(".tabs [aria-current=page]", "By its address")
	for bad, want := range map[string]string{"": "web address", "ftp://x": "web address", "http://10.0.0.1/": "private network", address + "/gone": "removed"} {
		s.post("/articles/preview", url.Values{"url": {bad}}).want(http.StatusUnprocessableEntity).shows(".field-error", want)
	}
	read := s.post("/articles/preview", url.Values{"url": {address + "/bridge"}}).want(http.StatusSeeOther)
	at := read.Header().Get("Location")
	p := s.get(at).want(http.StatusOK)
	for field, want := range map[string]string{"source": "Harbour Post", "title": "Bridge shut", "byline": "Ana Reyes",
		"published_at": "2025-03-27T09:30:00-05:00", "url": address + "/bridge"} {
		if got := p.attr("[name="+field+"]", "value"); got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	p.shows("#text", "The harbour bridge was closed").shows(".apart", "Original Source: Coast Agency")
	s.as(auth.Reader).get(at).want(http.StatusForbidden)
	s.as(auth.Administrator).get(at).want(http.StatusNotFound) // it is its maker's alone

	values := url.Values{"source": {""}, "title": {"Bridge shut"}, "text": {"Changed by me."}}
	at, _, _ = strings.Cut(at, "?")
	s.post(at, values).want(http.StatusUnprocessableEntity).shows("#source-error", "missing").shows("#text", "Changed by me.")
	values.Set("source", "Harbour Post")
	values.Set("url", address+"/bridge")
	stored := s.post(at, values).want(http.StatusSeeOther)
	s.get(stored.Header().Get("Location")).want(http.StatusOK).shows("h1", "Bridge shut").shows(".facts", "Harbour Post")
	s.get(at).want(http.StatusNotFound)
	again := s.post("/articles/preview", url.Values{"url": {address + "/bridge"}}).want(http.StatusSeeOther)
	s.get(again.Header().Get("Location")).want(http.StatusOK).shows(".notice", "stored already")
}

func TestAddByFile(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	s.get("/articles/new?from=file").want(http.StatusOK).shows(".tabs [aria-current=page]", "From a file")
	upload := func(content string) page {
		t.Helper()
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		file, err := m.CreateFormFile("file", "page.html")
		if err == nil {
			_, err = io.WriteString(file, content)
		}
		if err == nil {
			err = m.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return s.send(servertest.Call{Method: http.MethodPost, Path: "/articles/preview", Body: b.String(), Cookie: s.cookie,
			Header: http.Header{"Content-Type": {m.FormDataContentType()}}})
	}
	read := upload(bridgePage).want(http.StatusSeeOther)
	s.get(read.Header().Get("Location")).want(http.StatusOK).shows("#text", "The harbour bridge was closed")
	read = upload("A plain text of two lines.\n\nThe second.").want(http.StatusSeeOther)
	s.get(read.Header().Get("Location")).want(http.StatusOK).shows("#text", "A plain text of two lines.")
	for content, want := range map[string]string{"": "empty", "<html></html>": "no text", "\x89PNG\r\n\x1a\n\x00": "neither a text nor a page"} {
		upload(content).want(http.StatusUnprocessableEntity).shows("#file-error", want)
	}
	upload(strings.Repeat("x", 4<<20)).want(http.StatusUnprocessableEntity).shows("#file-error", "too large")
}

// An address that a program sent shows how far it is.
func TestFetchIsShown(t *testing.T) {
	t.Parallel()
	address, host := newsSite(t)
	s := newSite(t, servertest.Options{FetchAllow: []string{host}, Jobs: true})
	gone := s.fetch(address + "/gone")
	s.until(gone, ".alert", "could not be taken in")
	s.get("/articles/new?from=address").want(http.StatusOK).shows("#open-fetches ~ ul", address+"/gone")
	s.until(s.fetch(address+"/bridge"), ".text", "The harbour bridge was closed")
}

// fetch sends an address as a program does, and gives the page of its article.
func (s site) fetch(address string) string {
	s.t.Helper()
	w := s.Do(servertest.Call{Method: http.MethodPost, Path: "/api/v1/articles", Body: `{"url": "` + address + `"}`, Key: s.Key(auth.Write)})
	if w.Code != http.StatusAccepted {
		s.t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	return strings.TrimPrefix(w.Header().Get("Location"), "/api/v1")
}

// until loads a page again until it shows something.
func (s site) until(path, selector, words string) {
	s.t.Helper()
	for range 300 {
		if p := s.get(path).want(http.StatusOK); len(p.all(selector)) > 0 && strings.Contains(p.text(selector), words) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.get(path).shows(selector, words)
}
