package claims

import (
	"slices"
	"strings"
)

// CarryOver finds passages of one text of an article again in a later one.
//
// A passage is certain only inside a sentence that stayed letter for letter and that
// stands once in each text: a long one anywhere, a short one beside a sentence that
// stayed too. Of a sentence that stands several times, that one is certain whose
// neighbours on both sides stayed. What only looks alike is not carried over.
type CarryOver struct {
	// sentences are those of the earlier text in code points, shifts how far each has
	// moved; nil for the very same text.
	sentences []span
	certain   []bool
	shifts    []int
}

// span is a stretch of a text.
type span struct{ start, end int }

// leastAlone is the number of words from which a sentence that stands once in each
// text is the same one whatever stands around it. A shorter one may be said again
// of something else.
const leastAlone = 8

// NewCarryOver compares an earlier text with a later one.
func NewCarryOver(before, after string) *CarryOver {
	if before == after {
		return &CarryOver{}
	}
	was, is := newLayout(before), newLayout(after)
	c := &CarryOver{sentences: was.spans, certain: make([]bool, len(was.words)), shifts: make([]int, len(was.words))}
	if c.sentences == nil {
		c.sentences = []span{}
	}
	for i := range was.words {
		if j, ok := was.place(i, is); ok {
			c.certain[i], c.shifts[i] = true, is.spans[j].start-was.spans[i].start
		}
	}
	return c
}

// Follow gives the place of a passage in the later text, false where it is not
// certain.
func (c *CarryOver) Follow(p Passage) (Passage, bool) {
	if c.sentences == nil {
		return p, true
	}
	first, inside := slices.BinarySearchFunc(c.sentences, p.Start, func(s span, at int) int {
		switch {
		case s.end <= at:
			return -1
		case s.start > at:
			return 1
		}
		return 0
	})
	if !inside {
		return Passage{}, false
	}
	for i := first; i < len(c.sentences) && c.sentences[i].start < p.End; i++ {
		if !c.certain[i] || c.shifts[i] != c.shifts[first] {
			return Passage{}, false
		}
	}
	shift := c.shifts[first]
	return Passage{Exact: p.Exact, Start: p.Start + shift, End: p.End + shift}, true
}

// layout is a text as its sentences in order.
type layout struct {
	spans []span
	words []string
	// alone and beside give the sentence by its words, and by those of its neighbours
	// too; -1 where there are several.
	alone, beside map[string]int
}

func newLayout(body string) layout {
	l := layout{alone: map[string]int{}, beside: map[string]int{}}
	x := newRuneIndex(body)
	for _, s := range segmentsOf(Text{Body: body}) {
		l.spans = append(l.spans, span{x.rune(s.start), x.rune(s.end)})
		l.words = append(l.words, body[s.start:s.end])
	}
	for i := range l.words {
		once(l.alone, l.words[i], i)
		once(l.beside, l.neighbourhood(i), i)
	}
	return l
}

func once(at map[string]int, key string, i int) {
	if _, twice := at[key]; twice {
		i = -1
	}
	at[key] = i
}

// neighbourhood gives a sentence with those around it.
func (l layout) neighbourhood(i int) string {
	return strings.Join([]string{l.at(i - 1), l.words[i], l.at(i + 1)}, "\n")
}

// at gives a sentence, nothing beyond the ends of the text.
func (l layout) at(i int) string {
	if i < 0 || i >= len(l.words) {
		return ""
	}
	return l.words[i]
}

// place gives the sentence of a later text that sentence i certainly is.
func (l layout) place(i int, later layout) (int, bool) {
	if j, ok := later.alone[l.words[i]]; ok && j >= 0 && l.alone[l.words[i]] == i {
		long := len(strings.Fields(l.words[i])) >= leastAlone
		return j, long || l.at(i-1) == later.at(j-1) || l.at(i+1) == later.at(j+1)
	}
	key := l.neighbourhood(i)
	j, ok := later.beside[key]
	return j, ok && j >= 0 && l.beside[key] == i
}
