package claims

import (
	"slices"
	"strings"

	"corroborate/internal/claims/nlp/lexicon"
)

// The reasons for which a claim is not checkable.
const (
	reasonOpinion    = "opinion"
	reasonQuestion   = "question"
	reasonPromotion  = "promotion"
	reasonPrediction = "prediction"
	reasonRhetoric   = "rhetoric"
)

// checker tells a draft that can be checked from one that cannot.
type checker struct {
	draft
	lex *lexicon.Lexicon
	// rung says who vouches for the draft.
	rung Attribution
}

// uncheckable says why a draft cannot be checked, empty when it can. Where in
// doubt it can: a fact that stands within an opinion is a fact.
func (c checker) uncheckable() string {
	switch {
	case c.asked():
		return reasonQuestion
	case c.isPromotion():
		return reasonPromotion
	case c.isRhetoric():
		return reasonRhetoric
	case c.isPrediction():
		return reasonPrediction
	case c.isOpinion():
		return reasonOpinion
	case c.endsWith("!") && c.ownWords() && !c.toldDeed():
		return reasonRhetoric
	}
	return ""
}

// ownWords tells whether somebody's own words are heard: a quotation, or the
// article itself.
func (c checker) ownWords() bool { return c.rung == Quoted || c.rung == OwnVoice }

// has tells whether a token of the draft has one of the words.
func (c checker) has(words map[string]bool) bool {
	for _, t := range c.p.toks[c.from:c.to] {
		if words[t.Norm] || words[t.Lemma] {
			return true
		}
	}
	return false
}

// subjectIs tells whether the subject is one of the words.
func (c checker) subjectIs(words map[string]bool) bool {
	return c.subj >= 0 && words[c.p.toks[c.subj].Norm]
}

// auxiliary tells whether the predicate has one of the auxiliaries.
func (c checker) auxiliary(words map[string]bool) bool {
	for _, a := range c.p.kids(c.pred, "aux") {
		if words[c.p.toks[a].Norm] {
			return true
		}
	}
	return false
}

// asked tells a question, and what is told under "whether". A clause that hangs
// on a question and has its own tense is taken for granted by who asks, and a
// quotation's question is not that of the sentence around it.
func (c checker) asked() bool {
	p := c.p
	if m := p.kid(c.pred, "mark"); m >= 0 && m <= c.from+1 && p.toks[m].Norm == "whether" && p.toks[c.pred].Dep != "advcl" {
		return true
	}
	if !c.endsWith("?") {
		return false
	}
	switch p.toks[c.pred].Dep {
	case "relcl", "acl", "appos":
		return false
	case "advcl":
		return c.frame.condition
	}
	return true
}

// endsWith tells whether the draft runs up to a mark that closes its sentence. A
// colon between them parts them, and a mark inside a quotation closes only what
// stands in that quotation.
func (c checker) endsWith(mark string) bool {
	p := c.p
	for i := c.to; i < len(p.toks); i++ {
		switch n := p.toks[i].Norm; {
		case n == ":":
			return false
		case strings.HasSuffix(n, mark):
			quoted := p.quote[i] >= 0
			return quoted && p.quote[i] == p.quote[c.pred] || !quoted && p.closes(i)
		case n == "." || n == "?" || n == "!":
			return false
		}
	}
	return false
}

// closes tells whether nothing but marks follows token i.
func (p *parsed) closes(i int) bool {
	for _, t := range p.toks[i:] {
		if !isPunct(t) {
			return false
		}
	}
	return true
}

// isOrder tells a clause that orders: a bare verb without a subject that opens
// its sentence or its quotation.
func (c checker) isOrder() bool {
	p := c.p
	t := p.toks[c.pred]
	if t.Tag != "VB" || t.Dep != "ROOT" && t.Dep != "ccomp" || p.headline || c.subj >= 0 || p.kid(c.pred, "nsubj", "nsubjpass", "expl") >= 0 {
		return false
	}
	if a := p.kid(c.pred, "aux"); a >= 0 && p.toks[a].Lemma != "do" || t.Dep == "ccomp" && p.quote[c.pred] < 0 {
		return false
	}
	for i := c.from; i < c.pred; i++ {
		if !orderOpeners[p.toks[i].Norm] && !isPunct(p.toks[i]) {
			return false
		}
	}
	return true
}

