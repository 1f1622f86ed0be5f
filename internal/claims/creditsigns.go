package claims

import (
	"regexp"
	"strings"
	"unicode"
)

// thanks reads a closing line that thanks others: agencies whose material was used,
// helpers.
func (m *marker) thanks(b block, words int) bool {
	if words > 30 {
		return false
	}
	for _, f := range partnerForms {
		if m.creditBy(f, RolePartner, b) {
			return true
		}
	}
	if !contributionLine.MatchString(b.text) {
		return false
	}
	for _, f := range contributionForms {
		if m.creditBy(f, RoleContribution, b) {
			break
		}
	}
	return true
}

// creditBy adds what a form's name holds.
func (m *marker) creditBy(form *regexp.Regexp, role string, b block) bool {
	loc := form.FindStringSubmatchIndex(b.text)
	if loc == nil {
		return false
	}
	i := form.SubexpIndex("name")
	return m.addCredits(b, role, loc[2*i], loc[2*i+1])
}

// signed reads a line that is nothing but an agency's signature.
func (m *marker) signed(b block, words int) bool {
	return words <= 8 && m.creditBy(signature, RoleWire, b)
}

// byline reads the agency that a byline names, or else the author.
func (m *marker) byline(b block) {
	if m.creditBy(bylineAgency, RoleWire, b) {
		return
	}
	if loc := authorName.FindStringSubmatch(b.text); loc != nil {
		m.authors = append(m.authors, loc[1])
	}
	m.bylined = true
}

// underByline tells the line below a byline that names the outlet of a syndicated
// text: "The Ansel Post".
func (m *marker) underByline(b block, words int) bool {
	if !m.bylined || words > 5 || endsSentence(b.text) || strings.ContainsFunc(b.text, unicode.IsDigit) || !isTitleCase(b.text) {
		return false
	}
	return m.addCredits(b, RoleWire, 0, len(b.text))
}

// markTail marks the agency that signs the end of a paragraph.
func (m *marker) markTail(b block) {
	loc := tailSignature.FindStringSubmatchIndex(b.text)
	if loc == nil {
		return
	}
	from, to := loc[2*tailSignature.SubexpIndex("sign")], loc[2*tailSignature.SubexpIndex("sign")+1]
	m.mark(SpanCredit, b.start+from, b.start+to)
	for _, group := range []string{"name", "in"} {
		if i := 2 * tailSignature.SubexpIndex(group); loc[i] >= 0 {
			m.addCredits(b, RoleWire, loc[i], loc[i+1])
		}
	}
}
