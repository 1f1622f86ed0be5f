package app_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// importOf writes the lines of an import of articles that have nothing in common.
func importOf(articles int) string {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		b := make([]byte, 4+r.IntN(5))
		for i := range b {
			b[i] = byte('a' + r.IntN(26))
		}
		return strings.ToUpper(string(b[:1])) + string(b[1:])
	}
	var b strings.Builder
	for i := range articles {
		fmt.Fprintf(&b, `{"source": "Paper %d", "external_id": "%d", "published_at": "2025-04-02", "text": "Mayor %s %s closed the bridge at %s on Tuesday. Rescuers evacuated %d people from %s."}`+"\n",
			i%40, i, word(), word(), word(), 100+i, word())
	}
	return b.String()
}

// TestIntakeCost measures an import until all is compared and told, where INTAKE names
// how many articles it has: with nothing written for programs outside, with events that
// nobody asked for, and with a webhook that is told all of them.
func TestIntakeCost(t *testing.T) {
	articles, err := strconv.Atoi(os.Getenv("INTAKE"))
	if err != nil {
		t.Skip("SKIPPED: INTAKE is not set")
	}
	r := newReceiver(t, nil)
	lines := importOf(articles)
	for range 3 {
		for _, variant := range []string{"no events", "events", "webhook"} {
			f := started(t, hooked(r))
			if variant == "no events" {
				for _, table := range []string{"articles", "revisions", "findings", "finding_events", "findings_moved", "reviews", "analyses", "stories_moved"} {
					f.exec("ALTER TABLE " + table + " DISABLE TRIGGER " + table + "_tell")
				}
			}
			if variant == "webhook" {
				f.hook(r)
			}
			before, began := len(r.got()), time.Now()
			f.importedIn(lines, 20*time.Minute)
			read := time.Since(began)
			until(t, "all is compared", func() bool { return f.count("SELECT count(*) FROM stories WHERE changes <> compared") == 0 })
			compared := time.Since(began)
			for f.count("SELECT count(*) FROM events WHERE seq IS NULL") > 0 || f.count("SELECT count(*) FROM webhook_deliveries WHERE state = 'waiting'") > 0 {
				time.Sleep(20 * time.Millisecond)
			}
			t.Logf("%-9s %d articles: read in %.1f s, compared in %.1f s, told in %.1f s; %d events, %d calls, %d jobs for them", variant, articles, read.Seconds(),
				compared.Seconds(), time.Since(began).Seconds(), f.count("SELECT count(*) FROM events"), len(r.got())-before, f.count("SELECT count(*) FROM river_job WHERE kind = 'send_webhook'"))
			if err := f.Stop(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
}
