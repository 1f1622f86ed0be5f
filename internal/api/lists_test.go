package api_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"corroborate/internal/server/servertest"
)

// titles gives the titles of a list, in its order.
func titles(items []object) string {
	var out []string
	for _, i := range items {
		out = append(out, i["title"].(string))
	}
	return strings.Join(out, ",")
}

// walkWhile reads a list to its end, a few at a time, and does something after each part.
func (c client) walkWhile(path string, between func()) []object {
	c.t.Helper()
	var out []object
	for cursor := ""; ; {
		part := c.call("GET", path+"&limit=2&cursor="+cursor, "").want(http.StatusOK)
		out = append(out, part.items()...)
		if cursor, _ = part.object()["next_cursor"].(string); cursor == "" {
			return out
		}
		between()
	}
}

func TestStoriesAreChosenAndOrdered(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	ids := map[string]string{}
	for _, title := range []string{"Beta 50%", "alpha", "Gamma_5"} {
		ids[title] = c.call("POST", "/stories", `{"title": "`+title+`"}`).want(http.StatusCreated).id()
	}
	art := c.call("POST", "/articles", `{"text": "The storm hit on Monday.", "source": "City Gazette", "story_id": "`+ids["alpha"]+`"}`).want(http.StatusAccepted).object()
	c.call("PATCH", "/stories/"+ids["Beta 50%"], `{"locked": true}`, "If-Match", "*").want(http.StatusOK)
	c.exec("UPDATE stories SET failure = 'broke' WHERE id = $1", ids["Gamma_5"])
	for i, title := range []string{"alpha", "Gamma_5", "Beta 50%"} { // the time of each last change
		c.exec("UPDATE stories SET updated_at = $2 WHERE id = $1", ids[title], fmt.Sprintf("2998-01-0%dT00:00:00Z", i+1))
	}
	for query, want := range map[string]string{
		"": "Gamma_5,alpha,Beta 50%", "order=newest": "Gamma_5,alpha,Beta 50%", "order=title": "alpha,Beta 50%,Gamma_5",
		"order=updated": "alpha,Gamma_5,Beta 50%", "order=open": "Gamma_5,alpha,Beta 50%", "order=sources": "Gamma_5,alpha,Beta 50%",
		"title=A": "Gamma_5,alpha,Beta 50%", "title=PHA": "alpha", "title=0%25": "Beta 50%", "title=5%25": "", "title=_": "Gamma_5", "title=zz": "",
		"status=failed": "Gamma_5", "status=working": "alpha", "status=ready": "Beta 50%", "locked=true": "Beta 50%", "locked=false": "Gamma_5,alpha",
		"source_id=" + art["source_id"].(string): "alpha", "source_id=" + unknownID: "",
		"updated_since=2998-01-02T00:00:00Z": "Gamma_5,Beta 50%", "updated_until=2998-01-02T00:00:00Z": "alpha",
		"updated_since=2998-01-01T00:00:00Z&order=updated&title=a": "alpha,Gamma_5,Beta 50%",
		"created_since=2999-01-01T00:00:00Z":                       "", "created_until=2999-01-01T00:00:00Z&limit=1": "Gamma_5",
	} {
		if got := titles(c.call("GET", "/stories?"+query, "").want(http.StatusOK).items()); got != want {
			t.Errorf("%s gives %q, want %q", query, got, want)
		}
	}
	for _, query := range []string{"order=odd", "status=pending", "locked=maybe", "source_id=x", "created_since=monday", "cursor=x", "limit=0"} {
		c.call("GET", "/stories?"+query, "").want(http.StatusUnprocessableEntity)
	}
	for order, place := range map[string]string{"title": `{"o":"title","t":"\u0000","i":"` + unknownID + `"}`, "open": `{"o":"open","n":99999999999,"i":"` + unknownID + `"}`,
		"updated": `{"o":"updated","a":"no time","i":"` + unknownID + `"}`, "newest": `{"o":"newest","i":"x"}`} {
		c.call("GET", "/stories?order="+order+"&cursor="+base64.RawURLEncoding.EncodeToString([]byte(place)), "").want(http.StatusUnprocessableEntity)
	}
	cursor := c.call("GET", "/stories?order=title&limit=1", "").object()["next_cursor"].(string)
	c.call("GET", "/stories?order=updated&cursor="+cursor, "").want(http.StatusUnprocessableEntity)
}

