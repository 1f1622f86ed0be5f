package nlp

import (
	"strings"
	"unicode/utf8"

	"corroborate/internal/claims/nlp/lexicon"
	"corroborate/internal/claims/nlp/syntax"
)

// bars tells the tags that the dictionary rules out: a word that it knows as a
// verb and not as a noun ("alleges", "spent") is none, the other way round
// ("council"), and a noun that it does not know as an adjective ("indictment") is
// none. Capitals say that a word may be a name, so they bar nothing.
func bars(tags []string, words *lexicon.Lexicon) func(syntax.Word, uint8) bool {
	return func(w syntax.Word, tag uint8) bool {
		name := tags[tag]
		noun, verb, adjective := strings.HasPrefix(name, "NN"), strings.HasPrefix(name, "VB"), name == "JJ"
		if !noun && !verb && !adjective || w.Text != w.Norm || len(w.Norm) < 4 || !letters(w.Norm) {
			return false
		}
		known := func(p lexicon.POS) bool { return words.Known(w.Norm, p) }
		switch {
		case hasAnySuffix(w.Norm, "ing"):
			return false
		case noun:
			return known(lexicon.Verb) && !known(lexicon.Noun)
		case hasAnySuffix(w.Norm, "ed", "en"):
			return false
		case verb:
			return known(lexicon.Noun) && !known(lexicon.Verb)
		}
		return known(lexicon.Noun) && !known(lexicon.Adjective)
	}
}

func hasAnySuffix(s string, endings ...string) bool {
	for _, e := range endings {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

func letters(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' || s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
