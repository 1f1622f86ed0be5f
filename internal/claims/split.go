package claims

import "corroborate/internal/claims/nlp"

// draft is a claim in the making: one predicate with its arguments, on tokens
// [from, to) of a sentence.
type draft struct {
	p        *parsed
	from, to int
	// pred is the token that heads the claim: a verb, or the noun of an apposition.
	pred int
	// subj is the token that heads the subject, in this sentence, -1 for none.
	subj int
	kind draftKind
	// parts are the tokens inside that belong to claims of their own: a passage is
	// contiguous, what it tells is not.
	parts map[int]bool
	// frame is the reporting around the claim.
	frame frame
}

// antecedent gives the token that heads the subject: of a relative clause the
// noun that "which" or "who" stands for. It is -1 for none.
func (d draft) antecedent() int {
	if d.subj < 0 {
		return -1
	}
	t := d.p.toks[d.subj]
	if v := d.p.toks[t.Head]; (t.Tag == "WP" || t.Tag == "WDT") && v.Dep == "relcl" {
		return v.Head
	}
	return d.subj
}

type draftKind int

const (
	clauseDraft draftKind = iota
	appositionDraft
	fragmentDraft
)

// frame is what stands around a clause: who says it, with which force.
type frame struct {
	// verb is the reporting verb's token, -1 in the article's own voice.
	verb int
	// speaker is the token that heads the speaker's phrase, -1 for none.
	speaker int
	force   reportForce
	negated bool
	// condition is true inside an if-clause.
	condition bool
}

var ownVoice = frame{verb: -1, speaker: -1}

// splitter cuts one parsed sentence into drafts.
type splitter struct {
	p   *parsed
	out []draft
}

// minClause is the number of words under which a dependent clause stays with the
// clause that it hangs on: too little to check by itself.
const minClause = 4

// minParticiple is that number for a participle behind a comma, which is terse:
// "injuring 14 people".
const minParticiple = 3

// split gives the atomic claims of a sentence.
func split(p *parsed) []draft {
	s := &splitter{p: p}
	if len(p.toks) == 0 {
		return nil
	}
	s.clause(p.root(), -1, ownVoice)
	if len(s.out) == 0 {
		s.fragment()
	}
	return s.out
}

// fragment takes a sentence without a clause whole: a headline, a list item.
func (s *splitter) fragment() {
	words, noun := 0, false
	for _, t := range s.p.toks {
		if !isPunct(t) {
			words++
		}
		noun = noun || isNoun(t)
	}
	if words >= minClause && noun {
		s.add(draft{p: s.p, from: 0, to: len(s.p.toks), pred: s.p.root(), subj: -1, kind: fragmentDraft, frame: ownVoice})
	}
}

// clause cuts the clause headed by token v. subj is the subject that it inherits.
func (s *splitter) clause(v, subj int, f frame) {
	p := s.p
	if own := p.kid(v, "nsubj", "nsubjpass", "csubj"); own >= 0 {
		subj = own
	}
	f = s.accordingTo(v, f)
	if content := s.content(v); content >= 0 {
		s.report(v, content, subj, f)
		return
	}
	parts := s.parts(v)
	s.own(v, subj, f, parts)
	for _, c := range parts {
		s.part(c, v, subj, f)
	}
}

// part cuts one dependent part of the clause headed by v.
func (s *splitter) part(c, v, subj int, f frame) {
	p := s.p
	switch p.toks[c].Dep {
	case "relcl", "acl":
		s.clause(c, p.toks[c].Head, f)
	case "appos":
		s.apposition(c, f)
	case "advcl":
		if m := p.kid(c, "mark"); m >= 0 && p.toks[m].Norm == "if" {
			f.condition = true
		}
		s.clause(c, subj, f)
	default:
		s.clause(c, subj, f)
	}
}

