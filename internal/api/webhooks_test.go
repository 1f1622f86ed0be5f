package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
	"corroborate/internal/webhook"
)

// takesAll is a server that takes everything.
func takesAll(t *testing.T) (address, host string) {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok")) }))
	t.Cleanup(s.Close)
	return s.URL, strings.TrimPrefix(s.URL, "http://")
}

func TestWebhookFromFirstToLast(t *testing.T) {
	t.Parallel()
	address, host := takesAll(t)
	c := newClient(t, servertest.Options{Jobs: true, HookAllow: []string{host}})
	body := articleJSON(t, object{"url": address, "events": []string{"finding.new", "article.ready"}, "description": "desk"})
	made := c.call("POST", "/webhooks", body, "Idempotency-Key", "k").want(http.StatusCreated)
	path := "/webhooks/" + made.id()
	if o := made.object(); !strings.HasPrefix(o["secret"].(string), "whsec_") || o["health"] != "new" || o["story_id"] != nil || o["active"] != true {
		t.Errorf("made %s", made.Body)
	}
	if made.Header().Get("Location") != "/api/v1"+path {
		t.Errorf("location %s", made.Header().Get("Location"))
	}
	again := c.call("POST", "/webhooks", body, "Idempotency-Key", "k").want(http.StatusCreated)
	if again.object()["secret"] != nil || again.id() != made.id() {
		t.Errorf("repeated %s", again.Body)
	}
	got := c.call("GET", path, "").want(http.StatusOK)
	if strings.Contains(got.Body.String(), "whsec_") {
		t.Errorf("the secret is shown again: %s", got.Body)
	}
	etag := got.Header().Get("ETag")
	if etag == "" || etag != made.Header().Get("ETag") {
		t.Errorf("ETag %q, made with %q", etag, made.Header().Get("ETag"))
	}

	sent := c.call("POST", path+"/test", "").want(http.StatusAccepted)
	delivery := strings.TrimPrefix(sent.Header().Get("Location"), "/api/v1")
	for end := time.Now().Add(20 * time.Second); c.call("GET", delivery, "").want(http.StatusOK).object()["state"] != "delivered"; {
		if time.Now().After(end) {
			t.Fatalf("never delivered: %s", c.call("GET", delivery, "").Body)
		}
	}
	o := c.call("GET", delivery, "").object()
	if o["answer"] != "ok" || o["status"] != 200.0 || o["attempts"] != 1.0 || len(o["headers"].([]any)) != 4 || !strings.Contains(o["payload"].(string), `"type":"ping"`) {
		t.Errorf("delivery %v", o)
	}
	if n := len(c.call("GET", path+"/deliveries?state=delivered&event=ping", "").want(http.StatusOK).items()); n != 1 {
		t.Errorf("%d deliveries", n)
	}
	c.call("GET", path+"/deliveries?state=fine", "").want(http.StatusUnprocessableEntity)
	c.call("POST", delivery+"/replay", "").want(http.StatusAccepted)
	c.call("POST", path+"/deliveries/"+unknownID+"/replay", "").want(http.StatusNotFound)
	c.call("GET", path+"/deliveries/nonsense", "").want(http.StatusNotFound)

	rotated := c.call("POST", path+"/secret", "", "Idempotency-Key", "r").want(http.StatusCreated).object()
	if rotated["secret"] == made.object()["secret"] || rotated["old_secret_until"] == nil {
		t.Errorf("rotated %v", rotated)
	}
	if o := c.call("POST", path+"/secret", "", "Idempotency-Key", "r").want(http.StatusCreated).object(); o["secret"] != nil {
		t.Errorf("the secret is repeated: %v", o)
	}

	c.call("PATCH", path, `{"active": false}`).want(http.StatusPreconditionRequired)
	c.call("PATCH", path, `{"active": false}`, "If-Match", etag).want(http.StatusPreconditionFailed)
	etag = c.call("GET", path, "").Header().Get("ETag")
	story := c.call("POST", "/stories", `{"title": "A flood"}`).want(http.StatusCreated).id()
	paused := c.call("PATCH", path, articleJSON(t, object{"active": false, "story_id": story, "events": []string{"story.compared"}}), "If-Match", etag).want(http.StatusOK)
	if o := paused.object(); o["health"] != "paused" || o["stopped"] != "paused" || o["story_id"] != story || o["description"] != "desk" {
		t.Errorf("paused %s", paused.Body)
	}
	c.call("POST", path+"/test", "").want(http.StatusConflict)
	back := c.call("PATCH", path, `{"active": true, "story_id": null}`, "If-Match", "*").want(http.StatusOK).object()
	if back["story_id"] != nil || back["active"] != true || back["stopped"] != "" {
		t.Errorf("resumed %v", back)
	}
	if n := len(c.call("GET", "/webhooks", "").want(http.StatusOK).items()); n != 1 {
		t.Errorf("%d webhooks", n)
	}
	c.call("DELETE", path, "").want(http.StatusPreconditionRequired)
	c.call("DELETE", path, "", "If-Match", "*").want(http.StatusNoContent)
	c.call("GET", path, "").want(http.StatusNotFound)
	c.call("GET", path+"/deliveries", "").want(http.StatusNotFound)
}

