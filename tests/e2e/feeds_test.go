package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// newspaper is a site with a page that names its feed, and a feed that holds one
// article and points to another. The addresses of its pages are full, so it has to
// know its own.
func newspaper(t *testing.T) (address string) {
	t.Helper()
	long := strings.Repeat("The harbour bridge was closed on Thursday after inspectors found a crack in a pier. ", 10)
	pages := map[string]string{
		"/": `<!DOCTYPE html><html><head><title>Harbour Post</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body></body></html>`,
		"/ferry": `<!DOCTYPE html><html><head><title>Ferry fares rise</title></head><body><nav><a href="/">Home</a></nav><article><h1>Ferry fares rise</h1>
<p>Ferry fares rise by ten per cent on Monday, the council said. A single ticket will cost 3 euros, and children under six travel free of charge.</p>
<p>The ferry carries 4,000 people a day since the bridge was closed. The council expects that number to double by the summer.</p></article></body></html>`,
	}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, body)
	}))
	t.Cleanup(site.Close)
	pages["/feed.xml"] = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Post</title>` +
		fmt.Sprintf(`<link>%[1]s/</link><item><guid>1</guid><title>Bridge shut</title><link>%[1]s/bridge</link><content:encoded><![CDATA[<p>%[2]s</p>]]></content:encoded></item>`, site.URL, long) +
		fmt.Sprintf(`<item><guid>2</guid><title>Ferry fares rise</title><link>%[1]s/ferry</link><description>Fares rise. Read more</description></item></channel></rss>`, site.URL)
	return site.URL
}

func TestFeedWithoutJavaScript(t *testing.T) {
	t.Parallel()
	site := newspaper(t)
	b := open(t, servertest.Options{FetchAllow: []string{strings.TrimPrefix(site, "http://")}, Feeds: app.FeedConfig{Every: 200 * time.Millisecond}})
	b.scripts(false)
	b.signIn(b.User(auth.Editor))
	b.click("nav a[href='/feeds']")
	b.sees(".empty")
	b.fill("url", site)
	b.fill("source", "The Harbour Post")
	b.click("form[action='/feeds'] button")
	feed := b.eval("location.pathname")
	b.is("document.querySelector('h1').textContent.trim()", "Harbour Post")

	// The page loads itself again until both articles are in.
	b.waitFor("document.querySelectorAll('.articles a[href^=\"/articles/\"]').length === 2 && document.querySelector('.health-ok')")
	b.click(".articles a[href^='/articles/']")
	b.sees(".text")
	if facts := b.text(".facts"); !strings.Contains(facts, "The Harbour Post") {
		t.Errorf("the article says %q", facts)
	}

	b.visit(feed)
	b.click("form[action$='/pause'] button")
	b.sees(".health-paused")
	b.sees("form[action$='/resume']")
	b.visit("/feeds")
	b.sees(".feeds .health-paused")
	if list := b.text(".feeds"); !strings.Contains(list, "2 articles") {
		t.Errorf("the list says %q", list)
	}
	opml := b.eval("(() => { const r = new XMLHttpRequest(); r.open('GET', document.querySelector('a[href=\"/feeds/opml\"]').href, false); r.send(); return r.responseText })()")
	if !strings.Contains(opml, `xmlUrl="`+site+`/feed.xml"`) || !strings.Contains(opml, "The Harbour Post") {
		t.Errorf("the list to take away is %s", opml)
	}

	for _, width := range []int64{360, 1280} {
		b.do(chromedp.EmulateViewport(width, 800))
		for _, path := range []string{"/feeds", feed, feed + "/delete"} {
			b.visit(path)
			b.is("document.documentElement.scrollWidth", fmt.Sprint(width))
		}
	}
	b.click("main button[type=submit]")
	b.is("location.pathname", "/feeds")
	b.sees(".empty")
}