// content gives the clause that a reporting verb reports, -1 for none.
func (s *splitter) content(v int) int {
	p := s.p
	if reportingForce(p.toks[v].Lemma) == notReporting || p.quote[v] >= 0 {
		return -1
	}
	for _, c := range p.kids(v, "ccomp", "parataxis") {
		if p.right[c]-p.left[c] >= 2 && p.toks[c].Tag != "MD" {
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
		if c == content || !s.splits(c) {
			continue
		}
		s.part(c, v, subj, f)
	}
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
	if p.quote[c] >= 0 && p.quote[t.Head] == p.quote[c] && !(t.Dep == "conj" && p.kid(c, "nsubj", "nsubjpass") >= 0) {
		return false // a quoted sentence is compared word by word: it stays whole
	}
	switch t.Dep {
	case "conj":
		return s.splitsConjunct(c)
	case "relcl":
		return isVerb(t) && words >= minClause
	case "acl":
		return isVerb(t) && comma && words >= minParticiple
	case "advcl":
		if t.Tag == "VBG" && comma {
			return words >= minParticiple
		}
		ownSubject := p.kid(c, "nsubj", "nsubjpass") >= 0
		return words >= minClause && (ownSubject || comma || p.right[c] < t.Head)
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
	return p.wordCount(c) >= minClause-1 && s.hasComplementBefore(h, c)
}

func (s *splitter) hasComplementBefore(h, c int) bool {
	for _, k := range s.p.children[h] {
		switch s.p.toks[k].Dep {
		case "dobj", "prep", "attr", "acomp", "xcomp", "ccomp", "dative", "advmod", "npadvmod", "agent", "oprd", "prt":
			if k < c && k > h {
				return true
			}
		case "nsubj", "nsubjpass":
			if s.p.kid(c, "nsubj", "nsubjpass") >= 0 {
				return true
			}
		}
	}
	return false
}

// isFact tells an apposition that holds a fact: a description of several words,
// or an age.
func (s *splitter) isFact(c int) bool {
	p := s.p
	if p.toks[c].Tag == "CD" {
		return p.commaBefore(c)
	}
	return p.commaBefore(c) && p.wordCount(c) >= 3 && isNoun(p.toks[c]) && c > p.toks[c].Head
}

// apposition makes a claim of a name and what stands in apposition to it.
func (s *splitter) apposition(c int, f frame) {
	p := s.p
	head := p.toks[c].Head
	from := p.left[head]
	s.add(draft{p: p, from: from, to: p.right[c] + 1, pred: c, subj: head, kind: appositionDraft, frame: f})
	s.inside(c, f)
}

// inside cuts the clauses that hang inside an apposition.
func (s *splitter) inside(c int, f frame) {
	for _, part := range s.parts(c) {
		s.part(part, c, c, f)
	}
}

// own adds the draft of the clause itself, without its parts.
func (s *splitter) own(v, subj int, f frame, parts []int) {
	p := s.p
	out := map[int]bool{}
	for _, c := range parts {
		for i := p.left[c]; i <= p.right[c]; i++ {
			if p.within(i, c) {
				out[i] = true
			}
		}
	}
	from, to := -1, -1
	for i := p.left[v]; i <= p.right[v]; i++ {
		if out[i] || !p.within(i, v) || isPunct(p.toks[i]) {
			continue
		}
		if from < 0 {
			from = i
		}
		to = i + 1
	}
	if from >= 0 {
		s.add(draft{p: p, from: from, to: to, pred: v, subj: subj, parts: out, frame: f})
	}
}

// add trims a draft and keeps it when enough is left.
func (s *splitter) add(d draft) {
	p := d.p
	if q := p.quote[d.pred]; q >= 0 && d.from <= d.pred && d.pred < d.to {
		for d.from < d.pred && p.quote[d.from] != q {
			d.from++
		}
		for d.to > d.pred+1 && p.quote[d.to-1] != q {
			d.to--
		}
	}
	for d.from < d.to && trimFront(p.toks[d.from], d.from == d.pred) {
		d.from++
	}
	for d.to > d.from && trimBack(p.toks[d.to-1]) {
		d.to--
	}
	words := 0
	for i := d.from; i < d.to; i++ {
		if !isPunct(p.toks[i]) {
			words++
		}
	}
	least := 3
	if d.kind == appositionDraft {
		least = 2
	}
	if words >= least {
		s.out = append(s.out, d)
	}
}

func trimFront(t nlp.Token, pred bool) bool {
	return isPunct(t) || !pred && (t.Dep == "cc" || t.Dep == "mark" && t.Norm == "that")
}

func trimBack(t nlp.Token) bool { return isPunct(t) || t.Dep == "cc" }

func (p *parsed) wordCount(i int) int {
	n := 0
	for k := p.left[i]; k <= p.right[i]; k++ {
		if !isPunct(p.toks[k]) {
			n++
		}
	}
	return n
}

// commaBefore tells whether a comma, dash or bracket opens the subtree at i.
func (p *parsed) commaBefore(i int) bool {
	k := p.left[i] - 1
	if k < 0 {
		return false
	}
	switch p.toks[k].Norm {
	case ",", "-", "--", "—", "–", "(", ";", ":":
		return true
	}
	return false
}

// negated tells whether a clause is negated: by its verb, or by a subject or
// object that is nothing.
func (p *parsed) negated(v int) bool {
	if n := p.kid(v, "neg"); n >= 0 && (n+1 >= len(p.toks) || !weakNegation[p.toks[n+1].Norm]) {
		return true
	}
	for _, c := range p.kids(v, "nsubj", "nsubjpass", "dobj", "attr", "advmod") {
		switch p.toks[c].Norm {
		case "nobody", "none", "nothing", "neither", "never", "nowhere", "noone":
			return true
		}
		if d := p.kid(c, "det", "neg"); d >= 0 && (p.toks[d].Norm == "no" || p.toks[d].Norm == "neither") {
			return true
		}
	}
	if x := p.toks[v].Head; x != v && p.toks[v].Dep == "xcomp" && refusing[p.toks[x].Lemma] {
		return true
	}
	return false
}

// weakNegation follows a "not" that denies nothing: "not only", "not just".
var weakNegation = set(`only|just|merely|simply|necessarily`)

var refusing = set(`fail|refuse|decline|neglect`)
