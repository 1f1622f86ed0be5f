package api_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"corroborate/internal/server/servertest"
)

func TestSourcesWithTheirRecords(t *testing.T) {
	t.Parallel()
	c, _ := told(t, servertest.Options{})
	all := c.call("GET", "/sources", "").want(http.StatusOK).items()
	if len(all) != 5 {
		t.Fatalf("there are %d sources", len(all))
	}
	if !slices.IsSortedFunc(all, func(a, b object) int { return strings.Compare(a["name"].(string), b["name"].(string)) }) {
		t.Error("they are not by name")
	}
	for _, sort := range []string{"articles", "stories", "first", "alone", "agree", "diverge", "unattributed", "corrected", "relayed", "last", "name"} {
		var got []string
		for cursor := ""; ; {
			part := c.call("GET", "/sources?limit=2&sort="+sort+"&cursor="+url.QueryEscape(cursor), "").want(http.StatusOK)
			for _, s := range part.items() {
				got = append(got, s["id"].(string))
			}
			if cursor, _ = part.object()["next_cursor"].(string); cursor == "" {
				break
			}
		}
		if slices.Sort(got); len(slices.Compact(got)) != 5 {
			t.Errorf("by %s there are %v", sort, got)
		}
	}
	by := c.call("GET", "/sources?sort=diverge&limit=1", "").object()
	if first := by["items"].([]any)[0].(object)["findings"].(object); first["diverge"].(float64) == 0 {
		t.Errorf("the first by divergences has %v", first)
	}
	c.call("GET", "/sources?sort=alone&cursor="+url.QueryEscape(by["next_cursor"].(string)), "").want(http.StatusUnprocessableEntity)
	if part := c.call("GET", "/sources?name=LEDG", "").items(); len(part) != 1 {
		t.Errorf("%d sources have a part of a name", len(part))
	}

	diverged := 0
	for _, s := range all {
		one := c.call("GET", "/sources/"+s["id"].(string), "").want(http.StatusOK)
		o := one.object()
		if text(t, o["findings"]) != text(t, s["findings"]) || text(t, o["record"]) != text(t, s["record"]) || len(o["origins"].([]any)) == 0 {
			t.Errorf("alone it is %v, in the list %v", o, s)
		}
		diverged += len(o["diverged_by"].([]any))
		c.call("GET", "/sources/"+s["id"].(string), "", "If-None-Match", one.Header().Get("ETag")).want(http.StatusNotModified)
	}
	if diverged == 0 {
		t.Error("no source diverges in any kind")
	}
	c.call("GET", "/sources/"+unknownID, "").want(http.StatusNotFound)
}

func TestOverviewCountsWhatThereIs(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	o := c.call("GET", "/overview", "").want(http.StatusOK).object()
	of := c.call("GET", "/stories/"+story, "").object()["findings"].(object)
	for _, verdict := range []string{"agree", "diverge", "single", "open"} {
		if o["findings"].(object)[verdict] != of[verdict] {
			t.Errorf("%s: %v in all, %v in the one story", verdict, o["findings"], of)
		}
	}
	if o["stories"] != 1.0 || o["sources"] != 5.0 || len(o["weeks"].([]any)) != 1 || len(o["kinds"].([]any)) == 0 {
		t.Errorf("the overview is %v", o)
	}
}

func TestDossierThroughTheAPI(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{PublicURL: "https://news.example.org", PublicRead: true})
	finding := c.call("GET", "/stories/"+story+"/findings?limit=1", "").items()[0]["id"].(string)
	c.call("POST", "/findings/"+finding+"/reviews", `{"alignment": "confirmed", "note": "Called the port."}`).want(http.StatusCreated)
	path := "/stories/" + story + "/dossier.md"
	whole := c.call("GET", path, "").want(http.StatusOK).Body.String()
	has(t, whole, "Called the port.", "<https://news.example.org/findings/"+finding+">", "## Where sources agree")
	if only := c.call("GET", path+"?reviewed=true", "").want(http.StatusOK).Body.String(); strings.Count(only, "\n### ") != 1 {
		t.Errorf("what was reviewed is %s", only)
	}
	if body := c.call("GET", path, "", "Authorization", "").want(http.StatusOK).Body.String(); strings.Contains(body, "Called the port.") {
		t.Error("a stranger reads a review")
	}
	if alone := c.call("GET", path+"?alone=true", "").Body.String(); !strings.Contains(alone, "## Told by one source") || strings.Contains(whole, "## Told by one source") {
		t.Error("what is told alone is not as was asked for")
	}
	c.call("GET", path+"?divergences=perhaps", "").want(http.StatusUnprocessableEntity)
}
