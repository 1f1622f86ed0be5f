package claims

import (
	"fmt"
	"slices"
	"strings"

	"corroborate/internal/claims/values"
)

// scopes compares of how much of a thing a statement holds: of all of it or only of
// some, of one measure or another, of a year or a part of it.
func (c *comparison) scopes() {
	for _, find := range []func(*comparison) bool{(*comparison).extents, (*comparison).portions, (*comparison).kinds, (*comparison).audiences, (*comparison).degrees, (*comparison).measures,
		(*comparison).spans, (*comparison).reaches, (*comparison).bases, (*comparison).groups} {
		if find(c) {
			return
		}
	}
}

func (c *comparison) otherScope(a, b [2]int) bool {
	va, vb := c.a.draft.p.words(c.a.art.body, a[0], a[1]), c.b.draft.p.words(c.b.art.body, b[0], b[1])
	c.differ(KindScope, [2]string{va, vb}, [2][2]int{a, b},
		fmt.Sprintf("%s says it of “%s”, %s of “%s”.", c.a.art.called, va, c.b.art.called, vb))
	return true
}

// extents compares "all crossings" with "some crossings".
func (c *comparison) extents() bool {
	for _, qa := range quantifiers(c.a) {
		for _, qb := range quantifiers(c.b) {
			if qa.whole != qb.whole && c.sameNoun(qa.noun, qb.noun) {
				return c.otherScope([2]int{qa.word, qa.noun + 1}, [2]int{qb.word, qb.noun + 1})
			}
		}
	}
	return false
}

// kinds compares all of a thing with one kind of it: "every school", "primary
// schools".
func (c *comparison) kinds() bool {
	if !c.sameDeed() {
		return false
	}
	for _, q := range quantifiers(c.a) {
		if k := c.kindOf(c.a, q, c.b); k[1] > 0 {
			return c.otherScope([2]int{q.word, q.noun + 1}, k)
		}
	}
	for _, q := range quantifiers(c.b) {
		if k := c.kindOf(c.b, q, c.a); k[1] > 0 {
			return c.otherScope(k, [2]int{q.word, q.noun + 1})
		}
	}
	return false
}

// kindOf gives the words in which o tells of one kind of what s tells all of, in
// the same role.
func (c *comparison) kindOf(s *statement, q quantifier, o *statement) [2]int {
	if !q.whole || s.draft.p.kid(q.noun, "amod", "compound", "nmod", "nummod", "relcl", "acl", "prep") >= 0 && !ofPhrase(s, q) {
		return [2]int{}
	}
	for k := o.draft.from; k < o.draft.to; k++ {
		if !isNoun(o.draft.p.toks[k]) || lemmaOf(o.draft.p.toks[k]) != lemmaOf(s.draft.p.toks[q.noun]) ||
			roleOf(o.draft.p, o.draft, k) != roleOf(s.draft.p, s.draft, q.noun) {
			continue
		}
		for _, m := range o.draft.p.kids(k, "amod", "compound", "nmod") {
			if m < k && m >= o.draft.from && o.draft.p.toks[m].Norm != "remaining" && o.draft.p.toks[m].Norm != "entire" && o.draft.p.toks[m].Norm != "whole" {
				return [2]int{max(o.draft.p.left[m], o.draft.from), k + 1}
			}
		}
	}
	return [2]int{}
}

// ofPhrase tells "all of the schools in the region": what stands behind the noun
// says where they are, not which.
func ofPhrase(s *statement, q quantifier) bool {
	p := s.draft.p
	return p.kid(q.noun, "amod", "compound", "nmod", "nummod", "relcl", "acl") < 0 && p.kid(q.noun, "prep") >= 0
}

// sameNoun tells whether two tokens are one noun or near synonyms.
func (c *comparison) sameNoun(x, y int) bool {
	t, u := c.a.draft.p.toks[x], c.b.draft.p.toks[y]
	return lemmaOf(t) == lemmaOf(u) || c.al.words(term{lemma: lemmaOf(t), pos: 'n'}, term{lemma: lemmaOf(u), pos: 'n'}) >= 0.85
}

var (
	whole = set(`all|every|each|entire|whole|any|both`)
	parts = set(`some|most|many|several|few|part|parts|portion|half|certain|only|solely|partly|partially|majority|section|handful|one`)
)

// quantifier is a word that says how much of a noun is meant.
type quantifier struct {
	word, noun int
	whole      bool
}

