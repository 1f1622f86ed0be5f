package claims

import (
	"regexp"
	"strings"
)

// creditLine matches a line that only says where a text or a picture comes from.
var creditLine = regexp.MustCompile(`(?i)^\W{0,2}(original(ly)? (source|published|appeared)\b|source:|sources:|via:|credit:|credits:|image credit|photo credit|photo(graph)?s? by\b|(additional )?(reporting|writing|editing) by\b|edited by\b|compiled by\b|produced by\b|copyright\b|©|\(c\) |all rights reserved|this (article|story|report|post) (was |is )?(originally |first )?(published|appeared|republished|reprinted|syndicated)|republished (from|with)\b|reprinted (from|with)\b|first published (by|in|on|at)\b)`)

// contributionLine matches a closing line that thanks other newsrooms.
var contributionLine = regexp.MustCompile(`(?i)\b(contributed to this (report|article|story)|contributed (reporting|to reporting)|incorporates contributions from|with (files|reporting|information|material) from|(this|the) (report|article|story) (includes|uses|contains) (reporting|information|material|contributions) (from|by))\b`)

// creditRoles says what role each form of credit gives, the first match counts.
var creditRoles = []struct {
	role string
	form *regexp.Regexp
}{
	{"source", regexp.MustCompile(`(?i)^(?:original(?:ly)? (?:source|published|appeared)|source|sources|via|republished|reprinted|first published|this (?:article|story|report|post) (?:was |is )?(?:originally |first )?(?:published|appeared|republished|reprinted|syndicated))(?: (?:by|in|on|at|from|with permission from|with permission of))?:?\s+(?:by |in |on |at |from )?(.+)$`)},
	{"contribution", regexp.MustCompile(`(?i)(?:contributions from|files from|reporting from|information from|material from|contributions by|reporting by)\s+(.+)$`)},
	{"contribution", regexp.MustCompile(`(?i)^(.+?)\s+contributed\b`)},
}

// credit reads what a credit line credits. Pictures' credits and copyright lines
// name nobody whose report this is.
func (m *marker) credit(b block) {
	for _, r := range creditRoles {
		loc := r.form.FindStringSubmatchIndex(b.text)
		if loc == nil {
			continue
		}
		for _, name := range creditNames(b.text[loc[2]:loc[3]]) {
			at := strings.Index(b.text, name)
			m.addCredit(name, r.role, b.start+at, b.start+at+len(name))
		}
		return
	}
}

func (m *marker) addCredit(name, role string, start, end int) {
	m.credits = append(m.credits, Credit{Name: name, Role: role, Passage: m.index.passage(start, end)})
}

var creditSplit = regexp.MustCompile(`(?i)\s*(?:,? along with insights from |,? and |, | & |; )\s*`)

// creditNames splits "Fox News Digital's A and B, along with insights from
// Reuters" into the names that stand there.
func creditNames(s string) []string {
	var out []string
	for _, n := range creditSplit.Split(strings.TrimRight(s, ". "), -1) {
		for _, poss := range []string{"’s ", "'s "} {
			if owner, _, ok := strings.Cut(n, poss); ok {
				n = owner
			}
		}
		n = strings.TrimPrefix(strings.TrimPrefix(n, "the "), "The ")
		if n != "" {
			out = append(out, n)
		}
	}
	return out
}
