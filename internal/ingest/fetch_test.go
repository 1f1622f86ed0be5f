package ingest

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

// site is a web server with a fetcher that may reach it and nothing else that is
// not public.
type site struct {
	*http.ServeMux
	url     string
	fetcher *Fetcher
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{ServeMux: http.NewServeMux()}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.url = server.URL
	s.fetcher = s.newFetcher(t, Config{})
	return s
}

func (s *site) newFetcher(t *testing.T, cfg Config) *Fetcher {
	t.Helper()
	cfg.AllowHosts = []string{strings.TrimPrefix(s.url, "http://")}
	cfg.PublicURL, cfg.Gap = "https://news.example", time.Millisecond
	cfg.Timeouts = Timeouts{Header: 200 * time.Millisecond, Whole: 500 * time.Millisecond}
	f := NewFetcher(cfg)
	t.Cleanup(f.Close)
	return f
}

// serve answers a path with a body and header lines "Name: value".
func (s *site) serve(path, body string, header ...string) {
	s.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
		for _, h := range header {
			name, value, _ := strings.Cut(h, ": ")
			w.Header().Set(name, value)
		}
		_, _ = io.WriteString(w, body)
	})
}

func (s *site) status(path string, status int, header ...string) {
	s.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
		for _, h := range header {
			name, value, _ := strings.Cut(h, ": ")
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
	})
}

func (s *site) get(t *testing.T, path string) *Response {
	t.Helper()
	got, err := s.fetcher.Get(t.Context(), Request{URL: s.url + path, MaxBytes: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// fails asserts how fetching an address ends.
func (s *site) fails(t *testing.T, address string, want FetchKind) *FetchError {
	t.Helper()
	if strings.HasPrefix(address, "/") {
		address = s.url + address
	}
	got, err := s.fetcher.Get(t.Context(), Request{URL: address, MaxBytes: 1 << 20})
	var failed *FetchError
	if !errors.As(err, &failed) {
		t.Fatalf("%s gave %+v and %v, want %s", address, got, err, want)
	}
	if failed.Kind != want {
		t.Errorf("%s failed as %s, want %s: %v", address, failed.Kind, want, err)
	}
	if failed.Reason() == "" {
		t.Errorf("%s has no reason", failed.Kind)
	}
	return failed
}

func TestGetPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.HandleFunc("/news", func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("User-Agent"); got != "Corroborate (+https://news.example)" {
			t.Errorf("user agent %q", got)
		}
		if r.Header.Get("Cookie") != "" || r.Header.Get("Referer") != "" {
			t.Errorf("tells of itself: %v", r.Header)
		}
		w.Header().Set("Set-Cookie", "a=b")
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Last-Modified", "Thu, 27 Mar 2025 10:00:00 GMT")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<p>Ein Café</p>")
	})
	for range 2 { // the second shows that no cookie is kept
		got := s.get(t, "/news#top")
		if string(got.Body) != "<p>Ein Café</p>" || got.URL != s.url+"/news" || got.ETag != `"1"` || got.Charset != "utf-8" ||
			got.Status != 200 || got.LastModified == "" || got.Permanent != "" {
			t.Errorf("got %+v", got)
		}
	}
}

