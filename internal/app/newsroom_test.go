package app_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/ingest"
)

// clock is a clock that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2025, 3, 28, 12, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// patience is how long one thing may take on a busy machine.
const patience = time.Minute

// webSite is a site on this machine whose answers a test writes.
type webSite struct {
	t *testing.T
	*httptest.Server
	mu      sync.Mutex
	answers map[string]http.HandlerFunc
	asked   []*http.Request
}

func newWebSite(t *testing.T) *webSite {
	t.Helper()
	s := &webSite{t: t, answers: map[string]http.HandlerFunc{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(func() {
		s.CloseClientConnections() // those that drip do not end by themselves
		s.Close()
	})
	return s
}

// ServeHTTP answers with what was put there, else 404.
func (s *webSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	answer := s.answers[r.URL.Path]
	if r.URL.Path != "/robots.txt" {
		s.asked = append(s.asked, r)
	}
	s.mu.Unlock()
	if answer == nil {
		http.NotFound(w, r)
		return
	}
	answer(w, r)
}

// put sets what an address answers.
func (s *webSite) put(path string, answer http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[path] = answer
}

// requests gives those for an address.
func (s *webSite) requests(path string) []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []*http.Request
	for _, r := range s.asked {
		if r.URL.Path == path {
			out = append(out, r)
		}
	}
	return out
}

// text answers with a document.
func text(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		fmt.Fprint(w, body)
	}
}

// status answers with a status and headers, given as names and values in turn.
func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}
}

// rss answers with a feed of items.
func rss(items ...string) http.HandlerFunc {
	return text("application/rss+xml; charset=utf-8", `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">`+
		`<channel><title>Harbour Post</title><link>https://post.example/</link>`+strings.Join(items, "")+`</channel></rss>`)
}

// words is the text of an article of some length.
func words(about string) string {
	return strings.Repeat("The harbour bridge was closed on Thursday after a crack was found in "+about+". ", 12)
}

// item is an entry that holds its whole article.
func item(id int, about string) string {
	return fmt.Sprintf(`<item><guid>id-%d</guid><title>Bridge %d</title><link>https://post.example/%d</link>`+
		`<pubDate>Thu, 27 Mar 2025 09:%02d:00 -0500</pubDate><content:encoded><![CDATA[<p>%s</p>]]></content:encoded></item>`,
		id, id, id, id%60, words(about))
}

// lookForFeeds is the time between two looks for feeds that are due.
const lookForFeeds = 50 * time.Millisecond

// newsroom is a service that reads a site of its own.
type newsroom struct {
	*fixture
	clock *clock
	site  *webSite
}

// newNewsroom gives a service whose jobs run and which may fetch from its site.
func newNewsroom(t *testing.T, change ...func(*app.Config)) newsroom {
	t.Helper()
	n := newsroom{clock: newClock(), site: newWebSite(t)}
	change = append([]func(*app.Config){n.configure}, change...)
	n.fixture = started(t, change...)
	return n
}

func (n newsroom) configure(c *app.Config) {
	site, err := url.Parse(n.site.URL)
	if err != nil {
		n.site.t.Fatal(err)
	}
	c.Now = n.clock.now
	c.Feeds.Every = lookForFeeds
	c.Fetcher = ingest.NewFetcher(ingest.Config{AllowHosts: []string{site.Host}, Gap: time.Millisecond})
}

// addFeed adds the feed of the site at a path and waits for its first poll.
func (n newsroom) addFeed(path string) app.Feed {
	n.t.Helper()
	f, known, err := n.AddFeed(n.t.Context(), n.admin, app.FeedInput{URL: n.site.URL + path})
	if err != nil || known {
		n.t.Fatalf("add: known %v, %v", known, err)
	}
	return n.until(f.ID, func(f app.Feed) bool { return f.PolledAt != nil && !f.Queued && f.Waiting == 0 })
}

// until waits for a feed to be as wanted.
func (n newsroom) until(id string, want func(app.Feed) bool) app.Feed {
	n.t.Helper()
	var f app.Feed
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		var err error
		if f, err = n.Feed(n.t.Context(), n.admin, id); err != nil {
			n.t.Fatal(err)
		}
		if want(f) {
			return f
		}
	}
	n.t.Fatalf("the feed stays %+v; jobs failed: %s", f, n.jobErrors())
	return f
}

// polled lets time pass until the feed's next turn, and waits for that poll and
// for what it brings.
func (n newsroom) polled(id string) app.Feed {
	n.t.Helper()
	// A poll that runs may have asked already.
	f := n.until(id, func(f app.Feed) bool { return !f.Queued && f.NextPollAt.After(n.clock.now()) })
	n.clock.pass(f.NextPollAt.Sub(n.clock.now()))
	return n.until(id, func(now app.Feed) bool {
		return now.PolledAt.After(*f.PolledAt) && !now.Queued && now.Waiting == 0 || now.State != app.FeedActive
	})
}

// entries gives the entries of a feed, the newest first.
func (n newsroom) entries(id string) []app.FeedEntry {
	n.t.Helper()
	l, err := n.FeedEntries(n.t.Context(), n.admin, app.EntryFilter{FeedID: id})
	if err != nil {
		n.t.Fatal(err)
	}
	return l.Items
}

// jobErrors gives what went wrong in the jobs, for who looks for a failure.
func (n newsroom) jobErrors() string {
	n.t.Helper()
	var all string
	err := n.pool.QueryRow(n.t.Context(), `SELECT coalesce(string_agg(kind || ' ' || state || ' ' || coalesce(errors::text, ''), '; '), '')
		FROM river_job WHERE state <> 'completed'`).Scan(&all)
	if err != nil {
		n.t.Fatal(err)
	}
	return all
}
