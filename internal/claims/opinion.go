package claims

// isOpinion tells what somebody holds and nobody can look up.
func (c checker) isOpinion() bool {
	switch {
	case c.factWithin():
		return false
	case c.obligation():
		return true
	case c.judgement(), c.repute():
		return true
	}
	return c.feeling()
}

// obligation tells what somebody wants and not what is. What an article itself
// says "must" be done is a rule, and so is what a court or an office orders.
func (c checker) obligation() bool {
	p := c.p
	if c.frame.verb >= 0 && ordering[p.toks[c.frame.verb].Lemma] {
		return false
	}
	for _, a := range p.kids(c.pred, "aux") {
		switch n := p.toks[a].Norm; {
		case n == "should" || n == "ought":
			return !c.conditional(a) && !c.expected()
		case n == "must":
			return c.rung == Quoted || c.rung == Paraphrased
		case n == "can" || n == "ca":
			return p.toks[c.pred].Lemma == "afford" && c.rung == Quoted && c.subjectIs(weOrYou)
		case n == "will" || n == "'ll":
			return p.toks[c.pred].Lemma == "need" && c.rung == Quoted && c.subjectIs(weOrYou) && c.need()
		}
	}
	if p.toks[c.pred].Norm == "ought" {
		return true
	}
	return (c.rung == Quoted || c.rung == Paraphrased) && p.kid(c.pred, "aux") < 0 && p.toks[c.pred].Tag != "VBD" && c.need()
}

// need tells in a speaker's words what is needed or deserved, and what the time
// is for.
func (c checker) need() bool {
	x := c.p.kid(c.pred, "xcomp")
	infinitive := x >= 0 && hasTo(c.p, x)
	switch c.p.toks[c.pred].Lemma {
	case "need":
		return (infinitive || c.subjectIs(weOrYou)) && !c.hasFigure(c.from, c.to)
	case "have":
		return infinitive && c.subjectIs(weOrYou)
	case "deserve":
		return !c.hasFigure(c.from, c.to)
	case "be":
		return c.isTimeTo()
	}
	return false
}

// conditional tells "should the council agree", an if-clause.
func (c checker) conditional(aux int) bool {
	s := c.p.kid(c.pred, "nsubj", "nsubjpass", "expl")
	return s > aux && !c.endsWith("?")
}

// expected tells "should" of a timetable: "should reopen by Friday".
func (c checker) expected() bool {
	return timetable[c.p.toks[c.pred].Lemma] && c.hasFigure(c.pred, c.to) && (c.subj < 0 || !c.isPerson(c.subj))
}

// isTimeTo tells "it is time to", "there is no reason to", "no excuse for".
func (c checker) isTimeTo() bool {
	p := c.p
	for _, k := range p.kids(c.pred, "attr") {
		t := p.toks[k]
		switch {
		case t.Lemma == "time" && p.kid(k, "det", "amod", "nummod") < 0 && p.kid(c.pred, "prep", "xcomp", "advcl") >= 0,
			t.Lemma == "time" && infinitiveUnder(p, k):
			return true
		case (t.Lemma == "reason" || t.Lemma == "excuse" || t.Lemma == "place") && p.kid(c.pred, "expl") >= 0 && p.kid(k, "det") >= 0 && p.toks[p.kid(k, "det")].Norm == "no":
			return true
		}
	}
	return false
}

// judgement tells a clause whose whole point is a value: "This is scary". A
// number, a date or a name behind the verb can be looked up.
func (c checker) judgement() bool {
	p := c.p
	if !linking[p.toks[c.pred].Lemma] {
		return false
	}
	for _, k := range p.kids(c.pred, "acomp", "attr", "oprd") {
		if c.evaluates(k) && !c.hasFact(c.pred, c.to) && !c.ofPerson(k) {
			return true
		}
	}
	return false
}

// repute tells what people are said to think of somebody, whoever they are: "has a
// reputation for being tough".
func (c checker) repute() bool {
	p := c.p
	if lemma := p.toks[c.pred].Lemma; lemma != "have" && lemma != "enjoy" && lemma != "carry" || c.hasFigure(c.from, c.to) {
		return false
	}
	for _, k := range p.kids(c.pred, "dobj") {
		if reputes[p.toks[k].Lemma] && p.kid(k, "prep", "amod", "acl") >= 0 {
			return true
		}
	}
	return false
}

// evaluates tells a word that judges, by itself or by what stands before it.
func (c checker) evaluates(k int) bool {
	p := c.p
	t := p.toks[k]
	if isName(t) {
		return false
	}
	if judging[t.Lemma] || judgingNouns[t.Lemma] && isNoun(t) {
		return true
	}
	if p.kid(c.pred, "expl") >= 0 {
		return false
	}
	for _, m := range p.kids(k, "amod") {
		if judging[p.toks[m].Lemma] && !isName(p.toks[m]) && !plainWith[p.toks[k].Lemma] {
			return true
		}
	}
	return false
}

// ofPerson tells an adjective that takes a side: "is critical of the plan".
func (c checker) ofPerson(k int) bool {
	prep := c.p.kid(k, "prep")
	return c.p.toks[k].Lemma == "critical" && prep >= 0 && c.p.toks[prep].Norm == "of"
}

// feeling tells what the speaker feels, hopes or believes, without a fact to it.
func (c checker) feeling() bool {
	p := c.p
	speaker := c.subjectIs(firstPerson) && c.ownWords() || c.subjectIs(thirdPerson) && c.rung == Paraphrased
	if !speaker || p.headline || c.hasFigure(c.from, c.to) {
		return false
	}
	v := p.toks[c.pred]
	if feelingVerbs[v.Lemma] && v.Tag != "VBN" && c.subjectIs(firstPerson) {
		return !c.saysOn()
	}
	if v.Lemma == "look" && c.has(forward) {
		return true
	}
	if !linking[v.Lemma] && p.kid(c.pred, "auxpass") < 0 {
		return false
	}
	if feelings[v.Norm] {
		return !c.saysOn()
	}
	for _, k := range p.kids(c.pred, "acomp", "attr", "oprd") {
		if feelings[p.toks[k].Lemma] || feelings[p.toks[k].Norm] {
			return !c.saysOn()
		}
	}
	return false
}

// saysOn tells whether a feeling only leads to news: "I am proud to announce".
func (c checker) saysOn() bool { return c.has(announcing) }
