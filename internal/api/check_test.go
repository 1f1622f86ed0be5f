package api_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/server/servertest"
)

// ferryDraft is a draft on the sample story: it agrees, diverges, drops who says so, and
// tells something alone.
const ferryDraft = `A car ferry struck the north pier at Halvorsen Bay on Tuesday, injuring 19 people.

The Marit Lund was carrying 304 passengers. The crew ignored two radio calls from the harbour office.

The repairs will cost $4 million. A zebrafish named Waldemar survived the collision in a jar.`

// points gives the explanations of the points of one type by the claims that they are on.
func points(report object, kind string) map[string]string {
	out := map[string]string{}
	for _, c := range objects(report["claims"]) {
		for _, p := range objects(c["points"]) {
			if p["type"] == kind {
				out[c["exact"].(string)] += p["explanation"].(string)
			}
		}
	}
	return out
}

func objects(v any) []object {
	var out []object
	for _, x := range v.([]any) {
		out = append(out, x.(map[string]any))
	}
	return out
}

func TestCheckADraft(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	draft := object{"text": ferryDraft, "published_at": "2025-03-13", "source": "A New Paper", "story_id": story}
	got := c.call("POST", "/check", articleJSON(t, draft)).want(http.StatusOK).object()
	for _, want := range []struct{ point, claim, says string }{
		{"diverges", "injuring 19 people", "14"},
		{"dropped_certainty", "The crew ignored two radio calls from the harbour office", "Tidewater Today tells it as an allegation, your draft as something that happened."},
		{"agrees", "The Marit Lund was carrying 304 passengers", "from 3 origins"},
		{"dropped_attribution", "The repairs will cost $4 million", "your draft says it in its own voice"},
		{"only_you", "A zebrafish named Waldemar survived the collision in a jar", "No other source tells this."},
	} {
		if said := points(got, want.point)[want.claim]; !strings.Contains(said, want.says) {
			t.Errorf("%s of %q says %q, want %q in it; all: %v", want.point, want.claim, said, want.says, points(got, want.point))
		}
	}
	if n := len(objects(got["missing"].(map[string]any)["diverging"])); n == 0 {
		t.Error("no divergence is missing, and the draft passes some over")
	}
	text := []rune(got["text"].(string))
	for _, x := range objects(got["claims"]) {
		if start, end := int(x["start"].(float64)), int(x["end"].(float64)); string(text[start:end]) != x["exact"] {
			t.Errorf("%q is not at %d to %d", x["exact"], start, end)
		}
	}

	// Without a story those are found that fit; null is the same as left out.
	delete(draft, "story_id")
	found := c.call("POST", "/check", articleJSON(t, draft)).want(http.StatusOK).object()
	draft["story_id"] = nil
	c.call("POST", "/check", articleJSON(t, draft)).want(http.StatusOK)
	if stories := objects(found["stories"]); len(stories) != 1 || stories[0]["id"] != story {
		t.Errorf("it was held against %v", stories)
	}
	if fmt.Sprint(found["counts"]) != fmt.Sprint(got["counts"]) {
		t.Errorf("without a story the counts are %v, else %v", found["counts"], got["counts"])
	}

	// A report on something else fits none.
	other := c.call("POST", "/check", `{"text": "The bank of Tolvik raised its main rate to four percent on Monday. Its governor gave no reason."}`).want(http.StatusOK).object()
	if len(objects(other["stories"])) != 0 || len(points(other, "only_you")) == 0 {
		t.Errorf("a draft on something else: %v, %v", other["stories"], other["counts"])
	}
}

func TestWhatIsOnesOwnIsNoOtherSource(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	// Only the Ledger tells this, under any spelling of its name.
	draft := object{"text": "Mayor Ruth Amadi spoke to residents that evening.", "published_at": "2025-03-12", "story_id": story}
	for source, want := range map[string]string{"": "agree", "harbour  LEDGER": "single"} {
		draft["source"] = source
		got := objects(c.call("POST", "/check", articleJSON(t, draft)).want(http.StatusOK).object()["claims"])
		if len(got) != 1 || got[0]["verdict"] != want {
			t.Errorf("as %q: %v", source, got)
		}
	}
}

