package nlp

import (
	"strings"

	"corroborate/internal/claims/nlp/lexicon"
)

// lemmatiser leads words back to their dictionary form by their tag.
type lemmatiser struct{ words *lexicon.Lexicon }

func newLemmatiser(words *lexicon.Lexicon) *lemmatiser { return &lemmatiser{words} }

// fixed holds the forms that no dictionary lookup gets right, by coarse tag and
// form: clitics, pronouns, and inflected forms that are base forms as well.
var fixed = map[string]map[string]string{
	"V": {
		"'s": "be", "'re": "be", "'m": "be", "'ve": "have", "'d": "have", "ai": "be", "'": "be",
		"left": "leave", "found": "find", "felt": "feel", "saw": "see", "lay": "lie", "lain": "lie", "laid": "lay",
		"bore": "bear", "borne": "bear", "ground": "grind", "wound": "wind", "rose": "rise", "fell": "fall",
		"bound": "bind", "sewn": "sew", "wove": "weave", "dove": "dive", "shone": "shine", "pled": "plead",
		"texted": "text", "tweeted": "tweet", "retweeted": "retweet", "founded": "found", "wounded": "wound",
		"felled": "fell", "sawed": "saw", "grounded": "ground", "done": "do", "did": "do", "does": "do",
		"gon": "go", "got": "get", "gotten": "get", "wan": "want", "are": "be", "been": "be", "am": "be", "being": "be",
	},
	"M": {"'ll": "will", "wo": "will", "ca": "can", "sha": "shall", "'d": "would"},
	"R": {"n't": "not", "better": "well", "best": "well", "further": "far", "farther": "far", "furthest": "far", "worse": "badly", "worst": "badly"},
	"J": {"better": "good", "best": "good", "worse": "bad", "worst": "bad", "further": "far", "furthest": "far", "farther": "far", "more": "more", "most": "most", "less": "less", "least": "least"},
	"P": {"him": "he", "her": "she", "me": "i", "us": "we", "them": "they", "'em": "they", "'s": "we"},
	"N": {"media": "media", "data": "data", "hrs": "hour"},
}

// lemma gives the dictionary form of a normal form with a tag.
func (l *lemmatiser) lemma(norm, tag string) string {
	if tag == "" {
		return norm
	}
	if tag == "VB" || tag == "VBP" && !strings.HasPrefix(norm, "'") && !presentForms[norm] {
		// A base form is itself, whatever else it may be: "to found a party".
		return norm
	}
	if tag != "PRP$" && tag != "POS" {
		if base, ok := fixed[tag[:1]][norm]; ok {
			return base
		}
	}
	switch tag {
	case "VBD", "VBN", "VBG", "VBZ", "VBP":
		return l.lookup(norm, lexicon.Verb, verbBase)
	case "NNS":
		return l.lookup(norm, lexicon.Noun, pluralBase)
	case "JJR", "JJS":
		return l.lookup(norm, lexicon.Adjective, degreeBase)
	case "RBR", "RBS":
		return l.lookup(norm, lexicon.Adverb, degreeBase)
	}
	return norm
}

// presentForms are present tense forms that are no base forms.
var presentForms = map[string]bool{"am": true, "are": true, "ai": true, "gon": true, "got": true, "wan": true}

// prefixes may stand before a verb that the lexicon knows without them.
var prefixes = []string{"re", "un", "over", "out", "mis", "dis", "pre", "under", "co", "de"}

// lookup asks the lexicon, with and without a prefix, and else goes by the
// ending.
func (l *lemmatiser) lookup(norm string, pos lexicon.POS, byEnding func(string) string) string {
	if l.words.Known(norm, pos) {
		return l.words.Lemma(norm, pos)
	}
	if pos == lexicon.Verb {
		for _, prefix := range prefixes {
			if rest, ok := strings.CutPrefix(norm, prefix); ok && len(rest) > 3 && l.words.Known(rest, pos) {
				return prefix + l.words.Lemma(rest, pos)
			}
		}
	}
	return byEnding(norm)
}

// verbBase takes the ending of a regular verb off: "doxxed", "vlogging".
func verbBase(w string) string {
	if stem, ok := strings.CutSuffix(w, "ing"); ok && len(stem) > 2 {
		return bareStem(stem)
	}
	if stem, ok := strings.CutSuffix(w, "ied"); ok && len(stem) > 1 {
		return stem + "y"
	}
	if stem, ok := strings.CutSuffix(w, "ed"); ok && len(stem) > 1 {
		return bareStem(stem)
	}
	return pluralBase(w)
}

// bareStem undoes a doubled consonant or restores the e that the ending took:
// "vlogg" → "vlog", "geofenc" → "geofence".
func bareStem(stem string) string {
	n := len(stem)
	last, before := stem[n-1], stem[n-2]
	if last == before && !strings.ContainsRune("aeiouls", rune(last)) {
		return stem[:n-1]
	}
	single := isVowel(before) && (n < 3 || !isVowel(stem[n-3]))
	switch {
	case strings.ContainsRune("cvuz", rune(last)),
		strings.HasSuffix(stem, "dg"), strings.HasSuffix(stem, "rg"),
		single && strings.ContainsRune("aiou", rune(before)) && strings.ContainsRune("kgts", rune(last)),
		strings.HasSuffix(stem, "bl"), strings.HasSuffix(stem, "tl"), strings.HasSuffix(stem, "pl"):
		return stem + "e"
	}
	return stem
}

func isVowel(b byte) bool { return strings.IndexByte("aeiou", b) >= 0 }

// pluralBase takes the ending s off.
func pluralBase(w string) string {
	for _, ending := range [...]string{"sses", "ches", "shes", "xes", "zes"} {
		if strings.HasSuffix(w, ending) {
			return w[:len(w)-2]
		}
	}
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && len(w) > 3:
		return w[:len(w)-1]
	}
	return w
}

// degreeBase takes the ending of a comparative or superlative off.
func degreeBase(w string) string {
	for _, ending := range [...]string{"est", "er"} {
		if stem, ok := strings.CutSuffix(w, ending); ok && len(stem) > 2 {
			if base, ok := strings.CutSuffix(stem, "i"); ok {
				return base + "y"
			}
			return bareStem(stem)
		}
	}
	return w
}
