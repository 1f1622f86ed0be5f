package claims

import (
	"cmp"
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"

	"corroborate/internal/claims/nlp/lexicon"
)

// rewording is a difference that the words themselves show: words [a) of one
// wording stand where the other has words [b), and they do not mean the same.
type rewording struct {
	kind Kind
	a, b [2]int
}

// reworder compares two wordings word by word.
type reworder struct {
	e    *Engine
	a, b wording
	// common are the index pairs of the words that both have in the same order, gaps
	// what stands between them.
	common [][2]int
	gaps   []hunk
	// share is the part of the longer wording that is common, content the number of
	// content words that are.
	share   float64
	content int
	// oneDenies is true when one wording denies what the other tells: "gave no details"
	// and "declined to give details" deny the same.
	oneDenies bool
	out       []rewording
}

// newReworder aligns two wordings.
func (e *Engine) newReworder(a, b wording) *reworder {
	r := &reworder{e: e, a: a, b: b}
	if sameOrder(a, b) {
		r.common = commonOrder(a.lemmas(), b.lemmas())
	} else {
		for _, p := range commonOrder(b.lemmas(), a.lemmas()) {
			r.common = append(r.common, [2]int{p[1], p[0]})
		}
	}
	for _, p := range r.common {
		if a.words[p[0]].content() {
			r.content++
		}
	}
	if n := max(len(a.words), len(b.words)); n > 0 {
		r.share = float64(len(r.common)) / float64(n)
	}
	last := [2]int{-1, -1}
	for _, p := range append(slices.Clone(r.common), [2]int{len(a.words), len(b.words)}) {
		g := hunk{a0: last[0] + 1, a1: p[0], b0: last[1] + 1, b1: p[1]}
		if g.a1 > g.a0 || g.b1 > g.b0 {
			r.gaps = append(r.gaps, g)
		}
		last = p
	}
	return r
}

// wordedAlike tells whether two wordings have so much in common, in the same order,
// that a changed word is a difference by itself.
func (r *reworder) wordedAlike() bool {
	return r.share >= wordForWord && (r.content >= commonWords || r.content >= fewWords && r.share >= closely) ||
		r.content >= fewWords && r.timesAlone()
}

// partsOfTimes stand before a time: "at the end of March".
var partsOfTimes = set(`end|start|beginning|middle`)

// timesAlone tells two wordings that part in their times alone, and both have one there:
// a short statement is half a time.
func (r *reworder) timesAlone() bool {
	timed := func(w wording, from, to int) bool {
		for _, i := range r.contents(w, from, to) {
			if !r.inTime(w, w.words[i]) && !partsOfTimes[w.words[i].lemma] {
				return false
			}
		}
		return len(r.timesIn(w, from, to)) > 0
	}
	for _, g := range r.gaps {
		if !timed(r.a, g.a0, g.a1) || !timed(r.b, g.b0, g.b1) {
			return false
		}
	}
	return len(r.gaps) > 0
}

const (
	// wordForWord is the share of the longer wording that two wordings must have in
	// common, in order, for one changed word in it to be a difference by itself: where
	// two reports are worded apart, other words are no sign of another fact.
	wordForWord = 0.6
	// closely is that share from which fewer content words are enough, and words that
	// are no names count.
	closely = 0.75
	// commonWords is the number of content words that must be common, fewWords that of
	// wordings that are closely alike.
	commonWords = 3
	fewWords    = 2
)

// compare goes through the places where the wordings part.
func (r *reworder) compare() []rewording {
	if !r.wordedAlike() {
		return nil
	}
	r.swaps()
	da, db := 0, 0
	for _, g := range r.gaps {
		da += r.denials(r.a, g.a0, g.a1, true)
		db += r.denials(r.b, g.b0, g.b1, true)
	}
	r.oneDenies = da%2 != db%2
	for _, g := range r.gaps {
		r.gap(g)
	}
	return r.out
}

func (r *reworder) differ(k Kind, a, b [2]int) {
	r.out = append(r.out, rewording{kind: k, a: a, b: b})
}

