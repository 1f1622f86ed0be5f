package e2e

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
	"corroborate/internal/store/storetest/made"
)

// BenchmarkMatrixInBrowser measures how long it takes in Chromium until the matrix of a
// story of 50 articles and 500 findings can be used: from the start of the navigation
// until all is loaded, the first frame is drawn, and the page answers. The same bytes
// from the memory of a bare server are measured in turn with it; the ratio is the
// service's share. Styles and scripts are in the browser's cache after the first visit,
// as they are for whoever works here.
func BenchmarkMatrixInBrowser(b *testing.B) {
	t := open(b, servertest.Options{})
	t.do(chromedp.EmulateViewport(1440, 900))
	story := "/stories/" + made.Story(b, t.Pool, made.Size{Articles: 50, Findings: 500})
	t.signIn(t.User(auth.Reader))
	t.announceReady()
	still := t.stillCopy(story)
	var live, static []float64
	for b.Loop() {
		live = append(live, t.ready(t.url+story))
		static = append(static, t.ready(still))
	}
	b.ReportMetric(middle(live), "ms/page")
	b.ReportMetric(middle(static), "ms/static")
	b.ReportMetric(middle(live)/middle(static), "ratio")
	b.ReportMetric(0, "ns/op") // both together, which tells nothing
}

func middle(all []float64) float64 { return slices.Sorted(slices.Values(all))[len(all)/2] }

// announceReady has every page note when it can be used.
func (b *tab) announceReady() {
	b.t.Helper()
	const note = `addEventListener('load', () => requestAnimationFrame(() => setTimeout(() => { window.readyAt = performance.now(); })))`
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: note})
		return err
	}))
}

// ready visits an address and gives the milliseconds until its page can be used.
func (b *tab) ready(address string) float64 {
	b.t.Helper()
	b.do(chromedp.Navigate(address))
	b.waitFor("window.readyAt")
	var ms float64
	fmt.Sscan(b.eval("window.readyAt"), &ms)
	return ms
}

// stillCopy serves what a page of the service sends, with its styles and scripts, from
// memory. It gives the copy's address.
func (b *tab) stillCopy(path string) string {
	b.t.Helper()
	jar, _ := cookiejar.New(nil) // it never fails
	client := &http.Client{Jar: jar, Transport: &http.Transport{DisableCompression: true}}
	form := url.Values{"email": {"reader@news.example"}, "password": {servertest.Password}}
	answer, err := client.PostForm(b.url+"/login", form)
	if err != nil {
		b.t.Fatal(err)
	}
	answer.Body.Close()
	type copied struct {
		header http.Header
		body   []byte
	}
	kept := map[string]copied{}
	keep := func(path string) []byte {
		request, _ := http.NewRequestWithContext(b.t.Context(), http.MethodGet, b.url+path, nil)
		request.Header.Set("Accept-Encoding", "gzip")
		answer, err := client.Do(request)
		if err != nil || answer.StatusCode != http.StatusOK {
			b.t.Fatalf("%s: %v, %+v", path, err, answer)
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			b.t.Fatal(err)
		}
		answer.Header.Del("Set-Cookie")
		kept[path] = copied{answer.Header, body}
		return body
	}
	for _, asset := range assetsIn(b.t, keep(path)) {
		keep(asset)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, ok := kept[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		for name, values := range c.header {
			w.Header()[name] = values
		}
		_, _ = w.Write(c.body) // the browser is gone when this fails
	}))
	b.t.Cleanup(server.Close)
	return server.URL + path
}

// assetsIn gives the addresses of the files that a compressed page loads.
func assetsIn(t testing.TB, compressed []byte) []string {
	t.Helper()
	unpacked, err := gzip.NewReader(strings.NewReader(string(compressed)))
	if err != nil {
		t.Fatal(err)
	}
	html, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, part := range strings.Split(string(html), `"`) {
		if strings.HasPrefix(part, "/static/") {
			out = append(out, part)
		}
	}
	return out
}
