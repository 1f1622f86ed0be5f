package e2e

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// bridgePage is the page of an article.
const bridgePage = `<html lang="en"><head><title>Bridge shut | Harbour Post</title><meta property="og:site_name" content="Harbour Post">
<meta name="author" content="Ana Reyes"><meta property="article:published_time" content="2025-03-27T09:30:00-05:00">
</head><body><nav><a href="/">Home</a></nav><article><h1>Bridge shut</h1>
<p>The harbour bridge was closed on Thursday after engineers found a crack in its western pier, the port authority said.</p>
<p>Some 4,000 cars cross the bridge every day. They will be sent over the old road until the pier has been mended again.</p>
</article></body></html>`

// newsSite serves the page of an article, and one that leads into the network that
// the service stands in.
func newsSite(t *testing.T) (address, host string) {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/bridge", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, bridgePage) })
	mux.HandleFunc("/inside", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://127.0.0.1/", http.StatusFound)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL, strings.TrimPrefix(server.URL, "http://")
}

// TestArticleByAddress adds an article by its address, with JavaScript and without,
// on a phone too.
func TestArticleByAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		scripts bool
		width   int64
	}{{"with scripts", true, 1280}, {"without scripts on a phone", false, 360}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			address, host := newsSite(t)
			b := open(t, servertest.Options{FetchAllow: []string{host}})
			b.signIn(b.User(auth.Editor))
			b.do(chromedp.EmulateViewport(c.width, 800))
			b.scripts(c.scripts)
			b.visit("/articles/new")
			b.click(".tabs a[href='/articles/new?from=address']")
			b.fill("url", address+"/inside")
			b.click("main button[type=submit]")
			if got := b.text("#url-error"); !strings.Contains(got, "private network") {
				t.Errorf("an address that leads inside: %q", got)
			}
			b.fill("url", address+"/bridge")
			b.click("main button[type=submit]")
			b.is("document.querySelector('#source').value", "Harbour Post")
			b.is("document.querySelector('#title').value", "Bridge shut")
			b.is("document.querySelector('#published_at').value", "2025-03-27T09:30:00-05:00")
			b.is("document.querySelector('#text').value.startsWith('The harbour bridge was closed')", "true")
			b.is("document.documentElement.scrollWidth <= innerWidth", "true")
			b.fill("byline", "A. Reyes")
			b.click("main button[type=submit]")
			b.waitFor("document.querySelector('.facts, .story-line, .matrix, h1') && document.body.innerText.includes('was added')")
		})
	}
}
