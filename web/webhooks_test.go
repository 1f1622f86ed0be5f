package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

func TestWebhookPages(t *testing.T) {
	t.Parallel()
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<b>taken</b>")) }))
	defer receiver.Close()
	s := newSite(t, servertest.Options{Jobs: true, HookAllow: []string{strings.TrimPrefix(receiver.URL, "http://")}})
	s.get("/webhooks").want(http.StatusOK).shows("main", "No webhook yet").shows("fieldset.events", "finding.verdict_changed")
	wrong := s.post("/webhooks", url.Values{"url": {"http://x.example"}, "description": {"desk"}, "story": {"/stories/7"}}).want(http.StatusUnprocessableEntity)
	wrong.shows("#url-error", "https://").shows("#events-error", "are missing").shows("#story-error, #story_id-error, main", "names no story")
	if got := wrong.all("input[name=description][value=desk]"); len(got) != 1 {
		t.Error("the form came back empty")
	}
	made := s.post("/webhooks", url.Values{"url": {receiver.URL}, "description": {"desk"}, "events": {"finding.new", "article.ready"}}).want(http.StatusCreated)
	made.shows("h1", "desk").shows(".secret code", "whsec_").shows(".facts", "all stories")
	if made.Header().Get("Cache-Control") != "no-store" {
		t.Error("a page with a secret may be kept")
	}
	path := strings.TrimSuffix(attrOf(made.all("form[action$='/test']")[0], "action"), "/test")
	s.get(path).want(http.StatusOK).lacks(".secret").shows(".health", "nothing sent yet")
	s.post(path+"/test", nil).goesTo(path)
	for end := time.Now().Add(20 * time.Second); !strings.Contains(s.get(path).text(".health"), "ok"); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never sent: %s", s.get(path).text("main"))
		}
	}
	p := s.get(path + "?state=delivered").want(http.StatusOK)
	p.shows(".deliveries", "delivered: status 200").shows(".wire", `"type":"ping"`).shows("details", "<b>taken</b>")
	s.get(path + "?state=failed").want(http.StatusOK).lacks(".deliveries")
	delivery := attrOf(p.all("input[name=delivery]")[0], "value")
	s.post(path+"/replay", url.Values{"delivery": {delivery}}).goesTo(path)
	s.post(path+"/replay", url.Values{"delivery": {unknownID}}).want(http.StatusNotFound)

	s.post(path+"/pause", nil).goesTo(path)
	s.get(path).shows(".health", "paused").lacks("form[action$='/test']")
	s.post(path+"/test", nil).want(http.StatusConflict)
	s.post(path+"/resume", nil).goesTo(path)
	s.post(path+"/edit", url.Values{"url": {receiver.URL}, "description": {"night desk"}}).want(http.StatusUnprocessableEntity).shows("#events-error", "are missing")
	s.post(path+"/edit", url.Values{"url": {receiver.URL}, "description": {"night desk"}, "events": {"story.compared"}}).goesTo(path)
	s.get(path).shows("h1", "night desk")
	s.post(path+"/secret", nil).want(http.StatusCreated).shows(".secret", "signs too until").shows(".secret code", "whsec_")
	s.as(auth.Administrator).get("/webhooks").want(http.StatusOK).shows(".story-line", "editor")
	s.as(auth.Administrator).get(path).want(http.StatusOK).lacks("form[action$='/secret']")
	s.get(path+"/delete").want(http.StatusOK).shows("main", "cannot be taken back")
	s.post(path+"/delete", nil).goesTo("/webhooks")
	s.get(path).want(http.StatusNotFound)
}
