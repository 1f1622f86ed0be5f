package views

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// CheckPage is the form of a draft, with what was found once one was sent. Nothing of it
// is stored: the form carries the draft back.
type CheckPage struct {
	Text   string
	Title  string
	Source string
	// StoryID is the story that it is held against, empty for those that fit.
	StoryID string
	Stories []StoryChoice
	// Sources are the names that the source's field offers.
	Sources []string
	Errors  Errors
	// Result is nil before a draft was checked.
	Result *CheckResult
}

// CheckResult is what a check found.
type CheckResult struct {
	// NotAnalysed says why the draft was not read, empty where it was.
	NotAnalysed string
	Stories     []CheckedStory
	// Body and Spans are the text as it was read.
	Body   string
	Spans  []claims.Span
	Claims []CheckedClaim
	Copied []claims.CopiedPassage
	// Agreed and Divided are what the stories have and the draft does not.
	Agreed, Divided         []OverlookedLine
	MoreAgreed, MoreDivided int
	// Withheld is how many findings are left out as the viewer reviews them blind.
	Withheld int
}

// CheckedStory is a story that a draft was held against.
type CheckedStory struct {
	ID             string
	Title          string
	Articles, Read int
}

// CheckedClaim is a claim of a draft with what is to be said of it.
type CheckedClaim struct {
	claims.Claim
	Points []claims.Point
	// Veiled is true where a finding tells it that the viewer reviews blind.
	Veiled bool
}

// OverlookedLine is a finding that a draft says nothing of.
type OverlookedLine struct {
	FindingID string
	Summary   string
	// Words say who tells it, or in what its sources diverge.
	Words string
	Kinds []claims.Kind
	// Reviewed is true where a person decided on it.
	Reviewed bool
}

// checkGroup is what the claims of a draft are grouped by: their most important point.
type checkGroup struct {
	// ID is the group's anchor, and the class of its marks in the text.
	ID    string
	Title string
	Lead  string
	Types []claims.PointType
	// Folded is true for what needs no look.
	Folded bool
	Claims []numberedClaim
}

// numberedClaim is a claim with its number in the draft, from 1.
type numberedClaim struct {
	CheckedClaim
	Number int
}

// checkGroups gives the groups, empty.
func checkGroups() []checkGroup {
	return []checkGroup{
		{ID: "diverges", Title: "Diverges", Lead: "Another source tells this otherwise.", Types: []claims.PointType{claims.PointDiverges}},
		{ID: "dropped", Title: "Dropped", Lead: "Others name who says so, or tell it as less than certain.",
			Types: []claims.PointType{claims.PointDroppedCertainty, claims.PointDroppedAttribution}},
		{ID: "contradicts", Title: "Contradicts yourself", Lead: "It differs from another place of the draft, or from what your source published.",
			Types: []claims.PointType{claims.PointContradicts}},
		{ID: "only", Title: "Only you", Lead: "No other source tells this.", Types: []claims.PointType{claims.PointOnlyYou}},
		{ID: "agrees", Title: "Agrees", Lead: "Others tell this, and nothing material differs.", Folded: true,
			Types: []claims.PointType{claims.PointDiffers, claims.PointAgrees}},
	}
}

// grouped puts the claims into their groups; groups without any are left out.
func (r CheckResult) grouped() []checkGroup {
	all := checkGroups()
	for i, c := range r.Claims {
		if at := groupOf(all, c); at >= 0 {
			all[at].Claims = append(all[at].Claims, numberedClaim{CheckedClaim: c, Number: i + 1})
		}
	}
	return slices.DeleteFunc(all, func(g checkGroup) bool { return len(g.Claims) == 0 })
}

// groupOf gives the place of a claim's group, -1 for none. That words are copied is shown
// apart.
func groupOf(groups []checkGroup, c CheckedClaim) int {
	for _, p := range c.Points {
		if i := slices.IndexFunc(groups, func(g checkGroup) bool { return slices.Contains(g.Types, p.Type) }); i >= 0 {
			return i
		}
	}
	return -1
}

// shown are the points of a claim that its card shows.
func (c CheckedClaim) shown() []claims.Point {
	return slices.DeleteFunc(slices.Clone(c.Points), func(p claims.Point) bool { return p.Type == claims.PointCopied })
}

// words cuts the passage at the words that carry what differs.
func (c CheckedClaim) words() []MarkedWords {
	var marks []claims.Mark
	for _, p := range c.Points {
		marks = append(marks, p.Marks...)
	}
	return markedWords(c.Exact, c.Start, marks)
}

