package claims

import (
	"strings"

	"corroborate/internal/claims/nlp"
)

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
	// host is the verb outside the passage that a piece belongs to, -1 for a passage
	// with a deed of its own.
	host int
	// lead is what a piece completes: the words of its deed, before or behind it.
	lead run
	// parts are the tokens inside that belong to claims of their own: a passage is
	// contiguous, what it tells is not.
	parts map[int]bool
	// frame is the reporting around the claim.
	frame frame
	// aside is true for who a named person is: that tells the writer, whoever speaks
	// of them in that sentence.
	aside bool
	// at is the passage in bytes where a person chose it, empty where the tokens say.
	at [2]int
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

// object gives the noun outside a relative clause that is its object: the loan of "which
// the council approved" and of "the council approved". It is -1 for none.
func (d draft) object() int {
	p := d.p
	v := p.toks[d.pred]
	if d.kind != clauseDraft || v.Dep != "relcl" || v.Head >= d.from || !isNoun(p.toks[v.Head]) || d.subj < d.from || d.subj >= d.to || strings.HasPrefix(p.toks[d.subj].Tag, "W") {
		return -1
	}
	if p.toks[d.from].Tag == "WRB" || p.toks[d.from].Tag == "IN" || p.toks[d.from].Tag == "WP$" {
		return -1 // "where the council met", "in which", "whose"
	}
	for _, k := range p.kids(d.pred, "dobj", "attr", "acomp", "ccomp") {
		if !strings.HasPrefix(p.toks[k].Tag, "W") {
			return -1
		}
	}
	return v.Head
}

// deed gives the verb that a draft is told by: its own, or of a piece the one
// outside.
func (d draft) deed() int {
	if d.host >= 0 {
		return d.host
	}
	return d.pred
}

type draftKind int

const (
	clauseDraft draftKind = iota
	appositionDraft
	fragmentDraft
	// pieceDraft is a circumstance or an item of a list: its deed is told elsewhere.
	pieceDraft
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
	// tail is where a circumstance ends that goes on behind its subtree.
	tail map[int]int
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
	s.unclaimed()
	if len(s.out) == 0 {
		s.fragment()
	}
	s.measures()
	return s.out
}

// unclaimed adds the clauses that the way down from the root has passed over,
// where the tree is built in a way that no rule knows: none of their words stands in
// a claim, and no claim is reported by them.
func (s *splitter) unclaimed() {
	p := s.p
	told := make([]bool, len(p.toks))
	tell := func(drafts []draft) {
		for _, d := range drafts {
			for i := d.from; i < d.to; i++ {
				told[i] = true
			}
			if d.frame.verb >= 0 {
				told[d.frame.verb] = true
			}
		}
	}
	tell(s.out)
	for v := range p.toks {
		if told[v] || !isVerb(p.toks[v]) || !s.ownSubject(v) || s.content(v) >= 0 || !s.hasComplement(v) && p.kid(v, "aux", "auxpass") < 0 {
			continue
		}
		had := len(s.out)
		s.own(v, p.kid(v, "nsubj", "nsubjpass"), s.frameOf(v), s.parts(v))
		tell(s.out[had:])
	}
}

// frameOf gives the frame of the clause of v by the nearest verb above that reports
// it.
func (s *splitter) frameOf(v int) frame {
	p := s.p
	for c := v; ; {
		h := p.toks[c].Head
		if h == c {
			return ownVoice
		}
		if s.content(h) == c {
			return frame{verb: h, speaker: p.kid(h, "nsubj", "nsubjpass"), force: reportingForce(p.toks[h].Lemma), negated: p.negated(h)}
		}
		c = h
	}
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
	if words >= minClause && noun && (s.p.headline || !trails(s.p.toks[0])) {
		s.add(draft{p: s.p, from: 0, to: len(s.p.toks), pred: s.p.root(), subj: -1, host: -1, kind: fragmentDraft, frame: ownVoice})
	}
}

// trails tells a first word of a fragment that only goes on with the sentence
// before: "With me, hit hard by the press."
func trails(t nlp.Token) bool { return t.Tag == "IN" || t.Tag == "CC" || t.Tag == "UH" }

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
	main := s.own(v, subj, f, parts)
	for _, c := range parts {
		s.part(c, v, subj, f, main)
	}
}

// part cuts one dependent part of the clause headed by v, which is told by the
// tokens main.
func (s *splitter) part(c, v, subj int, f frame, main run) {
	p := s.p
	switch p.toks[c].Dep {
	case "relcl", "acl":
		s.clause(c, p.toks[c].Head, f)
	case "appos":
		s.apposition(c, f)
	case "prep":
		s.piece(c, v, subj, f, main)
	case "conj":
		first := s.firstItem(c)
		if p.toks[first].Dep != "pcomp" && (isVerb(p.toks[c]) || p.kid(c, "nsubj", "nsubjpass") >= 0) {
			s.clause(c, subj, f)
			return
		}
		s.piece(c, v, subj, f, run{main.from, p.left[first]})
	case "advcl":
		if m := p.kid(c, "mark"); m >= 0 && p.toks[m].Norm == "if" {
			f.condition = true
		}
		s.clause(c, subj, f)
	default:
		s.clause(c, subj, f)
	}
}

// ownSubject tells a verb that has a subject beside it.
func (s *splitter) ownSubject(v int) bool { return s.p.kid(v, "nsubj", "nsubjpass") >= 0 }