func TestCopiedWordsAreTold(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	text := "Kestrel Lines suspended all crossings until Friday. The company will raise fares by 25 percent in April.\n\n" +
		"The town council approved a loan for the pier at a meeting on Tuesday night."
	got := c.call("POST", "/check", articleJSON(t, object{"text": text, "story_id": story})).want(http.StatusOK).object()
	if copied := objects(got["copied"]); len(copied) == 0 || len(points(got, "copied")) == 0 {
		t.Errorf("copied: %v", copied)
	}
	own := c.call("POST", "/check", articleJSON(t, object{"text": text, "story_id": story, "source": "Harbour Ledger"})).want(http.StatusOK).object()
	if copied := objects(own["copied"]); len(copied) != 0 {
		t.Errorf("copied from itself: %v", copied)
	}
}

func TestDraftsThatCannotBeChecked(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	for body, wrong := range map[string]string{
		`{}`:                              "body.text",
		`{"text": " "}`:                   "body.text",
		`{"text": "A.", "html": "<p>B."}`: "body.html",
		`{"text": "A.", "story_id": ""}`:  "body.story_id",
		`{"text": "A.", "story_id": "7"}`: "body.story_id",
		`{"text": "A.", "story_id": "` + unknownID + `"}`:           "body.story_id",
		`{"text": "A.", "published_at": "soon"}`:                    "body.published_at",
		`{"html": "<p></p>"}`:                                       "body.html",
		`{"text": "` + strings.Repeat("é", app.MaxDraft/2+1) + `"}`: "body.text",
		`{"text": "` + strings.Repeat("x", app.MaxDraft+1) + `"}`:   "body.text",
	} {
		if got := c.call("POST", "/check", body).want(http.StatusUnprocessableEntity).wrong(); got[wrong] == "" {
			t.Errorf("%.60s: wrong is %v, want %s", body, got, wrong)
		}
	}
	c.call("POST", "/check", `{"text": "`+strings.Repeat(" ", 2<<20)+`"}`).want(http.StatusRequestEntityTooLarge)
	c.call("POST", "/check", `{"text": "A."}`, "Authorization", "").want(http.StatusUnauthorized)
	got := c.call("POST", "/check", `{"text": "Der Hafenmeister sagte am Dienstag, die Brücke sei gesperrt. Die Stadt wird sie im Mai wieder öffnen, wenn der Riss behoben ist."}`).want(http.StatusOK).object()
	if got["analysed"] != false || got["not_analysed"] == "" || len(objects(got["claims"])) != 0 {
		t.Errorf("a draft in German: %v", got)
	}
}

func TestADraftOfAPage(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	page := "<html><head><title>Ferry strikes pier</title></head><body><nav><a href=/>Home</a></nav><article><h1>Ferry strikes pier</h1>"
	for p := range strings.SplitSeq(ferryDraft, "\n\n") {
		page += "<p>" + p + "</p>"
	}
	got := c.call("POST", "/check", articleJSON(t, object{"html": page + "</article></body></html>", "story_id": story})).want(http.StatusOK).object()
	if got["title"] != "Ferry strikes pier" || points(got, "diverges")["injuring 19 people"] == "" {
		t.Errorf("%v: %v", got["title"], got["counts"])
	}
}

// lockedBuffer is a log that may be written by many.
type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *lockedBuffer) holds(s string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return strings.Contains(b.String(), s)
}

// tables gives the rows of each table as text.
func (c client) tables() map[string][]string {
	c.t.Helper()
	rows, err := c.Pool.Query(c.t.Context(), "SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")
	if err != nil {
		c.t.Fatal(err)
	}
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			c.t.Fatal(err)
		}
		names = append(names, name)
	}
	out := map[string][]string{}
	for _, name := range names {
		var all []string
		if err := c.Pool.QueryRow(c.t.Context(), "SELECT coalesce(array_agg(t::text ORDER BY t::text), '{}') FROM "+name+" t").Scan(&all); err != nil {
			c.t.Fatal(err)
		}
		out[name] = all
	}
	return out
}

