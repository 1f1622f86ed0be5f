package app_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/ingest"
)

// TestKilledPollLosesNothing kills servers right after a site has answered them,
// before they can have stored what it said: once a feed, then some of its pages.
func TestKilledPollLosesNothing(t *testing.T) {
	t.Parallel()
	const entries = 12
	n := newsroom{clock: newClock(), site: newWebSite(t)}
	host := strings.TrimPrefix(n.site.URL, "http://")
	n.fixture = newFixture(t, func(c *app.Config) {
		c.Fetcher = ingest.NewFetcher(ingest.Config{AllowHosts: []string{host}, Gap: time.Millisecond})
		c.Feeds.Every = 50 * time.Millisecond
	})
	answered := make(chan string, 1000)
	telling := func(what string, answer http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"one"`)
			answer(w, r)
			w.(http.Flusher).Flush()
			answered <- what
		}
	}
	var items []string
	for i := range entries {
		path := fmt.Sprint("/", i)
		items = append(items, n.teaser(path))
		n.site.put(path, telling("page", text("text/plain", fmt.Sprintf("The harbour bridge was closed on Thursday. Inspectors found %d cracks in it.", i+2))))
	}
	feed := rss(items...)
	n.site.put("/feed", feed)
	f, _, err := n.AddFeed(t.Context(), n.admin, app.FeedInput{URL: n.site.URL + "/feed"})
	if err != nil {
		t.Fatal(err)
	}
	n.site.put("/feed", telling("feed", feed))
	for _, what := range []string{"feed", "page", "page"} {
		cmd := n.worker(workerAllow + "=" + host)
		for <-answered != what {
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it was killed, and says so
	}
	n.start(n.App)
	n.until(f.ID, func(f app.Feed) bool { return f.Entries == entries && f.Articles == entries })
	for what, sql := range map[string]string{
		"entries that are not stored":  "SELECT count(*) FROM feed_entries WHERE state <> 'stored'",
		"entries too many":             "SELECT count(*) - count(DISTINCT link_key) FROM feed_entries",
		"articles too many":            "SELECT count(*) - (SELECT count(DISTINCT article_id) FROM feed_entries) FROM articles",
		"revisions too many":           "SELECT count(*) - count(DISTINCT article_id) FROM revisions",
		"polls that were noted before": "SELECT count(*) FROM feeds WHERE polled_at IS NULL OR queued_at IS NOT NULL",
	} {
		if got := n.count(sql); got != 0 {
			t.Errorf("%s: %d", what, got)
		}
	}
}

// TestServersShareThePolling has several servers poll the same feeds: no feed is
// asked twice at once.
func TestServersShareThePolling(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.start(n.another(n.configure))
	n.start(n.another(n.configure))
	const feeds = 5
	var lists []app.Feed
	var twice atomic.Bool
	for i := range feeds {
		path, feed := fmt.Sprint("/", i), rss(item(i, fmt.Sprint("pier ", i)))
		n.site.put(path, feed)
		f, _, err := n.AddFeed(t.Context(), n.admin, app.FeedInput{URL: n.site.URL + path})
		if err != nil {
			t.Fatal(err)
		}
		n.until(f.ID, func(f app.Feed) bool { return f.Articles == 1 && !f.Queued })
		var asked atomic.Int32
		n.site.put(path, func(w http.ResponseWriter, r *http.Request) {
			if asked.Add(1) > 1 {
				twice.Store(true)
			}
			time.Sleep(100 * time.Millisecond)
			asked.Add(-1)
			feed(w, r)
		})
		lists = append(lists, f)
	}
	for range 3 {
		for _, f := range lists {
			if f = n.polled(f.ID); f.Health != app.HealthOK || f.Entries != 1 {
				t.Errorf("feed %+v", f)
			}
		}
	}
	if twice.Load() {
		t.Error("a feed was asked twice at once")
	}
}
