package claims

import (
	"strings"
	"unicode"

	"github.com/RadhiFadlillah/whatlanggo"
)

const (
	// languageSample bounds the bytes that are looked at: a language shows early.
	languageSample = 20_000
	// shortText is the number of letters under which trigram statistics guess
	// wildly: there the commonest words decide.
	shortText = 200
)

// detectLanguage gives the language of a text as a two-letter code, and why the
// engine leaves the text alone when it does.
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
	info := whatlanggo.Detect(sample)
	code = info.Lang.Iso6391()
	guess := letters < shortText && (hasWord(sample, englishWords) || !hasWord(sample, foreignWords))
	if 2*latin > letters && (code == "en" || guess) {
		return "en", ""
	}
	if code == "en" {
		code = ""
	}
	return code, "the text is not in English"
}

// hasWord tells whether a text holds one of the words.
func hasWord(s string, words map[string]bool) bool {
	for w := range strings.FieldsSeq(strings.ToLower(s)) {
		if words[strings.Trim(w, `.,;:!?"'“”‘’()`)] {
			return true
		}
	}
	return false
}

// englishWords are common words that only English has among the languages
// written in Latin letters; foreignWords are such words of the others.
var (
	englishWords = set(`the|of|and|was|were|with|from|said|says|that|his|her|their|by|they|this|which|has|have|who|would|will|should|
monday|tuesday|wednesday|thursday|friday|saturday|sunday`)
	foreignWords = set(`el|los|las|una|del|que|por|para|con|der|die|das|und|den|dem|ein|eine|nicht|ist|le|les|des|une|est|dans|pour|avec|
il|gli|che|della|di|het|een|van|och|att|det|og|som|ja|ei|os|uma|não|com|dos|nie|się|jest|bir|ve|yang|dan`)
)