// gap judges one place where the wordings part: first what it measures, then what
// it denies, then what its words mean.
func (r *reworder) gap(g hunk) {
	whole := [2][2]int{{g.a0, g.a1}, {g.b0, g.b1}}
	if r.spelledTogether(g) || r.samePlaceOrInitials(g) {
		return
	}
	if k, done := r.measures(g); done {
		if k != "" {
			r.differ(k, whole[0], whole[1])
		}
		return
	}
	ca, cb := r.contents(r.a, g.a0, g.a1), r.contents(r.b, g.b0, g.b1)
	x, y, s := r.clash(g, ca, cb)
	denied := r.denials(r.a, g.a0, g.a1, len(cb) > 0) != r.denials(r.b, g.b0, g.b1, len(ca) > 0)
	switch {
	case denied && s == contrary:
		return // "not guilty" and "innocent"
	case denied && r.oneDenies && max(len(ca), len(cb)) <= deniedWords && !r.alikeAcross(ca, cb):
		r.differ(KindNegation, whole[0], whole[1])
	case s == contrary || s == unlike && x >= 0:
		if k := r.kindOf(x, y, s); k != "" {
			r.differ(k, whole[0], whole[1])
		}
	default:
		if k := r.smallWords(g, ca, cb); k != "" {
			r.differ(k, whole[0], whole[1])
		}
	}
}

// contents gives the content words among words [from, to), verbs that mean little
// by themselves included.
func (r *reworder) contents(w wording, from, to int) []int {
	var out []int
	for i := from; i < to; i++ {
		t := w.words[i].p.toks[w.words[i].tok]
		if w.words[i].content() || posOf(t) == 'v' && t.Dep != "aux" && t.Dep != "auxpass" && stopLemmas[w.words[i].lemma] {
			out = append(out, i)
		}
	}
	return out
}

// clash gives the first pair of words of a gap that exclude one another, else the
// first two of one class that nothing binds; x is -1 without any.
func (r *reworder) clash(g hunk, ca, cb []int) (x, y int, s sense) {
	for _, i := range ca {
		for _, j := range cb {
			if r.e.senseOf(r.a.words[i], r.b.words[j]) == contrary {
				return i, j, contrary
			}
		}
	}
	if g.a1-g.a0 > gapWords || g.b1-g.b0 > gapWords {
		return -1, -1, unlike
	}
	for _, i := range tops(r.a, r.foreign(r.a, r.b, ca, false)) {
		for _, j := range tops(r.b, r.foreign(r.b, r.a, cb, true)) {
			if r.comparable(i, j) {
				return i, j, unlike
			}
		}
	}
	return -1, -1, unlike
}

// alikeAcross tells whether what denies has its like on the other side: "rejected" and
// "denied", "not sold" and "unknown".
func (r *reworder) alikeAcross(ca, cb []int) bool {
	for _, i := range ca {
		for _, j := range cb {
			x, y := r.a.words[i], r.b.words[j]
			if r.e.undoes(x) || r.e.undoes(y) || (denyingVerbs[x.lemma] || denyingVerbs[y.lemma]) && r.e.senseOf(x, y) == alike {
				return true
			}
		}
	}
	return false
}

// deniedWords is the number of content words on either side of a gap up to which a
// denial in it denies what the other side tells.
const deniedWords = 2

// gapWords is the number of words on either side up to which a gap is a change; a
// longer one tells something else.
const gapWords = 5

// foreign keeps the words that have no like among the other wording's words outside
// what both have in common.
func (r *reworder) foreign(w, other wording, words []int, swapped bool) []int {
	var out []int
	for _, i := range words {
		if !r.likeOutside(w.words[i], other, swapped) {
			out = append(out, i)
		}
	}
	return out
}