func TestConditional(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.HandleFunc("/feed", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"1"` && r.Header.Get("If-Modified-Since") == "yesterday" {
			w.WriteHeader(http.StatusNotModified)
		}
	})
	got, err := s.fetcher.Get(t.Context(), Request{URL: s.url + "/feed", ETag: `"1"`, LastModified: "yesterday"})
	if err != nil || !got.NotModified || got.Status != 304 {
		t.Errorf("got %+v, %v", got, err)
	}
	s.status("/odd", http.StatusNotModified)
	s.fails(t, "/odd", ServerFault) // nothing was asked for that could be unchanged
}

func TestStatuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status    int
		want      FetchKind
		temporary bool
	}{
		{401, Denied, false}, {403, Denied, false}, {404, NotFound, false}, {410, Gone, false}, {408, ServerFault, true},
		{429, TooMany, true}, {451, Denied, false}, {500, ServerFault, true}, {503, ServerFault, true}, {302, ServerFault, true},
	} {
		s := newSite(t)
		s.status("/page", c.status, "Retry-After: 7")
		got := s.fails(t, "/page", c.want)
		if got.Status != c.status || got.RetryAfter != 7*time.Second || got.Temporary() != c.temporary {
			t.Errorf("%d gave %+v", c.status, got)
		}
	}
}

// A host that asks for a pause is left alone until it is over.
func TestRetryAfterIsHonoured(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.status("/busy", http.StatusTooManyRequests, "Retry-After: 3600")
	asked := atomic.Int32{}
	s.HandleFunc("/page", func(http.ResponseWriter, *http.Request) { asked.Add(1) })
	s.fails(t, "/busy", TooMany)
	if got := s.fails(t, "/page", TooMany); got.RetryAfter < 59*time.Minute || asked.Load() != 0 {
		t.Errorf("waits %v, asked %d times", got.RetryAfter, asked.Load())
	}
}

func TestPace(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.serve("/robots.txt", "User-agent: *\nCrawl-delay: 0.05")
	s.serve("/page", "text")
	start := time.Now()
	for range 4 {
		s.get(t, "/page")
	}
	if took := time.Since(start); took < 150*time.Millisecond {
		t.Errorf("four requests took %v", took)
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.serve("/page", "text")
	s.status("/moved", http.StatusMovedPermanently, "Location: /moved2")
	s.status("/moved2", http.StatusPermanentRedirect, "Location: /page")
	s.status("/found", http.StatusFound, "Location: /moved")
	if got := s.get(t, "/moved"); got.URL != s.url+"/page" || got.Permanent != s.url+"/page" {
		t.Errorf("moved: %+v", got)
	}
	if got := s.get(t, "/found"); got.URL != s.url+"/page" || got.Permanent != "" {
		t.Errorf("found: %+v", got)
	}
	s.status("/self", http.StatusFound, "Location: /self")
	s.status("/a", http.StatusFound, "Location: /b")
	s.status("/b", http.StatusFound, "Location: /a")
	s.HandleFunc("/on/", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"x", http.StatusFound) })
	for _, path := range []string{"/self", "/a", "/on/"} {
		s.fails(t, path, BadRedirect)
	}
}

// Each hop is checked like the first, by the address that its name leads to.
func TestRefusesPrivateNetworks(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(s.url, "http://"))
	for i, c := range []struct {
		to   string
		want FetchKind
	}{
		{"http://127.0.0.1/", Blocked},
		{"http://localhost/", Blocked}, // a name
		{"http://[::1]/", Blocked},
		{"http://[::ffff:127.0.0.1]/", Blocked},
		{"http://[64:ff9b::7f00:1]/", Blocked},
		{"http://10.1.2.3/", Blocked},
		{"http://169.254.169.254/latest/meta-data/", Blocked},
		{"http://0.0.0.0/", Blocked},
		{"https://192.168.1.1/", Blocked},
		{"http://localhost:" + port + "/", BadAddress}, // the same server by a name that is not allowed
		{"http://127.0.0.1:22/", BadAddress},
		{"http://user:secret@127.0.0.1:" + port + "/", BadAddress},
		{"file:///etc/passwd", BadAddress},
		{"gopher://127.0.0.1/", BadAddress},
		{"http:///nothing", BadAddress},
	} {
		s.fails(t, c.to, c.want)
		path := fmt.Sprintf("/to%d", i)
		s.status(path, http.StatusFound, "Location: "+c.to)
		if got := s.fails(t, path, c.want); strings.Contains(got.Error(), "secret") {
			t.Errorf("shows a password: %v", got)
		}
	}
}

func TestEndlessBodies(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.HandleFunc("/endless", func(w http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := w.Write(bytes.Repeat([]byte("news "), 1000)); err != nil {
				return
			}
		}
	})
	s.fails(t, "/endless", TooLarge)
	s.serve("/large", strings.Repeat("x", 1<<20+1))
	s.fails(t, "/large", TooLarge)
	s.serve("/just", strings.Repeat("x", 1<<20))
	if got := s.get(t, "/just"); len(got.Body) != 1<<20 {
		t.Errorf("got %d bytes", len(got.Body))
	}
}

func TestSlowDrips(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	drip := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte("x"))
			w.(http.Flusher).Flush()
			_ = sleep(r.Context(), 20*time.Millisecond)
		}
	}
	s.HandleFunc("/drip", drip)
	s.HandleFunc("/silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	start := time.Now()
	s.fails(t, "/drip", Timeout)
	s.fails(t, "/silent", Timeout)
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("took %v", took)
	}
}

// packers pack as each encoding names it.
var packers = map[string]func(io.Writer) io.WriteCloser{
	"gzip":    func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
	"x-gzip":  func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
	"deflate": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
	"br":      func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) },
	"raw": func(w io.Writer) io.WriteCloser {
		f, _ := flate.NewWriter(w, flate.DefaultCompression) // the level is right
		return f
	},
}

func packed(t *testing.T, how, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := packers[how](&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPacked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	bomb := strings.Repeat("<p>", 10<<20)
	for how := range packers {
		name := strings.Replace(how, "raw", "deflate", 1)
		s.serve("/"+how, packed(t, how, "<p>News</p>"), "Content-Encoding: "+name, "Content-Type: text/html")
		if got := s.get(t, "/"+how); string(got.Body) != "<p>News</p>" {
			t.Errorf("%s gave %q", how, got.Body)
		}
		s.serve("/bomb-"+how, packed(t, how, bomb), "Content-Encoding: "+name, "Content-Type: text/html")
		s.fails(t, "/bomb-"+how, TooLarge)
	}
	s.serve("/twice", packed(t, "gzip", packed(t, "gzip", bomb)), "Content-Encoding: gzip, gzip")
	s.fails(t, "/twice", TooLarge)
	s.serve("/often", "x", "Content-Encoding: gzip, gzip, gzip, gzip")
	s.fails(t, "/often", BadBody)
	s.serve("/not", "<p>News</p>", "Content-Encoding: gzip", "Content-Type: text/html")
	s.fails(t, "/not", BadBody)
	s.serve("/unknown", "<p>News</p>", "Content-Encoding: zstd", "Content-Type: text/html")
	s.fails(t, "/unknown", BadBody)
	s.serve("/cut", packed(t, "gzip", bomb)[:1000], "Content-Encoding: gzip")
	s.fails(t, "/cut", BadBody)
}

func TestNotText(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.serve("/pdf", "%PDF-1.7 binary", "Content-Type: text/html")
	s.serve("/picture", "\x89PNG\r\n\x1a\n\x00\x00", "Content-Type: image/png")
	s.serve("/film", "plain", "Content-Type: video/mp4")
	s.serve("/bytes", "\x00\x01\x02\x03", "Content-Type: text/plain")
	for _, path := range []string{"/pdf", "/picture", "/film", "/bytes"} {
		s.fails(t, path, NotText)
	}
	s.serve("/feed", "<?xml version='1.0'?><rss/>", "Content-Type: application/octet-stream")
	s.get(t, "/feed")
}

func TestUnreachable(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	closed := httptest.NewServer(nil)
	closed.Close()
	s.fetcher.allowed[strings.TrimPrefix(closed.URL, "http://")] = true
	s.fails(t, closed.URL, Unreachable)
	s.fails(t, "http://no-such-host.invalid/", Unreachable)
}
