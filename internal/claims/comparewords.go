package claims

import (
	"fmt"
	"slices"
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
		a, b := widen(w.a, w.b, len(r.a.words), len(r.b.words))
		va, vb := r.a.text(a[0], a[1]), r.b.text(b[0], b[1])
		c.differ(w.kind, [2]string{va, vb}, [2][2]int{r.a.mark(a), r.b.mark(b)},
			fmt.Sprintf("Worded alike but for this: %s has “%s”, %s “%s”.", c.a.art.Source, va, c.b.art.Source, vb))
	}
}
