package views

import (
	"slices"
	"time"

	"corroborate/internal/claims"
)

// StoryPage is a story as the matrix of its findings and sources.
type StoryPage struct {
	ID    string
	Title string
	// Sample marks the story that comes with the program.
	Sample bool
	// Locked is true where only people add articles.
	Locked  bool
	Version int
	Updated time.Time
	Status  Status
	Filter  Filter
	Counts  Counts
	Matrix  Matrix
	// Next is the cursor of the next part of the matrix, empty at its end.
	Next string
	// Corrections are the divergences that ended when a source changed its article.
	Corrections []CorrectionView
	Cleared     []Cleared
	Origins     []Origin
	Articles    []ArticleLine
	Bulk        Bulk
}

// Status says how far the analysis of a story is.
type Status struct {
	// State is "ready", "working" or "failed".
	State string
	// Done of Total steps are done.
	Done  int
	Total int
	// Reason says why it failed.
	Reason string
}

// Working tells whether the analysis goes on.
func (s Status) Working() bool { return s.State == "working" }

// Failed tells whether the analysis has failed.
func (s Status) Failed() bool { return s.State == "failed" }

// Counts are the numbers of a story's findings.
type Counts struct {
	Agree   int
	Diverge int
	Single  int
	// OneOrigin counts those of Agree whose sources draw on one origin.
	OneOrigin int
	Cleared   int
	// Open counts what waits for a person.
	Open  int
	Kinds []KindCount
}

// All is the number of findings.
func (c Counts) All() int { return c.Agree + c.Diverge + c.Single }

// Of gives the number of findings with a verdict.
func (c Counts) Of(v claims.Verdict) int {
	switch v {
	case claims.Agree:
		return c.Agree
	case claims.Diverge:
		return c.Diverge
	}
	return c.Single
}

// KindCount is how many findings have a difference of a kind.
type KindCount struct {
	Kind  claims.Kind
	Count int
}

// CountKinds counts the findings by the kinds of their differences, the most
// important kind first. Kinds that do not occur are left out.
func CountKinds(all []claims.Finding) []KindCount {
	var out []KindCount
	for _, k := range claims.Kinds() {
		n := 0
		for _, f := range all {
			if slices.ContainsFunc(f.Differences, func(d claims.Difference) bool { return d.Kind == k }) {
				n++
			}
		}
		if n > 0 {
			out = append(out, KindCount{Kind: k, Count: n})
		}
	}
	return out
}

// Origin is one origin and the sources that draw on it.
type Origin struct {
	Name    string
	Known   bool
	Sources []string
}

// GroupOrigins groups the sources of articles by origin, the widest origin first.
// Articles that were not compared yet have none.
func GroupOrigins(articles []ArticleLine) []Origin {
	var out []Origin
	for _, a := range articles {
		if a.Origin == "" {
			continue
		}
		i := slices.IndexFunc(out, func(o Origin) bool { return o.Name == a.Origin })
		if i < 0 {
			out = append(out, Origin{Name: a.Origin})
			i = len(out) - 1
		}
		out[i].Known = out[i].Known || a.OriginKnown
		if !slices.Contains(out[i].Sources, a.Source) {
			out[i].Sources = append(out[i].Sources, a.Source)
		}
	}
	slices.SortStableFunc(out, func(a, b Origin) int { return len(b.Sources) - len(a.Sources) })
	return out
}

// ArticleLine is a line of a list of articles.
type ArticleLine struct {
	ID          string
	Title       string
	Source      string
	Published   claims.Published
	Origin      string
	OriginKnown bool
	Claims      int
	// Status is "pending", "ready", "failed" or "not_analysed"; Reason says why it
	// is one of the last two.
	Status string
	Reason string
}

// Heading is the article's title, or what stands for it where it has none.
func (a ArticleLine) Heading() string { return heading(a.Title, a.Source) }

// heading names an article.
func heading(title, source string) string {
	if title != "" {
		return title
	}
	return "Untitled, " + source
}

// Cleared is a pair of claims that look in conflict and are not.
type Cleared struct {
	ID     string
	Kind   claims.Kind
	Reason string
	Sides  [2]Side
}

// Side is one claim of a pair, as its source tells it.
type Side struct {
	ClaimID   string
	ArticleID string
	Source    string
	Exact     string
}
