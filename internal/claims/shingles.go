package claims

import (
	"hash/fnv"
	"strings"
	"unicode"
)

// copyWord is a word of a text as texts are held against one another.
type copyWord struct {
	hash uint32
	// start and end are bytes of the body.
	start, end int
	// quoted is true inside quotation marks: everybody quotes the same speech.
	quoted bool
	// named is true for what begins with a capital or a digit: reports of one event
	// share names and figures however they were written.
	named bool
}

// copyText is a text without its furniture, as a row of words.
type copyText struct {
	words []copyWord
	// prose is the number of words outside quotations.
	prose int
}

// newCopyText reads the words that copying is told by: those of headings, captions,
// credits and the like say nothing of it.
func newCopyText(t Text) copyText {
	quotes := quotationsOf(t.Body)
	skip := newSpanSkipper(t.Spans)
	var c copyText
	q, start, runes := 0, -1, 0
	flush := func(end int) {
		if start < 0 {
			return
		}
		for q < len(quotes) && quotes[q].end <= start {
			q++
		}
		quoted := q < len(quotes) && quotes[q].start <= start && quotes[q].words >= leastQuoted
		c.add(t.Body, start, end, quoted)
		start = -1
	}
	for i, r := range t.Body {
		inside := wordInside(r, start >= 0) && !skip.at(runes)
		if start >= 0 && (!inside || unspaced(r)) {
			flush(i)
		}
		if inside && start < 0 {
			start = i
		}
		if inside && unspaced(r) {
			flush(i + len(string(r)))
		}
		runes++
	}
	flush(len(t.Body))
	return c
}

// wordInside tells a character of a word. An apostrophe goes on with a word and
// begins none.
func wordInside(r rune, open bool) bool {
	return isWordRune(r) || open && (r == '\'' || r == '’') || unicode.Is(unicode.M, r)
}

// unspaced tells a character of a script that writes without spaces: each counts as
// a word.
func unspaced(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// apostrophes go before words are compared: papers curl them or do not.
var apostrophes = strings.NewReplacer("'", "", "’", "")

func (c *copyText) add(body string, start, end int, quoted bool) {
	word := body[start:end]
	first, _ := firstRune(word)
	h := fnv.New32a()
	h.Write([]byte(apostrophes.Replace(fold(word))))
	c.words = append(c.words, copyWord{hash: h.Sum32(), start: start, end: end, quoted: quoted,
		named: unicode.IsUpper(first) || unicode.IsDigit(first)})
	if !quoted {
		c.prose++
	}
}

func firstRune(s string) (rune, bool) {
	for _, r := range s {
		return r, true
	}
	return 0, false
}

// gram gives the hash of the n words from i on.
func (c copyText) gram(i, n int) uint64 {
	const prime = 0x9e3779b97f4a7c15
	h := uint64(n)
	for _, w := range c.words[i : i+n] {
		h = (h ^ uint64(w.hash)) * prime
		h ^= h >> 29
	}
	return h
}

// spanSkipper tells, for rising positions, what stands in a marked span.
type spanSkipper struct {
	spans []Span
}

func newSpanSkipper(spans []Span) *spanSkipper { return &spanSkipper{spans: spans} }

// at tells whether code point i is marked. It must not be asked for an earlier one
// afterwards.
func (s *spanSkipper) at(i int) bool {
	for len(s.spans) > 0 && s.spans[0].End <= i {
		s.spans = s.spans[1:]
	}
	return len(s.spans) > 0 && s.spans[0].Start <= i
}
