package app_test

import (
	"slices"
	"strings"
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/search"
)

// find runs a search for somebody.
func (f *fixture) find(who app.Actor, query string) app.SearchResult {
	f.t.Helper()
	r, err := f.Search(f.t.Context(), who, app.SearchInput{Query: query})
	if err != nil {
		f.t.Fatalf("%s: %v", query, err)
	}
	return r
}

// titles gives what was found of a type, without marks.
func titles(r app.SearchResult, t search.Type) []string {
	var out []string
	for _, g := range r.Groups {
		for _, h := range g.Hits {
			if g.Type == t {
				out = append(out, strings.Trim(search.Plain(h.Title)+" / "+search.Plain(h.Text), " /"))
			}
		}
	}
	return out
}

func TestSearch(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier, herald)
	for _, q := range []string{"flood", "evacuated rescuers", `"from the town" -boats`, "marrow gazette", "kind:number", "evacuted", "verdict:diverge evacuated", "source:gazet flood", "is:claim boats OR bridge",
		"floods is:article", "story:marrow", "story:" + s.ID + " is:finding", "min_origins:2", "reviewed:no"} {
		r := f.find(f.admin, q)
		t.Log(q, "→", r.Corrected, r.Problems)
		for _, g := range r.Groups {
			t.Log("   ", g.Type, g.Total, titles(r, g.Type))
		}
	}
	_ = slices.Contains[[]string]
}