// apposition makes a claim of a name and what stands in apposition to it. A short
// apposition keeps the clause that tells what it is about: "Ana Cole, a nurse who
// saw it".
func (s *splitter) apposition(c int, f frame) {
	p := s.p
	head := p.toks[c].Head
	parts := s.parts(c)
	if rel := p.kid(c, "relcl"); rel >= 0 && p.wordsIn(p.left[c], p.left[rel]) < minParticiple && len(parts) == 1 && parts[0] == rel {
		parts = s.parts(rel)
	}
	runs := s.runs(c, s.partTokens(parts))
	if len(runs) == 0 {
		return
	}
	from, to := p.left[head], p.phraseEnd(runs[0].to)
	if p.dashBefore(c) {
		from = p.left[c] // behind a dash it may describe more than the noun before
	}
	if c < head {
		from, to = runs[0].from, head+1 // "A former diver, Ruth Amadi"
	}
	d := draft{p: p, from: from, to: to, pred: c, subj: head, host: -1, kind: appositionDraft, frame: f}
	if d.aside = p.quote[c] < 0 && isName(p.toks[head]); d.aside {
		d.frame = ownVoice
	}
	s.add(d)
	for _, part := range parts {
		s.part(part, c, c, f, run{p.left[c], c + 1})
	}
}

// own adds the draft of the clause itself, without its parts.
// It gives the tokens that tell it.
func (s *splitter) own(v, subj int, f frame, parts []int) run {
	out := s.partTokens(parts)
	main, rest := s.mainRun(s.tails(s.runs(v, out), parts), v, subj)
	if main.from < 0 {
		return main
	}
	if !s.onlyReports(v, main) {
		s.add(draft{p: s.p, from: main.from, to: main.to, pred: v, subj: subj, host: -1, parts: out, frame: f})
	}
	for _, r := range rest {
		if s.p.wordsIn(r.from, r.to) >= minOpening {
			s.add(draft{p: s.p, from: r.from, to: r.to, pred: s.top(r), subj: subj, host: v, lead: main, kind: pieceDraft, parts: out, frame: f})
		}
	}
	return main
}

// top gives the token of a run that hangs on one outside.
func (s *splitter) top(r run) int {
	for i := r.from; i < r.to; i++ {
		if h := s.p.toks[i].Head; h < r.from || h >= r.to {
			return i
		}
	}
	return r.from
}

// piece adds what hangs on the clause of v and is told by itself: a
// circumstance, an item of a list. lead is what it completes.
func (s *splitter) piece(c, v, subj int, f frame, lead run) {
	p := s.p
	pred := c
	if x := p.kid(c, "pobj", "pcomp"); p.toks[c].Dep == "prep" && x >= 0 {
		pred = x
	}
	parts := s.parts(c)
	out := s.partTokens(parts)
	runs := s.runs(c, out)
	if len(runs) == 0 {
		return
	}
	if lead.from < runs[0].from {
		lead.to = min(lead.to, runs[0].from)
	}
	for lead.from >= 0 && lead.from < lead.to && trimFront(p.toks[lead.from], false) {
		lead.from++
	}
	s.add(draft{p: p, from: runs[0].from, to: max(runs[len(runs)-1].to, s.tail[c]), pred: pred, subj: subj, host: v, lead: lead, kind: pieceDraft, parts: out, frame: f})
	for _, inner := range parts {
		s.part(inner, v, subj, f, lead)
	}
}

// add trims a draft and keeps it when enough is left.
func (s *splitter) add(d draft) {
	p := d.p
	if q := p.quote[d.pred]; q >= 0 && d.from <= d.pred && d.pred < d.to && !s.quotedInPart(d, q) {
		for into := p.runsInto(d, q); !into && d.from < d.pred && p.quote[d.from] != q; {
			d.from++
		}
		for out := p.runsOut(d, q); !out && d.to > d.pred+1 && p.quote[d.to-1] != q; {
			d.to--
		}
	}
	d.from = s.behindThat(d)
	for d.from < d.to && trimFront(p.toks[d.from], d.from == d.pred) {
		d.from++
	}
	for d.to > d.from && trimBack(p.toks[d.to-1]) {
		d.to--
	}
	d.to = p.closed(d)
	d.from, d.to = p.wholeWords(d.from, d.to)
	least := 3
	if d.kind == appositionDraft || d.kind == pieceDraft {
		least = 2
	}
	if p.wordsIn(d.from, d.to) >= least {
		s.out = append(s.out, d)
	}
}

// wholeWords widens a run whose ends stand inside a word with hyphens: "the Trans | -
// Pacific | pact".
func (p *parsed) wholeWords(from, to int) (int, int) {
	if from >= to {
		return from, to
	}
	for from > 0 && p.toks[from-1].End == p.toks[from].Start && (p.toks[from-1].Text == "-" || p.toks[from].Text == "-") {
		from--
	}
	for to < len(p.toks) && p.toks[to-1].End == p.toks[to].Start && (p.toks[to].Text == "-" && to+1 < len(p.toks) && p.toks[to+1].Start == p.toks[to].End || p.toks[to-1].Text == "-") {
		to++
	}
	return from, to
}

func trimFront(t nlp.Token, pred bool) bool {
	return isPunct(t) || !pred && (t.Dep == "cc" || t.Dep == "mark" && t.Norm == "that" || t.Norm == "even" && t.Dep == "advmod")
}

func trimBack(t nlp.Token) bool { return isPunct(t) || t.Dep == "cc" }
