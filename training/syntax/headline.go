package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"corroborate/internal/claims/nlp/lexicon"
)

// headlineShare is the share of sentences that are told once more as headlines.
const headlineShare = 0.1

// withHeadlines adds headlines made of some of the sentences, which teachers
// trained on running text label badly: the verb in the present tense, articles
// and auxiliaries left out, most words capitalised, no final period.
func withHeadlines(rows []silver) ([]silver, error) {
	words, err := lexicon.Load()
	if err != nil {
		return nil, err
	}
	rng := rand.New(rand.NewPCG(seed, 2))
	out := slices.Clone(rows)
	for _, row := range rows {
		n := len(row.Words)
		if n < 5 || n > 20 || row.Words[n-1] != "." || slices.Contains(row.Words, "“") || rng.Float64() > headlineShare {
			continue
		}
		if h, ok := headline(row, words); ok {
			if rng.Float64() < 0.75 {
				h.capitalise()
			}
			out = append(out, h)
		}
	}
	return out, nil
}

// headline tells a sentence as a headline. It fails on sentences in which a word
// hangs on one that would be left out.
func headline(row silver, words *lexicon.Lexicon) (silver, bool) {
	place := make([]int32, len(row.Words)) // where each word goes, -1 for nowhere
	h := silver{Source: "headline"}
	for i, w := range row.Words {
		place[i] = -1
		if left := leftOut(row, i); !left {
			place[i] = int32(len(h.Words))
			h.Words, h.Tags = append(h.Words, w), append(h.Tags, row.Tags[i])
			h.Deps, h.Ents = append(h.Deps, row.Deps[i]), append(h.Ents, row.Ents[i])
		}
	}
	for i, head := range row.Heads {
		if place[i] < 0 {
			continue
		}
		if place[head] < 0 {
			return silver{}, false
		}
		h.Heads = append(h.Heads, place[head])
	}
	h.retell(words)
	h.mend()
	return h, len(h.Words) > 2
}

// leftOut tells an article, an auxiliary of the passive and the final period.
func leftOut(row silver, i int) bool {
	switch strings.ToLower(row.Words[i]) {
	case "a", "an", "the":
		return row.Deps[i] == "det"
	case "is", "are", "was", "were":
		return row.Deps[i] == "auxpass"
	case ".":
		return i == len(row.Words)-1
	}
	return false
}

// retell puts the verbs of the past tense into the present.
func (s *silver) retell(words *lexicon.Lexicon) {
	for i, tag := range s.Tags {
		if tag != "VBD" || strings.HasPrefix(s.Deps[i], "aux") {
			continue
		}
		s.Tags[i] = "VBZ"
		if s.pluralSubject(i) {
			s.Tags[i] = "VBP"
		}
		s.Words[i] = present(words.Lemma(strings.ToLower(s.Words[i]), lexicon.Verb), s.Tags[i])
	}
}

func (s *silver) pluralSubject(verb int) bool {
	for i, head := range s.Heads {
		if int(head) == verb && strings.HasPrefix(s.Deps[i], "nsubj") {
			word := strings.ToLower(s.Words[i])
			return s.Tags[i] == "NNS" || word == "they" || word == "we" || word == "i" || word == "you"
		}
	}
	return false
}

// present gives the form of a verb for a tag of the present tense.
func present(lemma, tag string) string {
	if lemma == "be" {
		return map[string]string{"VBZ": "is", "VBP": "are"}[tag]
	}
	n := len(lemma)
	switch {
	case tag == "VBP":
		return lemma
	case lemma == "have":
		return "has"
	case strings.HasSuffix(lemma, "y") && n > 1 && !strings.Contains("aeiou", lemma[n-2:n-1]):
		return lemma[:n-1] + "ies"
	case strings.Contains("sxzo", lemma[n-1:]), strings.HasSuffix(lemma, "ch"), strings.HasSuffix(lemma, "sh"):
		return lemma + "es"
	}
	return lemma + "s"
}

// mend lets an entity whose first word was left out begin with the next.
func (s *silver) mend() {
	previous := "O"
	for i, e := range s.Ents {
		if kind, inside := strings.CutPrefix(e, "I-"); inside && previous == "O" {
			s.Ents[i] = "B-" + kind
		}
		previous = e
	}
}

// smallWords stay small in headlines.
var smallWords = strings.Fields("a an the and or but of in on at to for by from with as vs if than per via into over")

// capitalise writes the words of a headline with capitals.
func (s *silver) capitalise() {
	for i, w := range s.Words {
		if i == 0 || !slices.Contains(smallWords, w) && !strings.ContainsAny(w, "'’") {
			first, size := utf8.DecodeRuneInString(w)
			s.Words[i] = string(unicode.ToUpper(first)) + w[size:]
		}
	}
}
