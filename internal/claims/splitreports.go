package claims

import "strings"

// Clauses that report, and what of them is reported.

// content gives the clause that a reporting verb reports, -1 for none.
func (s *splitter) content(v int) int {
	p := s.p
	if reportingForce(p.toks[v].Lemma) == notReporting || p.quote[v] >= 0 {
		return -1
	}
	for _, c := range p.kids(v, "ccomp", "parataxis") {
		if p.right[c]-p.left[c] >= 2 && p.toks[c].Tag != "MD" && (p.toks[c].Tag != "VB" || !hasTo(p, c) || !p.headline) {
			return c
		}
	}
	return -1
}

// report cuts what a reporting verb reports, with the speaker as its frame, and
// what else hangs on the reporting verb.
func (s *splitter) report(v, content, subj int, f frame) {
	p := s.p
	inner := frame{verb: v, speaker: subj, force: reportingForce(p.toks[v].Lemma), negated: p.negated(v), condition: f.condition}
	s.clause(content, -1, inner)
	for _, c := range p.children[v] {
		switch {
		case c == content:
			continue
		case p.toks[c].Dep == "conj" && s.thatMarked(c), p.toks[c].Dep == "parataxis" && p.quote[c] >= 0, p.toks[c].Dep == "ccomp" && s.thatMarked(c):
			s.clause(c, -1, inner)
			continue
		case p.toks[c].Dep == "ccomp" && c > content && s.ownSubject(c):
			s.clause(c, -1, f) // "…, though an aide said it may", read as a second object
			continue
		case !s.splits(c):
			for _, inner := range s.parts(c) { // what is told of the speaker by the way
				s.part(inner, v, subj, ownVoice, run{p.left[v], v + 1})
			}
			continue
		}
		s.part(c, v, subj, f, run{p.left[v], v + 1})
	}
}

// thatMarked tells a clause that opens with "that".
func (s *splitter) thatMarked(c int) bool {
	m := s.p.kid(c, "mark")
	return m >= 0 && s.p.toks[m].Norm == "that"
}

// accordingTo reads a speaker that stands in "according to X".
func (s *splitter) accordingTo(v int, f frame) frame {
	p := s.p
	for _, a := range p.kids(v, "prep") {
		if p.toks[a].Norm != "according" {
			continue
		}
		to := p.kid(a, "prep")
		if to < 0 {
			to = a
		}
		if x := p.kid(to, "pobj"); x >= 0 {
			f.verb, f.speaker, f.force = a, x, neutral
		}
	}
	return f
}

// onlyReports tells a clause that says no more than that somebody said something,
// which stands in a quotation or a clause of its own: "the mayor told reporters".
func (s *splitter) onlyReports(v int, main run) bool {
	p := s.p
	if p.quote[v] >= 0 || reportingForce(p.toks[v].Lemma) != neutral || p.kid(v, "auxpass") >= 0 || !s.bareSaying(v, main) && !s.reportsElsewhere(v, main) {
		return false
	}
	for _, c := range p.children[v] {
		switch p.toks[c].Dep {
		case "dobj", "attr", "acomp", "oprd", "xcomp", "ccomp":
			if c >= main.from && c < main.to && (p.toks[c].Dep != "dobj" || !addressing[p.toks[v].Lemma]) && p.quote[c] < 0 {
				return false
			}
		case "advcl":
			if c >= main.from && c < main.to && hasTo(p, c) {
				return false // "agreed to reopen the office"
			}
		case "prep":
			if x := p.kid(c, "pobj"); c >= main.from && c < main.to && sought[p.toks[c].Norm] && !speechTags[p.toks[v].Lemma] && x >= 0 && p.toks[x].Ent != "DATE" {
				return false // "called for a veto", "told him about the letter"
			}
		}
	}
	return true
}

// saying verbs tell nothing without what was said: "Ms. Amadi said, aligning
// herself with the union" goes on from the quotation before.
var saying = set(`say|tell|add|ask|note|reply|remark|tweet|write|state|explain|insist|argue|quip|joke`)

// bareSaying tells a saying verb with no more beside it than who speaks, to whom,
// when and where.
func (s *splitter) bareSaying(v int, main run) bool {
	p := s.p
	if !saying[p.toks[v].Lemma] {
		return false
	}
	for _, c := range p.children[v] {
		if c < main.from || c >= main.to {
			continue
		}
		switch t := p.toks[c]; t.Dep {
		case "nsubj", "aux", "neg", "advmod", "npadvmod", "punct", "cc", "mark":
		case "dative", "dobj":
			if a := p.kid(c, "prep"); a >= 0 && p.toks[a].Norm == "about" {
				return false // "told the council about the letters"
			}
		case "prep":
			if !occasions[t.Norm] {
				return false
			}
		default:
			return false
		}
	}
	return true
}

var (
	// occasions are the prepositions before when, where and to whom something is said.
	occasions = set(`in|at|on|to|during`)
	// sought are the prepositions before what a speaker is for or against, or speaks of.
	sought = set(`for|against|about`)
	// speechTags stand before the quotation, whatever it is about: "he said about
	// the plan".
	speechTags = set(`say|add`)
)

// minSaying is the number of quoted words from which they may be all that somebody
// said: fewer are a name or a word that is held at a distance.
const minSaying = 4

// reportsElsewhere tells whether a quotation or a clause outside tokens main holds
// what the verb v reports.
func (s *splitter) reportsElsewhere(v int, main run) bool {
	quoted := 0
	for i, q := range s.p.quote {
		if q >= 0 && (i < main.from || i >= main.to) && !isPunct(s.p.toks[i]) {
			quoted++
		}
	}
	if quoted >= minSaying {
		return true
	}
	for _, c := range s.p.kids(v, "ccomp", "parataxis", "advcl", "relcl") {
		if (c < main.from || c >= main.to) && !s.adverbial(c) {
			return true
		}
	}
	return false
}

// adverbial tells a clause that cannot be what somebody said: it opens with
// "while" or "who", or has no subject.
func (s *splitter) adverbial(c int) bool {
	p := s.p
	if d := p.toks[c].Dep; d != "advcl" && d != "relcl" {
		return false
	}
	if !s.ownSubject(c) {
		return true
	}
	for i := p.left[c]; i < c; i++ {
		t := p.toks[i]
		if p.within(i, c) && t.Norm != "that" && t.Norm != "whether" && (strings.HasPrefix(t.Tag, "W") || t.Dep == "mark") {
			return true
		}
	}
	return false
}

// addressing verbs take the listener as their object.
var addressing = set(`tell|ask|inform|remind|advise|warn|assure|notify|text|email|message`)

// behindThat gives where a reported clause begins whose "that" stands behind words
// which the parser put inside: "said then | that she would go".
func (s *splitter) behindThat(d draft) int {
	p := s.p
	m := p.kid(d.pred, "mark")
	if d.frame.verb < 0 || m <= d.from || m >= d.pred || p.toks[m].Norm != "that" || p.wordsIn(d.from, m) > maxBeforeThat {
		return d.from
	}
	return m + 1
}

// maxBeforeThat is the number of words before "that" that may be the reporting verb's.
const maxBeforeThat = 4