// isPromotion tells what sells the outlet to its reader, in the outlet's own
// words: an order to read, sign up or buy, or a sentence that speaks of its pages
// to "you" or as "ours". What such a sentence tells as done is not promotion.
func (c checker) isPromotion() bool {
	if c.rung != OwnVoice || c.p.quote[c.pred] >= 0 || c.p.headline || finitePast(c.p, c.pred) {
		return false
	}
	personal, page := c.says(secondPerson) || c.says(firstPlural), c.says(pageWords)
	if c.isOrder() {
		return readerVerbs[c.p.toks[c.pred].Lemma] || personal || page
	}
	return personal && page || c.ordersReader()
}

// ordersReader tells an order to the reader by its opening, for the parser often
// takes such a verb for a noun: "Subscribe today", "Watch the video".
func (c checker) ordersReader() bool {
	toks := c.p.toks
	for i := range toks[:len(toks)-1] {
		word, next := toks[i].Norm, toks[i+1].Norm
		if orderOpeners[word] || isPunct(toks[i]) {
			continue
		}
		return pageWords[word] && !isName(toks[i]) || readerVerbs[word] && orderObjects[next]
	}
	return false
}

// says tells whether the draft's sentence has one of the words outside quotation
// marks.
func (c checker) says(words map[string]bool) bool {
	for i, t := range c.p.toks {
		if c.p.quote[i] < 0 && (words[t.Norm] || words[t.Lemma]) {
			return true
		}
	}
	return false
}

// isRhetoric tells words that state nothing: orders, thanks and wishes.
func (c checker) isRhetoric() bool {
	p := c.p
	v := p.toks[c.pred]
	switch {
	case c.isOrder():
		return !c.factWithin()
	case rites[v.Lemma] && !finitePast(p, c.pred) && c.ownWords() && (c.subj < 0 || c.subjectIs(firstPerson) || c.subjectIs(heaven) || v.Tag == "VB") && !c.factWithin():
		return true
	}
	return c.leadsIn()
}

// leadsIn tells an article's bridge to the dissent that it tells next: "Not everyone
// was happy".
func (c checker) leadsIn() bool {
	p := c.p
	if c.rung != OwnVoice || c.subj < 1 || p.toks[c.subj-1].Norm != "not" || c.hasFigure(c.from, c.to) {
		return false
	}
	return everybody[p.toks[c.subj].Norm] && linking[p.toks[c.pred].Lemma]
}

// toldDeed tells whether the draft tells a deed that is done: its verb is in the
// past, and somebody or something has a name, a number or a date.
func (c checker) toldDeed() bool {
	return finitePast(c.p, c.pred) && c.p.toks[c.pred].Lemma != "be" && c.hasFact(c.from, c.to)
}

// isPrediction tells the article's own guess at what will come of something: a
// vague outcome of what is nobody's plan, without a number or a date.
func (c checker) isPrediction() bool {
	p := c.p
	if c.rung != OwnVoice || p.quote[c.pred] >= 0 || c.hasFigure(c.from, c.to) {
		return false
	}
	if remains := p.toks[c.pred]; remains.Lemma == "remain" && c.has(seen) || remains.Lemma == "tell" && c.subj >= 0 && p.toks[c.subj].Lemma == "time" {
		return true
	}
	if !c.auxiliary(foretelling) && !c.isLikely() || p.negated(c.pred) && c.auxiliary(pastModals) || c.subj < 0 || c.plans(c.subj) {
		return false
	}
	return c.vagueOutcome(c.deed()) || c.measured()
}

