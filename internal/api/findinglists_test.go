package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"corroborate/internal/server/servertest"
)

// fits gives the ids of findings that hold.
func fits(all []object, holds func(object) bool) map[any]bool {
	out := map[any]bool{}
	for _, f := range all {
		if holds(f) {
			out[f["id"]] = true
		}
	}
	return out
}

// sameAs fails unless the items are those of the ids.
func sameAs(t *testing.T, what string, items []object, want map[any]bool) {
	t.Helper()
	got := fits(items, func(object) bool { return true })
	if len(items) != len(want) || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s gives %d findings, want %d", what, len(items), len(want))
	}
}

func TestEveryFilterOfFindings(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	path := "/stories/" + story + "/findings?limit=200&"
	first := c.call("GET", path, "").items()
	c.call("POST", "/findings/"+first[0]["id"].(string)+"/reviews", `{"verdict": "agree"}`).want(http.StatusCreated)
	all := c.call("GET", path, "").want(http.StatusOK).items()
	is := func(field string, values ...any) func(object) bool {
		return func(f object) bool {
			for _, v := range values {
				if f[field] == v {
					return true
				}
			}
			return false
		}
	}
	stands := func(f object) any {
		if f["reviewed_verdict"] != nil {
			return f["reviewed_verdict"]
		}
		return f["verdict"]
	}
	near := func(f object) float64 {
		if f["alignment"] == nil {
			return -1
		}
		return f["alignment"].(float64)
	}
	for query, holds := range map[string]func(object) bool{
		"verdict=diverge&verdict=single": func(f object) bool { return stands(f) != "agree" },
		"kind=number&kind=time": func(f object) bool {
			return hasAny(f["differences"], "kind", "number") || hasAny(f["differences"], "kind", "time")
		},
		"source=The+Harbour+Ledger&source=nobody":     func(f object) bool { return hasAny(f["claims"], "source", "The Harbour Ledger") },
		"corroborated=true":                           is("corroborated", true),
		"corroborated=false":                          is("corroborated", false),
		"review_state=changed":                        is("review_state", "changed"),
		"review_state=suggested":                      is("review_state", "suggested"),
		"review_state=suggested&review_state=changed": func(object) bool { return true },
		"open=true":                                   func(f object) bool { return stands(f) == "diverge" && f["reviewed"] == false },
		"open=false":                                  func(object) bool { return true },
		"min_alignment=0.5":                           func(f object) bool { return near(f) >= 0.5 },
		"max_alignment=0.9":                           func(f object) bool { return near(f) >= 0 && near(f) <= 0.9 },
		"min_score=0.1":                               func(f object) bool { return f["score"] != nil && f["score"].(float64) >= 0.1 },
		"updated_since=2100-01-01T00:00:00Z":          func(object) bool { return false },
		"updated_since=2020-01-01T00:00:00%2B02:00":   func(object) bool { return true },
	} {
		sameAs(t, query, c.call("GET", path+query, "").want(http.StatusOK).items(), fits(all, holds))
		// All stories together are this one, and take the same filters.
		sameAs(t, "all stories with "+query, c.call("GET", "/findings?limit=200&"+query, "").want(http.StatusOK).items(), fits(all, holds))
		counted := c.call("GET", "/stories/"+story+"/facets?"+query, "").want(http.StatusOK).object()
		if want := len(fits(all, holds)); counted["all"] != float64(want) {
			t.Errorf("%s: the facets count %v, want %d", query, counted["all"], want)
		}
	}
	words := all[0]["claims"].([]any)[0].(object)["exact"].(string)[:20]
	found := c.call("GET", path+"text="+url.QueryEscape(words), "").want(http.StatusOK).items()
	if len(found) == 0 || len(found) == len(all) {
		t.Errorf("%q is in %d of %d findings", words, len(found), len(all))
	}
	for _, order := range []string{"verdict", "divided", "told", "alone", "newest", "uncertain"} {
		for _, group := range []string{"", "&group=kind"} {
			sameAs(t, order+group, c.walk("/stories/"+story+"/findings?limit=7&order="+order+group), fits(all, func(object) bool { return true }))
		}
	}
	for query, where := range map[string]string{
		"verdict=agree&verdict=maybe": "query.verdict[1]", "kind=colour": "query.kind[0]", "review_state=perhaps": "query.review_state[0]", "min_score=2": "query.min_score",
		"max_alignment=-1": "query.max_alignment", "updated_since=monday": "query.updated_since", "order=best": "query.order", "group=source": "query.group",
		"corroborated=yes": "query.corroborated", "open=1": "query.open", "cursor=bm9uc2Vuc2U": "query.cursor", "unheard=1": "query.unheard", "verdict=": "query.verdict", "updated_since=": "query.updated_since",
	} {
		if wrong := c.call("GET", path+query, "").want(http.StatusUnprocessableEntity).wrong(); wrong[where] == "" {
			t.Errorf("%s names %v, want %s", query, wrong, where)
		}
	}
}

// walk reads a list to its end.
func (c client) walk(path string) []object {
	c.t.Helper()
	var out []object
	for cursor := ""; ; {
		part := c.call("GET", path+"&cursor="+cursor, "").want(http.StatusOK)
		out = append(out, part.items()...)
		if cursor = part.object()["next_cursor"].(string); cursor == "" {
			return out
		}
	}
}

