package api_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/server/servertest"
)

func TestStoryFromFirstToLast(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	made := c.call("POST", "/stories", `{"title": "Harbour bridge closed"}`).want(http.StatusCreated)
	path := "/stories/" + made.id()
	if got := made.Header().Get("Location"); got != "/api/v1"+path {
		t.Errorf("Location is %q", got)
	}
	got := c.call("GET", path, "").want(http.StatusOK)
	etag := got.Header().Get("ETag")
	if etag == "" || etag != made.Header().Get("ETag") {
		t.Errorf("ETag %q, when made %q", etag, made.Header().Get("ETag"))
	}
	c.call("GET", path, "", "If-None-Match", etag).want(http.StatusNotModified)
	c.call("GET", path, "", "If-None-Match", `"0.0"`).want(http.StatusOK)

	c.call("PATCH", path, `{"title": "New"}`).want(http.StatusPreconditionRequired)
	c.call("PATCH", path, `{"title": "New"}`, "If-Match", `"99.0"`).want(http.StatusPreconditionFailed)
	c.call("PATCH", path, `{"title": "New"}`, "If-Match", `"nonsense"`).want(http.StatusPreconditionFailed)
	edited := c.call("PATCH", path, `{"title": "New"}`, "If-Match", etag).want(http.StatusOK)
	if title := edited.object()["title"]; title != "New" {
		t.Errorf("the title is %v", title)
	}
	c.call("PATCH", path, `{"title": "Newer"}`, "If-Match", etag).want(http.StatusPreconditionFailed)

	c.call("DELETE", path, "").want(http.StatusPreconditionRequired)
	c.call("DELETE", path, "", "If-Match", etag).want(http.StatusPreconditionFailed)
	c.call("DELETE", path, "", "If-Match", edited.Header().Get("ETag")).want(http.StatusNoContent)
	c.call("GET", path, "").want(http.StatusNotFound)
	c.call("DELETE", path, "", "If-Match", "*").want(http.StatusNotFound)
}

func TestListsAreReadByCursor(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	for i := range 5 {
		c.call("POST", "/stories", fmt.Sprintf(`{"title": "Story %d"}`, i)).want(http.StatusCreated)
	}
	var titles []any
	cursor := ""
	for range 5 {
		page := c.call("GET", "/stories?limit=2&cursor="+cursor, "").want(http.StatusOK)
		for _, s := range page.items() {
			titles = append(titles, s["title"])
		}
		// What is stored meanwhile does not move the parts that follow.
		c.call("POST", "/stories", `{"title": "Meanwhile"}`).want(http.StatusCreated)
		if cursor = page.object()["next_cursor"].(string); cursor == "" {
			break
		}
	}
	if got := fmt.Sprint(titles); got != "[Story 4 Story 3 Story 2 Story 1 Story 0]" {
		t.Errorf("the parts give %s", got)
	}
	for _, query := range []string{"limit=0", "limit=201", "limit=x", "cursor=nonsense", "cursor=%FF", "cursor=%00", "colour=red"} {
		a := c.call("GET", "/stories?"+query, "")
		if a.Code != http.StatusUnprocessableEntity && a.Code != http.StatusBadRequest {
			t.Errorf("%s: status %d", query, a.Code)
		}
		if len(a.wrong()) == 0 {
			t.Errorf("%s: no field is named: %s", query, a.Body)
		}
	}
}

func TestSameCallTwice(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	const key = "Idempotency-Key"
	first := c.call("POST", "/stories", `{"title": "One"}`, key, "k1").want(http.StatusCreated)
	again := c.call("POST", "/stories", `{"title": "One"}`, key, "k1").want(http.StatusCreated)
	if first.Body.String() != again.Body.String() || again.Header().Get("Idempotent-Replayed") != "true" || first.Header().Get("Idempotent-Replayed") != "" {
		t.Errorf("first %s, again %s (%v)", first.Body, again.Body, again.Header())
	}
	for _, name := range []string{"Location", "ETag", "Content-Type"} {
		if first.Header().Get(name) != again.Header().Get(name) {
			t.Errorf("%s: first %q, again %q", name, first.Header().Get(name), again.Header().Get(name))
		}
	}
	if n := len(c.call("GET", "/stories", "").items()); n != 1 {
		t.Errorf("%d stories, want 1", n)
	}
	c.call("POST", "/stories", `{"title": "Two"}`, key, "k1").want(http.StatusUnprocessableEntity)
	c.call("POST", "/stories", `{"title": "Two"}`, key, "a b").want(http.StatusUnprocessableEntity)

	// What failed is not kept: mended, it may use its key again.
	c.call("POST", "/stories", `{"title": ""}`, key, "k2").want(http.StatusUnprocessableEntity)
	c.call("POST", "/stories", `{"title": "Mended"}`, key, "k2").want(http.StatusCreated)
}

