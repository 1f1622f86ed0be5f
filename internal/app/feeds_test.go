package app_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

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
