package claims

import (
	"strings"
	"unicode"

	"corroborate/internal/claims/nlp"
)

// abbreviate notes the short form that stands in brackets behind an
// organisation's name, "Harbour Safety Board (HSB)", as another name of it.
func (c *cast) abbreviate(p *parsed, m mention) {
	if m.ent.kind != "org" && m.ent.kind != "other" || m.to+2 >= len(p.toks) || p.toks[m.to].Text != "(" || p.toks[m.to+2].Text != ")" {
		return
	}
	short := p.toks[m.to+1].Text
	if abbreviates(short, p.toks[m.from:m.to]) {
		c.aliases[fold(short)] = m.ent
	}
}

// abbreviates tells whether a short form in capitals is made of the first letters
// of the words of a name, of which small words may be left out.
func abbreviates(short string, name []nlp.Token) bool {
	short = strings.ReplaceAll(short, ".", "")
	if len(short) < 2 || short != strings.ToUpper(short) || !strings.ContainsFunc(short, unicode.IsLetter) {
		return false
	}
	letters, all := "", ""
	for _, t := range name {
		r := []rune(t.Text)[0]
		if !unicode.IsLetter(r) {
			continue
		}
		all += strings.ToUpper(string(r))
		if unicode.IsUpper(r) {
			letters += string(r)
		}
	}
	return short == letters || short == all
}
