package claims

import (
	"cmp"
	"slices"
	"strings"

	"corroborate/internal/claims/values"
)

const (
	// restNames and restWords are the most names and words that are told of what a
	// joining rests on.
	restNames, restWords = 3, 5
	// oneThing is the nearness from which two terms are one in other forms: a synonym,
	// a derived word, an organisation's longer name.
	oneThing = 0.8
)

// restsOn says what a group is held together by: what every source of it tells, and
// the weakest link where there is more than one.
func (al *aligner) restsOn(group []*statement, ties []tie) []string {
	out := []string{}
	if len(ties) == 0 {
		return out
	}
	out = append(out, al.sharedBy(holders(group))...)
	if len(out) == 0 {
		out = append(out, "nothing that all of them tell in the same words")
	}
	if len(ties) > 1 {
		out = append(out, "weakest link: "+al.tieWords(weakest(ties)))
	}
	return out
}

// tieWords names the sources of a tie and what the two tell alike.
func (al *aligner) tieWords(l tie) string {
	names := l.a.art.Source + " – " + l.b.art.Source
	if l.a.art.Source == l.b.art.Source {
		names = "two claims of " + l.a.art.Source
	}
	if shared := al.sharedBy([][]*statement{{l.a}, {l.b}}); len(shared) > 0 {
		names += " (" + strings.Join(shared, "; ") + ")"
	}
	return names
}

// holders parts a group by source, and into single statements where there is but one.
func holders(group []*statement) [][]*statement {
	at := map[string]int{}
	var out [][]*statement
	for _, s := range group {
		i, known := at[s.art.Source]
		if !known {
			i = len(out)
			at[s.art.Source] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], s)
	}
	if len(out) > 1 {
		return out
	}
	out = nil
	for _, s := range group {
		out = append(out, []*statement{s})
	}
	return out
}

// sharedBy says what all holders tell, each by one of its statements.
func (al *aligner) sharedBy(by [][]*statement) []string {
	var out []string
	if al.oneQuotation(by) {
		out = append(out, "one quotation")
	}
	out = said(out, "same number: ", sharedNumbers(by))
	out = said(out, "same time: ", sharedTimes(by))
	names := map[string][]string{}
	var words []string
	for _, t := range al.sharedTerms(by) {
		switch {
		case t.ent == nil:
			words = append(words, spelled(t.lemma))
		default:
			names[t.ent.kind] = append(names[t.ent.kind], t.ent.name)
		}
	}
	for _, k := range []struct{ kind, words string }{{"place", "same place: "}, {"person", "same person: "},
		{"org", "same organisation: "}, {"other", "same name: "}} {
		out = said(out, k.words, names[k.kind][:min(len(names[k.kind]), restNames)])
	}
	return said(out, "shared words: ", words[:min(len(words), restWords)])
}

// said adds a list with its heading, nothing for an empty one.
func said(out []string, heading string, list []string) []string {
	if len(list) == 0 {
		return out
	}
	return append(out, heading+strings.Join(list, ", "))
}

// everyOther tells whether each holder but the first has a statement of which ok holds.
func everyOther(by [][]*statement, ok func(*statement) bool) bool {
	for _, statements := range by[1:] {
		if !slices.ContainsFunc(statements, ok) {
			return false
		}
	}
	return true
}

// oneQuotation tells whether all holders have one quotation.
func (al *aligner) oneQuotation(by [][]*statement) bool {
	return slices.ContainsFunc(by[0], func(a *statement) bool {
		return everyOther(by, func(b *statement) bool { return quoteShare(a, b) >= quoteAt })
	})
}

// sharedNumbers gives the figures of one thing that all holders have, as the first
// writes them.
func sharedNumbers(by [][]*statement) []string {
	var out []string
	for _, a := range by[0] {
		for _, q := range a.slots.numbers {
			if q.Unit != "ordinal" && everyOther(by, func(b *statement) bool { return b.hasFigure(a, q) }) {
				out = added(out, q.Text)
			}
		}
	}
	return out
}

// hasFigure tells whether a statement has a figure of another, of one unit or thing.
func (s *statement) hasFigure(of *statement, q values.Quantity) bool {
	return slices.ContainsFunc(s.slots.numbers, func(r values.Quantity) bool {
		return q.Unit == r.Unit && values.CompareQuantities(q, r) == values.Same &&
			(q.Noun == r.Noun || q.Unit != "" || s.tells(q.Noun) || of.tells(r.Noun))
	})
}

// sharedTimes gives the days that all holders tell.
func sharedTimes(by [][]*statement) []string {
	var out []string
	for _, a := range by[0] {
		for _, t := range a.slots.times {
			same := func(b *statement) bool {
				return slices.ContainsFunc(b.slots.times, func(u values.Time) bool { return values.CompareTimes(t, u).Relation == values.Same })
			}
			if everyOther(by, same) {
				out = added(out, t.Text)
			}
		}
	}
	return out
}

// sharedTerms gives the names and words that all holders tell, those that weigh most
// first: what is rare in the story ties two statements of it more than what all of it
// is about.
func (al *aligner) sharedTerms(by [][]*statement) []weighted {
	var out []weighted
	seen := map[uint32]bool{}
	for _, a := range by[0] {
		for _, t := range al.profile(a) {
			if t.measure != "" || t.pos == 'c' || seen[t.about] || !everyOther(by, func(b *statement) bool { return al.tellsOf(b, t) }) {
				continue
			}
			seen[t.about] = true
			out = append(out, t)
		}
	}
	slices.SortStableFunc(out, func(x, y weighted) int { return -cmp.Compare(x.weight, y.weight) })
	return out
}

// tellsOf tells whether a statement has a term, if in another form.
func (al *aligner) tellsOf(s *statement, t weighted) bool {
	return slices.ContainsFunc(al.profile(s), func(u weighted) bool {
		return (t.ent == nil) == (u.ent == nil) && al.near(t, u) >= oneThing
	})
}

// added gives a list with a string, once.
func added(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
