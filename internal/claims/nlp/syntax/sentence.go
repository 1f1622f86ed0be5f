package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Word is a word or mark of a sentence: as written, and in lower case with
// straight quotes.
type Word struct{ Text, Norm string }

// item is a word as the features see it: hashes of its form.
type item struct {
	word    uint32 // form in lower case, numbers by their shape
	shape   uint32
	prefix  uint32
	suffix2 uint32
	suffix3 uint32
	cluster uint32 // words of like use
	class   uint32 // clusters of like use
	tag     uint32
	role    uint32
}

// Sentence is a sentence under analysis. Its buffers are reused by Reset.
type Sentence struct {
	// Tags, Labels and Entities number the classes of the model, and Heads
	// the words; the root is its own head.
	Tags, Roles, Labels, Entities []uint8
	Heads                         []int32

	n     int
	words []Word
	items []item // n words and, last, what stands for a word that is not there
	// titled tells a headline in title case, where capitals say little.
	titled uint32
	// Running counts before each word of what may stand between two words.
	commas, verbs, quotes []uint8
	feats                 []uint32
	scores                Scores
	state                 State
}

// Len is the number of words.
func (s *Sentence) Len() int { return s.n }

// Reset makes s hold the words, without any analysis.
func (s *Sentence) Reset(words []Word, c *Clusters) {
	s.n, s.words = len(words), words
	s.items = resize(s.items, s.n+1)
	s.Tags, s.Labels = resize(s.Tags, s.n), resize(s.Labels, s.n)
	s.Roles = resize(s.Roles, s.n)
	s.Entities, s.Heads = resize(s.Entities, s.n), resize(s.Heads, s.n)
	s.commas, s.verbs, s.quotes = resize(s.commas, s.n+1), resize(s.verbs, s.n+1), resize(s.quotes, s.n+1)
	for i, w := range words {
		s.items[i] = newItem(w, c)
	}
	s.items[s.n] = item{1, 1, 1, 1, 1, 0xfff, 0xff, 0xff, 0xff}
	s.titled = titled(words)
}

func resize[T any](buf []T, n int) []T {
	if cap(buf) < n {
		return make([]T, n, n+n/2+16)
	}
	return buf[:n]
}

// tally gives the scores of the classes for a set of features. They are valid
// until the next call.
func (s *Sentence) tally(scorer Scorer, features []uint32) *Scores {
	s.scores = Scores{}
	scorer.Score(features, &s.scores)
	return &s.scores
}

// at gives word i, or the item that stands for none.
func (s *Sentence) at(i int) *item {
	if uint(i) >= uint(s.n) {
		i = s.n
	}
	return &s.items[i]
}

// Count fills the running counts, which the features of roles and of the parser
// read, when the tags are known.
func (s *Sentence) Count(isVerb *[maxClasses]bool) {
	for i := range s.n {
		comma, verb, quote := s.commas[i], s.verbs[i], s.quotes[i]
		switch s.items[i].word {
		case hashComma, hashSemicolon, hashDash, hashColon:
			comma++
		case hashQuote:
			quote++
		}
		if isVerb[s.Tags[i]] {
			verb++
		}
		s.commas[i+1], s.verbs[i+1], s.quotes[i+1] = comma, verb, quote
	}
}

var (
	hashComma, hashSemicolon, hashDash  = hashString(","), hashString(";"), hashString("—")
	hashColon, hashQuote                = hashString(":"), hashString(`"`)
	hashYear, hashDigits, hashDigitWord = hashString("0000"), hashString("0"), hashString("0a")
)

func newItem(w Word, c *Clusters) item {
	it := item{word: formHash(w.Norm), shape: shape(w.Text), tag: 0xfe, role: 0xfe}
	it.cluster, it.class = c.find(w)
	_, first := utf8.DecodeRuneInString(w.Norm)
	it.prefix = hashString(w.Norm[:first])
	it.suffix2, it.suffix3 = hashString(suffix(w.Norm, 2)), hashString(suffix(w.Norm, 3))
	return it
}

// suffix gives the last n characters of a word.
func suffix(s string, n int) string {
	k := len(s)
	for ; n > 0 && k > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:k])
		k -= size
	}
	return s[k:]
}

// formHash hashes a word, and numbers by their kind.
func formHash(norm string) uint32 {
	if norm == "--" || norm == "–" {
		return hashDash
	}
	digits, others := 0, 0
	for i := range len(norm) {
		switch b := norm[i]; {
		case '0' <= b && b <= '9':
			digits++
		case b != ',' && b != '.' && b != ':' && b != '-':
			others++
		}
	}
	switch {
	case digits == 0:
		return hashString(norm)
	case others > 0:
		return mix(hashDigitWord, hashString(suffix(norm, 2)))
	case digits == 4 && len(norm) == 4 && (norm[0] == '1' || norm[0] == '2'):
		return hashYear
	}
	return mix(hashDigits, uint32(min(digits, 3)))
}

// shape hashes the pattern of capitals, small letters, digits and marks, with
// runs cut to two.
func shape(s string) uint32 {
	h, last, run := uint32(7), byte(0), 0
	for _, r := range s {
		b := byte('.')
		switch {
		case unicode.IsUpper(r):
			b = 'X'
		case unicode.IsLetter(r):
			b = 'x'
		case unicode.IsDigit(r):
			b = 'd'
		case r < utf8.RuneSelf:
			b = byte(r)
		case strings.ContainsRune("“”«»", r):
			// The side of a curly quote is told; "X" cannot follow.
			b = byte(r)
		}
		if b == last {
			if run++; run > 2 {
				continue
			}
		} else {
			last, run = b, 1
		}
		h = mix(h, uint32(b))
	}
	return h
}

// titled is 2 for a sentence whose longer words are nearly all capitalised, 3 for
// one in capitals throughout, else 1.
func titled(words []Word) uint32 {
	long, capital, upper := 0, 0, 0
	for _, w := range words {
		if len(w.Text) < 4 || w.Text[0] < 'A' || w.Text[0] > 'z' {
			continue
		}
		long++
		if w.Text[0] <= 'Z' {
			capital++
			if w.Text[len(w.Text)-1] <= 'Z' {
				upper++
			}
		}
	}
	switch {
	case long >= 2 && upper*10 >= long*7:
		return 3
	case long >= 3 && capital*10 >= long*8:
		return 2
	}
	return 1
}
