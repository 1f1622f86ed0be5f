package claims

import (
	"slices"
	"strings"
)

// wording is a run of words in their order: the passage of a claim, or a text.
type wording struct {
	art   *article
	words []wordAt
}

// wordAt is one word of a wording.
type wordAt struct {
	p     *parsed
	tok   int
	lemma string
}

// wording gives the words of a statement's passage without its marks and without
// what is a claim of its own.
func (s *statement) wording() wording {
	w := wording{art: s.art}
	for i := s.draft.from; i < s.draft.to; i++ {
		if !s.draft.parts[i] {
			w.add(s.draft.p, i)
		}
	}
	return w
}

// wording gives all words of an article's sentences.
func (x *article) wording() wording {
	w := wording{art: x}
	for _, p := range x.sents {
		for i := range p.toks {
			w.add(p, i)
		}
	}
	return w
}

func (w *wording) add(p *parsed, i int) {
	if !isPunct(p.toks[i]) {
		w.words = append(w.words, wordAt{p: p, tok: i, lemma: fold(lemmaOf(p.toks[i]))})
	}
}

func (w wording) lemmas() []string {
	out := make([]string, len(w.words))
	for i, x := range w.words {
		out[i] = x.lemma
	}
	return out
}

// text gives words [from, to) as written.
func (w wording) text(from, to int) string {
	var out []string
	for from < to {
		run := from + 1
		for run < to && w.words[run].p == w.words[from].p {
			run++
		}
		p := w.words[from].p
		out = append(out, p.words(w.art.body, w.words[from].tok, w.words[run-1].tok+1))
		from = run
	}
	return strings.Join(out, " ")
}

// content tells a word with a meaning of its own.
func (x wordAt) content() bool {
	return posOf(x.p.toks[x.tok]) != 0 && !stopLemmas[x.lemma]
}

// sameOrder orders two wordings in a way that does not depend on which comes
// first, so that swapping them cannot change what is found.
func sameOrder(a, b wording) bool {
	return slices.Compare(a.lemmas(), b.lemmas()) <= 0
}

// mark gives the tokens of words [m) of a wording that lies in one sentence.
func (w wording) mark(m [2]int) [2]int {
	if m[0] >= m[1] {
		return [2]int{}
	}
	return [2]int{w.words[m[0]].tok, w.words[m[1]-1].tok + 1}
}
