package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// serveFeed serves a feed at / of a local address and gives the address.
func serveFeed(t *testing.T) string {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/feed" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/rss+xml")
		_, _ = w.Write([]byte(`<rss version="2.0"><channel><title>Harbour Post</title><item><guid>1</guid><title>Bridge shut</title></item></channel></rss>`))
	}))
	t.Cleanup(site.Close)
	return site.URL
}

func TestFeedFromFirstToLast(t *testing.T) {
	t.Parallel()
	site := serveFeed(t)
	c := newClient(t, servertest.Options{FetchAllow: []string{strings.TrimPrefix(site, "http://")}})
	body := articleJSON(t, object{"url": site + "/feed", "source": "The Post", "folder": "Coast"})
	made := c.call("POST", "/feeds", body).want(http.StatusCreated)
	path := "/feeds/" + made.id()
	if f := made.object(); f["title"] != "Harbour Post" || f["source"] != "The Post" || f["health"] != "new" || f["polling"] != true {
		t.Errorf("made %s", made.Body)
	}
	if again := c.call("POST", "/feeds", body).want(http.StatusOK); again.id() != made.id() {
		t.Errorf("again %s", again.Body)
	}
	has(t, c.call("POST", "/feeds", articleJSON(t, object{"url": site + "/none"})).want(http.StatusUnprocessableEntity).wrong()["body.url"], "404")
	if wrong := c.call("POST", "/feeds", `{"url": "ftp://x", "source": 7}`).want(http.StatusUnprocessableEntity).wrong(); len(wrong) == 0 {
		t.Error("no field is named")
	}

	got := c.call("GET", path, "").want(http.StatusOK)
	etag := got.Header().Get("ETag")
	c.call("PATCH", path, `{"state": "paused"}`).want(http.StatusPreconditionRequired)
	c.call("PATCH", path, `{"state": "gone"}`, "If-Match", etag).want(http.StatusUnprocessableEntity)
	paused := c.call("PATCH", path, `{"state": "paused", "title": "The Harbour"}`, "If-Match", etag).want(http.StatusOK)
	if f := paused.object(); f["health"] != "paused" || f["title"] != "The Harbour" {
		t.Errorf("paused %s", paused.Body)
	}
	c.call("PATCH", path, `{"state": "active"}`, "If-Match", etag).want(http.StatusPreconditionFailed)
	c.call("POST", path+"/poll", "").want(http.StatusConflict)
	if n := len(c.call("GET", "/feeds?health=paused", "").want(http.StatusOK).items()); n != 1 {
		t.Errorf("%d paused feeds", n)
	}
	c.call("GET", "/feeds?health=fine", "").want(http.StatusUnprocessableEntity)
	c.call("PATCH", path, `{"state": "active"}`, "If-Match", paused.Header().Get("ETag")).want(http.StatusOK)
	c.call("POST", path+"/poll", "").want(http.StatusAccepted)
	c.call("GET", path+"/entries", "").want(http.StatusOK)
	c.call("GET", path+"/entries?state=fine", "").want(http.StatusUnprocessableEntity)

	c.call("DELETE", path, "").want(http.StatusPreconditionRequired)
	c.call("DELETE", path, "", "If-Match", etag).want(http.StatusPreconditionFailed)
	c.call("DELETE", path, "", "If-Match", "*").want(http.StatusNoContent)
	c.call("GET", path, "").want(http.StatusNotFound)
	c.call("GET", path+"/entries", "").want(http.StatusNotFound)
}

func TestFeedListsByOPML(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	const list = `<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/feed"/><outline text="B" type="rss"/></body></opml>`
	done := c.call("POST", "/feeds/opml", list, "Content-Type", "text/xml; charset=utf-8", "Idempotency-Key", "k").want(http.StatusOK)
	if o := done.object(); o["added"] != 1.0 || o["wrong"] != 1.0 || len(done.items()) != 2 {
		t.Errorf("imported %s", done.Body)
	}
	again := c.call("POST", "/feeds/opml", list, "Content-Type", "text/xml", "Idempotency-Key", "k").want(http.StatusOK)
	if again.Header().Get("Idempotent-Replayed") != "true" {
		t.Error("the same call is made twice")
	}
	if known := c.call("POST", "/feeds/opml", list, "Content-Type", "text/x-opml").want(http.StatusOK).object(); known["known"] != 1.0 {
		t.Errorf("known %v", known)
	}
	got := c.call("GET", "/feeds/opml", "").want(http.StatusOK)
	has(t, got.Body.String(), `xmlUrl="https://a.example/feed"`)
	c.call("POST", "/feeds/opml", `{}`).want(http.StatusUnsupportedMediaType)
	c.call("POST", "/feeds/opml", "<opml>", "Content-Type", "text/x-opml").want(http.StatusUnprocessableEntity)
	c.call("POST", "/feeds/opml", strings.Repeat(" ", 1<<20+1), "Content-Type", "text/x-opml").want(http.StatusRequestEntityTooLarge)
	bearer := "Bearer " + c.Key(auth.Read, auth.Review)
	c.call("GET", "/feeds/opml", "", "Authorization", bearer).want(http.StatusForbidden)
	c.call("GET", "/feeds", "", "Authorization", bearer).want(http.StatusForbidden)
}
