package claims

import (
	"strings"

	"corroborate/internal/claims/values"
)

// Facts that stand in a noun phrase, without a verb.

// party tells "R-Calif." and "D-N.Y.": a politician's party and state.
func party(norm string) bool {
	return len(norm) > 3 && strings.ContainsRune("rdi", rune(norm[0])) && norm[1] == '-' && (strings.HasSuffix(norm, ".") || len(norm) > 5)
}

// measures adds the noun phrases that tell a measure of what they name: "the
// 48-page indictment", "a two-year inquiry", "the 49-year-old". The clause around
// them keeps the number: it tells apart who did the deed.
func (s *splitter) measures() {
	p := s.p
	for i := range p.toks {
		if p.quote[i] >= 0 || !p.measure(i) {
			continue
		}
		head := p.measured(i)
		if head < 0 || s.taken(head) {
			continue
		}
		from := p.left[head]
		s.add(draft{p: p, from: from, to: head + 1, pred: head, subj: -1, host: -1, kind: appositionDraft, frame: ownVoice})
	}
}

// measure tells a number or an ordinal at token i that is joined to its unit:
// "48-page", "second-term".
func (p *parsed) measure(i int) bool {
	return i+2 < len(p.toks) && (p.toks[i].Tag == "CD" || values.IsOrdinal(p.toks[i].Norm) && !grades[p.toks[i+2].Norm]) && p.toks[i+1].Norm == "-" && isNoun(p.toks[i+2]) &&
		p.toks[i].End == p.toks[i+1].Start && p.toks[i+1].End == p.toks[i+2].Start
}

// grades are what an ordinal joined to them ranks without telling a fact:
// "second-hand", "first-degree".
var grades = set(`hand|class|rate|person|degree|party|string|guess`)

// measureEnd gives the end of the measure at token i: behind "page" or "old".
func (p *parsed) measureEnd(i int) int {
	if i+4 < len(p.toks) && p.toks[i+3].Norm == "-" && p.toks[i+4].Norm == "old" {
		return i + 5
	}
	return i + 3
}

// measured gives the noun that the measure at token i describes, -1 for none.
func (p *parsed) measured(i int) int {
	end := p.measureEnd(i)
	h := p.toks[end-1].Head
	if h < end || h > end+4 || !isNoun(p.toks[h]) || p.left[h] > i {
		return -1
	}
	return h
}

// taken tells whether a noun heads a draft already, or is what a clause says of
// its subject.
func (s *splitter) taken(noun int) bool {
	if d := s.p.toks[noun].Dep; d == "attr" || d == "appos" {
		return true
	}
	for _, d := range s.out {
		if d.pred == noun {
			return true
		}
	}
	return false
}
