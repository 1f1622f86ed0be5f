package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// sent is a server-sent event as a reader takes it.
type sent struct {
	id, name string
	data     object
}

// reading is an open stream.
type reading struct {
	t      *testing.T
	header http.Header
	events chan sent
	stop   context.CancelFunc
}

// open reads a stream over a real connection until the test ends.
func (c client) open(t *testing.T, path string, header ...string) *reading {
	t.Helper()
	server := httptest.NewServer(c.Service)
	ctx, stop := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/api/v1"+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+servertest.AdminKey)
	r.Header.Set("Accept-Encoding", "gzip")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Encoding") != "" || resp.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("status %d, header %v", resp.StatusCode, resp.Header)
	}
	out := &reading{t: t, header: resp.Header, events: make(chan sent, 1000), stop: stop}
	t.Cleanup(func() { stop(); server.Close() })
	go func() {
		defer close(out.events)
		defer resp.Body.Close()
		var e sent
		for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
			switch name, value, _ := strings.Cut(lines.Text(), ": "); name {
			case "id":
				e.id = value
			case "event":
				e.name = value
			case "data":
				_ = json.Unmarshal([]byte(value), &e.data) // what is no object is seen to be missing
			case "":
				if e.id != "" || e.name != "" {
					out.events <- e
				}
				e = sent{}
			}
		}
	}()
	return out
}

// until reads until an event of a type comes, and gives all that came.
func (r *reading) until(name string) []sent {
	r.t.Helper()
	var all []sent
	for {
		select {
		case e, open := <-r.events:
			if !open {
				r.t.Fatalf("the stream ended before %s came: %v", name, all)
			}
			if all = append(all, e); e.name == name {
				return all
			}
		case <-time.After(30 * time.Second):
			r.t.Fatalf("%s never came: %v", name, all)
		}
	}
}

// ended waits until the stream has ended.
func (r *reading) ended() {
	r.t.Helper()
	for {
		select {
		case _, open := <-r.events:
			if !open {
				return
			}
		case <-time.After(20 * time.Second):
			r.t.Fatal("the stream goes on")
		}
	}
}

func (c client) floodArticle(t *testing.T, story, source, number string) {
	t.Helper()
	c.call("POST", "/articles", articleJSON(t, object{"story_id": story, "source": source, "published_at": "2025-04-02",
		"text": "The river Tarn flooded the town of Marrow on Tuesday. Rescuers evacuated " + number + " people from the town."})).want(http.StatusAccepted)
}

func TestStoryIsFollowed(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{Jobs: true, PublicRead: true})
	story := c.call("POST", "/stories", `{"title": "A flood"}`).want(http.StatusCreated).id()
	path := "/stories/" + story + "/events"
	all := c.open(t, "/events")
	r := c.open(t, path)
	if first := r.until("progress")[0]; first.data["story_id"] != story || first.id == "" {
		t.Fatalf("first %+v", first)
	}
	c.floodArticle(t, story, "Gazette", "1,200")
	c.floodArticle(t, story, "Courier", "2,000")
	came := append(r.until("article.ready"), r.until("finding.new")...)
	came = append(came, r.until("story.compared")...)
	for end := time.Now().Add(20 * time.Second); c.call("GET", "/stories/"+story, "").object()["status"] != "ready" && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	finding := c.call("GET", "/stories/"+story+"/findings", "").want(http.StatusOK).items()[0]
	c.call("POST", "/findings/"+finding["id"].(string)+"/reviews", `{"verdict": "`+map[string]string{"agree": "diverge", "diverge": "agree", "single": "agree"}[finding["verdict"].(string)]+`"}`).want(http.StatusCreated)
	came = append(came, r.until("finding.verdict_changed")...)
	kinds := map[string]int{}
	for _, e := range came {
		kinds[e.name]++
		if e.name != "progress" && (e.data["type"] != e.name || e.data["id"] == nil || e.data["data"].(object)["story_id"] != story) {
			t.Errorf("event %+v", e)
		}
	}
	if kinds["article.ready"] == 0 || kinds["finding.new"] == 0 || kinds["review.created"] == 0 {
		t.Errorf("events %v", kinds)
	}
	all.until("review.created")

	// Whoever was away is told what was missed, once, and in the same order.
	away := c.open(t, path, "Last-Event-ID", came[0].id)
	var missed []string
	for _, e := range away.until("finding.verdict_changed") {
		if e.name != "progress" {
			missed = append(missed, e.id+" "+e.name)
		}
	}
	var had []string
	for _, e := range came[1:] {
		if e.name != "progress" {
			had = append(had, e.id+" "+e.name)
		}
	}
	if got, want := strings.Join(missed, "\n"), strings.Join(had, "\n"); !strings.HasSuffix(got, want) {
		t.Errorf("missed\n%s\nwant\n%s", got, want)
	}
	for _, wrong := range []string{unknownID, "-1", "none"} {
		if first := <-c.open(t, path, "Last-Event-ID", wrong).events; first.name != "reset" || first.id == "" {
			t.Errorf("Last-Event-ID %s: %+v", wrong, first)
		}
	}
	// A stranger is told nothing of reviews.
	stranger := c.open(t, path, "Authorization", "Bearer "+c.Key(auth.Read), "Last-Event-ID", came[0].id)
	stranger.until("review.created")
	anonymous := c.Do(servertest.Call{Method: "GET", Path: "/api/v1" + path, Header: http.Header{"Last-Event-Id": {came[0].id}}})
	if body := anonymous.Body.String(); anonymous.Code != http.StatusOK || strings.Contains(body, "review.") || !strings.Contains(body, "finding.new") {
		t.Errorf("a stranger reads %d %s", anonymous.Code, body)
	}
}

