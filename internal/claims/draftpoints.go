package claims

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// PointType says what a point of a check is about.
type PointType string

// The types of points, the most important first.
const (
	// PointDiverges is a material difference from another source.
	PointDiverges PointType = "diverges"
	// PointDroppedCertainty: others tell it as planned, alleged or possible, the draft as
	// something that happened.
	PointDroppedCertainty PointType = "dropped_certainty"
	// PointDroppedAttribution: more of the others lay it in somebody's mouth than say it
	// themselves, and the draft says it itself.
	PointDroppedAttribution PointType = "dropped_attribution"
	// PointContradicts is a difference from the draft itself, or from what its own source
	// has published.
	PointContradicts PointType = "contradicts_itself"
	// PointCopied: the words are those of another source's article.
	PointCopied PointType = "copied"
	// PointOnlyYou: no other source tells it.
	PointOnlyYou PointType = "only_you"
	// PointDiffers is a difference that makes no sources diverge: another word, another
	// rung of attribution, or one between two speakers.
	PointDiffers PointType = "differs"
	// PointAgrees: others tell it, and nothing material differs.
	PointAgrees PointType = "agrees"
)

// PointTypes lists every type, the most important first.
func PointTypes() []PointType {
	return []PointType{PointDiverges, PointDroppedCertainty, PointDroppedAttribution, PointContradicts, PointCopied,
		PointOnlyYou, PointDiffers, PointAgrees}
}

// Point is one thing to be said of a claim of a draft.
type Point struct {
	Type PointType
	// Finding is the finding of the story that it is about; empty where it is about none.
	Finding string
	// Kind, Rule, Between, Material and Superseded are those of the difference, zero where
	// it is none.
	Kind       Kind
	Rule       Rule
	Between    Between
	Material   bool
	Superseded bool
	// FromAll is true where all other sources that tell the claim differ in this kind.
	FromAll bool
	// Values are what the draft tells and what the others do, Marks the words of the draft
	// that carry it.
	Values [2]string
	Marks  []Mark
	// Others are the passages that it is about, those of the draft's own source where the
	// point is that it contradicts itself. A passage of the draft itself has no ids.
	Others []PointPassage
	// Explanation is the point in one or two plain sentences.
	Explanation string
}

// PointPassage is a passage that a point is about, with the words in it that carry the
// value.
type PointPassage struct {
	FindingClaim
	Marks []Mark
}

// point makes a point of one difference.
func (g draftGroup) point(s *statement, a apartness) Point {
	p := Point{Type: a.pointType(s), Kind: a.Kind, Rule: a.Rule, Between: a.Between, Material: a.Material, Superseded: a.Superseded,
		Values: [2]string{a.Values[a.mine], a.Values[1-a.mine]}, Marks: a.Marks[a.mine], Explanation: a.Explanation}
	other := FindingClaim{Passage: a.other.Passage}
	if a.other.art != s.art {
		other = g.teller(a.other)
	}
	p.Others = []PointPassage{{FindingClaim: other, Marks: a.Marks[1-a.mine]}}
	return p
}

// pointType says what a difference from a statement of the draft means for it.
func (a apartness) pointType(s *statement) PointType {
	switch {
	case a.Internal && a.Material:
		return PointContradicts
	case !a.setsVerdict():
		return PointDiffers
	case a.Kind == KindCertainty && s.Certainty == Happened && !a.Superseded:
		return PointDroppedCertainty
	}
	return PointDiverges
}

// droppedAttribution makes one point of all who say whose words a statement is.
func (g draftGroup) droppedAttribution(s *statement, from []apartness) Point {
	p := g.point(s, from[0])
	p.Type = PointDroppedAttribution
	by := map[string][]string{}
	var vouchers []string
	for i, a := range from {
		if i > 0 {
			p.add(g.point(s, a))
		}
		v := a.Values[1-a.mine]
		if by[v] == nil {
			vouchers = append(vouchers, v)
		}
		by[v] = added(by[v], a.other.art.Source)
	}
	for i, v := range vouchers {
		vouchers[i] = fmt.Sprintf("%s (%s)", inWords(by[v]), v)
	}
	p.Explanation = fmt.Sprintf("Told with who says so in %s; your draft says it in its own voice.", inWords(vouchers))
	return p
}

