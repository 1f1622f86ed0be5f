package api_test

import (
	"encoding/csv"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"corroborate/internal/sample"
	"corroborate/internal/server/servertest"
)

// told gives a service with the sample story, analysed, and the story's id.
func told(t *testing.T, opts servertest.Options) (client, string) {
	t.Helper()
	opts.Jobs = true
	c := newClient(t, opts)
	s, err := sample.Load()
	if err != nil {
		t.Fatal(err)
	}
	id := c.call("POST", "/stories", articleJSON(t, object{"title": s.Title})).id()
	for _, a := range s.Articles {
		c.call("POST", "/articles", articleJSON(t, object{
			"text": a.Text, "source": a.Source, "url": a.URL, "title": a.Title, "published_at": a.PublishedAt, "story_id": id,
		})).want(http.StatusAccepted)
	}
	c.settled(id)
	return c, id
}

// settled waits until a story is analysed.
func (c client) settled(id string) {
	c.t.Helper()
	for {
		switch status := c.call("GET", "/stories/"+id, "").want(http.StatusOK).object()["status"]; status {
		case "ready":
			return
		case "failed":
			c.t.Fatal("the analysis failed")
		}
		select {
		case <-c.t.Context().Done():
			c.t.Fatal("the story did not become ready")
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func TestFindingsOfTheSample(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	path := "/stories/" + story + "/findings"
	all := c.call("GET", path+"?limit=200", "").want(http.StatusOK).items()
	if len(all) == 0 || all[0]["verdict"] != "diverge" {
		t.Fatalf("%d findings, the first is %v", len(all), all)
	}
	for query, holds := range map[string]func(object) bool{
		"verdict=diverge":                func(f object) bool { return f["verdict"] == "diverge" },
		"verdict=single":                 func(f object) bool { return f["verdict"] == "single" },
		"min_origins=2":                  func(f object) bool { return f["origins"].(float64) >= 2 },
		"kind=number":                    func(f object) bool { return hasAny(f["differences"], "kind", "number") },
		"source=The+Harbour+Ledger":      func(f object) bool { return hasAny(f["claims"], "source", "The Harbour Ledger") },
		"reviewed=true":                  func(object) bool { return false },
		"reviewed=false&verdict=diverge": func(f object) bool { return f["reviewed"] == false && f["verdict"] == "diverge" },
	} {
		got := c.call("GET", path+"?limit=200&"+query, "").want(http.StatusOK).items()
		want := 0
		for _, f := range all {
			if holds(f) {
				want++
			}
		}
		for _, f := range got {
			if !holds(f) {
				t.Errorf("%s gives %v", query, f["summary"])
			}
		}
		if len(got) != want {
			t.Errorf("%s gives %d findings, want %d", query, len(got), want)
		}
	}
	for _, query := range []string{"verdict=maybe", "kind=colour", "min_origins=-1", "reviewed=perhaps"} {
		c.call("GET", path+"?"+query, "").want(http.StatusUnprocessableEntity)
	}
	if len(c.call("GET", "/stories/"+story+"/cleared", "").want(http.StatusOK).items()) == 0 {
		t.Error("no pair was cleared")
	}
	if len(c.call("GET", "/sources", "").want(http.StatusOK).items()) != 5 {
		t.Error("the sample has five sources")
	}
}

func hasAny(list any, field, value string) bool {
	return slices.ContainsFunc(list.([]any), func(v any) bool { return v.(object)[field] == value })
}

func TestReviewOfAFinding(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	first := c.call("GET", "/stories/"+story+"/findings?verdict=diverge", "").items()[0]
	path := "/findings/" + first["id"].(string)
	difference := first["differences"].([]any)[0].(object)["id"]
	review := articleJSON(t, object{"verdict": "agree", "note": "They mean the same.", "differences": []object{{"id": difference, "decision": "rejected"}}})
	made := c.call("POST", path+"/reviews", review, "Idempotency-Key", "r1").want(http.StatusCreated)
	if made.object()["verdict"] != "agree" {
		t.Errorf("made %s", made.Body)
	}
	detail := c.call("GET", path, "").want(http.StatusOK).object()
	if detail["reviewed_verdict"] != "agree" || detail["reviewed"] != true || len(detail["reviews"].([]any)) != 1 {
		t.Errorf("reviewed_verdict %v, reviewed %v, reviews %v", detail["reviewed_verdict"], detail["reviewed"], detail["reviews"])
	}
	c.call("POST", path+"/reviews", `{}`).want(http.StatusUnprocessableEntity)
	c.call("POST", path+"/reviews", articleJSON(t, object{"differences": []object{{"id": unknownID, "decision": "confirmed"}}})).want(http.StatusUnprocessableEntity)
	c.call("POST", path+"/reviews", `{"verdict": "true"}`).want(http.StatusUnprocessableEntity)

	// A finding that was merged leads to its successor.
	if _, err := c.Pool.Exec(t.Context(), "INSERT INTO findings_moved (id, successor, moved_at) VALUES ($1, $2, now())", unknownID, first["id"]); err != nil {
		t.Fatal(err)
	}
	if to := c.call("GET", "/findings/"+unknownID, "").want(http.StatusPermanentRedirect).Header().Get("Location"); to != "/api/v1"+path {
		t.Errorf("the successor is at %q, want %q", to, path)
	}
	if to := c.call("POST", "/findings/"+unknownID+"/reviews", review).want(http.StatusPermanentRedirect).Header().Get("Location"); to != "/api/v1"+path+"/reviews" {
		t.Errorf("the successor's reviews are at %q", to)
	}
}

func TestReportInEachFormat(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	path := "/stories/" + story + "/report"
	report := c.call("GET", path, "").want(http.StatusOK).object()
	texts := map[any][]rune{}
	for _, a := range report["articles"].([]any) {
		texts[a.(object)["id"]] = []rune(a.(object)["text"].(string))
	}
	for _, f := range report["findings"].([]any) {
		for _, v := range f.(object)["claims"].([]any) {
			claim := v.(object)
			text, start, end := texts[claim["article_id"]], int(claim["start"].(float64)), int(claim["end"].(float64))
			if got := string(text[start:end]); got != claim["exact"] {
				t.Errorf("text[%d:%d] is %q, exact is %q", start, end, got, claim["exact"])
			}
		}
	}
	table := c.call("GET", path+".csv", "").want(http.StatusOK)
	rows, err := csv.NewReader(table.Body).ReadAll()
	if err != nil || len(rows) < len(report["findings"].([]any)) {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	has(t, table.Header().Get("Content-Disposition"), "attachment", story+".csv")
	has(t, c.call("GET", path+".md", "").want(http.StatusOK).Body.String(), "# ", "## Where sources diverge")
}

func TestPublicReadingLeavesTextsOut(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{PublicRead: true})
	public := func(path string) answer { return c.call("GET", path, "", "Authorization", "").want(http.StatusOK) }
	for _, a := range public("/stories/" + story + "/report").object()["articles"].([]any) {
		article := a.(object)
		if article["text"] != "" || article["text_withheld"] != true || len(article["spans"].([]any)) > 0 {
			t.Errorf("a stranger gets the text of %v", article["title"])
		}
		alone := public("/articles/" + article["id"].(string)).object()
		if alone["text"] != "" || alone["text_withheld"] != true || len(alone["spans"].([]any)) > 0 {
			t.Errorf("a stranger gets the text of %v alone", article["title"])
		}
	}
	if findings := public("/stories/" + story + "/findings").items(); len(findings) == 0 || findings[0]["claims"].([]any)[0].(object)["exact"] == "" {
		t.Error("a stranger gets no passages")
	}
	public("/stories/" + story + "/report.csv")
	public("/stories/" + story + "/cleared")
	article := c.call("GET", "/articles", "").items()[0]["id"].(string)
	c.call("GET", "/articles/"+article+"/revisions", "", "Authorization", "").want(http.StatusUnauthorized)
	c.call("POST", "/compare", `{"a": "x", "b": "y"}`, "Authorization", "").want(http.StatusUnauthorized)
}

func TestTableRunsNoFormula(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{Jobs: true})
	story := c.call("POST", "/stories", `{"title": "x"}`).id()
	c.call("POST", "/articles", articleJSON(t, object{"text": bridge, "source": "=HYPERLINK(\"//evil.example\")", "story_id": story})).want(http.StatusAccepted)
	c.settled(story)
	rows, err := csv.NewReader(c.call("GET", "/stories/"+story+"/report.csv", "").want(http.StatusOK).Body).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
}

func TestCompareTwoStatements(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	got := c.call("POST", "/compare", `{"a": "The council approved the loan on Tuesday.", "b": "The council rejected the loan on Tuesday."}`).want(http.StatusOK).object()
	if got["relation"] != "diverge" {
		t.Errorf("got %v", got)
	}
	if wrong := c.call("POST", "/compare", `{"a": ""}`).want(http.StatusUnprocessableEntity).wrong(); len(wrong) != 2 {
		t.Errorf("wrong are %v, want a and b", wrong)
	}
}