// TestWalksMissNothing reads lists while things are stored and changed.
func TestWalksMissNothing(t *testing.T) {
	t.Parallel()
	for _, order := range []string{"newest", "title", "open", "sources", "updated"} {
		t.Run("stories by "+order, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, servertest.Options{})
			var first string
			for i := range 7 {
				id := c.call("POST", "/stories", fmt.Sprintf(`{"title": "Story %d"}`, i)).id()
				if i == 6 {
					first = id
				}
			}
			n := 0
			seen := map[string]int{}
			for _, s := range c.walkWhile("/stories?order="+order, func() {
				n++
				c.call("POST", "/stories", fmt.Sprintf(`{"title": "A new one %d"}`, n)).want(http.StatusCreated)
				if n == 1 { // it stands at the end of the last changed, and is moved there once more
					c.call("PATCH", "/stories/"+first, `{"locked": true}`, "If-Match", "*").want(http.StatusOK)
				}
				if n > 6 {
					t.Fatal("the walk does not end")
				}
			}) {
				seen[s["title"].(string)]++
			}
			for i := range 7 {
				if times := seen[fmt.Sprintf("Story %d", i)]; times != 1 {
					t.Errorf("story %d came %d times in %v", i, times, seen)
				}
			}
		})
	}
	for _, order := range []string{"newest", "published", "updated"} {
		t.Run("articles by "+order, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, servertest.Options{})
			add := func(title, published string) {
				c.call("POST", "/articles", articleJSON(t, object{"text": "The storm " + title + " hit on Monday.", "source": "Gazette", "title": title, "published_at": published})).want(http.StatusAccepted)
			}
			for i := range 6 {
				add(fmt.Sprint("Old ", i), []string{"", "2025-03-27", "2025-03-28T09:00:00-05:00"}[i%3])
			}
			n := 0
			seen := map[string]int{}
			for _, a := range c.walkWhile("/articles?order="+order, func() {
				if n++; n < 5 {
					add(fmt.Sprint("New ", n), "2025-03-29")
				}
			}) {
				seen[a["title"].(string)]++
			}
			for i := range 6 {
				if times := seen[fmt.Sprint("Old ", i)]; times != 1 {
					t.Errorf("article %d came %d times in %v", i, times, seen)
				}
			}
		})
	}
}

