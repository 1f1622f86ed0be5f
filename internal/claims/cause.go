package claims

import (
	"fmt"
	"slices"
)

// causeOf gives the tokens of the cause that a draft states: the subject of a
// causal verb ("fog caused"), what stands behind "because", "due to" and the like,
// or what a verb of blame names. Empty without one. The cause may be a claim of its
// own ("All flights were cancelled" / "because of heavy snow"): it is the deed's all
// the same.
func causeOf(p *parsed, d draft) [2]int {
	if d.subj >= d.from && d.subj < d.pred && (brings(p, d.pred) && p.kid(d.pred, "dobj") >= 0 || leadsTo(p, d.pred)) {
		return [2]int{max(p.left[d.subj], d.from), p.right[d.subj] + 1}
	}
	if m := causeNamed(p, d); m[1] > 0 {
		return m
	}
	from, to := min(d.from, p.left[d.pred]), max(d.to, p.right[d.pred]+1)
	for i := from; i < to; i++ {
		switch t := p.toks[i]; {
		case t.Dep == "mark" && t.Head == d.pred || i == d.pred:
			continue // the draft is itself the cause
		case (i < d.from || i >= d.to || d.parts[i]) && t.Head != d.pred && (t.Dep != "mark" || p.toks[t.Head].Head != d.pred):
			continue
		case t.Dep == "agent" && brings(p, t.Head):
			return [2]int{i, min(p.right[i]+1, d.to)}
		}
		if n := causeMarker(p, i); n > 0 {
			return governedBy(p, to, i, n)
		}
	}
	return [2]int{}
}

var causal = set(`cause|trigger|spark|prompt|bring|ignite|provoke|fuel|drive`)

// brings tells a verb whose subject is a cause: "caused", and "started" of a fire.
func brings(p *parsed, v int) bool {
	if verb := lemmaOf(p.toks[v]); verb != "start" {
		return causal[verb]
	}
	x := p.kid(v, "dobj", "nsubjpass")
	return x >= 0 && startedThings[lemmaOf(p.toks[x])]
}

// startedThings break out: what started them is their cause.
var startedThings = set(`fire|blaze|inferno|wildfire|war|riot|unrest|avalanche|landslide|outbreak|epidemic|row|panic|stampede|brawl`)

// causeNamed reads "the reason for the delay was a strike" and "a strike was the cause
// of the delay", whose verb says only which.
func causeNamed(p *parsed, d draft) [2]int {
	x, y := p.kid(d.pred, "nsubj"), p.kid(d.pred, "attr", "ccomp")
	if lemmaOf(p.toks[d.pred]) != "be" || x < d.from || y < 0 || y >= d.to {
		return [2]int{}
	}
	switch {
	case causeNouns[lemmaOf(p.toks[x])]:
		return [2]int{max(p.left[y], d.pred+1), min(p.right[y]+1, d.to)}
	case causeNouns[lemmaOf(p.toks[y])] && p.kid(y, "prep") >= 0:
		return [2]int{max(p.left[x], d.from), p.right[x] + 1}
	}
	return [2]int{}
}

var causeNouns = set(`reason|cause|trigger`)

// leadsTo tells "led to" and "resulted in", whose subject is the cause.
func leadsTo(p *parsed, v int) bool {
	for _, x := range p.kids(v, "prep") {
		switch lemmaOf(p.toks[v]) + " " + p.toks[x].Norm {
		case "lead to", "result in", "contribute to":
			return true
		}
	}
	return false
}

// causePhrases mark a cause that follows them.
var causePhrases = [][]string{{"because", "of"}, {"because"}, {"due", "to"}, {"owing", "to"}, {"thanks", "to"}, {"as", "a", "result", "of"},
	{"the", "result", "of"}, {"on", "account", "of"}, {"in", "the", "wake", "of"}}

// causeVerbs give the preposition behind which a verb names the cause.
var causeVerbs = map[string]string{"stem": "from", "result": "from", "arise": "from", "attribute": "to", "ascribe": "to", "die": "of",
	"blame": "on", "pin": "on"}

// causeMarker gives the number of tokens of a phrase that marks a cause at i, 0
// without one.
func causeMarker(p *parsed, i int) int {
	for _, phrase := range causePhrases {
		match := i+len(phrase) < len(p.toks)
		for k := 0; match && k < len(phrase); k++ {
			match = p.toks[i+k].Norm == phrase[k]
		}
		if match {
			return len(phrase)
		}
	}
	t := p.toks[i]
	if prep, ok := causeVerbs[lemmaOf(p.toks[t.Head])]; ok && (t.Dep == "prep" || t.Tag == "IN" || t.Tag == "TO") && t.Head != i {
		if t.Norm == prep || prep == "of" && t.Norm == "from" {
			return 1
		}
	}
	return 0
}

// governedBy gives the tokens behind a marker of n tokens at i that belong to the
// cause: what its last word governs, else the words up to the next comma.
func governedBy(p *parsed, end, i, n int) [2]int {
	last := i + n - 1
	to := 0
	switch x := p.kid(last, "pobj", "pcomp"); {
	case x > last:
		to = p.right[x] + 1
	case p.toks[last].Dep == "mark":
		to = p.right[p.toks[last].Head] + 1
	}
	if to <= last+1 {
		for to = last + 1; to < end && p.toks[to].Norm != ","; to++ {
			continue
		}
	}
	return [2]int{last + 1, min(to, end)}
}

