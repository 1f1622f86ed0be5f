package claims

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"corroborate/internal/claims/values"
)

// maxEdited is the number of words up to which a sentence is compared word by word.
// Beyond, it is a list or a page without full stops, and an edit of it counts as
// one of facts.
const maxEdited = 400

// classify says how much the change of one sentence into another weighs, and what
// the engine finds to differ in them.
func (e *Engine) classify(was, is string) (EditClass, []PairDifference) {
	a, b := editWords(was), editWords(is)
	if len(a) > maxEdited || len(b) > maxEdited {
		return FactEdit, []PairDifference{}
	}
	mended, left := e.mendTypos(a, b)
	if left == 0 {
		return TypoEdit, []PairDifference{}
	}
	found := e.editDifferences(strings.Join(mended, " "), is)
	for _, d := range found {
		if d.Material {
			return FactEdit, found
		}
	}
	if e.tellsMore(strings.Join(mended, " "), is) {
		return FactEdit, found
	}
	return WordingEdit, found
}

// The names under which two tellings of one sentence are compared: they stand in
// the explanations.
const (
	earlierText = "the earlier text"
	laterText   = "the later text"
)

// editDifferences compares two sentences as if two sources told them.
func (e *Engine) editDifferences(was, is string) []PairDifference {
	told := func(id, s string) Article {
		return Article{ID: id, Source: id, Text: Text{Body: s, Spans: []Span{}, Credits: []Credit{}, Language: "en"}}
	}
	out := []PairDifference{}
	report, err := e.Analyze(context.Background(), Story{Articles: []Article{told(earlierText, was), told(laterText, is)}}, nil)
	if err != nil {
		return out // only a context that ends gives one
	}
	later := map[string]bool{}
	for _, c := range report.Articles[1].Claims {
		later[c.ID] = true
	}
	for _, f := range report.Findings {
		for _, d := range f.Differences {
			if d.Internal {
				continue
			}
			v := d.Values
			if later[d.Claims[0]] {
				v[0], v[1] = v[1], v[0]
			}
			out = append(out, PairDifference{Kind: d.Kind, Material: d.Material, Values: v, Explanation: sentenceCase(d.Explanation)})
		}
	}
	if len(out) > 0 {
		return out
	}
	return append(out, e.Compare(was, is).Differences...)
}

// sentenceCase begins a sentence with a capital.
func sentenceCase(s string) string {
	for i, r := range s {
		if i == 0 {
			return string(unicode.ToUpper(r)) + s[len(string(r)):]
		}
	}
	return s
}

// tellsMore tells whether one sentence has a number, a time, a name or a denial that
// the other has not, has a word in the place of one that it is no kin of, or tells so
// much that the other does not that it is another statement.
func (e *Engine) tellsMore(was, is string) bool {
	a, b := e.bare("was", was), e.bare("is", is)
	if !e.sameQuantities(a, b) || !e.sameTimes(a, b) || !sameNames(a, b) || denialsIn(a) != denialsIn(b) || e.replacesWords(a, b) {
		return true
	}
	return e.Compare(was, is).Direction == "none"
}

// replacesWords tells whether two sentences are the same but for one word of each,
// and these are of one class and cannot mean the same.
func (e *Engine) replacesWords(a, b *article) bool {
	r := e.newReworder(a.wording(), b.wording())
	if len(r.gaps) != 1 {
		return false
	}
	g := r.gaps[0]
	was, is := r.contents(r.a, g.a0, g.a1), r.contents(r.b, g.b0, g.b1)
	if len(was) != 1 || len(is) != 1 {
		return false
	}
	x, y := r.a.words[was[0]], r.b.words[is[0]]
	return posOf(x.p.toks[x.tok]) == posOf(y.p.toks[y.tok]) && !measuring(x) && e.senseOf(x, y) != alike
}

// measuring tells a number, which is compared by its value.
func measuring(w wordAt) bool { return posOf(w.p.toks[w.tok]) == 'c' }

func (e *Engine) sameQuantities(a, b *article) bool {
	var qa, qb []values.Quantity
	for _, p := range a.sents {
		qa = append(qa, e.quantities(p)...)
	}
	for _, p := range b.sents {
		qb = append(qb, e.quantities(p)...)
	}
	return matched(qa, qb, func(x, y values.Quantity) bool {
		// One paper that changes 100 into 105 does not round.
		return x.Unit == y.Unit && x.Low == y.Low && x.High == y.High && values.CompareQuantities(x, y) == values.Same
	})
}

func (e *Engine) sameTimes(a, b *article) bool {
	var ta, tb []values.Time
	for _, p := range a.sents {
		ta = append(ta, e.times(a, p)...)
	}
	for _, p := range b.sents {
		tb = append(tb, e.times(b, p)...)
	}
	return matched(ta, tb, func(x, y values.Time) bool {
		return strings.EqualFold(x.Text, y.Text) || values.CompareTimes(x, y).Relation == values.Same
	})
}

// matched tells whether each of one list has its own counterpart in the other.
func matched[T any](a, b []T, same func(T, T) bool) bool {
	if len(a) != len(b) {
		return false
	}
	rest := slices.Clone(b)
	for _, x := range a {
		i := slices.IndexFunc(rest, func(y T) bool { return same(x, y) })
		if i < 0 {
			return false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return true
}

// sameNames tells whether each name of either sentence stands in the other, in full
// or in part.
func sameNames(a, b *article) bool {
	return namesTold(a, b) && namesTold(b, a)
}

func namesTold(a, b *article) bool {
	words := map[string]bool{}
	for _, p := range b.sents {
		for _, t := range p.toks {
			words[fold(t.Text)] = true
		}
	}
	for _, p := range a.sents {
		for _, t := range p.toks {
			if isName(t) && len(t.Text) > 1 && !words[fold(t.Text)] {
				return false
			}
		}
	}
	return true
}

func denialsIn(a *article) int {
	n := 0
	for _, p := range a.sents {
		for _, t := range p.toks {
			if deniers[t.Norm] {
				n++
			}
		}
	}
	return n
}

// loneClass weighs a sentence that was added or removed: one with a claim that can
// be checked is one of facts.
func (e *Engine) loneClass(s segment) EditClass {
	if s.kind != "" {
		return WordingEdit
	}
	for _, c := range e.Extract(Article{ID: "lone", Source: "lone", Text: Text{Body: s.words, Spans: []Span{}, Credits: []Credit{}, Language: "en"}}) {
		if c.Checkable {
			return FactEdit
		}
	}
	return WordingEdit
}
