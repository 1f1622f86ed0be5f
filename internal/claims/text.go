package claims

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ExtractorVersion names the rules of [ReadText]. A text is kept for each
// version that read it.
const ExtractorVersion = "plain/3"

// MaxText is the most bytes of one text that are taken: a book, not a newspaper.
const MaxText = 1 << 20

// ReadText makes the text that the engine reads out of plain text as it was
// received. title is the article's title where it is known apart from the text;
// it only helps to tell headlines from other lines. raw must be valid UTF-8.
//
// Nothing visible is taken out: lines that are page furniture stay in the body
// and are marked, so that offsets mean the same to a person who looks at it.
func ReadText(raw, title string) Text {
	t := Text{Extractor: ExtractorVersion, Body: cleanText(raw), Spans: []Span{}, Credits: []Credit{}}
	t.Language, t.NotAnalysed = detectLanguage(t.Body)
	m := newMarker(t.Body, cleanText(title))
	m.markBlocks()
	t.Spans, t.Credits = m.spans, m.credits
	return t
}

// cleanText makes line ends uniform and drops what cannot be seen: control
// characters, zero-width and bidirectional marks, byte order marks. Invisible
// characters let two names that look alike differ.
func cleanText(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			return '\n'
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
}

// InvalidUTF8 gives the position of the first byte that is not UTF-8, -1 when all
// is.
func InvalidUTF8(raw []byte) int {
	if utf8.Valid(raw) {
		return -1
	}
	at := 0
	for {
		r, n := utf8.DecodeRune(raw[at:])
		if r == utf8.RuneError && n == 1 {
			return at
		}
		at += n
	}
}

// CleanName makes a name fit to be stored and shown: invisible characters go,
// white space is folded.
func CleanName(s string) string {
	return strings.Join(strings.Fields(cleanText(s)), " ")
}

// block is one line of a text with its white space trimmed, in bytes.
type block struct {
	start, end int
	text       string
}

// blocksOf gives the lines of a text that are not empty.
func blocksOf(body string) []block {
	var out []block
	at := 0
	for line := range strings.SplitAfterSeq(body, "\n") {
		trimmed := strings.TrimSpace(line)
		if trimmed != "" {
			start := at + strings.Index(line, trimmed)
			out = append(out, block{start: start, end: start + len(trimmed), text: trimmed})
		}
		at += len(line)
	}
	return out
}

// runeIndex converts byte offsets of one text to code points.
type runeIndex struct {
	text string
	// every holds the number of code points before each 64th byte.
	every []int
}

func newRuneIndex(text string) *runeIndex {
	x := &runeIndex{text: text, every: make([]int, 0, len(text)/64+1)}
	n := 0
	for i := 0; i < len(text); i++ {
		if i%64 == 0 {
			x.every = append(x.every, n)
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	return x
}

// rune gives the number of code points before byte offset b.
func (x *runeIndex) rune(b int) int {
	if len(x.every) == 0 {
		return 0
	}
	slot := min(b/64, len(x.every)-1)
	n := x.every[slot]
	for i := slot * 64; i < b && i < len(x.text); i++ {
		if utf8.RuneStart(x.text[i]) {
			n++
		}
	}
	return n
}

// byte gives the byte offset of code point n, -1 where the text has no such.
func (x *runeIndex) byte(n int) int {
	slot := max(sort.Search(len(x.every), func(i int) bool { return x.every[i] > n })-1, 0)
	at, count := slot*64, 0
	if len(x.every) > 0 {
		count = x.every[slot]
	}
	for ; at < len(x.text); at++ {
		if !utf8.RuneStart(x.text[at]) {
			continue
		}
		if count == n {
			return at
		}
		count++
	}
	if count == n {
		return at
	}
	return -1
}

// passage gives the passage at [start, end) in bytes.
func (x *runeIndex) passage(start, end int) Passage {
	return Passage{Exact: x.text[start:end], Start: x.rune(start), End: x.rune(end)}
}
