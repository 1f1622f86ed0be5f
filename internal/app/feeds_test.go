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
	"corroborate/internal/auth"
	"corroborate/internal/claims"
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
	c.Feeds.Every = 50 * time.Millisecond
	c.Fetcher = ingest.NewFetcher(ingest.Config{AllowHosts: []string{site.Host}, Gap: time.Millisecond,
		Timeouts: ingest.Timeouts{Header: time.Second, Whole: 2 * time.Second}})
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
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
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
	f, err := n.Feed(n.t.Context(), n.admin, id)
	if err != nil {
		n.t.Fatal(err)
	}
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

func TestFeedBringsArticles(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.site.put("/feed", rss(item(2, "a pier"), item(1, "its deck")))
	f := n.addFeed("/feed")
	if f.Health != app.HealthOK || f.Title != "Harbour Post" || f.Source != "Harbour Post" || f.Entries != 2 || f.Articles != 2 || f.ArticleAt == nil {
		t.Fatalf("feed %+v", f)
	}
	entries := n.entries(f.ID)
	if len(entries) != 2 || entries[0].Title != "Bridge 2" || entries[0].State != app.EntryStored || entries[0].Origin != "feed" {
		t.Fatalf("entries %+v", entries)
	}
	art, err := n.Article(t.Context(), n.admin, entries[1].ArticleID)
	if err != nil || art.Source != "Harbour Post" || art.URL != "https://post.example/1" || art.Title != "Bridge 1" ||
		art.Published.String() != "2025-03-27T09:01:00-05:00" || !strings.Contains(art.Text, "crack was found in its deck") {
		t.Errorf("article %+v, %v", art, err)
	}
}

func TestEntriesAreRecognised(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.site.put("/feed", rss(item(1, "a pier")))
	f := n.addFeed("/feed")
	for name, again := range map[string]string{
		"the very same":     item(1, "a pier"),
		"another id":        strings.Replace(item(1, "a pier"), "id-1", "made-anew", 1),
		"without an id":     strings.Replace(item(1, "a pier"), "<guid>id-1</guid>", "", 1),
		"another address":   strings.Replace(item(1, "a pier"), "post.example/1", "post.example/moved", 1),
		"a tracked address": strings.Replace(item(1, "a pier"), "post.example/1", "post.example/1?utm_source=rss", 1),
	} {
		n.site.put("/feed", rss(again))
		if got := n.polled(f.ID); got.Entries != 1 {
			t.Errorf("%s: %d entries", name, got.Entries)
		}
		n.site.put("/feed", rss(item(1, "a pier")))
		n.polled(f.ID)
	}
	// Two feeds that name one article have one.
	n.site.put("/other", rss(item(1, "a pier")))
	other := n.addFeed("/other")
	if e := n.entries(other.ID)[0]; e.State != app.EntryKnown || e.ArticleID != n.entries(f.ID)[0].ArticleID {
		t.Errorf("the other feed's entry is %+v", e)
	}
	if got := n.count("SELECT count(*) FROM articles"); got != 1 {
		t.Errorf("%d articles, want 1", got)
	}
}

func TestIdsThatNameNothing(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	one := func(id int) string {
		return strings.Replace(item(id, fmt.Sprint("pier ", id)), fmt.Sprint("id-", id), "same", 1)
	}
	n.site.put("/feed", rss(one(1)))
	f := n.addFeed("/feed")
	n.site.put("/feed", rss(one(2)))
	if got := n.polled(f.ID); got.Entries != 2 || got.Articles != 2 {
		t.Errorf("an id in one document after the other: %+v", got)
	}
	n.site.put("/feed", rss(one(3), one(4), one(4)))
	if got := n.polled(f.ID); got.Entries != 4 || got.Articles != 4 {
		t.Errorf("an id several times in one document: %+v", got)
	}
	shared := strings.NewReplacer("post.example/5", "post.example/", "post.example/6", "post.example/live", "post.example/7", "post.example/live")
	n.site.put("/feed", rss(shared.Replace(item(5, "five")), shared.Replace(item(6, "six")), shared.Replace(item(7, "seven"))))
	if got := n.polled(f.ID); got.Entries != 7 || got.Articles != 7 {
		t.Errorf("addresses that entries share: %+v", got)
	}
}