func TestStreamsEndWithTheRight(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{Jobs: true, HoldsEvery: 20 * time.Millisecond})
	story := c.call("POST", "/stories", `{"title": "A flood"}`).want(http.StatusCreated).id()
	admin, err := c.App.AuthenticateKey(t.Context(), servertest.AdminKey)
	if err != nil {
		t.Fatal(err)
	}
	key, secret, err := c.App.CreateKey(t.Context(), admin, app.KeyInput{Name: "r", Scopes: []auth.Scope{auth.Read}})
	if err != nil {
		t.Fatal(err)
	}
	revoked := c.open(t, "/stories/"+story+"/events", "Authorization", "Bearer "+secret)
	revoked.until("progress")
	if err := c.App.RevokeKey(t.Context(), admin, key.ID); err != nil {
		t.Fatal(err)
	}
	revoked.ended()

	expiring := "Bearer " + c.Key(auth.Read)
	expired := c.open(t, "/events", "Authorization", expiring)
	if _, err := c.Pool.Exec(t.Context(), "UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE name = 'test'"); err != nil {
		t.Fatal(err)
	}
	expired.ended()

	deleted := c.open(t, "/stories/"+story+"/events")
	deleted.until("progress")
	c.call("DELETE", "/stories/"+story, "", "If-Match", "*").want(http.StatusNoContent)
	deleted.ended()
	c.call("GET", "/stories/"+story+"/events", "").want(http.StatusNotFound)
}

func TestStreamsAreBounded(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{PublicRead: true})
	var last *reading
	for range 10 {
		last = c.open(t, "/events")
	}
	refused := c.call("GET", "/events", "").want(http.StatusTooManyRequests)
	if refused.Header().Get("Retry-After") == "" {
		t.Error("429 without Retry-After")
	}
	last.stop()
	for end := time.Now().Add(10 * time.Second); c.call("GET", "/events", "").Code == http.StatusTooManyRequests; {
		if time.Now().After(end) {
			t.Fatal("a stream that has ended counts on")
		}
	}
	if w := c.Do(servertest.Call{Method: http.MethodHead, Path: "/api/v1/events"}); w.Code != http.StatusOK || w.Body.Len() > 0 {
		t.Errorf("HEAD: %d %s", w.Code, w.Body)
	}
}

func TestImportIsFollowed(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{Jobs: true})
	id := c.call("POST", "/imports", `{"text": "The bridge was closed on Thursday.", "source": "Post"}`+"\n", "Content-Type", "application/x-ndjson").want(http.StatusAccepted).id()
	r := c.open(t, "/imports/"+id+"/events")
	if done := r.until("done"); done[len(done)-1].data["created"] != 1.0 {
		t.Errorf("done %+v", done)
	}
	r.ended()
	c.call("GET", "/imports/"+unknownID+"/events", "").want(http.StatusNotFound)
}