func TestArticlesAreChosenAndOrdered(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	story := c.call("POST", "/stories", `{"title": "A storm"}`).id()
	arts := map[string]object{}
	for _, a := range []object{
		{"title": "One", "text": "The storm hit on Monday.", "source": "Gazette", "story_id": story, "url": "https://gazette.example/one?utm_source=x", "published_at": "2025-03-27"},
		{"title": "Two", "text": "The storm hit on Tuesday.", "source": "Courier", "external_id": "cms-2", "published_at": "2025-03-28T09:00:00-05:00"},
		{"title": "Three", "text": "The storm hit on Wednesday.", "source": "Courier"},
	} {
		arts[a["title"].(string)] = c.call("POST", "/articles", articleJSON(t, a)).want(http.StatusAccepted).object()
	}
	c.exec("UPDATE articles SET status = 'failed', language = 'fr' WHERE title = 'Three'")
	for i, title := range []string{"Two", "Three", "One"} {
		c.exec("UPDATE articles SET updated_at = $2 WHERE title = $1", title, fmt.Sprintf("2998-01-0%dT00:00:00Z", i+1))
	}
	for query, want := range map[string]string{
		"": "Three,Two,One", "order=published": "Three,Two,One", "order=updated": "Two,Three,One",
		"story_id=" + story: "One", "unplaced=true": "Three,Two", "source_id=" + arts["Two"]["source_id"].(string): "Three,Two",
		"status=failed": "Three", "title=o": "Two,One", "title=TH": "Three", "language=fr": "Three", "external_id=cms-2": "Two", "external_id=cms": "",
		"url=" + url.QueryEscape("http://www.gazette.example/one/#top"): "One", "url=" + url.QueryEscape("https://gazette.example/two"): "",
		"published_since=2025-03-28T00:00:00Z": "Two", "published_until=2025-03-28T00:00:00Z": "One",
		"updated_since=2998-01-02T00:00:00Z": "Three,One", "created_until=2025-01-01T00:00:00Z": "", "updated_until=2998-01-03T00:00:00Z&order=updated": "Two,Three",
	} {
		if got := titles(c.call("GET", "/articles?"+query, "").want(http.StatusOK).items()); got != want {
			t.Errorf("%s gives %q, want %q", query, got, want)
		}
	}
	for _, query := range []string{"order=title", "status=working", "story_id=x", "source_id=x", "language=f", "language=FR", "url=x", "published_since=2025", "unplaced=perhaps"} {
		c.call("GET", "/articles?"+query, "").want(http.StatusUnprocessableEntity)
	}
	cursor := c.call("GET", "/articles?order=updated&limit=1", "").object()["next_cursor"].(string)
	c.call("GET", "/articles?order=published&cursor="+cursor, "").want(http.StatusUnprocessableEntity)
}

// TestWhatAnalysisMakesIsAnUpdate follows a story as a system does that keeps a copy.
func TestWhatAnalysisMakesIsAnUpdate(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	art := c.call("GET", "/articles?story_id="+story+"&limit=1", "").items()[0]["id"].(string)
	c.exec("UPDATE stories SET updated_at = '2025-01-01'")
	c.exec("UPDATE articles SET updated_at = '2025-01-01'")
	made := c.call("POST", "/stories/"+story+"/analysis", "", "Idempotency-Key", "a").want(http.StatusAccepted)
	if made.Header().Get("Location") != "/api/v1/stories/"+story || made.object()["status"] != "working" {
		t.Errorf("the analysis: %v %s", made.Header(), made.Body)
	}
	c.settled(story)
	changed := c.call("GET", "/articles?updated_since=2025-02-01T00:00:00Z&story_id="+story, "").items()
	if !slices.ContainsFunc(changed, func(a object) bool { return a["id"] == art }) {
		t.Errorf("%d articles changed, and not the one", len(changed))
	}
	if n := len(c.call("GET", "/stories?updated_since=2025-02-01T00:00:00Z", "").items()); n != 1 {
		t.Errorf("%d stories changed, want 1", n)
	}
	c.call("POST", "/stories/"+unknownID+"/analysis", "").want(http.StatusNotFound)
}

