package claims

import (
	"cmp"
	"fmt"
	"slices"
)

// CopiedPassage is a passage of a draft that stands word for word, or lightly edited, in
// another source's article.
type CopiedPassage struct {
	// Passage is that of the draft, Other the article's.
	Passage
	ArticleID string
	Source    string
	Other     Passage
	// Words is the number of equal words outside quotations.
	Words int
	// Credited is true where the draft names the article's origin as its own.
	Credited bool
	// Explanation is that in one plain sentence.
	Explanation string
}

// copiedPassages gives what the draft shares with articles of other sources, in the
// order of the draft.
func (c *checking) copiedPassages() []CopiedPassage {
	out := []CopiedPassage{}
	mine := c.names.stated(c.draft.art)
	for _, a := range c.arts {
		if a.Source == c.draft.art.Source || a.index == nil || c.draft.art.index == nil {
			continue // its own source's, or not read
		}
		m := matchCopies(c.draft.copied, newCopyText(a.Text))
		from := c.names.stated(a)
		for _, p := range m.passages {
			x := CopiedPassage{Passage: passageAt(c.draft.art, m.a, p.a), ArticleID: a.ID, Source: a.Source, Other: passageAt(a, m.b, p.b),
				Words: p.prose, Credited: mine.known && mine.key == from.key}
			x.Explanation = fmt.Sprintf("%d words stand as in %s.", x.Words, x.Source)
			if x.Credited {
				x.Explanation = fmt.Sprintf("%d words stand as in %s, whose origin your draft names.", x.Words, x.Source)
			}
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(x, y CopiedPassage) int {
		return cmp.Or(cmp.Compare(x.Start, y.Start), -cmp.Compare(x.Words, y.Words))
	})
	return out
}

// passageAt gives the passage of an article at some of its words.
func passageAt(a *article, t copyText, words [2]int) Passage {
	return a.index.passage(t.words[words[0]].start, t.words[words[1]-1].end)
}

// CopiedPoint gives the point on a claim of a draft of which most stands in a copied
// passage; ok is false for others.
func (p CopiedPassage) CopiedPoint(c Claim) (point Point, ok bool) {
	both := min(c.End, p.End) - max(c.Start, p.Start)
	if float64(both) < copiedPart*float64(c.End-c.Start) {
		return Point{}, false
	}
	other := FindingClaim{ArticleID: p.ArticleID, Source: p.Source, Passage: p.Other}
	return Point{Type: PointCopied, Marks: []Mark{}, Others: []PointPassage{{FindingClaim: other, Marks: []Mark{}}}, Explanation: p.Explanation}, true
}
