package claims

import "strings"

// parts gives the dependent clauses and appositions in v's subtree that are
// claims of their own, the outermost ones only.
func (s *splitter) parts(v int) []int {
	var out []int
	var walk func(i int)
	walk = func(i int) {
		for _, c := range s.p.children[i] {
			if s.splits(c) {
				out = append(out, c)
				continue
			}
			walk(c)
		}
	}
	walk(v)
	return out
}

// splits tells whether the subtree at token c is a claim of its own.
func (s *splitter) splits(c int) bool {
	p := s.p
	t, words := p.toks[c], p.wordCount(c)
	comma := p.commaBefore(c)
	if s.insideQuotation(c) {
		return false // a quoted sentence is compared word by word: it stays whole
	}
	switch t.Dep {
	case "conj":
		return s.splitsConjunct(c) || s.splitsItem(c)
	case "relcl":
		return isVerb(t) && words >= minClause && !(t.Tag == "VB" && hasTo(p, c)) && !p.open(t.Head)
	case "acl":
		return isVerb(t) && comma && words >= minParticiple
	case "advcl":
		if t.Tag == "VBG" && comma {
			return words >= minParticiple
		}
		if s.conditional(c) || words < minCause && s.causal(c) {
			return false
		}
		if s.purpose(c) {
			return s.splitsPurpose(c)
		}
		ownSubject := p.kid(c, "nsubj", "nsubjpass") >= 0
		if p.toks[t.Head].Dep != "relcl" && p.wordCount(t.Head)-words < minParticiple {
			return false // "She left because …"
		}
		return words >= minClause && (ownSubject || comma || p.right[c] < t.Head)
	case "prep":
		return s.splitsAdjunct(c)
	case "parataxis":
		return words >= minClause
	case "ccomp":
		return words >= minClause+2 && p.kid(c, "nsubj", "nsubjpass") >= 0 && p.right[c] < t.Head
	case "pcomp":
		return isVerb(t) && p.kid(c, "nsubj", "nsubjpass") >= 0 && words >= minClause && p.commaBefore(t.Head)
	case "appos":
		return s.isFact(c)
	}
	return false
}

// open tells a word that says nothing without the clause behind it: "all who came",
// "those that were hurt".
func (p *parsed) open(i int) bool {
	t := p.toks[i]
	return t.Tag == "DT" || t.Tag == "PRP" || t.Tag == "PDT" || t.Tag == "WP" || t.Tag == "CD" && t.Ent != "DATE" || t.Tag == "JJ"
}

// splitsConjunct tells whether a coordinated verb is a claim of its own: it has
// its own complement, and so has the verb before it; verbs that share one
// ("detect and deter crime") do not.
func (s *splitter) splitsConjunct(c int) bool {
	p := s.p
	if !isVerb(p.toks[c]) && p.kid(c, "nsubj", "nsubjpass") < 0 {
		return false
	}
	h := p.toks[c].Head
	if !isVerb(p.toks[h]) {
		return p.kid(c, "nsubj", "nsubjpass") >= 0
	}
	if p.toks[c].Tag == "VB" && p.toks[h].Dep == "xcomp" {
		return false
	}
	return p.wordCount(c) >= minClause-1 && s.complete(h, c)
}

// complements are the labels of what completes a verb.
var complements = set(`dobj|prep|attr|acomp|xcomp|ccomp|dative|advmod|npadvmod|agent|oprd|prt`)

// hasComplement tells a verb that something behind it completes.
func (s *splitter) hasComplement(v int) bool {
	for _, k := range s.p.children[v] {
		if k > v && complements[s.p.toks[k].Dep] {
			return true
		}
	}
	return false
}

// complete tells whether the clause of verb h says something without c and what
// follows: it has a complement before c.
func (s *splitter) complete(h, c int) bool {
	for _, k := range s.p.children[h] {
		d := s.p.toks[k].Dep
		if complements[d] && k < c && k > h || (d == "nsubj" || d == "nsubjpass") && s.ownSubject(c) {
			return true
		}
	}
	return false
}

// isFact tells an apposition that holds a fact: a description of several words,
// or an age.
func (s *splitter) isFact(c int) bool {
	p := s.p
	if p.toks[c].Tag == "CD" || party(p.toks[c].Norm) {
		return p.commaBefore(c)
	}
	if p.toks[p.left[c]].Tag == "WP$" {
		return false // "whose experience": a relative clause
	}
	if c < p.toks[c].Head { // "A former diver, Ruth Amadi was …"
		first := p.toks[p.left[c]].Norm
		next := p.right[c] + 1
		return (first == "a" || first == "an") && next < len(p.toks) && p.toks[next].Norm == "," && p.wordCount(c) >= 3
	}
	if end := p.phraseEnd(p.right[c] + 1); end > p.right[c]+1 && end < len(p.toks) && !isPunct(p.toks[end]) {
		return false // a list before one noun: "campaign finance, voting rights and ethics | bill passed"
	}
	return p.commaBefore(c) && p.wordCount(c) >= 3 && isNoun(p.toks[c]) && c > p.toks[c].Head
}

