package views

import (
	"net/url"
	"slices"
	"strconv"

	"corroborate/internal/claims"
)

// Filter says which findings of a story to show. The zero value shows all.
type Filter struct {
	Verdict claims.Verdict
	Kind    claims.Kind
	// Source is a source's id.
	Source string
	// MinOrigins leaves out findings with fewer independent origins.
	MinOrigins int
	// Reviewed is "yes", "no" or empty for both.
	Reviewed string
	// Cursor is where the part of the list begins, empty for its start.
	Cursor string
}

// ParseFilter reads a filter from a query. What it does not know it leaves out,
// so that an old link still shows the story.
func ParseFilter(q url.Values) Filter {
	f := Filter{Source: q.Get("source"), Cursor: q.Get("cursor")}
	if v := claims.Verdict(q.Get("verdict")); slices.Contains(verdicts(), v) {
		f.Verdict = v
	}
	if k := claims.Kind(q.Get("kind")); slices.Contains(claims.Kinds(), k) {
		f.Kind = k
	}
	if r := q.Get("reviewed"); r == "yes" || r == "no" {
		f.Reviewed = r
	}
	if n, err := strconv.Atoi(q.Get("min_origins")); err == nil && n > 1 {
		f.MinOrigins = n
	}
	return f
}

// verdicts lists the verdicts, the one that needs a person first.
func verdicts() []claims.Verdict {
	return []claims.Verdict{claims.Diverge, claims.Agree, claims.Single}
}

// Query writes the filter as a query; what says nothing is left out.
func (f Filter) Query() url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("verdict", string(f.Verdict))
	set("kind", string(f.Kind))
	set("source", f.Source)
	set("reviewed", f.Reviewed)
	set("cursor", f.Cursor)
	if f.MinOrigins > 1 {
		q.Set("min_origins", strconv.Itoa(f.MinOrigins))
	}
	return q
}

// Narrow tells whether the filter can leave findings out.
func (f Filter) Narrow() bool {
	f.Cursor = ""
	return f != Filter{}
}

// only is the filter for one verdict and nothing else.
func only(v claims.Verdict) Filter { return Filter{Verdict: v} }

// onlyKind is the filter for one kind of difference and nothing else.
func onlyKind(k claims.Kind) Filter { return Filter{Kind: k} }

// from is the filter for the part of the list that begins at a cursor.
func (f Filter) from(cursor string) Filter {
	f.Cursor = cursor
	return f
}

// address is the address of a story's page with the filter.
func (f Filter) address(storyID string) string {
	query := f.Query().Encode()
	if query == "" {
		return "/stories/" + storyID
	}
	return "/stories/" + storyID + "?" + query
}

// findingAddress is the address of a finding in the list that the filter chooses. Its
// page looks up the neighbours there.
func (f Filter) findingAddress(id string) string {
	if query := f.from("").Query().Encode(); query != "" {
		return "/findings/" + id + "?" + url.Values{"in": {query}}.Encode()
	}
	return "/findings/" + id
}
