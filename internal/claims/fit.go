package claims

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"

	"corroborate/internal/claims/nlp"
)

// Sentence is a sentence of a text from which claims may be taken, with its words
// as they stand between spaces.
type Sentence struct {
	Passage
	Words []Passage
}

// Sentences gives the sentences of a text from which claims may be taken, in order.
func Sentences(t Text) []Sentence {
	index := newRuneIndex(t.Body)
	var out []Sentence
	for _, s := range sentencesOf(t) {
		x := Sentence{Passage: index.passage(s.start, s.end)}
		at := s.start
		for w := range strings.FieldsSeq(t.Body[s.start:s.end]) {
			at += strings.Index(t.Body[at:s.end], w)
			x.Words = append(x.Words, index.passage(at, at+len(w)))
			at += len(w)
		}
		out = append(out, x)
	}
	return out
}

// leastWords is how many words a claim has that a person makes: of whom or what,
// and what of it.
const leastWords = 2

// FitClaim gives the passage that a person means who has marked a stretch of a text
// as a claim: whole words, without the marks and spaces around them. The error says
// how to choose another where it is none.
func FitClaim(t Text, m Mark) (Passage, error) {
	f := fitter{Text: t, index: newRuneIndex(t.Body)}
	start, end := f.index.byte(max(m.Start, 0)), f.index.byte(min(m.End, utf8.RuneCountInString(t.Body)))
	if start < 0 || end < 0 {
		return Passage{}, unfit("is beyond the text: mark words of it")
	}
	start, end = trimSpan(t.Body, start, end)
	if start >= end {
		return Passage{}, unfit("has no words: mark at least two")
	}
	s, toks, err := f.sentence(start, end)
	if err != nil {
		return Passage{}, err
	}
	from, to := f.words(toks, start, end)
	start, end = f.paired(s, toks[from].Start, toks[to-1].End)
	switch n := len(strings.Fields(t.Body[start:end])); {
	case n < leastWords:
		return Passage{}, unfit("has one word: a claim has at least two, such as who and what they did")
	case n > maxWords:
		return Passage{}, unfit(fmt.Sprintf("has %d words: a claim has at most %d; mark one fact alone", n, maxWords))
	}
	return f.index.passage(start, end), nil
}

func unfit(why string) error {
	return &Error{Kind: Invalid, Message: "the passage " + why, Fields: map[string]string{"passage": why}}
}

// fitter finds the words that a person has marked.
type fitter struct {
	Text
	index *runeIndex
}

// sentence gives the one sentence that bytes [start, end) have words of, with its
// tokens.
func (f fitter) sentence(start, end int) (sentence, []nlp.Token, error) {
	var in []sentence
	var toks []nlp.Token
	for _, s := range sentencesOf(f.Text) {
		if s.end <= start || s.start >= end || s.end-s.start > longestSentence {
			continue
		}
		all := nlp.Tokenize(f.Body, s.start, s.end)
		for _, t := range all {
			if t.End > start && t.Start < end && !isPunct(t) {
				in, toks = append(in, s), all
				break
			}
		}
	}
	switch {
	case len(in) > 1:
		return sentence{}, nil, unfit(fmt.Sprintf("reaches over %d sentences: mark words of one", len(in)))
	case len(in) == 0:
		return sentence{}, nil, unfit("is no part of the report: mark words of one of its sentences")
	}
	return in[0], toks, nil
}

// words gives the tokens [from, to) that bytes [start, end) have a part of, made
// whole words, without the marks at either end. One at least is no mark.
func (f fitter) words(toks []nlp.Token, start, end int) (from, to int) {
	for toks[from].End <= start {
		from++
	}
	for to = from; to < len(toks) && toks[to].Start < end; to++ {
	}
	for isPunct(toks[from]) {
		from++
	}
	for isPunct(toks[to-1]) {
		to--
	}
	for from > 0 && (joined(toks, from-1) || clitic(toks[from])) {
		from--
	}
	for to < len(toks) && (joined(toks, to-1) || toks[to].Norm == "n't") {
		to++
	}
	return from, to
}

// joined tells whether token i and the one behind it are one word with a hyphen:
// "two-year".
func joined(toks []nlp.Token, i int) bool {
	if i < 0 || i+1 >= len(toks) || toks[i].End != toks[i+1].Start {
		return false
	}
	return toks[i].Norm == "-" && i > 0 && toks[i-1].End == toks[i].Start || toks[i+1].Norm == "-" && i+2 < len(toks) && toks[i+1].End == toks[i+2].Start
}

// clitic tells a token that belongs to the word before it: "n't", "'s".
func clitic(t nlp.Token) bool {
	return t.Norm == "n't" || strings.HasPrefix(t.Norm, "'") && len(t.Norm) > 1 && !isPunct(t)
}

// paired takes in the bracket or quotation mark just outside a passage that holds
// its other half.
func (f fitter) paired(s sentence, start, end int) (int, int) {
	start, end = bracketed(f.Body, start, end)
	for _, q := range quotationsIn(quotationsOf(f.Body), start, end) {
		from, to := q.marked(f.Body)
		opens, closes := from >= start && from < end && q.start > from, to > q.end && to <= end && to > start
		switch {
		case opens && !closes && end >= q.end-trailing(f.Body[q.start:q.end]):
			end = max(end, to)
		case closes && !opens && start <= q.start:
			start = min(start, from)
		}
	}
	return max(start, s.start), cmp.Or(min(end, s.end), end)
}

// trailing gives the number of bytes of the marks at the end of a text.
func trailing(s string) int {
	return len(s) - len(strings.TrimRightFunc(s, func(r rune) bool { return !isWordRune(r) }))
}
