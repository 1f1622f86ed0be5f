package api_test

import (
	"net/http"
	"strings"
	"testing"

	"corroborate/internal/server/servertest"
)

const bridge = "The harbour bridge was closed on Thursday after a crack was found, the mayor said."

func TestArticleFromFirstToLast(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	story := c.call("POST", "/stories", `{"title": "Bridge"}`).id()
	body := articleJSON(t, object{"text": bridge, "source": "Harbour\u200b Post", "story_id": story, "published_at": "2025-03-27T09:30:00-05:00", "external_id": "cms-1"})
	made := c.call("POST", "/articles", body).want(http.StatusAccepted)
	path := "/articles/" + made.id()
	if o := made.object(); o["status"] != "pending" || o["story_id"] != story || o["source"] != "Harbour Post" || o["published_at"] != "2025-03-27T09:30:00-05:00" {
		t.Errorf("made %s", made.Body)
	}
	if got := made.Header().Get("Location"); got != "/api/v1"+path {
		t.Errorf("Location is %q", got)
	}
	if known := c.call("POST", "/articles", body).want(http.StatusOK); known.id() != made.id() {
		t.Errorf("known: %s", known.Body)
	}
	got := c.call("GET", path, "").want(http.StatusOK)
	if o := got.object(); o["text"] != bridge || o["text_withheld"] != false {
		t.Errorf("got %s", got.Body)
	}
	c.call("GET", path, "", "If-None-Match", got.Header().Get("ETag")).want(http.StatusNotModified)
	for query, want := range map[string]int{"": 1, "?story_id=" + story: 1, "?story_id=" + unknownID: 0, "?status=pending": 1, "?status=ready": 0} {
		if n := len(c.call("GET", "/articles"+query, "").want(http.StatusOK).items()); n != want {
			t.Errorf("/articles%s gives %d, want %d", query, n, want)
		}
	}
	c.call("PATCH", path, `{"title": "Shut"}`).want(http.StatusPreconditionRequired)
	edited := c.call("PATCH", path, `{"title": "Shut", "text": "The harbour bridge was closed on Friday."}`, "If-Match", got.Header().Get("ETag")).want(http.StatusOK)
	if o := edited.object(); o["title"] != "Shut" || o["revision"] != 2.0 {
		t.Errorf("edited %s", edited.Body)
	}
	if n := len(c.call("GET", path+"/revisions", "").want(http.StatusOK).items()); n != 2 {
		t.Errorf("%d revisions, want 2", n)
	}
	c.call("GET", path+"/claims", "").want(http.StatusOK)
	c.call("POST", path+"/analysis", "").want(http.StatusAccepted)
	c.call("DELETE", path, "", "If-Match", got.Header().Get("ETag")).want(http.StatusPreconditionFailed)
	c.call("DELETE", path, "", "If-Match", "*").want(http.StatusNoContent)
	c.call("GET", path, "").want(http.StatusNotFound)
}

// bridgePage is the page of an article.
const bridgePage = `<html lang="en"><head><title>Bridge shut | Harbour Post</title><meta property="og:site_name" content="Harbour Post">
<meta name="author" content="Ana Reyes"><meta property="article:published_time" content="2025-03-27T09:30:00-05:00">
</head><body><nav><a href="/">Home</a></nav><article><h1>Bridge shut</h1>
<p>The harbour bridge was closed on Thursday after engineers found a crack in its western pier, the port authority said.</p>
<p>Some 4,000 cars cross the bridge every day. They will be sent over the old road until the pier has been mended again.</p>
</article></body></html>`

func TestArticleFromPage(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	made := c.call("POST", "/articles", articleJSON(t, object{"html": bridgePage, "url": "https://harbourpost.example/bridge"})).want(http.StatusAccepted)
	if o := made.object(); o["source"] != "Harbour Post" || o["title"] != "Bridge shut" || o["byline"] != "Ana Reyes" ||
		o["published_at"] != "2025-03-27T09:30:00-05:00" || o["revision"] != 1.0 {
		t.Errorf("made %s", made.Body)
	}
	got := c.call("GET", "/articles/"+made.id(), "").want(http.StatusOK)
	if text, _ := got.object()["text"].(string); !strings.HasPrefix(text, "The harbour bridge was closed") {
		t.Errorf("text %q", text)
	}
	items := c.call("GET", "/articles/"+made.id()+"/revisions", "").want(http.StatusOK).items()
	if len(items) != 1 || items[0]["media"] != "text/html; charset=utf-8" || items[0]["bytes"] != float64(len(bridgePage)) {
		t.Errorf("revisions %v", items)
	}
	for field, body := range map[string]object{
		"body.html":   {"html": bridgePage, "text": bridge, "source": "x"},
		"body.source": {"html": strings.Replace(bridgePage, "og:site_name", "x", 1)},
		"body.url":    {"url": "ftp://example.org/"},
		"body.text":   {"source": "Harbour Post"},
	} {
		refused := c.call("POST", "/articles", articleJSON(t, body)).want(http.StatusUnprocessableEntity)
		if !strings.Contains(refused.Body.String(), field) {
			t.Errorf("%v gives %s", field, refused.Body)
		}
	}
	c.call("POST", "/articles", articleJSON(t, object{"html": "<p></p>", "source": "x"})).want(http.StatusUnprocessableEntity)
}