func TestPollAsksForNewsOnly(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	feed := rss(item(1, "a pier"))
	n.site.put("/feed", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"one"`)
		w.Header().Set("Last-Modified", "Thu, 27 Mar 2025 10:00:00 GMT")
		if r.Header.Get("If-None-Match") == `"one"` && r.Header.Get("If-Modified-Since") == "Thu, 27 Mar 2025 10:00:00 GMT" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		feed(w, r)
	})
	f := n.addFeed("/feed")
	interval := f.Interval
	for range 3 {
		f = n.polled(f.ID)
		if f.Health != app.HealthOK || f.Interval <= interval {
			t.Errorf("health %s, interval %d after %d", f.Health, f.Interval, interval)
		}
		interval = f.Interval
	}
	asked := n.site.requests("/feed")
	if last := asked[len(asked)-1]; last.Header.Get("If-None-Match") != `"one"` {
		t.Errorf("the last request has %v", last.Header)
	}
	// One that brings news is asked sooner.
	n.site.put("/feed", rss(item(2, "a pier"), item(1, "a pier")))
	if f = n.polled(f.ID); f.Interval >= interval || f.Entries != 2 {
		t.Errorf("interval %d after %d, %d entries", f.Interval, interval, f.Entries)
	}
}

func TestBackOff(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.site.put("/good", rss(item(1, "a pier")))
	n.site.put("/feed", rss(item(2, "a pier")))
	good, f := n.addFeed("/good"), n.addFeed("/feed")
	n.site.put("/feed", status(http.StatusInternalServerError))
	since := time.Time{}
	for i, want := range []time.Duration{30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 16 * time.Hour, 24 * time.Hour, 24 * time.Hour} {
		f = n.polled(f.ID)
		wait := f.NextPollAt.Sub(*f.PolledAt)
		if f.Health != app.HealthFailing || f.Failures != i+1 || !strings.Contains(f.Fault, "500") || wait < want*89/100 || wait > want*111/100 {
			t.Errorf("failure %d: %s, %q, next try in %s, want %s", f.Failures, f.Health, f.Fault, wait, want)
		}
		if since.IsZero() {
			since = *f.FailingSince
		}
		if !f.FailingSince.Equal(since) {
			t.Errorf("failing since %s, want %s", f.FailingSince, since)
		}
	}
	if good = n.until(good.ID, func(f app.Feed) bool { return !f.Queued }); good.Health != app.HealthOK {
		t.Errorf("the other feed is %+v", good)
	}
	n.site.put("/feed", rss(item(3, "a pier")))
	if f = n.polled(f.ID); f.Health != app.HealthOK || f.Fault != "" || f.FailingSince != nil || f.Articles != 2 {
		t.Errorf("mended: %+v", f)
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.site.put("/feed", rss(item(1, "a pier")))
	f := n.addFeed("/feed")
	n.site.put("/feed", status(http.StatusTooManyRequests, "Retry-After", "18000"))
	f = n.polled(f.ID)
	if wait := f.NextPollAt.Sub(*f.PolledAt); wait < 5*time.Hour || !strings.Contains(f.Fault, "429") {
		t.Errorf("next try in %s, %q", wait, f.Fault)
	}
}

func TestFeedThatIsGone(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.site.put("/feed", rss(item(1, "a pier")))
	f := n.addFeed("/feed")
	n.site.put("/feed", status(http.StatusGone))
	if f = n.polled(f.ID); f.Health != app.HealthGone || !strings.Contains(f.Fault, "410") {
		t.Fatalf("feed %+v", f)
	}
	asked := len(n.site.requests("/feed"))
	n.clock.pass(30 * 24 * time.Hour)
	time.Sleep(300 * time.Millisecond)
	if got := len(n.site.requests("/feed")); got != asked {
		t.Errorf("it was asked %d times more", got-asked)
	}
	_, err := n.PollFeedNow(t.Context(), n.admin, f.ID)
	wantKind(t, err, claims.Conflict)
	n.site.put("/feed", rss(item(2, "a pier")))
	resume := app.FeedActive
	if _, err := n.EditFeed(t.Context(), n.admin, f.ID, app.FeedEdit{State: &resume}); err != nil {
		t.Fatal(err)
	}
	n.until(f.ID, func(f app.Feed) bool { return f.Health == app.HealthOK && f.Articles == 2 })
}

func TestFeedThatMoves(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.site.put("/feed", rss(item(1, "a pier")))
	n.site.put("/third", rss(item(1, "a pier")))
	f, third := n.addFeed("/feed"), n.addFeed("/third")
	n.site.put("/new", rss(item(1, "a pier")))
	n.site.put("/feed", status(http.StatusFound, "Location", "/new"))
	if f = n.polled(f.ID); f.URL != n.site.URL+"/feed" || f.Health != app.HealthOK {
		t.Errorf("moved for a time: %+v", f)
	}
	n.site.put("/feed", status(http.StatusMovedPermanently, "Location", "/lost"))
	if f = n.polled(f.ID); f.URL != n.site.URL+"/feed" || f.Health != app.HealthFailing {
		t.Errorf("moved to where nothing is: %+v", f)
	}
	n.site.put("/feed", status(http.StatusMovedPermanently, "Location", "/new"))
	if f = n.polled(f.ID); f.URL != n.site.URL+"/new" || f.Health != app.HealthOK || f.Entries != 1 {
		t.Errorf("moved for good: %+v", f)
	}
	n.site.put("/new", status(http.StatusPermanentRedirect, "Location", "/third"))
	if f = n.polled(f.ID); f.Health != app.HealthGone || !strings.Contains(f.Fault, "another feed") {
		t.Errorf("moved to another feed: %+v", f)
	}
	if third.ID == f.ID || n.count("SELECT count(*) FROM audit WHERE action IN ('feed.move', 'feed.gone')") != 2 {
		t.Error("the moves are not in the audit log")
	}
}

func TestPauseAndResume(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.site.put("/feed", rss(item(1, "a pier")))
	f := n.addFeed("/feed")
	editor := n.person(auth.Editor)
	pause, resume := app.FeedPaused, app.FeedActive
	f, err := n.EditFeed(t.Context(), editor, f.ID, app.FeedEdit{State: &pause, Version: f.Version})
	if err != nil || f.Health != app.HealthPaused {
		t.Fatalf("%+v, %v", f, err)
	}
	asked := len(n.site.requests("/feed"))
	n.clock.pass(48 * time.Hour)
	time.Sleep(300 * time.Millisecond)
	if got := len(n.site.requests("/feed")); got != asked {
		t.Errorf("a paused feed was asked %d times", got-asked)
	}
	_, err = n.EditFeed(t.Context(), editor, f.ID, app.FeedEdit{State: &resume, Version: f.Version - 1})
	wantKind(t, err, claims.Stale)
	n.site.put("/feed", rss(item(2, "its deck")))
	if _, err = n.EditFeed(t.Context(), editor, f.ID, app.FeedEdit{State: &resume, Version: f.Version}); err != nil {
		t.Fatal(err)
	}
	n.until(f.ID, func(f app.Feed) bool { return f.Articles == 2 })
	if err := n.DeleteFeed(t.Context(), editor, f.ID, 0); err != nil {
		t.Fatal(err)
	}
	_, err = n.Feed(t.Context(), editor, f.ID)
	wantKind(t, err, claims.NotFound)
	if got := n.count("SELECT count(*) FROM articles"); got != 2 {
		t.Errorf("%d articles are left, want 2", got)
	}
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
