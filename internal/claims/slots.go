package claims

import (
	"cmp"
	"strings"

	"corroborate/internal/claims/nlp"
	"corroborate/internal/claims/values"
)

// slots are what a statement is compared by: who did what to whom, where, when,
// how many, on whose word and how surely.
type slots struct {
	// pred is the lemma of the deed, predNoun the lemma of the noun that carries it
	// for a light verb ("hold a meeting").
	pred        string
	predTok     int
	negated     bool
	certainty   Certainty
	attribution Attribution
	numbers     []values.Quantity
	times       []values.Time
	people      []mention
	orgs        []mention
	places      []mention
	// doer is who does the deed: the person or organisation that is its subject, or
	// the agent of a passive.
	doer *entity
	// quoted are the folded words inside quotation marks, nil without any.
	quoted []string
	// quotes are those of them that stand in the passage itself and in no other
	// claim's.
	quotes []string
	// terms are the content words with their roles.
	terms []term
	// referents are the terms with people in place of their offices, as far as the
	// story tells who holds them.
	referents []term
	// cause is the tokens of a stated cause, empty without one.
	cause [2]int
}

// term is one content word of a statement.
type term struct {
	tok   int
	lemma string
	pos   byte
	// ent is set for a word that belongs to a name or stands for it.
	ent *entity
	// role is the part that the word plays.
	role role
	// depth is the number of steps down the tree from the predicate.
	depth int
	// measure is what a number counts or measures, "time" for a word of a date: two
	// reports of one fact may put different values there.
	measure string
	// outside is true for a subject or a speaker taken from outside the passage.
	outside bool
}

// part is what the referent of a word has to do with the deed: the subject of a
// passive suffers what its agent does.
type part int

const (
	partOther part = iota
	partAgent
	partPatient
)

// semanticPart gives the part of a word's referent in a draft's deed.
func semanticPart(p *parsed, d draft, i int) part {
	for steps := 0; steps < len(p.toks); steps++ {
		t := p.toks[i]
		switch {
		case t.Dep == "nsubjpass" || t.Dep == "nsubj" && p.kid(t.Head, "auxpass") >= 0:
			return partPatient
		case t.Dep == "nsubj" || t.Dep == "agent" || t.Dep == "prep" && t.Norm == "by" && p.toks[t.Head].Tag == "VBN":
			return partAgent
		case t.Dep == "dobj" || t.Dep == "dative" || t.Dep == "attr" || t.Dep == "oprd":
			return partPatient
		case t.Dep == "prep" || i == d.pred || t.Head == i:
			return partOther
		}
		i = t.Head
	}
	return partOther
}

type role int

const (
	roleOther role = iota
	rolePredicate
	roleSubject
	roleObject
	roleValue
)

// slotsOf reads a statement's slots off its draft.
func (e *Engine) slotsOf(st *statement) slots {
	d, p := st.draft, st.draft.p
	s := slots{pred: e.phrasal(p, d.pred), predTok: d.pred, certainty: st.Certainty, attribution: st.Attribution}
	s.negated = p.negated(d.pred) || d.frame.negated && d.frame.force == neutral || leadsWithNobody(p, d)
	in := func(from, to int) bool { return from >= d.from && to <= d.to && !d.parts[to-1] }
	for _, q := range e.quantities(p) {
		if in(q.From, q.To) {
			s.numbers = append(s.numbers, q)
		}
	}
	for _, t := range e.times(st.art, p) {
		if in(t.From, t.To) {
			s.times = append(s.times, t)
		}
	}
	for _, m := range st.art.cast.mentions[p] {
		if !in(m.from, m.to) {
			continue
		}
		switch m.ent.kind {
		case "person":
			s.people = append(s.people, m)
		case "org":
			s.orgs = append(s.orgs, m)
		case "place":
			s.places = append(s.places, m)
		}
	}
	s.doer = doerOf(st.art, d)
	s.terms = e.termsOf(st.art, d)
	s.measure()
	s.quoted = quotedWords(st)
	for _, i := range quotedTokens(st) {
		if in(i, i+1) {
			s.quotes = append(s.quotes, fold(p.toks[i].Text))
		}
	}
	s.cause = causeOf(p, d)
	return s
}

