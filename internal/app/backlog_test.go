package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

// refused tells whether an intake was refused as too much waits.
func refused(t *testing.T, err error) bool {
	t.Helper()
	if err != nil && claims.KindOf(err) != claims.Unavailable {
		t.Fatal(err)
	}
	return err != nil
}

func TestTooMuchWaits(t *testing.T) {
	t.Parallel()
	now := time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)
	f := newFixture(t, func(c *app.Config) { c.MaxWaiting, c.Now = 4, func() time.Time { return now } })
	article := func(n int) app.ArticleInput {
		return app.ArticleInput{Source: "The Ledger", Title: fmt.Sprint("Pier ", n), Text: fmt.Sprintf("The pier number %d was closed on Monday.", n)}
	}
	line := `{"source":"The Ledger","title":"Dam %d","text":"The dam number %d was closed on Monday."}` + "\n"
	take := func(n int) bool {
		now = now.Add(time.Minute) // the count is made anew
		_, _, err := f.TakeArticle(t.Context(), f.admin, article(n))
		return refused(t, err)
	}
	for n := range 3 {
		if take(n) {
			t.Fatalf("article %d was refused", n)
		}
	}
	f.importLines(fmt.Sprintf(line, 1, 1))
	if !take(4) {
		t.Error("an article was taken beside three that wait and a line of an import")
	}
	if _, _, err := f.AddAddress(t.Context(), f.admin, app.ArticleInput{URL: "https://post.example/1"}); !refused(t, err) {
		t.Error("an address was taken")
	}
	if _, err := f.ReceiveImport(t.Context(), f.admin, "", strings.NewReader(fmt.Sprintf(line, 2, 2))); !refused(t, err) {
		t.Error("an import was taken")
	}
	if got := f.count("SELECT count(*) FROM imports WHERE state = 'receiving'"); got != 0 {
		t.Errorf("%d imports are left of one that was refused", got)
	}
	now = now.Add(time.Minute)
	f.start(f.App)
	for end := time.Now().Add(patience); f.count("SELECT count(*) FROM articles WHERE status = 'ready'") < 4; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("what waits is not read")
		}
	}
	if take(4) {
		t.Error("an article was refused although nothing waits")
	}
}

func TestFeedsArePolledLaterWhenTooMuchWaits(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t, func(c *app.Config) { c.MaxWaiting = 1 })
	n.site.put("/feed", rss())
	f := n.addFeed("/feed")
	before := len(n.site.requests("/feed"))
	n.exec(`INSERT INTO imports (id, state, lines, created_at) VALUES ($1, 'running', 1, now())`, "0196b1f0-0000-7000-8000-000000000001")
	n.clock.pass(f.NextPollAt.Sub(n.clock.now()) + time.Minute)
	looks := `SELECT count(*) FROM river_job WHERE kind = 'poll_feeds' AND state = 'completed'`
	for before, end := n.count(looks), time.Now().Add(patience); n.count(looks) < before+3; time.Sleep(lookForFeeds) {
		if time.Now().After(end) {
			t.Fatal("nobody looks which feeds are due")
		}
	}
	if asked := len(n.site.requests("/feed")); asked != before {
		t.Errorf("the feed was asked %d times more while too much waits", asked-before)
	}
	n.exec(`UPDATE imports SET state = 'done'`)
	n.clock.pass(time.Minute)
	n.until(f.ID, func(again app.Feed) bool { return again.PolledAt.After(*f.PolledAt) })
}
