package app_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"corroborate/internal/app"
)

// teaser is an entry whose article stands on a page of the site.
func (n newsroom) teaser(path string) string {
	return fmt.Sprintf(`<item><guid>%[2]s</guid><title>Bridge shut</title><link>%[1]s%[2]s</link><pubDate>Fri, 28 Mar 2025 11:00:00 GMT</pubDate>`+
		`<description>The bridge is shut. Read more</description></item>`, n.site.URL, path)
}

// article answers with an article of the site.
func article(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		etag := fmt.Sprintf(`"%d-%d"`, len(text), strings.Count(text, "e"))
		if w.Header().Set("ETag", etag); r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		fmt.Fprint(w, text)
	}
}

// only gives the one entry of a feed.
func (n newsroom) only(id string) app.FeedEntry {
	n.t.Helper()
	entries := n.entries(id)
	if len(entries) != 1 {
		n.t.Fatalf("entries %+v", entries)
	}
	return entries[0]
}

// untilEntry waits for the one entry of a feed to be as wanted.
func (n newsroom) untilEntry(id string, want func(app.FeedEntry) bool) app.FeedEntry {
	n.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if e := n.only(id); want(e) {
			return e
		}
	}
	n.t.Fatalf("the entry stays %+v; jobs failed: %s", n.only(id), n.jobErrors())
	return app.FeedEntry{}
}

// reread lets time pass until the entry's next turn, and waits for that.
func (n newsroom) reread(id string) app.FeedEntry {
	n.t.Helper()
	before := n.only(id)
	if before.NextReadAt == nil {
		n.t.Fatalf("the entry is read no more: %+v", before)
	}
	n.clock.pass(before.NextReadAt.Sub(n.clock.now()))
	return n.untilEntry(id, func(e app.FeedEntry) bool {
		return e.NextReadAt == nil || e.NextReadAt.After(*before.NextReadAt)
	})
}

// waitUntil waits for a count to be as wanted.
func (n newsroom) waitUntil(sql string, want int) {
	n.t.Helper()
	for deadline := time.Now().Add(patience); n.count(sql) != want; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			n.t.Fatalf("%s never becomes %d", sql, want)
		}
	}
}

func TestPageOfAnEntryIsReadAgain(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.site.put("/1", article("The harbour bridge was closed on Thursday. Inspectors found 2 cracks."))
	n.site.put("/feed", rss(n.teaser("/1")))
	f := n.addFeed("/feed")
	e := n.only(f.ID)
	if e.State != app.EntryStored || e.Origin != "page" || e.ArticleID == "" {
		t.Fatalf("entry %+v", e)
	}
	for i, want := range []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour, 72 * time.Hour} {
		if wait := e.NextReadAt.Sub(*e.ReadAt); wait < want*89/100 || wait > want*111/100 {
			t.Errorf("reading %d comes after %s, want %s", i+2, wait, want)
		}
		if i == 1 {
			n.site.put("/1", article("The harbour bridge was closed on Thursday. Inspectors found 3 cracks and more."))
		}
		e = n.reread(f.ID)
		if revision := min(i, 1) + 1; e.Revision != revision || e.State != app.EntryStored {
			t.Errorf("reading %d: %+v, want revision %d", i+2, e, revision)
		}
	}
	if e.NextReadAt != nil {
		t.Errorf("it is read on at %s", e.NextReadAt)
	}
	if asked := n.site.requests("/1"); len(asked) != 5 || asked[4].Header.Get("If-None-Match") == "" {
		t.Errorf("%d requests", len(asked))
	}
	// The feed says something new of it: it is read once more.
	n.site.put("/1", article("The harbour bridge is open again."))
	n.site.put("/feed", rss(strings.Replace(n.teaser("/1"), "Bridge shut", "Bridge open", 1)))
	n.polled(f.ID)
	e = n.untilEntry(f.ID, func(e app.FeedEntry) bool { return e.Revision == 3 })
	if art, err := n.Article(t.Context(), n.admin, e.ArticleID); err != nil || !strings.Contains(art.Text, "open again") {
		t.Errorf("article %+v, %v", art, err)
	}
}