// measure notes of each term what value of the statement it belongs to.
func (s *slots) measure() {
	for i := range s.terms {
		t := &s.terms[i]
		if t.outside || t.ent != nil {
			continue
		}
		for _, q := range s.numbers {
			if t.tok >= q.From && t.tok < q.To {
				t.measure = cmp.Or(q.Unit, q.Noun)
			}
		}
		for _, x := range s.times {
			if t.tok >= x.From && t.tok < x.To {
				t.measure = "time"
			}
		}
	}
}

// doerOf gives the person or organisation that does a draft's deed, nil where it
// is none or not known.
func doerOf(a *article, d draft) *entity {
	p := d.p
	var doer *entity
	if d.subj >= 0 {
		doer = a.subjectAt(p, d.subj)
	}
	by := p.kid(d.pred, "agent")
	if prep := p.kid(d.pred, "prep"); by < 0 && p.toks[d.pred].Tag == "VBN" && prep >= 0 && p.toks[prep].Norm == "by" {
		by = prep
	}
	switch {
	case by >= 0:
		if x := p.kid(by, "pobj"); x >= 0 {
			doer = a.entityAt(p, x)
		}
	case introducesDeed(p, d.pred): // "is expected to approve"
	case d.subj >= 0 && p.toks[d.subj].Dep == "nsubjpass" || p.kid(d.pred, "auxpass") >= 0:
		return nil
	}
	if doer == nil || doer.kind != "person" && doer.kind != "org" {
		return nil
	}
	return doer
}

// introducesDeed tells a passive whose subject does what the infinitive under it says.
func introducesDeed(p *parsed, v int) bool {
	x := aimOf(p, v)
	_, ok := governed(p, v)
	return ok && x >= 0 && p.kid(x, "auxpass") < 0
}

func leadsWithNobody(p *parsed, d draft) bool {
	return d.from < len(p.toks)-1 && (p.toks[d.from].Norm == "no" || p.toks[d.from].Norm == "nobody") &&
		d.subj >= d.from && d.subj <= d.from+3
}

// quantities and times are read once a sentence, also where there are none: what was read
// is never nil.
func (e *Engine) quantities(p *parsed) []values.Quantity {
	if p.numbers == nil {
		p.numbers = append([]values.Quantity{}, values.Quantities(p.toks)...)
	}
	return p.numbers
}

func (e *Engine) times(a *article, p *parsed) []values.Time {
	if p.dates == nil {
		p.dates = append([]values.Time{}, values.Times(p.toks, a.Published.At, func(tok int) bool { return looksAhead(p, tok) })...)
	}
	return p.dates
}

// looksAhead tells whether the clause around a token tells of what is to come.
func looksAhead(p *parsed, tok int) bool {
	for steps := 0; steps <= len(p.toks); steps++ {
		if isVerb(p.toks[tok]) {
			if clauseCertainty(p, tok) == Planned || hasTo(p, tok) {
				return true
			}
		}
		if p.toks[tok].Head == tok {
			return false
		}
		tok = p.toks[tok].Head
	}
	return false
}

