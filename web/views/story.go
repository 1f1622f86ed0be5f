package views

import (
	"slices"
	"time"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
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
	// Counts are those of the whole story, Facets those under the filter.
	Counts Counts
	Facets Facets
	// Sources are the columns of all sources, those of Matrix may be fewer.
	Sources []Column
	Matrix  MatrixPart
	// Corrections are the divergences that ended when a source changed its article.
	Corrections []CorrectionView
	Origins     []Origin
	Articles    []ArticleLine
	// ArticleCount is the number of articles, of which Articles may lack some.
	ArticleCount int
	Bulk         Bulk
}

// groupChosen is the value of the choice of groups.
func (p StoryPage) groupChosen() string {
	if p.Filter.ByKind {
		return "kind"
	}
	return ""
}

// moreChosen tells whether one of the fields is set that are out of sight at first.
func (p StoryPage) moreChosen() bool {
	f := p.Filter
	f.Text = ""
	return f.Narrow() || f.Tellers
}

// Facets count a story's findings by what a filter can choose.
type Facets struct {
	// Shown is the number of findings that fit the filter.
	Shown    int
	Verdicts map[claims.Verdict]int
	Kinds    map[claims.Kind]int
	// Sources are by id.
	Sources map[string]int
	// Disputed are the story's findings of which the second judge says otherwise, Judged those
	// that it is asked about, whatever the filter.
	Disputed, Judged int
}

// sortChoices offers the orders. That by what the second judge says is one only where it
// is asked.
func (p StoryPage) sortChoices() []ui.Choice {
	var out []ui.Choice
	for _, s := range sorts() {
		if s != SortDisputed || p.Facets.Judged > 0 || p.Filter.Sort == s {
			out = append(out, ui.Choice{Value: string(s), Label: s.Words()})
		}
	}
	return out
}

// kindCounts lists the kinds that occur under the filter, the most important first.
func (f Facets) kindCounts() []KindCount {
	var out []KindCount
	for _, k := range claims.Kinds() {
		if n := f.Kinds[k]; n > 0 {
			out = append(out, KindCount{Kind: k, Count: n})
		}
	}
	return out
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
	// Open counts what waits for a person, Veiled what the viewer is to judge blind.
	Open   int
	Veiled int
}

// All is the number of findings with a verdict.
func (c Counts) All() int { return c.Agree + c.Diverge + c.Single }

// Total is the number of findings, those that are veiled from the viewer among them.
func (c Counts) Total() int { return c.All() + c.Veiled }

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
