package claims

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// dash matches what stands between a dateline and its text.
const dash = `(?:\s*[—–―]\s*|\s*--\s*|\s+[-_]\s+|:\s+|\s*\|\s*)`

// datelines are the shapes of a dateline. The groups "place" and "wire" tell where
// the report comes from and whose text it is.
var datelines = []*regexp.Regexp{
	// "(Reuters) - ", "(CNN) -- ": an agency's initials or its name, no place in capitals
	regexp.MustCompile(`^\((?P<wire>\p{Lu}{2,5}|\p{Lu}\p{Ll}[\p{L} .]{1,30})\)` + dash),
	// "PARIS | AFP — "
	regexp.MustCompile(`^(?P<place>\p{Lu}[\p{L}. '’/-]+) \| (?P<wire>[\p{L} .]{2,30}?)` + dash),
	// "LONDON, March 3 (Reuters) - ", "BOGOTÁ, Colombia — ", "NEW YORK/LONDON (AFP) "
	regexp.MustCompile(`^(?:By (?:\p{Lu}[\p{L}.'’-]*\s){1,4}?\p{Lu}[\p{L}.'’-]+, )?\(?(?P<place>\p{Lu}[\p{L}. '’/-]+?(?:, ?\p{Lu}[\p{L}. ]+?)?)(?:, (?:\p{L}+\.? \d{1,2}|\d{1,2} \p{L}+)(?:, \d{4})?)?(?:\) ?| ?\((?P<wire>[\p{L} .]{2,30})\))?` + dash),
	// "PARIS (AFP) The president"
	regexp.MustCompile(`^(?P<place>\p{Lu}[\p{L}. '’/-]+) \((?P<wire>[\p{L} .]{2,30})\)\s+`),
	// "By Mara Lind, Northwire — "
	regexp.MustCompile(`^By (?:\p{Lu}[\p{L}.'’-]*\s){1,4}?\p{Lu}[\p{L}.'’-]+, (?P<wire>\p{Lu}[\p{L} .]{2,30}?)(?:\s*[—–―]\s*|\s*--\s*|\s+-\s+)`),
	// "Port Ansel, Ohio (AP) — ": the place in small letters, but an agency behind it
	regexp.MustCompile(`^(?P<mixed>\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]+){0,3}(?:, \p{Lu}[\p{L}.]+(?: \p{Lu}[\p{L}.]+)?)?) \((?P<wire>[\p{L} .]{2,30})\)(?:\s*[—–―]\s*|\s*--\s*|\s+-\s+)`),
}

// label matches what a page writes before a text: "EXCLUSIVE: ", "UPDATE, 3 p.m. — ".
var label = regexp.MustCompile(`^(?:EXCLUSIVE|BREAKING(?: NEWS)?|UPDATED?|OPINION|ANALYSIS|WATCH|VIDEO|LIVE|DEVELOPING|JUST IN|FACT CHECK|EXPLAINER|INTERVIEW|POLL|NEW)(?:,? \d{1,2}(?::\d\d)? ?[ap]\.?m\.?(?: E[SD]?T)?)?\s*[:|—–―]\s*(?:\d{1,2}(?::\d\d)? ?[ap]\.?m\.?\s*[—–―-]\s*)?`)

// markInside marks the label or the dateline of a paragraph and reads what the
// dateline credits.
func (m *marker) markInside(b block) {
	if loc := label.FindStringIndex(b.text); loc != nil && loc[1] < len(b.text) {
		m.mark(SpanControl, b.start, b.start+loc[1])
		return
	}
	for _, form := range datelines {
		loc := form.FindStringSubmatchIndex(b.text)
		if loc == nil || !opensText(b.text[loc[1]:]) {
			continue
		}
		if i := form.SubexpIndex("place"); i >= 0 && loc[2*i] >= 0 && !inCapitals(b.text[loc[2*i]:loc[2*i+1]]) {
			continue
		}
		m.mark(SpanDateline, b.start+loc[0], b.start+loc[1])
		if i := form.SubexpIndex("wire"); i >= 0 && loc[2*i] >= 0 {
			m.addCredit(b.text[loc[2*i]:loc[2*i+1]], RoleWire, b.start+loc[2*i], b.start+loc[2*i+1])
		}
		return
	}
}

// opensText tells whether what stands behind a dateline begins as a sentence does.
func opensText(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "“\"‘'([$£€"))
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

// inCapitals tells a place that was written in capitals, perhaps with a country
// after it, from the opening of an ordinary sentence.
func inCapitals(place string) bool {
	head, _, _ := strings.Cut(place, ",")
	return len([]rune(head)) >= 3 && strings.ToUpper(head) == head && strings.ContainsFunc(head, unicode.IsLetter)
}