// causes compares stated causes that share nothing.
func (c *comparison) causes() {
	a, b := c.a.slots.cause, c.b.slots.cause
	if a[1] == 0 && b[1] == 0 {
		c.grounds()
		return
	}
	if a[1] == 0 || b[1] == 0 || !c.sameDeed() && !(c.a.slots.pred == "be" && c.b.slots.pred == "be" && c.nearFacts()) {
		return
	}
	if !c.shareAny(a, b) {
		c.otherCause(a, b)
	}
}

// shareAny tells whether two stretches of words have anything in common that says what
// the cause was. Epithets only do so where they are one word, and "error" and "lack" do
// not where both say more.
func (c *comparison) shareAny(a, b [2]int) bool {
	x, y := telling(c.al.e.termsIn(c.a, a)), telling(c.al.e.termsIn(c.b, b))
	for _, t := range x {
		for _, u := range y {
			at := near
			if t.pos == 'a' || u.pos == 'a' {
				at = verbAt
			}
			if c.al.terms(t, u) >= at {
				return true
			}
		}
	}
	return false
}

// telling leaves out the words that fit many causes, where others are left.
func telling(terms []term) []term {
	rest := slices.DeleteFunc(slices.Clone(terms), func(t term) bool { return vagueCauses[t.lemma] || t.pos == 'r' })
	if len(rest) == 0 {
		return terms
	}
	return rest
}

var vagueCauses = set(`error|mistake|fault|failure|problem|defect|malfunction|lack|shortage|absence|loss|rise|increase|fall|decline|fear|
dispute|row|quarrel|attack|accident|incident|issue|trouble|concern|case|result|effect|number|series|combination`)

func (c *comparison) otherCause(a, b [2]int) {
	va, vb := c.a.draft.p.words(c.a.art.body, a[0], a[1]), c.b.draft.p.words(c.b.art.body, b[0], b[1])
	c.differ(KindCause, [2]string{va, vb}, [2][2]int{c.a.ownMark(a), c.b.ownMark(b)},
		fmt.Sprintf("%s says “%s”, %s says “%s”.", c.a.art.called, va, c.b.art.called, vb))
}

// grounds compares what stands behind "over", "after" or "amid", or behind "for"
// under a verb of blame or punishment. Two such grounds may both be true, so they
// count only where all else is worded alike.
func (c *comparison) grounds() {
	a, b := groundOf(c.a.draft.p, c.a.draft), groundOf(c.b.draft.p, c.b.draft)
	if a[1] == 0 || b[1] == 0 || !c.sameVerb() {
		return
	}
	if c.restAlike(a, b) >= restAlikeAt && !c.shareAny(a, b) {
		c.otherCause(a, b)
	}
}

// restAlikeAt is the share of the words outside both grounds that must be common.
const restAlikeAt = 0.8

// restAlike gives the share of the longer wording, without the grounds, that is
// common to both.
func (c *comparison) restAlike(a, b [2]int) float64 {
	words := func(s *statement, m [2]int) []string {
		var out []string
		for _, w := range s.wording().words {
			if w.tok < m[0] || w.tok >= m[1] {
				out = append(out, w.lemma)
			}
		}
		return out
	}
	wa, wb := words(c.a, a), words(c.b, b)
	if len(wa) == 0 || len(wb) == 0 {
		return 0
	}
	return float64(len(commonOrder(wa, wb))) / float64(max(len(wa), len(wb)))
}

// groundOf gives the tokens of a ground that hangs on a draft's verb, empty without
// one.
func groundOf(p *parsed, d draft) [2]int {
	for _, x := range p.kids(d.pred, "prep") {
		w := p.toks[x].Norm
		if w != "over" && w != "after" && w != "amid" && w != "following" && !(w == "for" && punishing[lemmaOf(p.toks[d.pred])]) {
			continue
		}
		if o := p.kid(x, "pobj", "pcomp"); o > x {
			return [2]int{x + 1, p.right[o] + 1}
		}
	}
	return [2]int{}
}

var punishing = set(`jail|imprison|fine|arrest|convict|sentence|sue|criticise|criticize|blame|praise|dismiss|sack|fire|suspend|expel|
ban|punish|detain|condemn|thank|charge|prosecute|reprimand|censure|execute|honour|honor|apologise|apologize|accuse|impeach|indict`)

// termsIn gives the content words of tokens [from, to).
func (e *Engine) termsIn(s *statement, span [2]int) []term {
	var out []term
	for i := span[0]; i < span[1]; i++ {
		if t, ok := e.termAt(s.art, s.draft, i); ok {
			out = append(out, t)
		}
	}
	return out
}

// ownMark leaves out a mark that does not stand in the passage itself.
func (s *statement) ownMark(m [2]int) [2]int {
	if m[0] < s.draft.from || m[1] > s.draft.to {
		return [2]int{}
	}
	return m
}
