package claims

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// The roles of a credit.
const (
	// RoleSource: the text was published there first.
	RoleSource = "source"
	// RoleWire: the text is that agency's or that outlet's.
	RoleWire = "wire"
	// RoleHolder: it has the copyright.
	RoleHolder = "copyright"
	// RolePartner: an agency's material was used, and no author of the outlet is named.
	RolePartner = "partner"
	// RoleContribution: somebody helped.
	RoleContribution = "contribution"
	// RoleEmbargo: until when the text was not to be published; Name is that time.
	RoleEmbargo = "embargo"
	// RoleRelease: a press release that a service distributes.
	RoleRelease = "release"
)

// credit reads a line that only says where a text comes from. ok is true for every
// such line, also where it names nobody whose text this is: a picture's credit, a
// copyright line of nobody.
func (m *marker) credit(b block) (ok bool) {
	words := len(strings.Fields(b.text))
	for _, f := range creditForms {
		if words > f.words || f.plain && endsLikeProse(b.text) {
			continue
		}
		loc := f.form.FindStringSubmatchIndex(b.text)
		if loc == nil {
			continue
		}
		if i := f.form.SubexpIndex("name"); i >= 0 && loc[2*i] >= 0 {
			if !m.addCredits(b, f.role, loc[2*i], loc[2*i+1]) && f.named {
				continue
			}
		}
		return true
	}
	return false
}

// endsLikeProse tells a line that is as long as a sentence and ends as one.
func endsLikeProse(s string) bool { return len(strings.Fields(s)) > 14 && endsSentence(s) }

// addCredits adds the names at [from, to) of a line. It gives false where there is
// none that could be an outlet's.
func (m *marker) addCredits(b block, role string, from, to int) bool {
	found := false
	for _, name := range creditNames(b.text[from:to], role) {
		at := b.start + from + strings.Index(b.text[from:], name)
		m.addCredit(name, role, at, at+len(name))
		found = true
	}
	return found
}

func (m *marker) addCredit(name, role string, start, end int) {
	m.credits = append(m.credits, Credit{Name: name, Role: role, Passage: m.index.passage(start, end)})
}

// settlePartners makes helpers of the agencies that are thanked in a text that has an
// author of its own: "By Mara Lind … With AFP" is her report.
func (m *marker) settlePartners() {
	wired := slices.ContainsFunc(m.credits, func(c Credit) bool { return c.Role == RoleWire || c.Role == RoleSource })
	if len(m.authors) == 0 || wired {
		return
	}
	for i := range m.credits {
		if m.credits[i].Role == RolePartner {
			m.credits[i].Role = RoleContribution
		}
	}
}

var (
	creditSplit = regexp.MustCompile(`(?i)\s*(?:,? along with insights from |,? and |, | & |; )\s*`)
	// creditTail is what follows a name in a credit line.
	creditTail = regexp.MustCompile(`(?i)(?:[.;,]? (?:under (?:an? )?(?:creative|cc)|and (?:is|was|has been|re)\b|on (?:\p{L}+day\b|\p{L}+\.? \d|\d)|in (?:\p{L}+ )?\d{4}|with (?:kind )?permission|as part of|through |via |read the |visit |to (?:read|see)|at https?:|for more\b|here\b|which |where |by \p{Lu}|in (?:english|spanish|french|german)\b|reprinted|republished|all rights|used with).*|[.;:|] .*| \(.*|[ ,]+(?:19|20)\d\d\b.*)$`)
	// creditYear is what stands before the holder of a copyright.
	creditYear = regexp.MustCompile(`^(?:\(?(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)?\)?,?|by|of)\s+`)
)

// creditNames gives the names that stand in the named part of a credit line: of
// "Fox News Digital's A and B, along with insights from Reuters" those of the
// outlets, of "The Conversation under a Creative Commons license" the name.
func creditNames(s, role string) []string {
	if role == RoleEmbargo {
		return []string{strings.Trim(s, " .:*")}
	}
	for creditYear.MatchString(s) {
		s = creditYear.ReplaceAllString(s, "")
	}
	s = creditTail.ReplaceAllString(s, "")
	parts := []string{s}
	if role == RoleContribution || role == RolePartner || role == RoleWire || role == RoleHolder {
		parts = creditSplit.Split(s, -1)
	}
	var out []string
	for _, n := range parts {
		if n = creditName(n); n != "" {
			out = append(out, n)
		}
	}
	return out
}

// mostNameWords is the most words of an outlet's name.
const mostNameWords = 7

// creditName gives the name in a part of a credit line, empty where it is none.
func creditName(n string) string {
	n = strings.Trim(n, " .,:;*_–—-[]()\"“”")
	for _, poss := range []string{"’s ", "'s "} {
		if owner, _, ok := strings.Cut(n, poss); ok {
			n = owner
		}
	}
	for _, head := range []string{"the ", "The ", "THE "} {
		n = strings.TrimPrefix(n, head)
	}
	first, ok := firstRune(n)
	if !ok || len(strings.Fields(n)) > mostNameWords {
		return ""
	}
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) && !strings.Contains(n, ".") && !agencyName.MatchString(n) {
		return ""
	}
	return n
}
