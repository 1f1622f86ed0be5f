package claims

import "slices"

// certaintyOf says in which way a draft holds that something is so. The frame
// around it counts before its own words: an allegation of what happened is an
// allegation.
func certaintyOf(d draft) Certainty {
	switch d.frame.force {
	case alleging:
		return Alleged
	case denying:
		return Denied
	}
	if d.kind == pieceDraft && d.leadsInAccusation() {
		return Alleged
	}
	own := clauseCertainty(d.p, d.deed())
	if first := d.p.toks[d.from].Norm; d.frame.condition || first == "if" || first == "unless" {
		return Conditional
	}
	if d.frame.force == promising && own == Happened {
		return Planned
	}
	if d.frame.force == believing && own == Happened && d.frame.verb >= 0 {
		return Possible
	}
	return own
}

// leadsInAccusation tells a circumstance that says of what somebody is accused: "on charges
// of filing false records".
func (d draft) leadsInAccusation() bool {
	return d.p.toks[d.from].Norm == "on" && accusations[lemmaOf(d.p.toks[d.pred])]
}

// clauseCertainty reads the certainty off the words of a clause: its modal
// verbs, the verbs that govern it, and its adverbs.
func clauseCertainty(p *parsed, v int) Certainty {
	v = p.auxiliaryOf(v)
	if m := p.kid(v, "mark"); m >= 0 && p.toks[v].Dep == "advcl" && (p.toks[m].Norm == "if" || p.toks[m].Norm == "unless") {
		return Conditional
	}
	for _, a := range p.auxiliaries(v) {
		switch p.toks[a].Norm {
		case "will", "'ll", "shall", "wo":
			return Planned
		case "could":
			if perceiving[lemmaOf(p.toks[v])] {
				continue // "could hear" is "heard"
			}
			return Possible
		case "may", "might":
			return Possible
		case "would", "'d":
			return wouldCertainty(p, v)
		}
	}
	for _, a := range p.kids(v, "advmod") {
		switch p.toks[a].Norm {
		case "allegedly", "reportedly", "supposedly", "purportedly":
			return Alleged
		case "possibly", "perhaps", "maybe", "potentially", "probably", "likely":
			return Possible
		}
	}
	if p.headline && hasTo(p, v) && p.toks[v].Dep != "xcomp" {
		return Planned // "Judge to Lead Inquiry"
	}
	if c, ok := governed(p, v); ok {
		return c
	}
	return Happened
}

var perceiving = set(`hear|see|feel|smell|taste|sense`)

// auxiliaries gives the auxiliaries of a verb, those of "stay" in "will stay shut"
// included.
func (p *parsed) auxiliaries(v int) []int {
	var out []int
	for _, a := range p.kids(v, "aux", "auxpass") {
		out = append(append(out, a), p.kids(a, "aux")...)
	}
	return out
}

// auxiliaryOf gives the verb that has the auxiliaries of v: in "will invoke his
// right and not comply" both are told by the "will" of the first.
func (p *parsed) auxiliaryOf(v int) int {
	for steps := 0; steps < len(p.toks); steps++ {
		t := p.toks[v]
		if t.Dep != "conj" || t.Tag != "VB" || !isVerb(p.toks[t.Head]) || p.kid(v, "aux", "auxpass", "nsubj", "nsubjpass") >= 0 {
			return v
		}
		v = t.Head
	}
	return v
}

// wouldCertainty tells the future seen from the past ("said he would resign")
// from what depends on a condition.
func wouldCertainty(p *parsed, v int) Certainty {
	for _, a := range p.kids(v, "advmod") {
		if w := p.toks[a].Norm; w == "later" || w == "eventually" || w == "ultimately" {
			return Happened // "would later win": told from a time before
		}
	}
	for _, c := range p.kids(v, "advcl") {
		if m := p.kid(c, "mark"); m >= 0 && p.toks[m].Norm == "if" {
			return Conditional
		}
	}
	if have := p.kid(v, "aux"); have >= 0 {
		for _, a := range p.kids(v, "aux") {
			if p.toks[a].Lemma == "have" {
				return Conditional
			}
		}
	}
	return Planned
}

