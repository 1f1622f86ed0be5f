package claims

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"corroborate/internal/claims/nlp/lexicon"
)

// editWords gives the words of a sentence as they are written.
func editWords(s string) []string { return strings.Fields(s) }

// bareWord gives a word without the marks around it and with uniform quotes and
// dashes.
func bareWord(w string) string {
	return strings.TrimFunc(plainMarks.Replace(w), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("%$€£¥", r)
	})
}

var plainMarks = strings.NewReplacer("’", "'", "‘", "'", "“", "\"", "”", "\"", "–", "-", "—", "-", "‑", "-")

// mendTypos gives the words of the earlier sentence with what was a slip of the pen
// mended as in the later one, and the number of places that then still differ.
func (e *Engine) mendTypos(was, is []string) (mended []string, left int) {
	last := [2]int{-1, -1}
	for _, p := range append(commonOrder(was, is), [2]int{len(was), len(is)}) {
		a, b := was[last[0]+1:p[0]], is[last[1]+1:p[1]]
		switch {
		case len(a) == 0 && len(b) == 0:
		case e.sameButTypos(a, b):
			mended = append(mended, b...)
		default:
			mended, left = append(mended, a...), left+1
		}
		if p[0] < len(was) {
			mended = append(mended, was[p[0]])
		}
		last = p
	}
	return mended, left
}

// sameButTypos tells whether words differ only in punctuation, capitals, spelling,
// in how they are joined, or in a word that was written twice.
func (e *Engine) sameButTypos(a, b []string) bool {
	x, y := bareWords(a), bareWords(b)
	if strings.EqualFold(strings.Join(x, ""), strings.Join(y, "")) {
		return len(x) == len(y) || !hasDigit(strings.Join(x, "")) // "12 00" is no "1200"
	}
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if !strings.EqualFold(x[i], y[i]) && !e.misspelt(x[i], y[i]) {
			return false
		}
	}
	return true
}

func bareWords(words []string) []string {
	var out []string
	for _, w := range words {
		if w = bareWord(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

const (
	// leastMisspelt is the number of letters from which a word can be told to be
	// misspelt: shorter ones differ by a letter from too many.
	leastMisspelt = 4
	// twoSlips is the number of letters from which two slips are taken for one word.
	twoSlips = 8
)

// misspelt tells whether a word is a misspelling of another one: it is near to it in
// letters, is no word or name that is known, and begins as it does, since a name
// with another first letter is another name.
func (e *Engine) misspelt(was, is string) bool {
	a, b := strings.ToLower(was), strings.ToLower(is)
	n := min(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
	if hasDigit(a+b) || n < leastMisspelt || a[0] != b[0] {
		return false
	}
	if fold(a) == fold(b) || sameSpelling(a, b) {
		return true // "Bogota", "Bogotá"
	}
	slips := 1
	if n >= twoSlips {
		slips = 2
	}
	return distance([]rune(a), []rune(b)) <= slips && !e.knownWord(was)
}

// knownWord tells a word of the language, or a name that the gazetteer has.
func (e *Engine) knownWord(w string) bool {
	low := strings.ToLower(w)
	for _, pos := range []lexicon.POS{lexicon.Noun, lexicon.Verb, lexicon.Adjective, lexicon.Adverb} {
		if e.lex.Known(low, pos) {
			return true
		}
	}
	if functionWords[low] || stopLemmas[low] || e.gaz.Gender(low) != 0 {
		return true
	}
	_, place := e.gaz.Place(w)
	_, organisation := e.gaz.Organisation(w)
	_, outlet := e.gaz.Outlet(w)
	return place || organisation || outlet
}

// distance counts the letters to insert, drop, replace or swap with their neighbour
// to make b of a.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(a)][len(b)]
}

// changedMarks gives the words that only one of two passages has.
func changedMarks(was, is Passage) (a, b []Mark) {
	wa, wb := placedWords(was), placedWords(is)
	a, b = []Mark{}, []Mark{}
	if len(wa) > maxEdited || len(wb) > maxEdited {
		return a, b
	}
	last := [2]int{-1, -1}
	for _, p := range append(commonOrder(wordsOnly(wa), wordsOnly(wb)), [2]int{len(wa), len(wb)}) {
		a = appendMark(a, wa[last[0]+1:p[0]])
		b = appendMark(b, wb[last[1]+1:p[1]])
		last = p
	}
	return a, b
}

// placedWord is a word with where it stands, in code points.
type placedWord struct {
	word string
	Mark
}

func placedWords(p Passage) []placedWord {
	var out []placedWord
	at, start := p.Start, -1
	var word strings.Builder
	for _, r := range p.Exact + " " {
		switch {
		case !unicode.IsSpace(r):
			if start < 0 {
				start = at
			}
			word.WriteRune(r)
		case start >= 0:
			out = append(out, placedWord{word.String(), Mark{Start: start, End: at}})
			start = -1
			word.Reset()
		}
		at++
	}
	return out
}

func wordsOnly(words []placedWord) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.word
	}
	return out
}

func appendMark(marks []Mark, run []placedWord) []Mark {
	if len(run) == 0 {
		return marks
	}
	return append(marks, Mark{Start: run[0].Start, End: run[len(run)-1].End})
}
