package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tokenize cuts text[start:end] into tokens. Offsets count bytes of text, and
// text[t.Start:t.End] is t.Text; what lies between two tokens is white space.
// Out-of-range bounds are cut to the text.
//
// The cut follows the Penn Treebank as spaCy reads it: clitics ("n't", "'s"),
// currency signs, per cent signs, quotes, brackets, dashes and the final period
// are tokens, and so are hyphens and slashes between letters. Abbreviations,
// numbers, e-mail and web addresses stay whole.
func Tokenize(text string, start, end int) []Token {
	start = max(0, min(start, len(text)))
	end = max(start, min(end, len(text)))
	c := cutter{text: text[:end]}
	c.tokens = make([]Token, 0, (end-start)/5+4)
	for i := start; i < end; {
		r, n := utf8.DecodeRuneInString(text[i:end])
		if isSpace(r) {
			i += n
			continue
		}
		j := i
		for j < end {
			if r, n = utf8.DecodeRuneInString(text[j:end]); isSpace(r) {
				break
			}
			j += n
		}
		c.chunk(i, j)
		i = j
	}
	return c.tokens
}

// isSpace tells white space, the invisible format characters included.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\u2060' || r == '\ufeff' || r == '\u00ad'
}

// cutter collects the tokens of a text that ends where the sentence ends.
type cutter struct {
	text   string
	tokens []Token
	tail   [][2]int // endings cut off the chunk in hand, last first
}

func (c *cutter) emit(start, end int) {
	if start < end {
		s := c.text[start:end]
		c.tokens = append(c.tokens, Token{Start: start, End: end, Text: s, Norm: Normal(s)})
	}
}

// Normal brings a word into lower case with straight quotes.
func Normal(s string) string {
	for i := range len(s) {
		if b := s[i]; b >= utf8.RuneSelf || 'A' <= b && b <= 'Z' {
			return quoteStraightener.Replace(strings.ToLower(s))
		}
	}
	return s
}

var quoteStraightener = strings.NewReplacer(
	"‘", "'", "’", "'", "‛", "'", "ʼ", "'", "′", "'", "“", `"`, "”", `"`, "„", `"`, "‟", `"`, "″", `"`, "«", `"`, "»", `"`)

// chunk cuts text[i:j], which holds no white space.
func (c *cutter) chunk(i, j int) {
	i, j = c.strip(i, j)
	tail := c.tail
	c.tail = nil
	switch {
	case i == j:
	case isAddress(c.text[i:j]):
		c.emit(i, j)
	default:
		c.core(i, j)
	}
	for k := len(tail) - 1; k >= 0; k-- {
		c.emit(tail[k][0], tail[k][1])
	}
}

// core cuts a chunk at the marks inside it.
func (c *cutter) core(i, j int) {
	for i < j {
		at, n := c.infix(i, j)
		if n == 0 {
			at = j
		}
		a, b := c.strip(i, at)
		tail := c.tail
		c.tail = nil
		c.word(a, b)
		for k := len(tail) - 1; k >= 0; k-- {
			c.emit(tail[k][0], tail[k][1])
		}
		c.emit(at, at+n)
		i = at + n
		if n > 0 && i+1 < j && c.text[i] == '-' { // a range, not a negative number
			c.emit(i, i+1)
			i++
		}
	}
}

// word emits a word without marks, in two where it stands for two.
func (c *cutter) word(i, j int) {
	if n := pairs[c.norm(i, j)]; n > 0 {
		c.emit(i, i+n)
		i += n
	}
	c.emit(i, j)
}

// norm is the normal form of a short stretch, "" of a long one.
func (c *cutter) norm(i, j int) string {
	if j-i > 16 {
		return ""
	}
	return Normal(c.text[i:j])
}

// strip emits the marks at the start of a chunk, keeps those at its end in
// c.tail, and gives what is left.
func (c *cutter) strip(i, j int) (int, int) {
	for i < j && !c.whole(i, j) {
		if n := c.prefix(i, j); n > 0 {
			c.emit(i, i+n)
			i += n
			continue
		}
		n := c.suffix(i, j)
		if n == 0 {
			break
		}
		c.tail = append(c.tail, [2]int{j - n, j})
		j -= n
	}
	return i, j
}

// whole tells a stretch that is one token in spite of the marks in it.
func (c *cutter) whole(i, j int) bool {
	s := c.text[i:j]
	if len(s) > 16 || len(s) < 2 {
		return len(s) < 2
	}
	norm := Normal(s)
	return elisions[norm] || isEnding(norm) || isDecade(norm) || c.keepsPeriod(norm, j) || isPartyState(s)
}

func isEnding(norm string) bool {
	for _, e := range endings {
		if norm == e {
			return true
		}
	}
	return false
}

// isDecade tells "'90s" and "'08".
func isDecade(norm string) bool {
	if norm[0] != '\'' || len(norm) < 3 || len(norm) > 4 {
		return false
	}
	return isDigit(norm[1]) && isDigit(norm[2]) && (len(norm) == 3 || norm[3] == 's')
}

// isPartyState tells "D-Ark." and "R-Texas".
func isPartyState(s string) bool {
	if len(s) < 5 || !strings.ContainsRune("DRI", rune(s[0])) || s[1] != '-' || s[2] < 'A' || s[2] > 'Z' {
		return false
	}
	rest := strings.ToLower(s[2:])
	return abbreviations[rest] || midAbbreviations[rest] || partyStates[rest]
}

var partyStates = wordSet(`texas ohio iowa utah idaho maine alaska hawaii calif fla n.y. n.j. n.c. s.c. n.h. n.m. w.va. r.i. n.d. s.d.`)

// keepsPeriod tells an abbreviation whose last period, before offset j, belongs
// to it.
func (c *cutter) keepsPeriod(norm string, j int) bool {
	n := len(norm)
	if norm[n-1] != '.' {
		return false
	}
	next := rune(0)
	for _, r := range c.text[j:] {
		if !isSpace(r) {
			next = r
			break
		}
	}
	switch {
	case abbreviations[norm], isDotted(norm):
		return true
	case unicode.IsDigit(next) && months[norm[strings.LastIndexByte(norm, '-')+1:]]:
		return true // "the post-Sept. 11 law"
	case numberAbbreviations[norm] && unicode.IsDigit(next):
		return true
	case midAbbreviations[norm]:
		return next != 0 && !isCloser(next) && c.text[j-n] < 'a'
	}
	// An initial: "John F. Kennedy", not "vitamin A."
	first, size := utf8.DecodeRuneInString(c.text[max(0, j-n):j])
	return size == n-1 && unicode.IsUpper(first) && next != 0 && !isCloser(next)
}

var months = wordSet(`jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec.`)

// isDotted tells letters that are each followed by a period: "u.s.", "p.m.".
func isDotted(norm string) bool {
	letters := 0
	for i, r := range norm {
		if (r == '.') != (i == len(norm)-1 || letters*2-1 == utf8.RuneCountInString(norm[:i])) {
			return false
		}
		if r != '.' {
			if !unicode.IsLetter(r) {
				return false
			}
			letters++
		}
	}
	return letters >= 2
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
