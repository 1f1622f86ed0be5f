package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// host is another site, whose page frames the address in its query.
func host(t *testing.T) *httptest.Server {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		fmt.Fprintf(w, `<!doctype html><title>An article</title><h1>An article</h1><iframe src="%s" width="600" height="480" onload="this.dataset.done = 1"></iframe>`, r.URL.Query().Get("card"))
	}))
	t.Cleanup(site.Close)
	return site
}

// complained waits for a complaint of the console with some words and takes it back,
// for what has to be refused.
func (b *tab) complained(words string) bool {
	b.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		b.mu.Lock()
		before := len(b.complaints)
		b.complaints = slices.DeleteFunc(b.complaints, func(c string) bool { return strings.Contains(c, words) })
		after := len(b.complaints)
		b.mu.Unlock()
		if after < before {
			return true
		}
	}
	return false
}

// TestCardIsMadeFramedAndEnded makes a card on the page of a finding, sees it on a site
// that may frame it and not on another, and ends it without JavaScript.
func TestCardIsMadeFramedAndEnded(t *testing.T) {
	t.Parallel()
	allowed, other := host(t), host(t)
	b := open(t, servertest.Options{EmbedOrigins: []string{allowed.URL}})
	b.signIn(b.User(auth.Editor))
	story := b.addStory()
	b.visit(story)
	b.click(".row-diverge .row-link")
	finding := b.eval("location.pathname")

	b.do(chromedp.Click(chromedp.CSS(".shares summary")))
	b.fill("share_name", "غرفة الأخبار")
	b.click(".shares form[action*='/shares'] button")
	address := b.text(".shares .secret [data-permalink]")
	if !strings.Contains(address, "/cards/") {
		t.Fatalf("the address is %q", address)
	}
	b.is("document.querySelector('.shares .secret').innerText.includes('<iframe')", "true")

	b.do(chromedp.Navigate(allowed.URL + "/?card=" + address))
	b.waitFor("document.querySelector('iframe').dataset.done")
	b.do(chromedp.Navigate(other.URL + "/?card=" + address))
	if !b.complained("frame-ancestors") {
		t.Error("a site that the setting does not name frames the card")
	}

	b.do(chromedp.Navigate(address))
	if got := b.text("main"); !strings.Contains(got, "Sources diverge") || !strings.Contains(got, "Nobody has reviewed it yet") {
		t.Errorf("the card says %q", got)
	}
	b.do(chromedp.EmulateViewport(300, 600))
	if wide := b.eval("document.documentElement.scrollWidth"); wide != "300" {
		t.Errorf("in 300 pixels it is %s wide", wide)
	}
	b.do(chromedp.EmulateViewport(1280, 900))

	b.scripts(false)
	b.visit(finding)
	b.click(".shares form[action$='/end'] button")
	b.is("location.pathname", finding)
	b.do(chromedp.Navigate(address + "?past-what-the-browser-keeps"))
	if got := b.text("main"); !strings.Contains(got, "There is no card") {
		t.Errorf("a card that has ended says %q", got)
	}
	b.complained("404")
}