// likeOutside tells whether a word has a like in the gaps of the other wording, or is a
// part of a name of which the other has the rest.
func (r *reworder) likeOutside(x wordAt, other wording, swapped bool) bool {
	if r.fullerName(x) {
		return true
	}
	for _, g := range r.gaps {
		from, to := g.b0, g.b1
		if swapped {
			from, to = g.a0, g.a1
		}
		for j := from; j < to; j++ {
			if r.same(x, other.words[j]) {
				return true
			}
		}
	}
	return false
}

// fullerName tells a word of a name whose other words stand in both wordings for one
// person: "Hillary" of "Hillary Clinton" against "Clinton".
func (r *reworder) fullerName(x wordAt) bool {
	e := r.entity(x)
	return e != nil && slices.ContainsFunc(r.common, func(c [2]int) bool {
		y, z := r.a.words[c[0]], r.b.words[c[1]]
		if y.p != x.p {
			y, z = z, y
		}
		if y.p != x.p || max(y.tok-x.tok, x.tok-y.tok) > 2 || r.entity(y) != e {
			return false
		}
		f := r.entity(z)
		return f != nil && sameEntity(r.e, e, f)
	})
}

// same tells two words that name or mean the same.
func (r *reworder) same(x, y wordAt) bool {
	ex, ey := r.entity(x), r.entity(y)
	if ex != nil && ey != nil && sameEntity(r.e, ex, ey) {
		return true
	}
	if ex != nil || ey != nil || isName(x.p.toks[x.tok]) || isName(y.p.toks[y.tok]) {
		return r.e.namedAlike(x, y, ex, ey)
	}
	return r.e.senseOf(x, y) == alike
}

func (r *reworder) entity(x wordAt) *entity {
	if x.p == nil {
		return nil
	}
	for _, art := range []*article{r.a.art, r.b.art} {
		if e := art.entityAt(x.p, x.tok); e != nil {
			return e
		}
	}
	return nil
}

// tops keeps the words that no other of them governs.
func tops(w wording, words []int) []int {
	var out []int
	for _, i := range words {
		x := w.words[i]
		governed := slices.ContainsFunc(words, func(j int) bool {
			y := w.words[j]
			return j != i && y.p == x.p && y.tok == x.p.toks[x.tok].Head
		})
		if !governed {
			out = append(out, i)
		}
	}
	return out
}

// comparable tells whether two words play one part, so that one stands for the
// other: two names, or two nouns, verbs or epithets where the wordings part in this
// place alone. Who repeats a sentence but for one word changes what it says; who
// changes several words for others that are no opposites has reworded it.
func (r *reworder) comparable(i, j int) bool {
	x, y := r.a.words[i], r.b.words[j]
	tx, ty := x.p.toks[x.tok], y.p.toks[y.tok]
	if isPronoun(tx) || isPronoun(ty) {
		return false
	}
	nx, ny := r.aName(x), r.aName(y)
	switch px, py := posOf(tx), posOf(ty); {
	case nx && ny:
		return sameKind(r.entity(x), r.entity(y)) || len(r.gaps) == 1 && r.namesAlone()
	case len(r.gaps) > 1 || r.share < closely || r.content < commonWords:
		return false
	case nx:
		return r.cannotBe(x, y)
	case ny:
		return r.cannotBe(y, x)
	case px == 'v' && py == 'v':
		return !stative(x) && !stative(y) && (reportingForce(x.lemma) != neutral || reportingForce(y.lemma) != neutral)
	default:
		return px == py || modifies(x) && modifies(y)
	}
}

// aName tells a word of a name. The first word of a sentence, which has a capital in any
// case, is one where the lexicon knows no such noun.
func (r *reworder) aName(x wordAt) bool {
	t := x.p.toks[x.tok]
	return isName(t) || r.entity(x) != nil || x.tok == 0 && isNoun(t) && hasCapital(t.Text) && !r.e.lex.Known(fold(t.Text), lexicon.Noun)
}

func hasCapital(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first)
}

// partOfName tells a word of a name, or one with a capital before it: "Real" of "Real Madrid".
func (r *reworder) partOfName(x wordAt) bool {
	t := x.p.toks[x.tok]
	if r.aName(x) {
		return true
	}
	head := wordAt{p: x.p, tok: t.Head}
	return hasCapital(t.Text) && t.Head == x.tok+1 && r.aName(head)
}