// An address has the id of its article from the start.
func TestArticleFromAddress(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	body := articleJSON(t, object{"url": "https://harbourpost.example/bridge"})
	made := c.call("POST", "/articles", body).want(http.StatusAccepted)
	if o := made.object(); o["status"] != "pending" || o["story_id"] != nil || o["url"] != "https://harbourpost.example/bridge" || o["revision"] != 0.0 {
		t.Errorf("made %s", made.Body)
	}
	if got := made.Header().Get("Location"); got != "/api/v1/articles/"+made.id() {
		t.Errorf("Location is %q", got)
	}
	if o := c.call("GET", "/articles/"+made.id(), "").want(http.StatusOK).object(); o["status"] != "pending" || o["text"] != "" {
		t.Errorf("it is %v", o)
	}
	if again := c.call("POST", "/articles", body).want(http.StatusAccepted); again.id() != made.id() {
		t.Errorf("again %s", again.Body)
	}
	c.call("GET", "/articles/"+made.id()+"/claims", "").want(http.StatusOK)
	c.call("GET", "/articles/"+made.id()+"/revisions", "").want(http.StatusOK)
	c.call("DELETE", "/articles/"+made.id(), "", "If-Match", "*").want(http.StatusNotFound)
}

func TestArticleWithoutStoryIsNotPlacedYet(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	made := c.call("POST", "/articles", articleJSON(t, object{"text": bridge, "source": "Harbour Post"})).want(http.StatusAccepted)
	if id, listed := made.object()["story_id"]; id != nil || !listed {
		t.Errorf("story_id is %v (listed: %v), want null", id, listed)
	}
}

// TestWrongArticles sends what cannot be taken and looks for the fields named.
func TestWrongArticles(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	long := strings.Repeat("a", 3<<20)
	for _, tt := range []struct {
		name, body string
		status     int
		fields     string
	}{
		{"everything at once", `{"published_at": "9999-01-01", "colour": "red", "title": 7}`, 422, "body.colour body.published_at body.source body.text body.title"},
		{"a year far off", articleJSON(t, object{"text": bridge, "source": "Post", "published_at": "9999-12-31T00:00:00Z"}), 422, "body.published_at"},
		{"a name that cannot be seen", articleJSON(t, object{"text": bridge, "source": "\u200b\u202e"}), 422, "body.source"},
		{"a text that cannot be seen", articleJSON(t, object{"text": "\u200b \u2060", "source": "Post"}), 422, "body.text"},
		{"an unknown story", articleJSON(t, object{"text": bridge, "source": "Post", "story_id": unknownID}), 422, "body.story_id"},
		{"a story that is no id", articleJSON(t, object{"text": bridge, "source": "Post", "story_id": "seven"}), 422, "body.story_id"},
		{"an address of another kind", articleJSON(t, object{"text": bridge, "source": "Post", "url": "javascript:alert(1)"}), 422, "body.url"},
		{"a text too long", articleJSON(t, object{"text": long, "source": "Post"}), 422, "body.text"},
		{"a body too long", articleJSON(t, object{"text": strings.Repeat(long, 5), "source": "Post"}), 413, ""},
		{"no JSON", `{"text": `, 400, "body"},
		{"nothing", ` `, 400, "body"},
		{"a list", `[]`, 422, "body"},
		{"null", `null`, 422, "body"},
		{"broken UTF-8", "{\"text\": \"x\xff\", \"source\": \"Post\"}", 400, "body"},
		{"a character that no text has", `{"text": "x\u0000", "source": "Post"}`, 400, "body"},
		{"a name twice", `{"text": "x", "text": "y", "source": "Post"}`, 400, "body"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := c.call("POST", "/articles", tt.body).want(tt.status)
			wrong := a.wrong()
			for field := range strings.FieldsSeq(tt.fields) {
				if wrong[field] == "" {
					t.Errorf("%s is not named: %v", field, wrong)
				}
			}
			if got, want := len(wrong), len(strings.Fields(tt.fields)); got != want {
				t.Errorf("%d fields are named, want %d: %v", got, want, wrong)
			}
		})
	}
	if n := len(c.call("GET", "/articles", "").items()); n != 0 {
		t.Errorf("%d articles were stored", n)
	}
}

func TestBrokenUTF8IsNamedByItsByte(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	a := c.call("POST", "/stories", "{\"title\": \"caf\xe9\"}").want(http.StatusBadRequest)
	has(t, a.wrong()["body"], "byte 14 is not UTF-8")
}

func TestContentTypes(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	for media, want := range map[string]int{
		"application/json": 201, "application/json; charset=utf-8": 201, "APPLICATION/JSON": 201,
		"text/plain": 415, "application/x-www-form-urlencoded": 415, "application/xml": 415, "": 415, ";": 415, "text/x+json": 415,
	} {
		c.call("POST", "/stories", `{"title": "x"}`, "Content-Type", media).want(want)
	}
}

func TestIdsThatDoNotExist(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	for _, id := range []string{unknownID, "seven", "1", "..%2f..%2fetc", "%27%20OR%201=1--", strings.Repeat("9", 300)} {
		for _, path := range []string{"/stories/", "/articles/", "/findings/", "/sources/"} {
			c.call("GET", path+id, "").want(http.StatusNotFound)
		}
		for _, path := range []string{"/findings", "/cleared", "/report", "/report.csv", "/report.md"} {
			c.call("GET", "/stories/"+id+path, "").want(http.StatusNotFound)
		}
		for _, path := range []string{"/claims", "/revisions"} {
			c.call("GET", "/articles/"+id+path, "").want(http.StatusNotFound)
		}
		c.call("POST", "/articles/"+id+"/analysis", "").want(http.StatusNotFound)
		c.call("POST", "/findings/"+id+"/reviews", `{"note": "x"}`).want(http.StatusNotFound)
	}
}