// phraseEnd gives the end of the nouns that go on at token i.
func (p *parsed) phraseEnd(i int) int {
	for i < len(p.toks) && isNoun(p.toks[i]) {
		i++
	}
	return i
}

// conditional tells a clause that says under which condition another holds: it is
// not told by itself.
func (s *splitter) conditional(c int) bool {
	for _, m := range s.p.kids(c, "mark", "advmod") {
		if conditions[s.p.toks[m].Norm] && m < c {
			return true
		}
	}
	return false
}

// minCause is the number of words under which a cause stays with what it explains,
// where it is compared as its cause.
const minCause = 10

// causal tells a clause that opens with "because".
func (s *splitter) causal(c int) bool {
	m := s.p.kid(c, "mark")
	return m >= 0 && s.p.toks[m].Norm == "because"
}

var conditions = set(`if|unless|whether|lest|than|provided|regardless|whenever|wherever`)

// purpose tells an infinitive that says what something was done for.
func (s *splitter) purpose(c int) bool {
	return s.p.toks[c].Tag == "VB" && hasTo(s.p, c) && c > s.p.toks[c].Head
}

// minPurpose is the number of words under which a purpose stays with its deed.
const minPurpose = 7

// splitsPurpose tells a purpose that is a claim of its own: a long one behind a
// deed that says something without it. What a noun or an order is for ("a plan to
// close it", "told them to go") is no purpose.
func (s *splitter) splitsPurpose(c int) bool {
	p := s.p
	h := p.toks[c].Head
	if p.wordCount(c) < minPurpose || !isVerb(p.toks[h]) || hasTo(p, h) || !s.complete(h, c) || commanding[lemmaOf(p.toks[h])] {
		return false
	}
	before := p.toks[max(p.left[c]-1, 0)]
	if strings.HasPrefix(before.Tag, "JJ") || before.Tag == "RBR" {
		return false // "fit to serve", "did more to combat it"
	}
	return !isNoun(before) || !intending[lemmaOf(before)]
}

var (
	// commanding verbs take an object and an infinitive that says what it is to do.
	commanding = set(`use|ask|tell|order|urge|persuade|force|allow|let|permit|require|request|want|expect|get|help|enable|cause|lead|invite|encourage|
instruct|direct|advise|call|need|take|make|compel|press|push|pressure|authorize|authorise|convince|remind|warn|forbid|teach|choose|name|appoint|elect|
have|go|come|try|begin|continue|aim|vote|agree|seem|appear|work|fight|move|move|serve|wait`)
	// intending nouns take an infinitive as what they are about.
	intending = set(`agreement|deal|plan|decision|effort|attempt|bid|ability|right|chance|way|authority|call|order|request|need|opportunity|promise|refusal|
desire|pledge|vow|threat|intent|intention|proposal|offer|campaign|push|power|permission|law|bill|measure|money|time|reason|duty|responsibility|
commitment|willingness|obligation|failure|tendency|motion|resolution|vote|move|step|war|fight|drive|demand|pressure|freedom|incentive|mandate`)
)

// minItem is the number of words that every item of a list has whose items are
// claims of their own, minPairItem that of both items of a list of two.
const (
	minItem     = 2
	minPairItem = 5
)

// splitsItem tells an item of a list, behind its first one, that is told by
// itself: what somebody did applies to each of "trips to Italy, school tuition and
// travel for a dozen relatives". Short items are named together.
func (s *splitter) splitsItem(c int) bool {
	p := s.p
	if !isNoun(p.toks[c]) {
		return false
	}
	first := s.firstItem(c)
	switch h := p.toks[first].Head; p.toks[first].Dep {
	case "dobj":
		if !isVerb(p.toks[h]) {
			return false
		}
	case "pobj":
		if !isVerb(p.toks[p.toks[h].Head]) {
			return false
		}
	default:
		return false
	}
	items, short := 0, p.wordCount(c)
	for i := first; i >= 0; i = p.kid(i, "conj") {
		if isVerb(p.toks[i]) {
			return false
		}
		items++
		short = min(short, s.itemWords(i))
	}
	return items >= 3 && short >= minItem || items == 2 && short >= minPairItem
}

// firstItem gives the first item of the list that c belongs to.
func (s *splitter) firstItem(c int) int {
	for s.p.toks[c].Dep == "conj" && s.p.toks[c].Head != c {
		c = s.p.toks[c].Head
	}
	return c
}

// itemWords counts the words of one item of a list, without the items behind it.
func (s *splitter) itemWords(i int) int {
	p := s.p
	n := p.wordCount(i)
	for _, c := range p.kids(i, "conj", "cc") {
		n -= p.wordCount(c)
	}
	return n
}