// TestNothingOfADraftIsKept dumps all tables before and after checks and comparisons,
// those that fail too, and looks for their words in the log and the metrics.
func TestNothingOfADraftIsKept(t *testing.T) {
	t.Parallel()
	log := &lockedBuffer{}
	c, story := told(t, servertest.Options{Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	c.call("GET", "/stories", "")                                                    // the key was used
	if _, err := c.Pool.Exec(t.Context(), "SELECT fold_sums(1000000)"); err != nil { // else a job may do so meanwhile
		t.Fatal(err)
	}
	before := c.tables()
	if len(before) < 20 || len(before["claims"]) == 0 {
		t.Fatalf("only %d tables are seen: the test would see nothing", len(before))
	}
	for _, body := range []object{
		{"text": ferryDraft, "story_id": story}, {"text": ferryDraft}, {"html": "<p>Waldemar"}, {"text": ferryDraft, "story_id": "Waldemar"},
		{"text": strings.Repeat("Waldemar. ", app.MaxDraft/9)}, {"text": "Waldemar ist ein Zebrafisch und lebt seit dem Unfall in einem Glas auf dem Schiff."},
	} {
		c.call("POST", "/check", articleJSON(t, body), "Idempotency-Key", "one-and-the-same")
	}
	c.call("POST", "/compare", `{"a": "Waldemar survived the collision.", "b": "Waldemar died in the collision."}`).want(http.StatusOK)
	c.call("POST", "/compare", `{"a": "Waldemar survived.", "b": ""}`).want(http.StatusUnprocessableEntity)
	c.call("POST", "/compare/pairs", `{"pairs": [{"ref": "Waldemar", "a": "Waldemar survived.", "b": "Waldemar died."}]}`).want(http.StatusOK)
	for name, rows := range c.tables() {
		if strings.HasPrefix(name, "river_") {
			rows, before[name] = nil, nil // the queue keeps its own house
		}
		if name == "api_keys" {
			rows, before[name] = rows[:0], rows[:0] // when it was used last
		}
		if !slices.Equal(rows, before[name]) {
			t.Errorf("%s has %d rows, %d before, or others", name, len(rows), len(before[name]))
		}
	}
	metrics := c.Do(servertest.Call{Method: "GET", Path: "/metrics", Key: servertest.AdminKey})
	if log.holds("Waldemar") || strings.Contains(metrics.Body.String(), "Waldemar") {
		t.Error("the log or the metrics tell of the draft")
	}
	if !log.holds("/api/v1/check") {
		t.Error("the log tells of no call: the test would see nothing")
	}
}

func TestComparePairs(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	got := c.call("POST", "/compare/pairs", `{"pairs": [
		{"ref": "one", "a": "The council approved the loan on Tuesday.", "b": "The council rejected the loan on Tuesday."},
		{"a": "The bridge was closed on Thursday.", "b": "The bridge was closed."}]}`).want(http.StatusOK).items()
	if len(got) != 2 || got[0]["ref"] != "one" || got[0]["relation"] != "diverge" || got[1]["ref"] != "" || got[1]["relation"] != "agree" {
		t.Errorf("got %v", got)
	}
	pair := `{"a": "The council met.", "b": "` + strings.Repeat("The mayor spoke. ", 250) + `"},`
	for body, wrong := range map[string]string{
		`{"pairs": []}`: "body.pairs",
		`{"pairs": [{"a": "The council met.", "b": " "}]}`:                                                                          "body.pairs[0].b",
		`{"pairs": [` + strings.Repeat(`{"a": "It rained.", "b": "It rained."},`, 100) + `{"a": "It rained.", "b": "It snowed."}]}`: "body.pairs",
		`{"pairs": [` + strings.TrimSuffix(strings.Repeat(pair, 25), ",") + `]}`:                                                    "body.pairs",
	} {
		if got := c.call("POST", "/compare/pairs", body).want(http.StatusUnprocessableEntity).wrong(); got[wrong] == "" {
			t.Errorf("%.60s: wrong is %v, want %s", body, got, wrong)
		}
	}
}

func TestStatementsThatCannotBeCompared(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	for body, wrong := range map[string]string{
		`{"a": "The council met.", "b": "Der Stadtrat hat am Dienstag getagt und den Kredit für die Brücke abgelehnt."}`: "body.b",
		`{"a": "The council met.", "b": "\u200b"}`:                                      "body.b",
		`{"a": "` + strings.Repeat("The council met. ", 400) + `", "b": "It did not."}`: "body.a",
	} {
		if got := c.call("POST", "/compare", body).want(http.StatusUnprocessableEntity).wrong(); got[wrong] == "" {
			t.Errorf("%.60s: wrong is %v, want %s", body, got, wrong)
		}
	}
	// As many characters as the schema allows are taken, however many bytes they have.
	c.call("POST", "/compare", `{"a": "`+strings.Repeat("The café closed. ", 290)+`", "b": "The café closed."}`).want(http.StatusOK)
}