func TestCallThatStillRuns(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	const body = `{"title": "One"}`
	admin, err := c.App.AuthenticateKey(t.Context(), servertest.AdminKey)
	if err != nil {
		t.Fatal(err)
	}
	call := app.Call{Key: "k", Method: "POST", Path: "/api/v1/stories", BodyHash: fmt.Sprintf("%x", sha256.Sum256([]byte(body)))}
	_, _, err = c.App.Once(t.Context(), admin, call, func(context.Context) *app.Answer {
		c.call("POST", "/stories", body, "Idempotency-Key", "k").want(http.StatusConflict)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	c.call("POST", "/stories", body, "Idempotency-Key", "k").want(http.StatusCreated)
}

func TestStoriesAreRegrouped(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	one := c.call("POST", "/stories", `{"title": "One"}`).want(http.StatusCreated)
	two := c.call("POST", "/stories", `{"title": "Two"}`).want(http.StatusCreated)
	var articles []string
	for _, text := range []string{"The bridge was closed.", "The ferry sank."} {
		art := c.call("POST", "/articles", articleJSON(t, object{"text": text, "source": "Post", "story_id": one.id()})).want(http.StatusAccepted)
		articles = append(articles, art.id())
	}
	path := "/stories/" + one.id()
	locked := c.call("PATCH", path, `{"locked": true}`, "If-Match", "*").want(http.StatusOK)
	if locked.object()["locked"] != true || locked.object()["title"] != "One" {
		t.Errorf("locked: %s", locked.Body)
	}
	c.call("POST", path+"/split", articleJSON(t, object{"article_ids": articles[:1]})).want(http.StatusPreconditionRequired)
	c.call("POST", path+"/split", articleJSON(t, object{"article_ids": articles}), "If-Match", "*").want(http.StatusUnprocessableEntity)
	split := c.call("POST", path+"/split", articleJSON(t, object{"article_ids": articles[:1], "title": "Off"}), "If-Match", "*").want(http.StatusCreated)
	if split.object()["title"] != "Off" || split.Header().Get("Location") != "/api/v1/stories/"+split.id() {
		t.Errorf("split: %s", split.Body)
	}
	merge := articleJSON(t, object{"story_ids": []string{one.id(), split.id()}})
	c.call("POST", "/stories/"+two.id()+"/merge", merge, "If-Match", `"9.0"`).want(http.StatusPreconditionFailed)
	merged := c.call("POST", "/stories/"+two.id()+"/merge", merge, "If-Match", "*").want(http.StatusOK)
	if merged.object()["articles"] != 2.0 {
		t.Errorf("merged: %s", merged.Body)
	}
	for suffix, call := range map[string]string{"": "GET", "/findings": "GET", "/cleared": "GET", "/report": "GET", "/report.csv": "GET"} {
		moved := c.call(call, path+suffix, "").want(http.StatusPermanentRedirect)
		if got := moved.Header().Get("Location"); got != "/api/v1/stories/"+two.id()+suffix {
			t.Errorf("%s leads to %q", path+suffix, got)
		}
	}
	c.call("PATCH", path, `{"title": "New"}`, "If-Match", "*").want(http.StatusPermanentRedirect)
	c.call("GET", "/articles/"+articles[0]+"/placement", "").want(http.StatusNotFound)
	if waiting := c.call("GET", "/placements", "").want(http.StatusOK); len(waiting.items()) != 0 {
		t.Errorf("waiting: %s", waiting.Body)
	}
}
