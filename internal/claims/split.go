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

// ownSubject tells a verb that has a subject beside it.
func (s *splitter) ownSubject(v int) bool { return s.p.kid(v, "nsubj", "nsubjpass") >= 0 }

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
		for d.from < d.pred && p.quote[d.from] != q && !p.runsInto(d, q) {
			d.from++
		}
		for d.to > d.pred+1 && p.quote[d.to-1] != q && !p.runsOut(d, q) {
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

// runsInto tells a quotation that goes on with the words of the clause before it: "she had
// “never decided” to go". No mark and no "that" parts the two.
func (p *parsed) runsInto(d draft, q int) bool {
	i := d.pred
	for i > d.from && p.quote[i-1] == q {
		i--
	}
	for i > d.from && isPunct(p.toks[i-1]) && quotationMark(p.toks[i-1].Norm) {
		i--
	}
	return i > d.from && !isPunct(p.toks[i-1]) && p.toks[i-1].Norm != "that" && i-1 != d.frame.verb && p.within(i-1, d.pred)
}

// runsOut tells a quotation with which the words of the clause behind it go on.
func (p *parsed) runsOut(d draft, q int) bool {
	i := d.pred
	for i+1 < d.to && p.quote[i+1] == q {
		i++
	}
	for i+1 < d.to && isPunct(p.toks[i]) && quotationMark(p.toks[i].Norm) {
		i--
	}
	if isPunct(p.toks[i]) {
		return false
	}
	for i+1 < d.to && isPunct(p.toks[i+1]) && quotationMark(p.toks[i+1].Norm) {
		i++
	}
	return i+1 < d.to && !isPunct(p.toks[i+1]) && i+1 != d.frame.verb && p.within(i+1, d.pred)
}

func quotationMark(norm string) bool {
	return norm == "\"" || norm == "“" || norm == "”" || norm == "''" || norm == "``"
}

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

// quotedInPart tells a clause of which only a part is quoted: its subject stands
// before the quotation, as in "the office “has disclosed its intent”".
func (s *splitter) quotedInPart(d draft, q int) bool {
	p := s.p
	for i := d.from; i < d.pred && p.quote[i] != q; i++ {
		if (p.toks[i].Dep == "nsubj" || p.toks[i].Dep == "nsubjpass") && p.within(i, d.pred) {
			return true
		}
	}
	return false
}

func trimFront(t nlp.Token, pred bool) bool {
	return isPunct(t) || !pred && (t.Dep == "cc" || t.Dep == "mark" && t.Norm == "that" || t.Norm == "even" && t.Dep == "advmod")
}

func trimBack(t nlp.Token) bool { return isPunct(t) || t.Dep == "cc" }