func TestOldPageIsReadOnce(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.site.put("/1", article("The harbour bridge was closed on Thursday."))
	n.site.put("/feed", rss(strings.Replace(n.teaser("/1"), "28 Mar 2025", "28 Feb 2025", 1)))
	f := n.addFeed("/feed")
	if e := n.only(f.ID); e.State != app.EntryStored || e.NextReadAt != nil {
		t.Errorf("entry %+v", e)
	}
}

func TestPageThatCannotBeRead(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.site.put("/feed", rss(n.teaser("/1")))
	n.site.put("/1", status(http.StatusServiceUnavailable))
	f, _, err := n.AddFeed(t.Context(), n.admin, app.FeedInput{URL: n.site.URL + "/feed"})
	if err != nil {
		t.Fatal(err)
	}
	n.until(f.ID, func(f app.Feed) bool { return f.Entries == 1 })
	e := n.untilEntry(f.ID, func(e app.FeedEntry) bool { return e.Reason != "" })
	for i := range 4 {
		if e.State != app.EntryWaiting || !strings.Contains(e.Reason, "503") {
			t.Fatalf("attempt %d: %+v", i+1, e)
		}
		e = n.reread(f.ID)
	}
	if e.State != app.EntryFailed || e.NextReadAt != nil {
		t.Errorf("after five attempts: %+v", e)
	}
	if f = n.until(f.ID, func(f app.Feed) bool { return !f.Queued }); f.Health != app.HealthOK || f.Broken != 1 {
		t.Errorf("feed %+v", f)
	}
	// What its feed says anew gives it another chance; what cannot be mended has none.
	n.site.put("/1", status(http.StatusForbidden))
	n.site.put("/feed", rss(strings.Replace(n.teaser("/1"), "Bridge shut", "Bridge open", 1)))
	n.polled(f.ID)
	if e = n.untilEntry(f.ID, func(e app.FeedEntry) bool { return strings.Contains(e.Reason, "403") }); e.State != app.EntryFailed {
		t.Errorf("entry %+v", e)
	}
}

func TestEntryWithNothingToRead(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.site.put("/feed", rss(`<item><guid>1</guid><title>Bridge shut</title></item>`))
	f := n.addFeed("/feed")
	if e := n.only(f.ID); e.State != app.EntrySkipped || e.Reason == "" || e.NextReadAt != nil {
		t.Errorf("entry %+v", e)
	}
}

func TestPageThatIsTakenAway(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.site.put("/1", article("The harbour bridge was closed on Thursday."))
	n.site.put("/feed", rss(n.teaser("/1")))
	f := n.addFeed("/feed")
	n.site.put("/1", status(http.StatusGone))
	e := n.reread(f.ID)
	if e.Revision != 2 || !strings.Contains(e.Reason, "taken the page away") {
		t.Errorf("taken away: %+v", e)
	}
	n.site.put("/1", article("The harbour bridge was closed on Thursday."))
	if e = n.reread(f.ID); e.Revision != 3 || e.Reason != "" {
		t.Errorf("back again: %+v", e)
	}
}

func TestDeletedArticleStaysDeleted(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.site.put("/1", article("The harbour bridge was closed on Thursday."))
	n.site.put("/feed", rss(n.teaser("/1")))
	f := n.addFeed("/feed")
	id := n.only(f.ID).ArticleID
	n.waitUntil("SELECT count(*) FROM articles WHERE status <> 'ready'", 0)
	if err := n.DeleteArticle(t.Context(), n.admin, id, 0); err != nil {
		t.Fatal(err)
	}
	n.site.put("/1", article("The harbour bridge is open again."))
	n.site.put("/feed", rss(strings.Replace(n.teaser("/1"), "Bridge shut", "Bridge open", 1)))
	n.polled(f.ID)
	e := n.untilEntry(f.ID, func(e app.FeedEntry) bool { return e.State == app.EntryRemoved })
	if e.NextReadAt != nil || n.count("SELECT count(*) FROM articles") != 1 {
		t.Errorf("entry %+v", e)
	}
}

