package claims

import (
	"cmp"
	"slices"
	"strings"

	"corroborate/internal/claims/values"
)

// judge turns one group of statements into a finding, with the pairs that were
// cleared on the way.
func (al *aligner) judge(group []*statement, from origins) (Finding, []ClearedPair) {
	f := Finding{Claims: []FindingClaim{}, Positions: []Position{}, Differences: []Difference{}}
	var ids []string
	for _, s := range group {
		f.Claims = append(f.Claims, FindingClaim{ID: s.ID, ArticleID: s.art.ID, Source: s.art.Source,
			Origin: from.statements[s].name, OriginKnown: from.statements[s].known, Passage: s.Passage})
		ids = append(ids, s.ID)
	}
	f.ID = hashID("f", ids...)
	f.Summary = summary(group)
	ties := al.ties(group)
	f.Alignment, f.RestsOn = closenessOf(ties), al.restsOn(group, ties)
	cleared := []ClearedPair{}
	for _, pair := range al.pairs(group, nil, aligning.joinAt) {
		ds, cs := al.judgePair(group, pair)
		f.Differences, cleared = append(f.Differences, ds...), append(cleared, cs...)
	}
	sortDifferences(f.Differences)
	f.Sources, f.Origins = countHolders(group, from)
	f.Verdict = verdict(f)
	f.Corroborated = f.Sources > 1 && f.Origins > 1
	f.Positions = al.positions(group, f.Differences, from)
	f.Score, f.Doubt = sure(f, al.sureness(f, group, ties)), al.doubt(f, group)
	return f, cleared
}

// judgePair gives what differs between two statements of a group, and what only looks so.
func (al *aligner) judgePair(group []*statement, pair [2]*statement) (ds []Difference, cleared []ClearedPair) {
	r := al.compare(pair[0], pair[1])
	if pair[0].art == pair[1].art {
		r.differences = al.innerDifferences(pair[0], pair[1], r.differences)
	}
	for _, d := range r.differences {
		if !toldElsewhere(group, pair, d) {
			ds = append(ds, difference(pair, d))
		}
	}
	for _, c := range r.cleared {
		cleared = append(cleared, ClearedPair{ID: hashID("x", pair[0].ID, pair[1].ID, string(c.kind)),
			Claims: [2]string{pair[0].ID, pair[1].ID}, Kind: c.kind, Reason: c.reason})
	}
	return ds, cleared
}

// pairs gives the pairs of statements that are compared: for each two articles
// those that are nearest to one another, for one article those that are near
// enough to tell of it itself. They have least as a score. With an article given, only
// the pairs are wanted that it has a part in.
func (al *aligner) pairs(group []*statement, of *article, least float64) [][2]*statement {
	type scored struct {
		a, b  *statement
		score float64
	}
	var all []scored
	for i, a := range group {
		for _, b := range group[i+1:] {
			if of != nil && a.art != of && b.art != of {
				continue
			}
			if s := al.score(a, b); s >= least {
				all = append(all, scored{a, b, s})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y scored) int { return -cmp.Compare(x.score, y.score) })
	best := map[*statement]map[*article]bool{}
	var out [][2]*statement
	for _, s := range all {
		if s.a.art != s.b.art && best[s.a][s.b.art] && best[s.b][s.a.art] {
			continue
		}
		for _, x := range []struct {
			s *statement
			o *article
		}{{s.a, s.b.art}, {s.b, s.a.art}} {
			if best[x.s] == nil {
				best[x.s] = map[*article]bool{}
			}
			best[x.s][x.o] = true
		}
		out = append(out, [2]*statement{s.a, s.b})
	}
	return out
}

func difference(pair [2]*statement, d foundDifference) Difference {
	a, b := pair[0], pair[1]
	return Difference{
		ID: hashID("d", a.ID, b.ID, string(d.kind), d.values[0], d.values[1]), Kind: d.kind, Rule: d.rule, Material: d.kind.Material(),
		Claims: [2]string{a.ID, b.ID}, Values: d.values,
		Marks:   [2][]Mark{tokenMark(a.draft.p, a.art.index, d.marks[0]), tokenMark(b.draft.p, b.art.index, d.marks[1])},
		Between: d.between, Internal: a.art.Source == b.art.Source, Superseded: superseded(pair, d), Explanation: d.explanation,
	}
}

// superseded tells a difference that time may explain: the article that tells of
// more, or of what was only planned before, came out at least half a day later.
func superseded(pair [2]*statement, d foundDifference) bool {
	early, late := pair[0], pair[1]
	marks := d.marks
	if early.art.Published.At.After(late.art.Published.At) {
		early, late = late, early
		marks[0], marks[1] = marks[1], marks[0]
	}
	if early.art.Published.IsZero() || late.art.Published.At.Sub(early.art.Published.At).Hours() < laterBy {
		return false
	}
	switch d.kind {
	case KindCertainty:
		return early.Certainty == Planned && late.Certainty == Happened
	case KindNumber:
		was, ok := early.quantityAt(marks[0])
		is, also := late.quantityAt(marks[1])
		return ok && also && is.Low > was.Low && (rising[is.Noun] || rising[was.Noun])
	case KindTime:
		return early.Certainty == Planned // a date that was only planned may move
	}
	return false
}

// laterBy is the number of hours from which an article could know more.
const laterBy = 12

// quantityAt gives the quantity that stands at tokens m.
func (s *statement) quantityAt(m [2]int) (values.Quantity, bool) {
	for _, q := range s.slots.numbers {
		if q.From < m[1] && q.To > m[0] {
			return q, true
		}
	}
	return values.Quantity{}, false
}

// rising counts grow while an event is still being reported.
var rising = set(`death|people|victim|casualty|injury|dead|case|arrest|survivor|body|home|house|acre|protester|soldier|civilian|child|deportation|vote|ballot`)

// sortDifferences puts the most important first: material before not, between
// sources before inside one, then by the order of kinds.
func sortDifferences(ds []Difference) {
	order := map[Kind]int{}
	for i, k := range Kinds() {
		order[k] = i
	}
	rank := func(d Difference) int {
		r := order[d.Kind]
		if !d.Material {
			r += 100
		}
		if d.Internal || d.Between == BetweenSpeakers {
			r += 50
		}
		return r
	}
	slices.SortStableFunc(ds, func(x, y Difference) int { return cmp.Compare(rank(x), rank(y)) })
}

func countHolders(group []*statement, from origins) (sources, n int) {
	s, o := map[string]bool{}, map[string]bool{}
	for _, st := range group {
		s[st.art.Source] = true
		o[from.statements[st].key] = true
	}
	return len(s), len(o)
}

// verdict is diverge if and only if some material difference stands between two
// sources.
func verdict(f Finding) Verdict {
	if f.Sources < 2 {
		return Single
	}
	for _, d := range f.Differences {
		if d.setsVerdict() {
			return Diverge
		}
	}
	return Agree
}

// setsVerdict tells a difference that makes sources diverge.
func (d Difference) setsVerdict() bool {
	return d.Material && !d.Internal && d.Between == BetweenSources
}

// summary names a finding by its most telling statement: checkable, of middling
// length, told first.
func summary(group []*statement) string {
	best, cost := group[0], 1<<30
	for _, s := range group {
		n := len(strings.Fields(s.Text))
		c := max(n-18, 12-n, 0)
		if !s.Checkable {
			c += 50
		}
		if s.Attribution == Quoted {
			c += 10
		}
		if strings.HasPrefix(s.Text, "[") {
			c += 8 // its subject stands elsewhere
		}
		if c < cost {
			best, cost = s, c
		}
	}
	return best.Text
}
