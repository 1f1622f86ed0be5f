package claims

import (
	"strings"
	"unicode"

	"github.com/RadhiFadlillah/whatlanggo"

	"corroborate/internal/claims/nlp/lexicon"
)

const (
	// languageSample bounds the bytes that are looked at: a language shows early.
	languageSample = 20_000
	// languageWords bounds the words that are looked up.
	languageWords = 400
	// shortText is the number of letters under which the statistics of letters guess
	// wildly: there the words decide alone.
	shortText = 200
	// englishShort is the part of a short text's words that English has to know,
	// englishLong that of one whose letters say English too, englishSure that of one
	// whose letters say otherwise.
	englishShort = 0.6
	englishLong  = 0.45
	englishSure  = 0.8
	// enoughSmall is how many words that begin small are enough to leave out the others,
	// which may be names.
	enoughSmall = 2
)

// detectLanguage gives the language of a text as a two-letter code, and why the
// engine leaves the text alone when it does. Where it is not sure of English it
// leaves the text alone: claims made of other words would be garbage.
func detectLanguage(body string) (code, notAnalysed string) {
	sample := body
	if len(sample) > languageSample {
		sample = strings.ToValidUTF8(sample[:languageSample], "")
	}
	letters, latin := 0, 0
	for _, r := range sample {
		if unicode.IsLetter(r) {
			letters++
			if unicode.Is(unicode.Latin, r) {
				latin++
			}
		}
	}
	if letters == 0 {
		return "", "the text has no words"
	}
	code = whatlanggo.Detect(sample).Lang.Iso6391()
	if 2*latin > letters {
		need := englishSure
		switch {
		case letters < shortText:
			need = englishShort
		case code == "en":
			need = englishLong
		}
		if englishShare(sample) >= need {
			return "en", ""
		}
	}
	if code == "en" {
		code = ""
	}
	return code, "the text is not in English"
}

// englishShare gives the part of a text's words that English knows. Words that
// begin with a capital may be names of any language: they count only where there
// are hardly any others, and against English only where there are none, as in
// headlines in capitals.
func englishShare(sample string) float64 {
	small, all := wordTally{}, wordTally{}
	for w := range strings.FieldsFuncSeq(sample, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) {
		w = strings.ReplaceAll(strings.Trim(w, "'’"), "’", "'")
		lower := strings.ToLower(w)
		if ambiguous(lower) {
			continue
		}
		known := knowsWord(lower)
		all.add(known)
		if w == lower {
			small.add(known)
		}
		if all.words == languageWords {
			break
		}
	}
	switch {
	case small.words >= enoughSmall:
		return small.share()
	case small.words > 0: // "Kristi Noem met Gustavo Petro": what is not known is a name
		return wordTally{words: small.words + all.known - small.known, known: all.known}.share()
	}
	return all.share()
}

// wordTally counts words and those of them that are known.
type wordTally struct{ words, known int }

func (t *wordTally) add(known bool) {
	t.words++
	if known {
		t.known++
	}
}

func (t wordTally) share() float64 { return float64(t.known) / float64(max(1, t.words)) }

// ambiguous tells whether a word says nothing: it is short and several languages
// have one that is written so.
func ambiguous(w string) bool {
	return len(w) < 3 && !englishShorts[w] && w == strings.Map(ascii, w) || sharedWords[w]
}

// ascii leaves out what English words are not written with.
func ascii(r rune) rune {
	if r > unicode.MaxASCII {
		return -1
	}
	return r
}

// knowsWord tells whether a word is English.
func knowsWord(w string) bool {
	w, _, _ = strings.Cut(w, "'") // "city's", "don't"
	if englishWords[w] || englishShorts[w] {
		return true
	}
	lex, err := lexicon.Load()
	if err != nil || len(w) < 3 {
		return false
	}
	for _, pos := range []lexicon.POS{lexicon.Noun, lexicon.Verb, lexicon.Adjective, lexicon.Adverb} {
		if lex.Known(lex.Lemma(w, pos), pos) {
			return true
		}
	}
	return false
}

// englishWords are the words that hold English sentences together, and the days;
// englishShorts those of two letters that few languages share; sharedWords are
// words that several languages have.
var (
	englishWords = set(`the|and|was|were|with|from|said|says|that|his|her|their|they|this|these|those|which|has|have|had|who|whom|whose|
would|will|should|could|can|may|might|must|not|but|its|our|your|you|she|him|them|are|been|being|than|then|there|where|when|while|
what|how|why|about|after|before|between|into|through|during|against|without|within|under|over|because|since|until|though|although|
if|or|nor|for|did|does|don|didn|doesn|isn|wasn|won|any|some|every|each|both|such|other|another|more|most|all|only|just|also|
monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|april|june|july|october|december`)
	englishShorts = set(`of|to|by|it|my|if|up|us`)
	sharedWords   = set(`die|des|der|den|del|dos|las|los|por|con|van|het|men|til|fra|for|man|war|art|son|pas|sur|pour|dans|minister|
august|september|november|chef|gang|politiker|person|personas|orange|national|general|social|local|regional|internet|online|video`)
)