// measured tells an outcome that is weighed, not told: "at the very least, the vote
// will cost the party money".
func (c checker) measured() bool {
	toks := c.p.toks[min(c.from, c.pred):c.pred]
	for i := range toks {
		if toks[i].Norm != "at" {
			continue
		}
		for _, t := range toks[i+1 : min(i+4, len(toks))] {
			if extremes[t.Norm] {
				return true
			}
		}
	}
	return false
}

// isLikely tells "is likely to", "is bound to".
func (c checker) isLikely() bool {
	for _, a := range c.p.kids(c.pred, "acomp") {
		if likely[c.p.toks[a].Lemma] && infinitiveUnder(c.p, a) {
			return true
		}
	}
	return false
}

// deed gives the verb that tells what is done: behind "is likely to" the
// infinitive.
func (c checker) deed() int {
	for _, a := range c.p.kids(c.pred, "acomp") {
		if x := c.p.kid(a, "xcomp"); x >= 0 && likely[c.p.toks[a].Lemma] {
			return x
		}
	}
	return c.pred
}

// plans tells whether a subject can have plans or lays down what will be: a
// person, a body of people, a law.
func (c checker) plans(subj int) bool {
	t := c.p.toks[subj]
	if isPronoun(t) {
		return t.Norm != "it" && t.Norm != "this" && t.Norm != "that" && t.Norm != "which" && t.Norm != "what"
	}
	return c.isPerson(subj) || instruments[t.Lemma] || c.lex.IsA(t.Lemma, "organization")
}

// isPerson tells a subject that names or means a person, or has any other name.
func (c checker) isPerson(subj int) bool {
	t := c.p.toks[subj]
	return isName(t) || isPronoun(t) || c.lex.IsA(t.Lemma, "person")
}

// vagueOutcome tells a verb that says no more than that there will be an effect.
func (c checker) vagueOutcome(v int) bool {
	p := c.p
	if outcomeVerbs[p.toks[v].Lemma] {
		return true
	}
	for _, k := range p.kids(v, "dobj", "attr", "acomp") {
		if p.toks[v].Lemma == "take" && p.toks[k].Lemma == "effect" {
			continue // a law takes effect on a day
		}
		if outcomeNouns[p.toks[k].Lemma] || p.toks[v].Lemma == "be" && c.evaluates(k) {
			return true
		}
	}
	return false
}

// factWithin tells whether the draft holds a clause that tells something as done:
// what is known, said or felt to have happened, or any other clause in the past
// with a number, a date or a name.
func (c checker) factWithin() bool {
	p := c.p
	for i := c.from; i < c.to; i++ {
		if i == c.pred || !p.within(i, c.pred) || !finitePast(p, i) {
			continue
		}
		switch p.toks[i].Dep {
		case "ccomp":
			return true
		case "relcl", "advcl", "conj", "acl", "pcomp":
			if c.hasFact(max(p.left[i], c.from), min(p.right[i]+1, c.to)) {
				return true
			}
		}
	}
	return false
}

// finitePast tells a verb in the past or the perfect.
func finitePast(p *parsed, v int) bool {
	switch p.toks[v].Tag {
	case "VBD":
		return true
	case "VBN":
		for _, a := range p.kids(v, "aux", "auxpass") {
			if t := p.toks[a]; t.Tag == "VBD" || t.Lemma == "have" && (t.Tag == "VBZ" || t.Tag == "VBP") {
				return true
			}
		}
	}
	return false
}

// hasFigure tells whether tokens [from, to) hold a number or a time. "Decades"
// and "a moment" are no time that could be looked up.
func (c checker) hasFigure(from, to int) bool {
	for _, t := range c.p.toks[from:to] {
		switch {
		case t.Tag == "CD" && t.Norm != "one", t.Ent == "MONEY", t.Ent == "PERCENT":
			return true
		case (t.Ent == "DATE" || t.Ent == "TIME") && (isName(t) || definiteTimes[t.Norm]):
			return true
		}
	}
	return false
}

// hasFact tells whether tokens [from, to) hold a number, a time or a name.
func (c checker) hasFact(from, to int) bool {
	return c.hasFigure(from, to) || slices.ContainsFunc(c.p.toks[from:to], isName)
}