// termsOf gives the content words of a draft, with the words of a subject that
// stands outside its passage.
func (e *Engine) termsOf(a *article, d draft) []term {
	p := d.p
	var out []term
	for i := d.from; i < d.to; i++ {
		t, ok := e.termAt(a, d, i)
		if !ok || d.parts[i] {
			continue
		}
		if seat := a.cast.affiliation(t, p.toks[i].Text); seat != nil {
			out = append(out, seat...)
			continue
		}
		out = append(out, t)
	}
	if object := d.object(); object >= 0 {
		if t, ok := e.termAt(a, d, object); ok {
			t.outside, t.role, t.depth = true, roleObject, 1
			out = append(out, t)
		}
	}
	subj := d.antecedent()
	if subj >= 0 && (subj < d.from || subj >= d.to) {
		if ent := a.subjectAt(p, subj); ent != nil && ent.kind == "person" {
			return append(out, term{tok: subj, lemma: fold(ent.name), pos: 'n', ent: ent, role: roleSubject, depth: 1, outside: true})
		}
		from, to := a.nounPhrase(p, subj)
		for i := from; i < to; i++ {
			if t, ok := e.termAt(a, d, i); ok && (i < d.from || i >= d.to) {
				t.outside, t.role, t.depth = true, roleSubject, 1
				out = append(out, t)
			}
		}
	}
	return out
}

func (e *Engine) termAt(a *article, d draft, i int) (term, bool) {
	p := d.p
	t := p.toks[i]
	out := term{tok: i, lemma: e.phrasal(p, i), pos: posOf(t), ent: a.entityAt(p, i), role: roleOf(p, d, i), depth: p.depth(i, d.pred)}
	if out.ent != nil {
		return out, true
	}
	if isPunct(t) || out.pos == 0 || stopLemmas[out.lemma] {
		return out, false
	}
	return out, true
}

// posOf gives the word class that the lexicon knows, 0 for a function word.
func posOf(t nlp.Token) byte {
	switch {
	case isNoun(t):
		return 'n'
	case strings.HasPrefix(t.Tag, "VB"):
		return 'v'
	case strings.HasPrefix(t.Tag, "JJ"):
		return 'a'
	case strings.HasPrefix(t.Tag, "RB"):
		return 'r'
	case t.Tag == "CD":
		return 'c'
	}
	return 0
}

func roleOf(p *parsed, d draft, i int) role {
	t := p.toks[i]
	switch {
	case i == d.pred:
		return rolePredicate
	case t.Tag == "CD":
		return roleValue
	case t.Dep == "xcomp" && (t.Head == d.pred || p.toks[t.Head].Norm == "able" && p.toks[t.Head].Head == d.pred):
		return rolePredicate
	case d.subj >= 0 && p.within(i, d.subj) && i < d.pred:
		return roleSubject
	}
	for h, steps := i, 0; steps < len(p.toks); steps++ {
		switch p.toks[h].Dep {
		case "dobj", "attr", "dative", "oprd":
			return roleObject
		case "pobj":
			return roleOther
		}
		if p.toks[h].Head == h || h == d.pred {
			break
		}
		h = p.toks[h].Head
	}
	return roleOther
}

// stopLemmas carry no content by themselves.
var stopLemmas = set(`be|have|do|get|go|make|take|say|tell|add|not|n't|also|just|very|more|most|much|many|such|other|own|same|so|too|
even|still|now|then|there|here|when|where|how|why|well|only|ever|never|n't|as|about|over|up|out|down|back|all|both|each|some|any|no|one|mr.|mrs.|ms.|mr|
mrs|ms|thing|way|lot|part|kind|sort|time|people|person|include|use|will|would|can|could|may|might|shall|should|must|however|meanwhile|recently|recent`)

// quotedWords gives the folded words that a statement quotes: of a quoted
// statement the whole of its sentence in that quotation, since wordings are
// compared as they stand, else what it quotes itself.
func quotedWords(st *statement) []string {
	var out []string
	for _, i := range quotedTokens(st) {
		out = append(out, fold(st.draft.p.toks[i].Text))
	}
	return out
}

// quotedTokens gives the tokens of the words that a statement quotes.
func quotedTokens(st *statement) []int {
	d := st.draft
	from, to, q := d.from, d.to, d.p.quote[d.pred]
	if q >= 0 {
		from, to = 0, len(d.p.toks)
	}
	var out []int
	for i := from; i < to; i++ {
		if !isPunct(d.p.toks[i]) && (d.p.quote[i] == q && q >= 0 || q < 0 && d.p.quote[i] >= 0) {
			out = append(out, i)
		}
	}
	return out
}
