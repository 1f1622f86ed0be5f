package api_test

import (
	"net/http"
	"strings"
	"testing"

	"corroborate/internal/server/servertest"
)

func TestLinkedDataOfTheSample(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{PublicURL: "https://news.example.org", PublicRead: true})
	path := "/stories/" + story + "/report.jsonld"
	whole := c.call("GET", path, "").want(http.StatusOK)
	doc := whole.object()
	if doc["@id"] != "https://news.example.org/stories/"+story || doc["dateModified"] == nil {
		t.Errorf("the story is %v of %v", doc["@id"], doc["dateModified"])
	}
	c.call("GET", path, "", "If-None-Match", whole.Header().Get("ETag")).want(http.StatusNotModified)
	finding := doc["hasPart"].([]any)[0].(object)
	const once = 1 // its context names it
	if strings.Count(whole.Body.String(), `"prefix"`) <= once {
		t.Error("passages have no surroundings")
	}
	if body := c.call("GET", path, "", "Authorization", "").want(http.StatusOK).Body.String(); strings.Count(body, `"prefix"`) > once {
		t.Error("a stranger sees what stands around passages in a report")
	}

	one := c.call("GET", "/findings/"+finding["identifier"].(string)+"/report.jsonld", "").want(http.StatusOK)
	alone := one.object()
	for _, key := range []string{"@id", "@type", "name", "verdict", "sources", "origins", "collectionSize", "url"} {
		if text(t, alone[key]) != text(t, finding[key]) {
			t.Errorf("alone its %s is %v, in its story %v", key, alone[key], finding[key])
		}
	}
	if alone["isPartOf"].(object)["@id"] != doc["@id"] || text(t, alone["@context"]) != text(t, doc["@context"]) {
		t.Error("a finding is not of its story")
	}
	appears := map[string]bool{}
	for _, claim := range alone["hasPart"].([]any) {
		for _, a := range claim.(object)["appearance"].([]any) {
			appears[a.(object)["@id"].(string)] = true
		}
	}
	for _, a := range alone["isBasedOn"].([]any) {
		delete(appears, a.(object)["@id"].(string))
	}
	if len(appears) > 0 {
		t.Errorf("a finding does not describe %v", appears)
	}
	c.call("GET", "/findings/"+unknownID+"/report.jsonld", "").want(http.StatusNotFound)
}

// text gives a value as JSON.
func text(t *testing.T, v any) string {
	t.Helper()
	return articleJSON(t, object{"v": v})
}