func TestArticlesAreMovedAndExplained(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	all := c.call("GET", "/articles?story_id="+story, "").items()
	art := all[0]["id"].(string)
	to := c.call("POST", "/stories", `{"title": "Another"}`).id()
	etag := c.call("GET", "/stories/"+story, "").Header().Get("ETag")
	body := articleJSON(t, object{"article_ids": []string{art}, "story_id": to})
	c.call("POST", "/stories/"+story+"/move", body).want(http.StatusPreconditionRequired)
	c.call("POST", "/stories/"+story+"/move", body, "If-Match", `"99.x"`).want(http.StatusPreconditionFailed)
	gave := c.call("POST", "/stories/"+story+"/move", body, "If-Match", etag, "Idempotency-Key", "m").want(http.StatusOK)
	if gave.id() != to || gave.object()["articles"] != 1.0 {
		t.Errorf("moved: %s", gave.Body)
	}
	again := c.call("POST", "/stories/"+story+"/move", body, "If-Match", etag, "Idempotency-Key", "m").want(http.StatusOK)
	if again.Header().Get("Idempotent-Replayed") != "true" {
		t.Errorf("the same call again: %v", again.Header())
	}
	wrong := c.call("POST", "/stories/"+story+"/move", body, "If-Match", "*").want(http.StatusUnprocessableEntity).wrong()
	has(t, wrong["body.article_ids"], "names no article of this story")
	for _, target := range []string{unknownID, story, "x"} {
		c.call("POST", "/stories/"+story+"/move", articleJSON(t, object{"article_ids": []string{all[1]["id"].(string)}, "story_id": target}), "If-Match", "*").want(http.StatusUnprocessableEntity)
	}
	c.call("POST", "/stories/"+unknownID+"/move", body, "If-Match", "*").want(http.StatusNotFound)

	why := c.call("GET", "/articles/"+all[1]["id"].(string)+"/placement/explanation", "").want(http.StatusOK).object()
	if why["story_id"] != story || why["placement"] != nil || why["added_by"] != "Administrator" || len(why["terms"].([]any)) == 0 {
		t.Errorf("why it is there: %v", why)
	}
	c.call("GET", "/articles/"+unknownID+"/placement/explanation", "").want(http.StatusNotFound)
}

func TestRevisionsAreReadOneByOne(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	id := c.call("POST", "/articles", `{"text": "The storm hit on Monday.", "source": "Gazette"}`).id()
	c.call("PATCH", "/articles/"+id, `{"text": "The storm hit on Tuesday."}`, "If-Match", "*").want(http.StatusOK)
	for number, text := range map[string]string{"1": "The storm hit on Monday.", "2": "The storm hit on Tuesday."} {
		r := c.call("GET", "/articles/"+id+"/revisions/"+number, "").want(http.StatusOK).object()
		if r["text"] != text || fmt.Sprint(r["number"]) != number {
			t.Errorf("revision %s: %v", number, r)
		}
	}
	c.call("GET", "/articles/"+id+"/revisions/3", "").want(http.StatusNotFound)
	c.call("GET", "/articles/"+id+"/revisions/0", "").want(http.StatusNotFound)
	c.call("GET", "/articles/"+id+"/revisions/99999999999", "").want(http.StatusNotFound)
	c.call("GET", "/articles/"+id+"/difference?from=99999999999", "").want(http.StatusUnprocessableEntity)
}

// TestListsOfTheWrongThings sends objects where words belong, which a test for items
// that are alike cannot compare, and items twice.
func TestListsOfTheWrongThings(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	for path, body := range map[string]string{
		"/reviews": `{"decision": "confirmed", "finding_ids": %s}`, "/work/seen": `{"finding_ids": %s}`,
		"/assignments": `{"user_id": "x", "finding_ids": %s}`, "/findings/" + unknownID + "/blind-reviews": `{"reviewer_ids": %s}`,
		"/blind-reviews/" + unknownID + "/answers": `{"verdict": "diverge", "kinds": %s}`,
		"/stories/" + unknownID + "/blind-reviews": `{"count": 1, "reviewer_ids": %s}`, "/keys": `{"name": "x", "scopes": %s}`,
		"/webhooks": `{"url": "https://x.example", "events": %s}`,
	} {
		for _, list := range []string{`[{}, {}]`, `[[], []]`, `[null, null]`, `{"a": 1}`} {
			c.call("POST", path, fmt.Sprintf(body, list)).want(http.StatusUnprocessableEntity)
		}
	}
	wrong := c.call("POST", "/webhooks", `{"url": "https://x.example", "events": ["finding.new", "finding.new"], "active": false}`).want(http.StatusUnprocessableEntity).wrong()
	has(t, wrong["body.events"], "twice")
}
