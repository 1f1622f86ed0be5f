package claims

import "strings"

// Circumstances that are claims of their own.

// minAdjunct and minOpening are the words from which a circumstance behind its
// verb, and one that opens a sentence, are claims of their own.
const (
	minAdjunct = 5
	minOpening = 5
)

// splitsAdjunct tells a circumstance that is a fact of its own: "after a two-year
// inquiry", "amid strained relations with the union". A bare time or place is none.
func (s *splitter) splitsAdjunct(c int) bool {
	p := s.p
	h := p.toks[c].Head
	words := p.wordCount(c)
	if p.toks[c].Norm == "including" && p.commaBefore(c) && c+1 < len(p.toks) && p.toks[c+1].Tag == "VBG" {
		return words >= minAdjunct // "including labelling fees as a gift"
	}
	if !isVerb(p.toks[h]) || p.toks[c].Norm == "according" || !s.eventful(c) {
		return false
	}
	if c < h {
		next := p.right[c] + 1
		closed := next < len(p.toks) && p.toks[next].Norm == "," || p.toks[p.right[c]].Norm == "," && p.kid(h, "nsubj", "nsubjpass") > p.right[c] && len(s.parts(c)) > 0
		return words >= minOpening && closed && p.toks[c].Head == h
	}
	if x := p.kid(c, "pcomp"); x >= 0 && p.toks[x].Tag == "VBG" && (p.toks[c].Norm == "before" || p.toks[c].Norm == "since") {
		return words >= minAdjunct
	}
	if s.charges(c) || s.secondView(c) || s.partOf(c) {
		return words >= minAdjunct && p.wordCount(h)-words >= minClause
	}
	return words >= minAdjunct && adjunctPrepositions[p.toks[c].Norm] && !objectOf(p, c) && (s.complete(h, c) || p.kid(h, "auxpass") >= 0)
}

// charges tells "on charges of taking bribes", which says of what somebody is accused.
func (s *splitter) charges(c int) bool {
	p := s.p
	noun := p.kid(c, "pobj")
	return p.toks[c].Norm == "on" && noun >= 0 && accusations[lemmaOf(p.toks[noun])] && p.kid(noun, "prep") >= 0
}

// accusations are the nouns behind "on" that lead in what somebody is said to have done.
var accusations = set(`charge|count|suspicion|allegation|accusation`)

// secondView tells a second gerund that a preposition ties to the verb: "saw it as
// leaving the allies alone and | as giving up the port".
func (s *splitter) secondView(c int) bool {
	p := s.p
	if x := p.kid(c, "pcomp"); x < 0 || p.toks[x].Tag != "VBG" || p.left[c] == 0 || p.toks[p.left[c]-1].Tag != "CC" {
		return false
	}
	for _, first := range p.kids(p.toks[c].Head, "prep") {
		if first < c && p.toks[first].Norm == p.toks[c].Norm && p.kid(first, "pcomp") >= 0 {
			return true
		}
	}
	return false
}

// partOf tells "as part of a campaign against the toll".
func (s *splitter) partOf(c int) bool {
	noun := s.p.kid(c, "pobj")
	return s.p.toks[c].Norm == "as" && noun >= 0 && s.p.toks[noun].Norm == "part" && s.p.kid(noun, "prep") >= 0
}

// objectOf tells a "with" that names a party to the deed and no circumstance:
// "met with", "an agreement with", but "with 48 percent of the vote", "with help
// from the unions".
func objectOf(p *parsed, c int) bool {
	if p.toks[c].Norm != "with" || p.commaBefore(c) {
		return false
	}
	noun := p.kid(c, "pobj")
	return noun < 0 || isVerb(p.toks[c-1]) || p.kid(noun, "nummod") < 0 && p.kid(noun, "prep") < 0 && p.toks[noun].Tag != "CD"
}

// adjunctPrepositions open circumstances that are seldom an object of the verb.
var adjunctPrepositions = set(`after|following|amid|amidst|despite|without|with|besides|notwithstanding`)

// eventful tells a prepositional phrase that tells more than a time or a name: a
// common noun with something that describes it.
func (s *splitter) eventful(c int) bool {
	p := s.p
	nouns, more := 0, 0
	for i := p.left[c]; i <= p.right[c]; i++ {
		t := p.toks[i]
		switch {
		case isNoun(t) && !isName(t) && t.Ent == "":
			nouns++
		case isName(t), t.Tag == "CD", strings.HasPrefix(t.Tag, "JJ"), strings.HasPrefix(t.Tag, "VB"):
			more++
		}
	}
	return nouns > 0 && nouns+more > 1
}