// quantifiers gives the quantifiers of a statement with their nouns: the next
// noun that no other noun follows, behind "of" where that stands between.
func quantifiers(s *statement) []quantifier {
	var out []quantifier
	toks := s.draft.p.toks
	for i := s.draft.from; i < s.draft.to; i++ {
		w := toks[i].Norm
		if !whole[w] && !parts[w] || i > s.draft.from && toks[i-1].Norm == "at" { // "at all", "at most"
			continue
		}
		from := i + 1
		if from >= s.draft.to {
			break
		}
		if w == "any" && denies(s) {
			continue // "without any letters"
		}
		behindOf := from < s.draft.to && toks[from].Norm == "of"
		if behindOf {
			from++
		}
		// "One road" counts and "a part" is a thing; "one of the roads" and "part of the
		// road" tell a share.
		if !behindOf && (w == "one" || isNoun(toks[i]) && !whole[w]) {
			continue
		}
		if w == "both" && !behindOf && toks[from].Tag != "NNS" {
			continue // "both Ashe and Borg"
		}
		if w == "some" && from < s.draft.to && toks[from].Tag == "CD" {
			continue // "some 200 workers" is a number
		}
		noun := nounFrom(s, from)
		if w == "only" && noun < 0 && i > s.draft.from {
			noun = onlyNoun(s, i) // "passengers with season tickets only"
		}
		if noun >= 0 {
			out = append(out, quantifier{word: i, noun: noun, whole: whole[w]})
		}
	}
	return out
}

// nounFrom gives the last noun of the phrase that begins at token from, -1 without one.
func nounFrom(s *statement, from int) int {
	noun := -1
	for k := from; k < s.draft.to && k <= from+4 && phraseWord(s, k); k++ {
		if isNoun(s.draft.p.toks[k]) {
			noun = k
		}
	}
	return noun
}

// onlyNoun gives the noun that an "only" behind its phrase limits.
func onlyNoun(s *statement, i int) int {
	p := s.draft.p
	if !isNoun(p.toks[i-1]) {
		return -1
	}
	n := i - 1
	for steps := 0; steps < len(p.toks) && p.toks[n].Dep == "pobj" && isNoun(p.toks[p.toks[p.toks[n].Head].Head]); steps++ {
		n = p.toks[p.toks[n].Head].Head
	}
	return n
}

// phraseWord tells a word that may stand in a noun phrase.
func phraseWord(s *statement, k int) bool {
	t := s.draft.p.toks[k]
	return posOf(t) != 0 && posOf(t) != 'v' || t.Tag == "PRP$" || t.Tag == "DT" || t.Tag == "POS" || t.Tag == "VBG" && t.Dep == "amod"
}

// degrees compares "in full" with "in part" for one deed.
func (c *comparison) degrees() bool {
	if !c.sameDeed() {
		return false
	}
	a, fullA := degree(c.a)
	b, fullB := degree(c.b)
	return a[1] > 0 && b[1] > 0 && fullA != fullB && c.otherScope(a, b)
}

// degree gives the words that say whether a deed was done wholly.
func degree(s *statement) (mark [2]int, full bool) {
	p := s.draft.p
	for i := s.draft.from; i < s.draft.to; i++ {
		full, ok := degreeWords[p.toks[i].Norm]
		switch {
		case !ok:
		case i > s.draft.from && p.toks[i-1].Norm == "in" && (i+1 == s.draft.to || p.toks[i+1].Norm != "of" && !isNoun(p.toks[i+1])):
			return [2]int{i - 1, i + 1}, full
		case p.toks[i].Dep == "advmod" && p.toks[i].Head == s.draft.pred:
			return [2]int{i, i + 1}, full
		}
	}
	return [2]int{}, false
}

var degreeWords = map[string]bool{"full": true, "fully": true, "completely": true, "entirely": true, "wholly": true, "totally": true,
	"part": false, "partly": false, "partially": false}

// spans compares a year with a part of it, of which one figure is told.
func (c *comparison) spans() bool {
	if sameFigures(c.a, c.b) == 0 && !c.sameDeed() {
		return false
	}
	if a, ok := partYear(c.a); ok {
		if b, ok := fullYear(c.b); ok {
			return c.otherScope(a, b)
		}
	}
	if a, ok := fullYear(c.a); ok {
		if b, ok := partYear(c.b); ok {
			return c.otherScope(a, b)
		}
	}
	return false
}

// partYear gives the quarter or half that a statement is about.
func partYear(s *statement) ([2]int, bool) {
	at := slices.IndexFunc(s.slots.times, func(t values.Time) bool { return strings.HasPrefix(t.Season, "Q") || strings.HasPrefix(t.Season, "H") })
	if at < 0 {
		return [2]int{}, false
	}
	return [2]int{s.slots.times[at].From, s.slots.times[at].To}, true
}

// fullYear gives the words "the whole year" and the like.
func fullYear(s *statement) ([2]int, bool) {
	toks := s.draft.p.toks
	for i := s.draft.from; i+1 < s.draft.to; i++ {
		switch toks[i].Norm {
		case "full", "whole", "entire", "calendar", "financial", "fiscal":
			if toks[i+1].Norm == "year" {
				return [2]int{i, i + 2}, true
			}
		}
	}
	return [2]int{}, false
}

