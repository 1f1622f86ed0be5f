package views

import (
	"net/url"
	"slices"
	"strconv"

	"corroborate/internal/claims"
)

// RowsPerPart is how many findings one part of the matrix shows.
const RowsPerPart = 50

// Sort is an order of the matrix; the zero value is the first of [sorts].
type Sort string

// The orders.
const (
	SortDivided   Sort = ""
	SortTold      Sort = "told"
	SortAlone     Sort = "alone"
	SortNewest    Sort = "newest"
	SortUncertain Sort = "uncertain"
	SortDisputed  Sort = "second_judge"
)

// sorts lists the orders, with what each is called.
func sorts() []Sort {
	return []Sort{SortDivided, SortTold, SortAlone, SortNewest, SortUncertain, SortDisputed}
}

// Words says what comes first.
func (s Sort) Words() string {
	switch s {
	case SortTold:
		return "most told"
	case SortAlone:
		return "told alone"
	case SortNewest:
		return "newest"
	case SortUncertain:
		return "least certain"
	case SortDisputed:
		return "most disputed"
	}
	return "most divided"
}

// Filter says which findings of a story to show, and how. The zero value shows all.
type Filter struct {
	Verdict claims.Verdict
	Kind    claims.Kind
	// Source is a source's id.
	Source string
	// MinOrigins leaves out findings with fewer independent origins.
	MinOrigins int
	// Reviewed is "yes", "no", "open" for what waits for a person, or empty for all.
	Reviewed string
	// Second is "disagrees", "agrees" or "silent" for how a finding stands with the second
	// judge, or empty for all.
	Second string
	// Text are words that the summary or a passage has.
	Text string
	Sort Sort
	// ByKind groups the findings by their most important kind of difference.
	ByKind bool
	// Tellers leaves out the columns of sources that tell none of them.
	Tellers bool
	// Cursor is where the part of the list begins, empty for its start.
	Cursor string
}

// maxText is the most characters of words to look for.
const maxText = 200

// ParseFilter reads a filter from a query. What it does not know it leaves out,
// so that an old link still shows the story.
func ParseFilter(q url.Values) Filter {
	f := Filter{Source: q.Get("source"), Cursor: q.Get("cursor"), ByKind: q.Get("group") == "kind", Tellers: q.Get("columns") == "telling"}
	if v := claims.Verdict(q.Get("verdict")); slices.Contains(verdicts(), v) {
		f.Verdict = v
	}
	if k := claims.Kind(q.Get("kind")); slices.Contains(claims.Kinds(), k) {
		f.Kind = k
	}
	if s := Sort(q.Get("sort")); slices.Contains(sorts(), s) {
		f.Sort = s
	}
	if r := q.Get("reviewed"); slices.Contains([]string{"yes", "no", "open"}, r) {
		f.Reviewed = r
	}
	if s := q.Get("second_judge"); slices.Contains([]string{"disagrees", "agrees", "silent"}, s) {
		f.Second = s
	}
	if n, err := strconv.Atoi(q.Get("min_origins")); err == nil && n > 1 {
		f.MinOrigins = n
	}
	f.Text = claims.CleanName(q.Get("text"))
	if r := []rune(f.Text); len(r) > maxText {
		f.Text = claims.CleanName(string(r[:maxText])) // the cut may leave a space at the end
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
	set("second_judge", f.Second)
	set("text", f.Text)
	set("sort", string(f.Sort))
	set("cursor", f.Cursor)
	if f.ByKind {
		q.Set("group", "kind")
	}
	if f.Tellers {
		q.Set("columns", "telling")
	}
	if f.MinOrigins > 1 {
		q.Set("min_origins", strconv.Itoa(f.MinOrigins))
	}
	return q
}

// Narrow tells whether the filter can leave findings out.
func (f Filter) Narrow() bool { return f != f.all() }

// all is the filter that shows everything, in the same way.
func (f Filter) all() Filter {
	return Filter{Sort: f.Sort, ByKind: f.ByKind, Tellers: f.Tellers, Cursor: f.Cursor}
}

// only shows the findings with one verdict, all of them or those that are reviewed or
// not, in the same way.
func (f Filter) only(v claims.Verdict, reviewed string) Filter {
	out := f.all().from("")
	out.Verdict, out.Reviewed = v, reviewed
	return out
}

// onlyKind shows the findings with one kind of difference, in the same way.
func (f Filter) onlyKind(k claims.Kind) Filter {
	out := f.all().from("")
	out.Kind = k
	return out
}

// onlySecond shows the findings that stand so with the second judge, in the same way.
func (f Filter) onlySecond(outcome string) Filter {
	out := f.all().from("")
	out.Second = outcome
	return out
}

// from is the filter for the part of the list that begins at a cursor.
func (f Filter) from(cursor string) Filter {
	f.Cursor = cursor
	return f
}

// address is the address of a story's page with the filter.
func (f Filter) address(storyID string) string { return f.after("/stories/" + storyID) }

// rowsAddress is where scripts get the rows of the part alone.
func (f Filter) rowsAddress(storyID string) string { return f.after("/stories/" + storyID + "/rows") }

func (f Filter) after(path string) string {
	if query := f.Query().Encode(); query != "" {
		return path + "?" + query
	}
	return path
}

// findingAddress is the address of a finding in the list that the filter chooses. Its
// page looks up the neighbours there.
func (f Filter) findingAddress(id string) string {
	if query := f.from("").Query().Encode(); query != "" {
		return "/findings/" + id + "?" + url.Values{"in": {query}}.Encode()
	}
	return "/findings/" + id
}
