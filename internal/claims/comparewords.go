package claims

import (
	"fmt"
	"slices"
	"strings"
)

// substitutions compares two statements that are worded alike but for a few words, when
// no slot has told a material difference: a changed word that the other has no
// synonym for is one.
func (c *comparison) substitutions() {
	if slices.ContainsFunc(c.out.differences, func(d foundDifference) bool { return d.kind.Material() }) {
		return
	}
	r := c.al.e.newReworder(c.a.wording(), c.b.wording())
	for _, w := range r.compare() {
		if c.sameTerm(r, w) || c.heldBack(w.kind) {
			continue
		}
		a, b := widen(w.a, w.b, len(r.a.words), len(r.b.words))
		va, vb := r.a.text(a[0], a[1]), r.b.text(b[0], b[1])
		c.differ(w.kind, [2]string{va, vb}, [2][2]int{r.a.mark(a), r.b.mark(b)},
			fmt.Sprintf("Worded alike but for this: %s has “%s”, %s “%s”.", c.a.art.called, va, c.b.art.called, vb))
	}
}

// heldBack tells a kind of difference that the statements as a whole rule out, whatever
// their words are: they tell of two deeds, or one deed is still open.
func (c *comparison) heldBack(k Kind) bool {
	switch k {
	case KindCertainty:
		return c.undecided() || c.otherCast()
	case KindAction:
		return c.twoDeeds()
	case KindTime:
		return c.over.opposed
	}
	return false
}

// sameTerm records another word for one thing, and passes over another spelling.
func (c *comparison) sameTerm(r *reworder, w rewording) bool {
	if w.kind != KindScope && w.kind != KindName || w.a[0] >= w.a[1] || w.b[0] >= w.b[1] {
		return false
	}
	if sameSpelling(strings.Join(r.a.lemmas()[w.a[0]:w.a[1]], ""), strings.Join(r.b.lemmas()[w.b[0]:w.b[1]], "")) {
		return true // "cease-fire", "ceasefire"
	}
	x, y := r.a.words[w.a[1]-1], r.b.words[w.b[1]-1]
	tx, ty := x.p.toks[x.tok], y.p.toks[y.tok]
	if tx.Tag != "NN" && tx.Tag != "NNS" || ty.Tag != "NN" && ty.Tag != "NNS" || !c.oneThingTwoWords(term{lemma: x.lemma, pos: 'n'}, term{lemma: y.lemma, pos: 'n'}) {
		return false
	}
	c.otherTerm(x.tok, y.tok)
	return true
}