// reaches compares what holds of a whole country with what holds of a part of it.
func (c *comparison) reaches() bool {
	if !c.sameDeed() {
		return false
	}
	a, wideA := reach(c.a)
	b, wideB := reach(c.b)
	return a[1] > 0 && b[1] > 0 && wideA != wideB && c.otherScope(a, b)
}

// reach gives the words that say how far a statement reaches, and whether that is a
// whole country or more.
func reach(s *statement) (mark [2]int, wide bool) {
	p := s.draft.p
	for i := s.draft.from; i < s.draft.to; i++ {
		switch t := p.toks[i]; {
		case wideWords[t.Norm]:
			return [2]int{i, i + 1}, true
		case (t.Norm == "across" || t.Norm == "throughout") && p.kid(i, "pobj") >= 0 && wideNouns[p.toks[p.kid(i, "pobj")].Norm]:
			return [2]int{i, p.kid(i, "pobj") + 1}, true
		}
	}
	for i := s.draft.from; i < s.draft.to; i++ {
		t := p.toks[i]
		if t.Dep == "pobj" && t.Head >= s.draft.from && p.toks[t.Head].Norm == "in" && districts[lemmaOf(t)] {
			return [2]int{t.Head, min(p.right[i]+1, s.draft.to)}, false
		}
	}
	return [2]int{}, false
}

var (
	wideWords = set(`nationwide|countrywide|worldwide|nationally|globally`)
	wideNouns = set(`country|nation|world|globe`)
	districts = set(`city|town|village|district|province|region|county|state|area|suburb|neighbourhood|neighborhood|municipality|part|half|capital`)
)

// bases compares shares of one size of two groups of people: 40 percent of women, 40 percent
// of employees.
func (c *comparison) bases() bool {
	for _, qa := range c.a.slots.numbers {
		for _, qb := range c.b.slots.numbers {
			if qa.Unit != "%" || qb.Unit != "%" || qa.Noun == "" || qb.Noun == "" || anybody[qa.Noun] || anybody[qb.Noun] || values.CompareQuantities(qa, qb) != values.Same {
				continue
			}
			people := c.al.e.lex.IsA(qa.Noun, "person") && c.al.e.lex.IsA(qb.Noun, "person")
			if people && c.al.words(term{lemma: qa.Noun, pos: 'n'}, term{lemma: qb.Noun, pos: 'n'}) < 0.5 && c.nearFacts() {
				return c.otherScope(c.withBase(c.a, qa), c.withBase(c.b, qb))
			}
		}
	}
	return false
}

// anybody are the words for those who were asked, whoever they are.
var anybody = set(`respondent|person|people|participant|member|interviewee|one|population|public|total|case`)

// withBase gives the tokens of a share with the noun that it is a share of.
func (c *comparison) withBase(s *statement, q values.Quantity) [2]int {
	for k := q.To; k < s.draft.to; k++ {
		if lemmaOf(s.draft.p.toks[k]) == q.Noun {
			return [2]int{q.From, k + 1}
		}
	}
	return [2]int{q.From, q.To}
}

// groups compares what holds among some ("among men") with what holds of all, where
// all else is worded alike.
func (c *comparison) groups() bool {
	a, b := among(c.a), among(c.b)
	short := func(m [2]int) [2]int { return [2]int{m[0], min(m[1], m[0]+2)} }
	if (a[1] > 0) == (b[1] > 0) || max(c.restAlike(a, b), c.restAlike(short(a), short(b))) < groupsAlikeAt {
		return false
	}
	if a[1] == 0 {
		a = predMark(c.a)
	} else {
		b = predMark(c.b)
	}
	return c.otherScope(a, b)
}

// groupsAlikeAt is the share of all other words that must be common.
const groupsAlikeAt = 0.9

// among gives the tokens of the group that a statement is limited to.
func among(s *statement) [2]int {
	p := s.draft.p
	for i := s.draft.from; i < s.draft.to; i++ {
		if o := p.kid(i, "pobj"); p.toks[i].Norm == "among" && o > i && p.kid(o, "nummod") < 0 {
			return [2]int{i, min(groupEnd(p, i, o), s.draft.to)}
		}
	}
	return [2]int{}
}

// groupEnd gives the end of a group's words, an age behind them included, which may
// hang on the noun before the group: "unemployment among people under 25".
func groupEnd(p *parsed, prep, group int) int {
	end := p.right[group] + 1
	if end < len(p.toks) && ageWords[p.toks[end].Norm] && p.toks[end].Head == p.toks[prep].Head && p.kid(end, "pobj") >= 0 {
		return p.right[end] + 1
	}
	return end
}

var ageWords = set(`under|over|above|below|aged`)
