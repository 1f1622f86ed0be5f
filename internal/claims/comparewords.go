package claims

import (
	"fmt"
	"slices"
	"strings"
)

const (
	// wordForWord is the share of the longer wording that two wordings must have in
	// common, in order, for one changed word in it to be a difference by itself: where
	// two reports are worded apart, other words are no sign of another fact.
	wordForWord = 0.6
	// commonWords is the number of content words that must be common.
	commonWords = 3
)

// substitutions compares two statements that are worded alike but for a few words, when
// no slot has told a material difference: a changed word that the other has no
// synonym for is one.
func (c *comparison) substitutions() {
	if slices.ContainsFunc(c.out.differences, func(d foundDifference) bool { return d.kind.Material() }) {
		return
	}
	ta, tb := c.a.wordTokens(), c.b.wordTokens()
	wa, wb := c.a.lemmas(ta), c.b.lemmas(tb)
	pairs := commonOrder(wa, wb)
	content := 0
	for _, p := range pairs {
		if posOf(c.a.draft.p.toks[ta[p[0]]]) != 0 && !stopLemmas[wa[p[0]]] {
			content++
		}
	}
	if content < commonWords-1 || float64(len(pairs)) < wordForWord*float64(max(len(wa), len(wb))) {
		return
	}
	for _, h := range hunks(wa, wb) {
		if sameSpelling(strings.Join(wa[h.a0:h.a1], ""), strings.Join(wb[h.b0:h.b1], "")) {
			continue // "cease-fire", "ceasefire"
		}
		c.substitution(ta[h.a0:h.a1], tb[h.b0:h.b1], content >= commonWords)
	}
}

// wordTokens gives the tokens of a statement's passage without its marks and
// without what is a claim of its own.
func (s *statement) wordTokens() []int {
	var out []int
	for i := s.draft.from; i < s.draft.to; i++ {
		if !isPunct(s.draft.p.toks[i]) && !s.draft.parts[i] {
			out = append(out, i)
		}
	}
	return out
}

func (s *statement) lemmas(toks []int) []string {
	out := make([]string, len(toks))
	for i, t := range toks {
		out[i] = fold(lemmaOf(s.draft.p.toks[t]))
	}
	return out
}

// substitution records the change of one stretch of words for another. A ground
// may be changed in a shorter statement than other things.
func (c *comparison) substitution(a, b []int, enough bool) {
	ia, oka := c.foreign(c.a, a, c.b)
	ib, okb := c.foreign(c.b, b, c.a)
	if !oka || !okb {
		return
	}
	if looseCause(c.a.draft.p, c.a.draft, ia) && looseCause(c.b.draft.p, c.b.draft, ib) {
		c.otherCause([2]int{a[0], a[len(a)-1] + 1}, [2]int{b[0], b[len(b)-1] + 1})
		return
	}
	if !enough {
		return
	}
	k := c.kindOfWord(ia, ib)
	ta, tb := c.a.draft.p.toks[ia], c.b.draft.p.toks[ib]
	if k == "" {
		return
	}
	if !isName(ta) && !isName(tb) && c.oneThingTwoWords(term{lemma: lemmaOf(ta), pos: 'n'}, term{lemma: lemmaOf(tb), pos: 'n'}) {
		c.otherTerm(ia, ib)
		return
	}
	ma, mb := [2]int{a[0], a[len(a)-1] + 1}, [2]int{b[0], b[len(b)-1] + 1}
	va, vb := c.a.draft.p.words(c.a.art.body, ma[0], ma[1]), c.b.draft.p.words(c.b.art.body, mb[0], mb[1])
	c.differ(k, [2]string{va, vb}, [2][2]int{ma, mb},
		fmt.Sprintf("Worded alike but for this: %s has “%s”, %s “%s”.", c.a.art.Source, va, c.b.art.Source, vb))
}

// foreign gives the first noun or name among a statement's tokens that the other
// statement neither has nor has a like of. Verbs and epithets have too many
// synonyms to be judged by their absence; numbers and times have rules of their
// own.
func (c *comparison) foreign(s *statement, toks []int, other *statement) (int, bool) {
	for _, i := range toks {
		t, ok := c.al.e.termAt(s.art, s.draft, i)
		if !ok || t.pos != 'n' && t.ent == nil || s.measured(i) || whole[t.lemma] || parts[t.lemma] {
			continue
		}
		if !slices.ContainsFunc(other.slots.terms, func(u term) bool { return c.al.terms(t, u) > 0.3 }) {
			return i, true
		}
	}
	return 0, false
}

// measured tells whether a token belongs to a number or a time.
func (s *statement) measured(i int) bool {
	for _, q := range s.slots.numbers {
		if q.From <= i && i < q.To {
			return true
		}
	}
	for _, t := range s.slots.times {
		if t.From <= i && i < t.To {
			return true
		}
	}
	return false
}

// kindOfWord gives the kind of difference that a changed word makes, empty where
// a name stands against a word that may mean it.
func (c *comparison) kindOfWord(a, b int) Kind {
	ta, tb := c.a.draft.p.toks[a], c.b.draft.p.toks[b]
	ea, eb := c.a.art.entityAt(c.a.draft.p, a), c.b.art.entityAt(c.b.draft.p, b)
	person := func(lemma string) bool { return c.al.e.lex.IsA(lemma, "person") }
	switch {
	case (ea != nil || isName(ta)) != (eb != nil || isName(tb)):
		return ""
	case ea != nil && eb != nil && ea.kind == "place" && eb.kind == "place":
		return KindPlace
	case isName(ta) || ea != nil, person(lemmaOf(ta)) && person(lemmaOf(tb)):
		return KindName
	}
	return KindScope
}
