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
	// wildly: there a word that only English has counts more. Under tinyText a text
	// is taken for English.
	shortText = 200
	tinyText  = 30
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
	guess := letters < shortText && (letters < tinyText || hasEnglish(sample))
	if 2*latin > letters && (code == "en" || guess) {
		return "en", ""
	}
	if code == "en" {
		code = ""
	}
	return code, "the text is not in English"
}

// hasEnglish tells whether a short text holds words that only English has.
func hasEnglish(s string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(s)) {
		if englishWords[strings.Trim(w, `.,;:!?"'“”‘’()`)] {
			return true
		}
	}
	return false
}

var englishWords = set(`the|of|and|was|were|with|from|said|says|that|his|her|their|by|they|this|which|has|have|who|would|will|should|
monday|tuesday|wednesday|thursday|friday|saturday|sunday`)