// add takes in another point that says the same.
func (p *Point) add(o Point) {
	p.Others = append(p.Others, o.Others...)
	p.Superseded = p.Superseded && o.Superseded
}

// finish words the explanation for all passages that the point is about.
func (p *Point) finish() {
	if strings.HasSuffix(p.Explanation, "..") && !strings.HasSuffix(p.Explanation, "...") {
		p.Explanation = strings.TrimSuffix(p.Explanation, ".") // "… says 9:30 a.m.."
	}
	if names := p.sources(); p.Kind != "" && p.Type != PointDroppedAttribution && len(names) > 1 {
		p.Explanation += fmt.Sprintf(" The same in %s.", inWords(names[1:]))
	}
	first, n := utf8.DecodeRuneInString(p.Explanation)
	p.Explanation = string(unicode.ToUpper(first)) + p.Explanation[n:]
}

// sources gives the sources of a point's passages, each once, in their order.
func (p *Point) sources() []string {
	var out []string
	for _, o := range p.Others {
		out = added(out, o.Source)
	}
	return out
}

// namedSources is the most sources that a sentence names.
const namedSources = 4

// inWords writes a list: "a", "a and b", "a, b and c", "a, b, c, d and 3 more".
func inWords(list []string) string {
	list = slices.Clone(list)
	if more := len(list) - namedSources; more > 1 {
		list = append(list[:namedSources], fmt.Sprint(more, " more"))
	}
	last := len(list) - 1
	if last < 1 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:last], ", ") + " and " + list[last]
}

// agreeWords says who tells what the draft tells.
func agreeWords(sources []string, origins int, v Verdict) string {
	does, what := "tell", "this too"
	if len(sources) == 1 {
		does = "tells"
	}
	if v == Diverge {
		what = "it as you do"
	}
	out := fmt.Sprintf("%s %s %s", inWords(sources), does, what)
	switch {
	case len(sources) > 1 && origins == 1:
		out += ", all from one origin"
	case len(sources) > origins:
		out += fmt.Sprintf(", from %d origins", origins)
	}
	return out + "."
}

// OnlyYou gives the point on a claim that no other source tells; before is true where
// the draft's own source has told it.
func OnlyYou(before bool) Point {
	p := Point{Type: PointOnlyYou, Marks: []Mark{}, Others: []PointPassage{}, Explanation: "No other source tells this."}
	if before {
		p.Explanation = "Only your own source has told this before, no other."
	}
	return p
}

// SortPoints puts the most important first: by type, then material before not, then by
// the order of kinds.
func SortPoints(ps []Point) {
	rank := func(p Point) int {
		r := 100*slices.Index(PointTypes(), p.Type) + 1 + slices.Index(Kinds(), p.Kind)
		if p.Superseded {
			r += 50
		}
		return r
	}
	slices.SortStableFunc(ps, func(x, y Point) int { return cmp.Compare(rank(x), rank(y)) })
}

// Overlooked says in one sentence what a draft misses that says nothing of a finding: who
// agrees on it, or in what its sources diverge. It is empty for what one source tells.
func (f Finding) Overlooked() string {
	if f.Verdict == Diverge {
		for _, d := range f.Differences {
			if d.setsVerdict() {
				return d.Explanation
			}
		}
	}
	var names []string
	for _, c := range f.Claims {
		names = added(names, c.Source)
	}
	if len(names) < 2 {
		return ""
	}
	if f.Verdict == Diverge {
		return fmt.Sprintf("%s do not tell it alike.", inWords(names))
	}
	return fmt.Sprintf("%s tell this, from %d origins.", inWords(names), f.Origins)
}
