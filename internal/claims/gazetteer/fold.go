package gazetteer

import (
	"strings"
	"unicode"
)

// plain holds the base letters of the accented letters of names.
var plain = strings.NewReplacer(
	"á", "a", "à", "a", "â", "a", "ã", "a", "ä", "a", "å", "a", "ā", "a", "ă", "a", "ą", "a", "ạ", "a", "æ", "ae",
	"é", "e", "è", "e", "ê", "e", "ë", "e", "ē", "e", "ė", "e", "ę", "e", "ě", "e", "ế", "e", "ệ", "e",
	"í", "i", "ì", "i", "î", "i", "ï", "i", "ī", "i", "ı", "i", "ị", "i",
	"ó", "o", "ò", "o", "ô", "o", "õ", "o", "ö", "o", "ø", "o", "ō", "o", "ő", "o", "ồ", "o", "œ", "oe",
	"ú", "u", "ù", "u", "û", "u", "ü", "u", "ū", "u", "ů", "u", "ű", "u", "ư", "u",
	"ý", "y", "ÿ", "y", "ñ", "n", "ń", "n", "ň", "n", "ç", "c", "ć", "c", "č", "c", "ď", "d", "đ", "d", "ð", "d",
	"ğ", "g", "ģ", "g", "ķ", "k", "ł", "l", "ľ", "l", "ļ", "l", "ř", "r", "ś", "s", "š", "s", "ş", "s", "ș", "s",
	"ť", "t", "ţ", "t", "ț", "t", "ź", "z", "ž", "z", "ż", "z", "ß", "ss", "þ", "th",
	"-", " ", "‐", " ", "‑", " ", "–", " ", ".", "", ",", " ", "&", " and ",
	"’", "", "‘", "", "'", "", "ʻ", "", "`", "", "´", "",
)

// combining are the accents that may stand behind their letter.
func combining(r rune) rune {
	if unicode.Is(unicode.Mn, r) {
		return -1
	}
	return unicode.ToLower(r)
}

// fold makes names comparable: lower case, no accents, dots or apostrophes,
// one space between words.
func fold(s string) string {
	return strings.Join(strings.Fields(plain.Replace(strings.Map(combining, s))), " ")
}

// trim takes off what a text puts around a name: spaces, quotation marks, "the"
// and a possessive.
func trim(s string) string {
	s = strings.Trim(s, " \t\r\n\u00a0\"“”()[]")
	if len(s) > 4 && strings.EqualFold(s[:4], "the ") {
		s = strings.TrimLeft(s[4:], " ")
	}
	for _, end := range []string{"'s", "’s", "'S", "’S"} {
		if rest, ok := strings.CutSuffix(s, end); ok {
			return rest
		}
	}
	return strings.TrimRight(s, "'’")
}

// isAcronym tells names that are matched as they are written: none of their
// letters is a lower-case one and they are short.
func isAcronym(s string) bool {
	return hasUpper(s) && !strings.ContainsFunc(s, unicode.IsLower) && len(s) <= 12
}

func hasUpper(s string) bool { return strings.ContainsFunc(s, unicode.IsUpper) }

// undot takes the dots, hyphens and spaces out of an acronym.
var undot = strings.NewReplacer(".", "", " ", "", "-", "")

// aliases maps names to keys.
type aliases struct {
	acronyms map[string]string
	words    map[string]string
	// cased holds the words that are names only where they have a capital.
	cased map[string]bool
}

// add names key by alias. It gives the key that already has that name, if any.
func (a *aliases) add(alias, key string) (taken string) {
	if a.words == nil {
		a.acronyms, a.words, a.cased = map[string]string{}, map[string]string{}, map[string]bool{}
	}
	alias, weak := strings.CutPrefix(alias, "~")
	into, form := a.words, fold(alias)
	if isAcronym(alias) {
		into, form = a.acronyms, undot.Replace(alias)
	}
	a.cased[form] = a.cased[form] || weak
	if old, ok := into[form]; ok {
		return old
	}
	into[form] = key
	return ""
}

// find gives the key of a name as it stands in a text. A few names have "The" as
// a part ("The Hill").
func (a *aliases) find(name string) (string, bool) {
	if key, ok := a.words[fold(name)]; ok && hasUpper(name) {
		return key, true
	}
	name = trim(name)
	if !strings.ContainsFunc(name, unicode.IsLower) {
		if key, ok := a.acronyms[undot.Replace(name)]; ok {
			return key, true
		}
	}
	form := fold(name)
	key, ok := a.words[form]
	if ok && a.cased[form] && !hasUpper(name) {
		return "", false
	}
	return key, ok
}