// TestNothingIsMissedByWhoAsksWhatChanged keeps a copy of all findings as a CMS does.
func TestNothingIsMissedByWhoAsksWhatChanged(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	copied, since := map[any]object{}, "2020-01-01T00:00:00Z"
	poll := func() (changed int) {
		t.Helper()
		for cursor := ""; ; {
			part := c.call("GET", "/findings?limit=10&updated_since="+url.QueryEscape(since)+"&cursor="+cursor, "").want(http.StatusOK)
			for _, f := range part.items() {
				copied[f["id"]] = f
				changed++
			}
			if cursor = part.object()["next_cursor"].(string); cursor == "" {
				since = part.object()["complete_until"].(string)
				return changed
			}
		}
	}
	complete := func() {
		t.Helper()
		for _, f := range c.walk("/stories/" + story + "/findings?limit=200") {
			if fmt.Sprint(copied[f["id"]]) != fmt.Sprint(f) {
				t.Errorf("the copy has %v, there is %v", copied[f["id"]], f)
			}
		}
	}
	all := poll()
	complete()
	if n := poll(); n != 0 || all == 0 {
		t.Errorf("%d findings changed while nothing did; there are %d", n, all)
	}
	first := c.call("GET", "/stories/"+story+"/findings?limit=1", "").items()[0]["id"].(string)
	review := c.call("POST", "/findings/"+first+"/reviews", `{"alignment": "confirmed"}`).want(http.StatusCreated).id()
	if n := poll(); n != 1 || copied[first]["review_state"] != "confirmed" {
		t.Errorf("a review changes %d findings, this one is %v", n, copied[first]["review_state"])
	}
	c.call("DELETE", "/reviews/"+review, "").want(http.StatusNoContent)
	if n := poll(); n != 1 || copied[first]["review_state"] != "suggested" {
		t.Errorf("its withdrawal changes %d findings, this one is %v", n, copied[first]["review_state"])
	}
	c.settled(story)
	poll()
	complete()

	// A transaction that is not over hides what comes after it, until it is.
	tx, err := c.Pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), "UPDATE findings SET summary = summary || '.' WHERE id = $1", first); err != nil {
		t.Fatal(err)
	}
	other := c.call("GET", "/stories/"+story+"/findings?limit=2", "").items()[1]["id"].(string)
	c.call("POST", "/findings/"+other+"/reviews", `{"note": "Later."}`).want(http.StatusCreated)
	poll()
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	poll()
	complete()

	latest := c.walk("/findings?limit=7&order=latest")
	for i := 1; i < len(latest); i++ {
		one, two := timeOf(t, latest[i-1]["updated_at"]), timeOf(t, latest[i]["updated_at"])
		if one.Before(two) {
			t.Fatalf("the latest change does not come first: %v before %v", one, two)
		}
	}
	sameAs(t, "order=latest", latest, fits(c.walk("/findings?limit=200&story_id="+story), func(object) bool { return true }))
	for _, query := range []string{"story_id=" + unknownID, "story_id=x", "order=best", "text=bridge", "cursor=e30"} {
		c.call("GET", "/findings?"+query, "").want(http.StatusUnprocessableEntity)
	}
	asc := c.call("GET", "/findings?limit=1", "").object()["next_cursor"].(string)
	c.call("GET", "/findings?order=latest&cursor="+asc, "").want(http.StatusUnprocessableEntity)
}

func timeOf(t *testing.T, v any) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, v.(string))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestWhatIsToldOfAFinding(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	number := c.call("GET", "/stories/"+story+"/findings?kind=number&verdict=diverge", "").items()[0]["id"].(string)
	history := c.call("GET", "/findings/"+number+"/history", "").want(http.StatusOK).items()
	if last := history[len(history)-1]; last["first"] != true || last["was"] != nil {
		t.Errorf("the history begins with %v", last)
	}
	if len(c.walk("/findings/"+number+"/history?limit=1")) != len(history) {
		t.Error("the history read by parts is another")
	}
	scales := c.call("GET", "/findings/"+number+"/wordings", "").want(http.StatusOK).object()["numbers"].([]any)
	if len(scales) == 0 || len(scales[0].(object)["points"].([]any)) < 2 {
		t.Errorf("numbers that differ are on the lines %v", scales)
	}
	alone := c.call("GET", "/stories/"+story+"/findings?verdict=single", "").items()[0]["id"].(string)
	if n := len(c.call("GET", "/findings/"+alone+"/silent", "").want(http.StatusOK).items()); n != 4 {
		t.Errorf("%d sources are silent on what one of five tells", n)
	}
	pair := c.call("GET", "/stories/"+story+"/cleared", "").items()[0]
	detail := c.call("GET", "/cleared/"+pair["id"].(string), "").want(http.StatusOK)
	if detail.object()["reason"] != pair["reason"] || len(detail.object()["members"].([]any)) != 2 || detail.Header().Get("ETag") == "" {
		t.Errorf("the pair is %s", detail.Body)
	}
	covered := c.call("GET", "/stories/"+story+"/coverage", "").want(http.StatusOK).object()["reports"].([]any)
	if len(covered) != 5 || covered[0].(object)["after_seconds"] != float64(0) {
		t.Errorf("the coverage is %v", covered)
	}
	for _, path := range []string{"/findings/%s/history", "/findings/%s/wordings", "/findings/%s/silent", "/cleared/%s", "/stories/%s/coverage", "/stories/%s/facets"} {
		c.call("GET", fmt.Sprintf(path, unknownID), "").want(http.StatusNotFound)
		c.call("GET", fmt.Sprintf(path, "x"), "").want(http.StatusNotFound)
	}
}