// TestArticleOfAnotherWayStays has an article that was there before its feed, in
// another form: that is no change by its publisher.
func TestArticleOfAnotherWayStays(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	in := gazette
	in.URL, in.PublishedAt = n.site.URL+"/1", "2025-03-27"
	art, _, err := n.AddArticle(t.Context(), n.admin, in)
	if err != nil {
		t.Fatal(err)
	}
	n.site.put("/1", article("The river Tarn flooded Marrow. It is a form of its own."))
	n.site.put("/feed", rss(n.teaser("/1")))
	f := n.addFeed("/feed")
	e := n.only(f.ID)
	if e.State != app.EntryKnown || e.ArticleID != art.ID || e.Revision != 1 {
		t.Fatalf("entry %+v", e)
	}
	n.site.put("/1", article("The river Tarn flooded Marrow. It was corrected."))
	if e = n.reread(f.ID); e.Revision != 2 {
		t.Errorf("a change by the publisher: %+v", e)
	}
}

// webPage answers with an article as sites publish them.
func webPage(canonical, about string) http.HandlerFunc {
	return text("text/html; charset=utf-8", `<!DOCTYPE html><html><head><title>Bridge shut over `+about+` | Harbour Post</title>
<meta name="author" content="Ana Reyes"><link rel="canonical" href="`+canonical+`"></head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Bridge shut over `+about+`</h1><p>The harbour bridge was closed on Thursday after inspectors found `+about+` in its second pier, the port authority said.</p>
<p>About 12,000 vehicles cross the bridge each day. They are now sent over the ring road, which adds twenty minutes to the way into the old town.</p>
<p>The bridge was built in 1971 and last repaired in 2009. The council is to vote on the cost of a new one in May.</p></article>
<footer>Copyright Harbour Post. All rights reserved. Terms of use.</footer></body></html>`)
}

func TestArticleIsTakenOutOfItsPage(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.site.put("/1", webPage("/1?from=feed", "a crack"))
	n.site.put("/feed", rss(n.teaser("/1?utm_source=feed")))
	f := n.addFeed("/feed")
	e := n.only(f.ID)
	art, err := n.Article(t.Context(), n.admin, e.ArticleID)
	if err != nil || e.State != app.EntryStored || art.Byline != "Ana Reyes" || art.Source != "Harbour Post" ||
		!strings.HasPrefix(art.URL, n.site.URL+"/1") || art.Published.String() != "2025-03-28T11:00:00Z" {
		t.Errorf("entry %+v, article %+v, %v", e, art, err)
	}
	if !strings.Contains(art.Text, "12,000 vehicles") || strings.Contains(art.Text, "Terms of use") || strings.Contains(art.Text, "Sport") {
		t.Errorf("text %q", art.Text)
	}
}

func TestPagesThatAreNoArticles(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.site.put("/", webPage("/", "the start page"))
	n.site.put("/1", webPage("/", "a crack"))                              // its canonical address is wrong
	n.site.put("/2", webPage("/", "rust"))                                 // the same wrong one
	n.site.put("/3", status(http.StatusFound, "Location", "/"))            // gone, and does not say so
	n.site.put("/4", text("text/html", "<!DOCTYPE html><title>x</title>")) // empty
	n.site.put("/feed", rss(n.teaser("/1"), n.teaser("/2"), n.teaser("/3"), n.teaser("/4")))
	f, _, err := n.AddFeed(t.Context(), n.admin, app.FeedInput{URL: n.site.URL + "/feed"})
	if err != nil {
		t.Fatal(err)
	}
	n.until(f.ID, func(f app.Feed) bool { return f.Articles == 2 })
	n.waitUntil("SELECT count(*) FROM feed_entries WHERE reason <> ''", 2)
	want := map[string]string{"/1": "stored: ", "/2": "stored: ", "/3": "waiting: the site has no such page", "/4": "waiting: its page holds no text of an article"}
	for _, e := range n.entries(f.ID) {
		if got := string(e.State) + ": " + e.Reason; got != want[e.GUID] {
			t.Errorf("%s is %q, want %q", e.GUID, got, want[e.GUID])
		}
	}
	if got := n.count("SELECT count(*) FROM articles"); got != 2 {
		t.Errorf("%d articles, want 2", got)
	}
}