func TestWrongWebhooksAreRefused(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	for body, field := range map[string]string{
		`{"url": "http://x.example", "events": ["finding.new"]}`:                                             "body.url",
		`{"url": "https://192.168.1.1/", "events": ["finding.new"]}`:                                         "body.url",
		`{"url": "https://x.example", "events": ["ping"]}`:                                                   "body.events[0]",
		`{"url": "https://x.example", "events": []}`:                                                         "body.events",
		`{"url": "https://x.example"}`:                                                                       "body.events",
		`{"url": "https://x.example", "events": ["finding.new"], "story_id": "` + unknownID + `"}`:           "body.story_id",
		`{"url": "https://x.example", "events": ["finding.new"], "story_id": "7"}`:                           "body.story_id",
		`{"url": "https://x.example", "events": ["finding.new"], "secret": "whsec_aaaaaaaaaaaaaaaaaaaaaaa"}`: "body.secret",
	} {
		if wrong := c.call("POST", "/webhooks", body).want(http.StatusUnprocessableEntity).wrong(); wrong[field] == "" {
			t.Errorf("%s: %v", body, wrong)
		}
	}
	two := c.call("POST", "/webhooks", `{"url": "http://x.example", "events": ["finding.new"], "story_id": "7"}`).wrong()
	if len(two) != 2 {
		t.Errorf("not all errors at once: %v", two)
	}
	made := c.call("POST", "/webhooks", `{"url": "https://x.example", "events": ["finding.new"], "active": false}`).want(http.StatusCreated)
	c.call("PATCH", "/webhooks/"+made.id(), `{"url": "https://10.1.1.1/", "events": ["finding.new"]}`, "If-Match", "*").want(http.StatusUnprocessableEntity)
	bearer := "Bearer " + c.Key(auth.Read, auth.Review)
	c.call("GET", "/webhooks", "", "Authorization", bearer).want(http.StatusForbidden)
	c.call("GET", "/webhooks", "", "Authorization", "Bearer "+c.Key(auth.Write)).want(http.StatusForbidden)
	for range 19 {
		c.call("POST", "/webhooks", `{"url": "https://x.example", "events": ["finding.new"], "active": false}`).want(http.StatusCreated)
	}
	c.call("POST", "/webhooks", `{"url": "https://x.example", "events": ["finding.new"]}`).want(http.StatusConflict)
}

// TestEventsAreDescribed holds the types of events against the document: each has its
// shape, and its example is of that shape.
func TestEventsAreDescribed(t *testing.T) {
	t.Parallel()
	doc := newClient(t, servertest.Options{}).document()
	described := doc["webhooks"].(object)
	types := append(webhook.Types(), webhook.Ping)
	if len(described) != len(types) {
		t.Errorf("%d of %d types are described", len(described), len(types))
	}
	var names []any
	for _, kind := range types {
		if kind != webhook.Ping {
			names = append(names, string(kind))
		}
		post := described[string(kind)].(object)["post"].(object)
		media := post["requestBody"].(object)["content"].(object)["application/json"].(object)
		for _, wrong := range mismatches(doc, media["schema"].(object), string(kind), media["example"]) {
			t.Error(wrong)
		}
		if post["description"] == "" || len(post["parameters"].([]any)) != 3 {
			t.Errorf("%s: %v", kind, post)
		}
	}
	schemas := doc["components"].(object)["schemas"].(object)
	for _, schema := range []string{"WebhookBody", "WebhookEdit", "WebhookShape"} {
		enum := schemas[schema].(object)["properties"].(object)["events"].(object)["items"].(object)["enum"].([]any)
		if len(enum) != len(names) {
			t.Errorf("%s has the events %v, want %v", schema, enum, names)
		}
		for _, name := range names {
			if !strings.Contains(articleJSON(t, object{"e": enum}), name.(string)) {
				t.Errorf("%s lacks %v", schema, name)
			}
		}
	}
}
