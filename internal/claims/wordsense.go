package claims

import (
	"strings"

	"corroborate/internal/claims/nlp/lexicon"
)

// sense is how two words in one place of two sentences stand to one another.
type sense int

const (
	// unlike words have nothing that binds them.
	unlike sense = iota
	// alike words can mean the same there.
	alike
	// contrary words exclude one another.
	contrary
)

// senseOf compares two words by spelling and by all that the lexicon knows of them
// in either word class: a participle may be read as a verb or an adjective.
func (e *Engine) senseOf(x, y wordAt) sense {
	if x.lemma == y.lemma || spelledAlike(x.lemma, y.lemma) {
		return alike
	}
	if prefixed(x.lemma, y.lemma) || prefixed(y.lemma, x.lemma) {
		return contrary
	}
	out := unlike
	for _, pos := range []lexicon.POS{lexicon.Noun, lexicon.Verb, lexicon.Adjective, lexicon.Adverb} {
		if !x.canBe(pos) || !y.canBe(pos) {
			continue
		}
		for _, u := range x.forms(pos) {
			for _, v := range y.forms(pos) {
				switch {
				case e.lex.Conflict(u, v, pos), e.lex.Antonyms(u, v, pos):
					return contrary
				case e.lex.Akin(u, v, pos), e.lex.Similarity(u, v, pos) >= akinAt[pos]:
					out = alike
				}
			}
		}
	}
	if out == unlike {
		return e.derivedSense(x, y)
	}
	return out
}

// akinAt is the likeness in the lexicon from which two words in one place of two
// sentences that are otherwise the same can mean the same. Two nouns under one narrow
// term (copper, silver) exclude one another.
var akinAt = map[lexicon.POS]float64{lexicon.Noun: 0.6, lexicon.Verb: 0.5, lexicon.Adjective: 0.5, lexicon.Adverb: 0.5}

// canBe tells whether a word can be read as a part of speech.
func (x wordAt) canBe(pos lexicon.POS) bool {
	t := x.p.toks[x.tok]
	own := posOf(t)
	if byte(pos) == own {
		return true
	}
	participle := t.Tag == "VBN" || t.Tag == "VBG"
	return pos == lexicon.Adjective && participle || pos == lexicon.Verb && own == 'a' && strings.HasSuffix(t.Norm, "ed") ||
		pos == lexicon.Noun && t.Tag == "VBG"
}

// forms gives the base forms of a word, first as part of a collocation with what
// follows it: "prop up", "take place".
func (x wordAt) forms(pos lexicon.POS) []string {
	out := []string{}
	if pos == lexicon.Verb {
		if k := x.p.kid(x.tok, "prt"); k >= 0 {
			out = append(out, x.lemma+"_"+x.p.toks[k].Norm)
		} else if n := x.tok + 1; n < len(x.p.toks) && posOf(x.p.toks[n]) == 'n' && stopLemmas[x.lemma] {
			out = append(out, x.lemma+"_"+lemmaOf(x.p.toks[n]))
		}
	}
	if pos == lexicon.Verb {
		for _, k := range x.p.kids(x.tok, "prep", "advmod") {
			if k == x.tok+1 {
				out = append(out, x.lemma+"_"+x.p.toks[k].Norm)
			}
		}
	}
	if t := x.p.toks[x.tok]; byte(pos) != posOf(t) {
		return append(out, t.Norm)
	}
	return append(out, x.lemma)
}

// derivedSense compares words of two classes through the words derived from either:
// "finances" and "economical", "earnings" and "lost".
func (e *Engine) derivedSense(x, y wordAt) sense {
	px, py := lexicon.POS(posOf(x.p.toks[x.tok])), lexicon.POS(posOf(y.p.toks[y.tok]))
	if px == py || px == 0 || py == 0 || px == 'c' || py == 'c' {
		return unlike
	}
	out := unlike
	compare := func(words []string, to string, pos lexicon.POS) {
		for _, w := range words {
			switch {
			case w == to, e.lex.Synonyms(w, to, pos):
				out = alike
			case e.lex.Conflict(w, to, pos) && out == unlike:
				out = contrary
			}
		}
	}
	compare(e.lex.Derived(x.lemma, px, py), y.lemma, py)
	compare(e.lex.Derived(y.lemma, py, px), x.lemma, px)
	return out
}

// spelledAlike tells two spellings of one word: with and without a hyphen, one
// letter of a long word, or one word that the other is compounded with.
func spelledAlike(a, b string) bool {
	a, b = strings.ReplaceAll(a, "-", ""), strings.ReplaceAll(b, "-", "")
	if a == b {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) >= 5 && len(b)-len(a) >= 3 && (strings.HasPrefix(b, a) || strings.HasSuffix(b, a)) {
		return !denyingPrefixes[strings.TrimSuffix(b, a)]
	}
	return len(a) >= 8 && a[0] == b[0] && oneEdit(a, b)
}

// oneEdit tells whether one letter more, less or other makes a of b, the longer.
func oneEdit(a, b string) bool {
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i == len(a) || a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

// prefixed tells whether b is a with a prefix that denies it: "crewed" and
// "uncrewed".
func prefixed(a, b string) bool {
	front, ok := strings.CutSuffix(b, a)
	return ok && len(a) >= 4 && denyingPrefixes[strings.TrimSuffix(front, "-")]
}

var denyingPrefixes = set(`un|in|im|il|ir|dis|non|anti|de|mis`)