// governed reads "is scheduled to meet", "plans to file", "is accused of
// taking", "is to meet": a clause whose verb only introduces the deed.
func governed(p *parsed, v int) (Certainty, bool) {
	lemma := p.toks[v].Lemma
	deed := p.kid(v, "xcomp", "advcl", "oprd")
	infinitive := deed >= 0 && hasTo(p, deed)
	switch {
	case lemma == "intend" && infinitive && p.kid(v, "auxpass", "nsubjpass") >= 0:
		return Happened, false // "is intended to" tells a purpose, as "aims to" does
	case planVerbs[lemma] && p.kid(v, "auxpass") >= 0 && plannedFor(p, v):
		return Planned, true
	case planVerbs[lemma] && infinitive, planning[lemma] && deed < 0 && p.kid(v, "dobj") >= 0:
		return Planned, true
	case lemma == "be" && infinitive && p.toks[deed].Dep == "xcomp" && p.kid(v, "attr", "acomp", "prep", "advmod") < 0:
		return Planned, true
	case lemma == "go" && infinitive && p.toks[v].Tag == "VBG":
		return Planned, true
	case accusing[lemma] && (accusedOf(p, v) || infinitive):
		return Alleged, true
	case lemma == "appear" || lemma == "seem":
		return Possible, infinitive
	case seeking[lemma] && infinitive && p.toks[v].Tag != "VBD" && p.toks[v].Tag != "VBN":
		return Planned, true
	case infinitive && p.kid(v, "auxpass") >= 0 && (supposing[lemma] || reputing[lemma]):
		if supposing[lemma] {
			return Possible, true
		}
		return Alleged, true
	case lemma == "be" && p.kid(v, "expl") >= 0:
		if c, ok := rumoured(p, v); ok {
			return c, true
		}
	}
	for _, c := range p.kids(v, "acomp", "attr", "dobj") {
		w := p.toks[c].Lemma
		switch {
		case (w == "due" || w == "set" || w == "ready" || w == "about" || w == "likely" || planNouns[w]) && infinitiveUnder(p, c):
			return Planned, true
		case w == "possible":
			return Possible, true
		}
	}
	return Happened, false
}

// rumoured reads "there are fears that" and "there were claims that".
func rumoured(p *parsed, v int) (Certainty, bool) {
	n := p.kid(v, "attr", "nsubj")
	if n < 0 || p.kid(n, "acl", "ccomp", "relcl") < 0 {
		return Happened, false
	}
	switch w := lemmaOf(p.toks[n]); {
	case doubtNouns[w]:
		return Possible, true
	case claimNouns[w]:
		return Alleged, true
	}
	return Happened, false
}

// accusedOf tells "accused of" and "charged with": what stands behind is alleged. Who
// is charged "in an indictment" or "on Monday" is charged, whatever he has done.
func accusedOf(p *parsed, v int) bool {
	return slices.ContainsFunc(p.kids(v, "prep"), func(x int) bool { return accusingOf[p.toks[x].Norm] })
}

var accusingOf = set(`of|with|for`)

// plannedFor tells "is scheduled for Monday".
func plannedFor(p *parsed, v int) bool {
	for _, x := range p.kids(v, "prep") {
		if p.toks[x].Norm == "for" {
			return true
		}
	}
	return false
}

func hasTo(p *parsed, v int) bool {
	for _, a := range p.kids(v, "aux") {
		if p.toks[a].Norm == "to" {
			return true
		}
	}
	return false
}

func infinitiveUnder(p *parsed, i int) bool {
	for _, c := range p.kids(i, "xcomp", "acl", "relcl", "advcl") {
		if hasTo(p, c) {
			return true
		}
	}
	return false
}

var (
	planVerbs = set(`plan|intend|schedule|slate|expect|set|prepare|hope|vow|promise|pledge|threaten|propose|consider|decide|arrange|book|project|forecast|anticipate`)
	// planning are the verbs whose object is itself what is planned: "planning a visit".
	planning  = set(`plan|schedule|slate|threaten|promise|pledge|vow`)
	planNouns = set(`plan|intention|intent|proposal|preparation|promise|threat|pledge|vow|bid|scheme`)
	accusing  = set(`accuse|allege|suspect|charge|indict`)
	// seeking verbs tell of a plan while they last: who "is seeking to" has not yet.
	seeking = set(`seek|want|wish|try|attempt|look|aspire`)
	// supposing and reputing verbs say in the passive what people think, and what they
	// tell.
	supposing  = set(`believe|think|fear|assume|presume|suppose|rumor|rumour|reckon`)
	reputing   = set(`say|report|purport|claim`)
	doubtNouns = set(`fear|concern|worry|suspicion|speculation|rumor|rumour|hope|doubt`)
	claimNouns = set(`allegation|claim|accusation|charge|complaint`)
)
