package api_test

import (
	"net/http"
	"net/url"
	"testing"
	"unicode/utf8"

	"corroborate/internal/api"
	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// found makes a search and gives its groups by type.
func (c client) found(q, more string) (object, map[string]object) {
	c.t.Helper()
	out := c.call("GET", "/search?q="+url.QueryEscape(q)+more, "").want(http.StatusOK).object()
	groups := map[string]object{}
	for _, g := range out["groups"].([]any) {
		groups[g.(object)["type"].(string)] = g.(object)
	}
	return out, groups
}

func TestSearchOverTheSample(t *testing.T) {
	t.Parallel()
	c, _ := told(t, servertest.Options{})
	_, groups := c.found("ferry", "")
	for _, kind := range []string{"story", "finding", "article", "claim"} {
		items, _ := groups[kind]["items"].([]any)
		if len(items) == 0 || len(items) > 5 {
			t.Errorf("%d hits are a %s", len(items), kind)
		}
	}
	for kind, field := range map[string]string{"story": "title", "claim": "text"} {
		text := groups[kind]["items"].([]any)[0].(object)[field].(object)
		marks, words := text["marks"].([]any), []rune(text["text"].(string))
		if len(marks) == 0 {
			t.Errorf("nothing is marked in the %s %q", kind, string(words))
			continue
		}
		m := marks[0].(object)
		if got := string(words[int(m["start"].(float64)):int(m["end"].(float64))]); got != "ferry" && got != "Ferry" {
			t.Errorf("%q is marked in %q", got, string(words))
		}
	}

	out, _ := c.found("fery knd:number", "")
	if out["corrected"] == nil || len(out["problems"].([]any)) != 1 || len(out["groups"].([]any)) == 0 {
		t.Errorf("typing errors are answered with %v", out)
	}
	out, groups = c.found("is:finding verdict:diverge", "&sort=newest")
	if total := groups["finding"]["total"].(float64); total == 0 || len(groups) != 1 || out["page"] != 1.0 {
		t.Errorf("diverging findings are %v", out)
	}
	for _, h := range groups["finding"]["items"].([]any) {
		if h.(object)["verdict"] != "diverge" {
			t.Errorf("a hit is %v", h)
		}
	}
	if out, _ = c.found("is:claim", "&page=2"); out["page"] != 2.0 || out["pages"].(float64) < 2 {
		t.Errorf("the second page is %v of %v", out["page"], out["pages"])
	}
	if out, _ = c.found("nothingofthekind", ""); len(out["groups"].([]any)) != 0 {
		t.Errorf("nothing is %v", out)
	}
	suggested := c.call("GET", "/search/suggest?q=ferr", "").want(http.StatusOK).object()
	if len(suggested["groups"].([]any)) == 0 {
		t.Errorf("suggested is %v", suggested)
	}
	c.call("GET", "/search", "").want(http.StatusUnprocessableEntity)
	c.call("GET", "/search?q=x&page=26", "").want(http.StatusUnprocessableEntity)
}

func TestSearchesAreLimited(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	for range 240 {
		c.Do(servertest.Call{Method: http.MethodGet, Path: "/api/v1/search?q=x", Key: servertest.AdminKey})
	}
	if w := c.call("GET", "/search/suggest?q=x", "").want(http.StatusTooManyRequests); w.Header().Get("Retry-After") == "" {
		t.Error("it is not told how long to wait")
	}
	c.call("GET", "/stories", "").want(http.StatusOK)
}

func TestSavedSearchFromItsMakingToItsEnd(t *testing.T) {
	t.Parallel()
	c, _ := told(t, servertest.Options{PublicURL: "https://news.example.org"})
	if wrong := c.call("POST", "/saved-searches", `{"name": "x", "query": "knd:number"}`).want(http.StatusUnprocessableEntity).wrong(); wrong["body.query"] == "" {
		t.Errorf("a query with a problem is %v", wrong)
	}
	made := c.call("POST", "/saved-searches", `{"name": "Differ", "query": "verdict:diverge"}`, "Idempotency-Key", "s").want(http.StatusCreated)
	path := "/saved-searches/" + made.id()
	if made.object()["type"] != "finding" || made.object()["new"] != 0.0 || made.Header().Get("Location") != "/api/v1"+path {
		t.Errorf("it is %s", made.Body)
	}
	c.call("PATCH", path, `{"name": "Differs"}`).want(http.StatusPreconditionRequired)
	edited := c.call("PATCH", path, `{"name": "Differs"}`, "If-Match", made.Header().Get("ETag")).want(http.StatusOK)
	if o := edited.object(); o["name"] != "Differs" || o["query"] != "verdict:diverge" {
		t.Errorf("a change of the name gives %v", o)
	}
	c.call("PATCH", path, `{"name": "Late"}`, "If-Match", made.Header().Get("ETag")).want(http.StatusPreconditionFailed)
	c.call("DELETE", path, "", "If-Match", made.Header().Get("ETag")).want(http.StatusPreconditionFailed)

	if _, err := c.Pool.Exec(t.Context(), "UPDATE saved_searches SET seen_at = '2020-01-01'"); err != nil {
		t.Fatal(err)
	}
	if fresh := c.call("GET", path, "").want(http.StatusOK).object(); fresh["new"] == 0.0 {
		t.Errorf("nothing is new in %v", fresh)
	}
	results := c.call("GET", path+"/results", "").want(http.StatusOK).object()
	for _, g := range results["result"].(object)["groups"].([]any) {
		if hit := g.(object)["items"].([]any)[0].(object); hit["new"] != true {
			t.Errorf("a hit is %v", hit)
		}
	}
	if c.call("GET", path, "").object()["new"] == 0.0 {
		t.Error("reading the results counts them as seen")
	}
	c.call("POST", path+"/seen", `{"until": "2999-01-01T00:00:00Z"}`).want(http.StatusUnprocessableEntity)
	c.call("POST", path+"/seen", `{"until": "`+results["as_of"].(string)+`"}`).want(http.StatusNoContent)
	if fresh := c.call("GET", path, "").object(); fresh["new"] != 0.0 {
		t.Errorf("what was seen is new in %v", fresh)
	}

	feed := c.call("POST", path+"/feed", "", "Idempotency-Key", "f").want(http.StatusCreated)
	address, err := url.Parse(feed.object()["address"].(string))
	if err != nil || address.Host != "news.example.org" {
		t.Fatalf("the feed is at %v: %v", address, err)
	}
	if again := c.call("POST", path+"/feed", "", "Idempotency-Key", "f").want(http.StatusCreated); again.object()["address"] != nil {
		t.Errorf("a repeated answer tells the secret: %s", again.Body)
	}
	read := func() int { return c.Do(servertest.Call{Method: http.MethodGet, Path: address.Path}).Code }
	if code := read(); code != http.StatusOK {
		t.Errorf("the feed answers %d", code)
	}
	c.call("DELETE", path+"/feed", "").want(http.StatusNoContent)
	c.call("DELETE", path+"/feed", "").want(http.StatusNoContent)
	if code := read(); code != http.StatusNotFound {
		t.Errorf("a feed that has ended answers %d", code)
	}
	c.call("DELETE", path, "", "If-Match", "*").want(http.StatusNoContent)
	c.call("GET", path, "").want(http.StatusNotFound)
}

// TestSavedSearchesAreTheirOwners calls everything on a saved search of somebody else.
func TestSavedSearchesAreTheirOwners(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	admin, err := c.App.AuthenticateKey(t.Context(), servertest.AdminKey)
	if err != nil {
		t.Fatal(err)
	}
	u, err := c.App.CreateUser(t.Context(), admin, app.UserInput{Email: "o@news.example", Name: "O", Password: servertest.Password, Role: auth.Reader})
	if err != nil {
		t.Fatal(err)
	}
	owner, err := c.App.SessionActor(t.Context(), u.ID, u.SessionVersion)
	if err != nil {
		t.Fatal(err)
	}
	saved, err := c.App.SaveSearch(t.Context(), owner, app.SavedSearchInput{Name: "Mine", Query: "ferry"})
	if err != nil {
		t.Fatal(err)
	}
	path := "/saved-searches/" + saved.ID
	for _, call := range [][3]string{{"GET", "", ""}, {"GET", "/results", ""}, {"PATCH", "", `{"name": "x"}`}, {"DELETE", "", ""},
		{"POST", "/seen", `{"until": "2020-01-01T00:00:00Z"}`}, {"POST", "/feed", ""}, {"DELETE", "/feed", ""}} {
		c.call(call[0], path+call[1], call[2], "If-Match", "*").want(http.StatusNotFound)
	}
	if n := len(c.call("GET", "/saved-searches", "").want(http.StatusOK).items()); n != 0 {
		t.Errorf("an administrator lists %d of somebody else's", n)
	}
}

func TestSavedSearchesInParts(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	for _, name := range []string{"one", "two", "three"} {
		c.call("POST", "/saved-searches", `{"name": "`+name+`", "query": "ferry"}`).want(http.StatusCreated)
	}
	var names []string
	for cursor := ""; ; {
		part := c.call("GET", "/saved-searches?limit=2&cursor="+url.QueryEscape(cursor), "").want(http.StatusOK)
		for _, s := range part.items() {
			names = append(names, s["name"].(string))
		}
		if cursor, _ = part.object()["next_cursor"].(string); cursor == "" {
			break
		}
	}
	if len(names) != 3 || names[0] != "three" || names[2] != "one" {
		t.Errorf("the parts are %v", names)
	}
	c.call("GET", "/saved-searches?cursor=nonsense", "").want(http.StatusUnprocessableEntity)
}

// FuzzMarks holds what is marked against the text: marks are inside it and in order.
func FuzzMarks(f *testing.F) {
	for _, s := range []string{"", "a \x02ferry\x03 b", "\x02\x02a\x03", "\x03é\x02ü", "\x02open"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip() // texts are UTF-8
		}
		text, marks := api.MarkedForTest(s)
		n, at := utf8.RuneCountInString(text), 0
		for _, m := range marks {
			if m[0] < at || m[1] <= m[0] || m[1] > n {
				t.Errorf("marks %v in %q", marks, text)
			}
			at = m[1]
		}
	})
}