func markedWords(exact string, start int, marks []claims.Mark) []MarkedWords {
	var out []MarkedWords
	for _, s := range cut([]rune(exact), start, marks) {
		out = append(out, MarkedWords{Text: s.Text, Differs: len(s.Over) > 0})
	}
	return out
}

// differs tells a point that has a passage to be read beside it.
func differs(p claims.Point) bool { return p.Kind != "" }

// shownOthers is the most passages that stand below one point.
const shownOthers = 3

func pointOthers(p claims.Point) []claims.PointPassage {
	return p.Others[:min(len(p.Others), shownOthers)]
}

// draftParagraphs gives the draft's text with its claims marked.
func (r CheckResult) draftParagraphs() []draftParagraph {
	groups := checkGroups()
	text := []rune(r.Body)
	var out []draftParagraph
	for start := 0; start < len(text); {
		end := start
		for end < len(text) && text[end] != '\n' {
			end++
		}
		if strings.TrimSpace(string(text[start:end])) != "" {
			out = append(out, r.draftParagraph(groups, text[start:end], start))
		}
		start = end + 1
	}
	return out
}

// draftParagraph is a block of the draft's text.
type draftParagraph struct {
	furniture claims.SpanKind
	stretches []draftStretch
}

// draftStretch is words over which the same claim lies.
type draftStretch struct {
	text string
	// group is the claim's, number its number where it begins here, 0 elsewhere.
	group  string
	number int
	claim  int
}

func (r CheckResult) draftParagraph(groups []checkGroup, text []rune, from int) draftParagraph {
	var p draftParagraph
	var marks []claims.Mark
	var of []int
	for _, s := range spansIn(r.Spans, from, from+len(text)) {
		if s.Start <= from && s.End >= from+len(strings.TrimRight(string(text), " \t")) {
			p.furniture = s.Kind
		}
	}
	for i, c := range r.Claims {
		if c.Start < from+len(text) && c.End > from {
			marks, of = append(marks, claims.Mark{Start: c.Start, End: c.End}), append(of, i)
		}
	}
	at, begun := from, map[int]bool{}
	for _, s := range cut(text, from, marks) {
		stretch := draftStretch{text: s.Text}
		best := -1
		for _, m := range s.Over {
			if i := of[m]; best < 0 || r.weightier(groups, i, best) {
				best = i
			}
		}
		if best >= 0 {
			stretch.claim = best + 1
			if g := groupOf(groups, r.Claims[best]); g >= 0 {
				stretch.group = groups[g].ID
			}
			if !begun[best] && r.Claims[best].Start >= from {
				begun[best], stretch.number = true, best+1
			}
		}
		p.stretches = append(p.stretches, stretch)
		at += len([]rune(s.Text))
	}
	return p
}

// weightier tells whether of two claims over the same words the first is to be shown: the
// one with the more important point, else the shorter.
func (r CheckResult) weightier(groups []checkGroup, i, j int) bool {
	x, y := groupOf(groups, r.Claims[i]), groupOf(groups, r.Claims[j])
	if x < 0 || y < 0 || x == y {
		return y < 0 && x >= 0 || x == y && r.Claims[i].End-r.Claims[i].Start < r.Claims[j].End-r.Claims[j].Start
	}
	return x < y
}

func (p draftParagraph) class() string {
	return Paragraph{Furniture: p.furniture}.class()
}

// class names how a stretch is marked.
func (s draftStretch) class() string { return "claim draft-" + s.group }

// counted gives a group's name with the number of its claims.
func (g checkGroup) counted() string { return g.Title + " (" + strconv.Itoa(len(g.Claims)) + ")" }

// against says what the draft was held against.
func (s CheckedStory) against() string {
	if s.Read < s.Articles {
		return fmt.Sprintf("%d of %s, those nearest to the draft", s.Read, ui.Counted(s.Articles, "article", "articles"))
	}
	return ui.Counted(s.Articles, "article", "articles")
}

// storyChoices lists the stories that a draft may be held against.
func (p CheckPage) storyChoices() []ui.Choice {
	out := []ui.Choice{{Label: "the stories that fit"}}
	for _, s := range p.Stories {
		out = append(out, ui.Choice{Value: s.ID, Label: s.Title})
	}
	return out
}

// pointWord is what a card calls a point.
func pointWord(p claims.Point) string {
	switch p.Type {
	case claims.PointDroppedAttribution:
		return "you dropped the attribution"
	case claims.PointDroppedCertainty:
		return "you dropped the doubt"
	case claims.PointContradicts:
		return "contradicts yourself"
	}
	return ""
}