// namesAlone tells a single gap in which names stand against names and nothing else
// has changed.
func (r *reworder) namesAlone() bool {
	g := r.gaps[0]
	for _, side := range []struct {
		w        wording
		from, to int
	}{{r.a, g.a0, g.a1}, {r.b, g.b0, g.b1}} {
		for i := side.from; i < side.to; i++ {
			x := side.w.words[i]
			if t := x.p.toks[x.tok]; !r.partOfName(x) && t.Dep != "det" && t.Dep != "case" {
				return false
			}
		}
	}
	return true
}

// sameKind tells names of one kind, or of kinds that are not known.
func sameKind(x, y *entity) bool {
	if x == nil || y == nil {
		return x == y
	}
	return x.kind == y.kind
}

// cannotBe tells a name that a common noun in its place cannot stand for: one person
// and several, a body or a place and a person.
func (r *reworder) cannotBe(name, noun wordAt) bool {
	e, t := r.entity(name), noun.p.toks[noun.tok]
	if e == nil || !isNoun(t) {
		return false
	}
	if !r.e.lex.IsA(noun.lemma, "person") {
		return false
	}
	return (e.kind == "person") == (t.Tag == "NNS")
}

// stative tells a verb that says what is, not what is done ("include", "represent"):
// many such verbs tell one state.
func stative(x wordAt) bool { return stativeVerbs[x.lemma] }

var stativeVerbs = set(`be|have|include|represent|contain|comprise|involve|mark|mean|constitute|cover|form|signify`)

// modifies tells an epithet: an adjective, a participle or a noun before a noun.
func modifies(x wordAt) bool {
	d := x.p.toks[x.tok].Dep
	return d == "amod" || d == "compound" || d == "nmod"
}

// found gives the rewordings as differences, the most important first.
func (r *reworder) found() []foundDifference {
	var out []foundDifference
	for _, w := range r.compare() {
		a, b := widen(w.a, w.b, len(r.a.words), len(r.b.words))
		va, vb := r.a.text(a[0], a[1]), r.b.text(b[0], b[1])
		out = append(out, foundDifference{kind: w.kind, rule: RuleReworded, values: [2]string{va, vb}, between: BetweenSources,
			marks:       [2][2]int{r.a.mark(a), r.b.mark(b)},
			explanation: fmt.Sprintf("Worded alike but for this: %s has “%s”, %s “%s”.", r.a.art.called, va, r.b.art.called, vb)})
	}
	sortFound(out)
	return out
}

// sortFound puts the most important differences first.
func sortFound(ds []foundDifference) {
	order := map[Kind]int{}
	for i, k := range Kinds() {
		order[k] = i
	}
	slices.SortStableFunc(ds, func(x, y foundDifference) int { return cmp.Compare(order[x.kind], order[y.kind]) })
}

// retold gives the shares of each wording's words that are common or stand in the place
// of others: where these are no difference, they are other words for the same.
func (r *reworder) retold() (a, b float64) {
	na, nb := len(r.common), len(r.common)
	for _, g := range r.gaps {
		if g.a0 < g.a1 && g.b0 < g.b1 && g.a1-g.a0 <= gapWords && g.b1-g.b0 <= gapWords {
			na += g.a1 - g.a0
			nb += g.b1 - g.b0
		}
	}
	return ratio(float64(na), float64(len(r.a.words))), ratio(float64(nb), float64(len(r.b.words)))
}

// widen takes in the common word behind a gap, or before it, where one side of it is
// empty: "did not issue" stands against "issued".
func widen(a, b [2]int, na, nb int) (x, y [2]int) {
	if a[0] < a[1] && b[0] < b[1] {
		return a, b
	}
	if a[1] < na && b[1] < nb {
		a[1]++
		b[1]++
	} else if a[0] > 0 && b[0] > 0 {
		a[0]--
		b[0]--
	}
	return a, b
}
