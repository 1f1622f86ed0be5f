package claims

import (
	"fmt"
	"strings"
)

// causeOf gives the tokens of the cause that a draft states: the subject of a
// causal verb ("fog caused"), what stands behind "because", "due to" and the like,
// or what a verb of blame names. Empty without one.
func causeOf(p *parsed, d draft) [2]int {
	verb := lemmaOf(p.toks[d.pred])
	if d.subj >= d.from && d.subj < d.pred && (causal[verb] && p.kid(d.pred, "dobj") >= 0 || leadsTo(p, d.pred)) {
		return [2]int{max(p.left[d.subj], d.from), p.right[d.subj] + 1}
	}
	for i := d.from; i < d.to; i++ {
		switch t := p.toks[i]; {
		case t.Norm == "because" && t.Dep == "mark" && t.Head == d.pred:
			continue // the draft is itself the cause
		case t.Dep == "agent" && causal[lemmaOf(p.toks[t.Head])]:
			return [2]int{i, min(p.right[i]+1, d.to)}
		}
		if n := causeMarker(p, i); n > 0 {
			return governedBy(p, d, i, n)
		}
	}
	return [2]int{}
}

var causal = set(`cause|trigger|spark|prompt|bring|ignite|provoke|fuel|drive`)

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
func governedBy(p *parsed, d draft, i, n int) [2]int {
	last := i + n - 1
	to := 0
	switch x := p.kid(last, "pobj", "pcomp"); {
	case x > last:
		to = p.right[x] + 1
	case p.toks[last].Dep == "mark":
		to = p.right[p.toks[last].Head] + 1
	}
	if to <= last+1 {
		for to = last + 1; to < d.to && p.toks[to].Norm != ","; to++ {
			continue
		}
	}
	return [2]int{last + 1, min(to, d.to)}
}

// causes compares stated causes that share nothing.
func (c *comparison) causes() {
	a, b := c.a.slots.cause, c.b.slots.cause
	if a[1] == 0 || b[1] == 0 || !c.sameDeed() && !(c.a.slots.pred == "be" && c.b.slots.pred == "be" && c.nearFacts()) {
		return
	}
	best := 0.0
	for _, t := range termsIn(c.a, a) {
		for _, u := range termsIn(c.b, b) {
			best = max(best, c.al.terms(t, u))
		}
	}
	if best >= near {
		return
	}
	c.otherCause(a, b)
}

func (c *comparison) otherCause(a, b [2]int) {
	va, vb := c.a.draft.p.words(c.a.art.body, a[0], a[1]), c.b.draft.p.words(c.b.art.body, b[0], b[1])
	c.differ(KindCause, [2]string{va, vb}, [2][2]int{a, b},
		fmt.Sprintf("%s says “%s”, %s says “%s”.", c.a.art.Source, va, c.b.art.Source, vb))
}

// looseCause tells whether token i stands in a phrase that gives a ground: behind
// "over", "after" or "amid", or behind "for" under a verb of blame or punishment.
// Two such phrases may both be true, so they count only where all else is worded
// alike.
func looseCause(p *parsed, d draft, i int) bool {
	for k, steps := i, 0; steps < len(p.toks) && k != d.pred; steps++ {
		t := p.toks[k]
		switch {
		case t.Norm == "over" || t.Norm == "after" || t.Norm == "amid" || t.Norm == "following":
			return strings.HasPrefix(p.toks[t.Head].Tag, "VB")
		case t.Norm == "for":
			return punishing[lemmaOf(p.toks[t.Head])]
		}
		if t.Head == k {
			return false
		}
		k = t.Head
	}
	return false
}

var punishing = set(`jail|imprison|fine|arrest|convict|sentence|sue|criticise|criticize|blame|praise|dismiss|sack|fire|suspend|expel|
ban|punish|detain|condemn|thank|charge|prosecute|reprimand|censure|execute|honour|honor|apologise|apologize|accuse|impeach|indict`)

func termsIn(s *statement, span [2]int) []term {
	var out []term
	for _, t := range s.slots.terms {
		if span[0] <= t.tok && t.tok < span[1] && !t.outside {
			out = append(out, t)
		}
	}
	return out
}
