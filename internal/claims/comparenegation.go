package claims

import (
	"fmt"
	"slices"

	"corroborate/internal/claims/nlp"
)

// negation compares whether the deed is told or denied.
func (c *comparison) negation() {
	if c.a.slots.negated == c.b.slots.negated || !c.sameVerb() || c.over.opposed || c.otherSubject() || c.over.otherDoer || !c.sameArguments() || c.openPolarity() || c.bothDeny() || c.deniesOpposite() {
		return
	}
	told, denied := c.a.art.called, c.b.art.called
	if c.a.slots.negated {
		told, denied = denied, told
	}
	c.differ(KindNegation, [2]string{polarity(c.a), polarity(c.b)}, [2][2]int{verbGroup(c.a), verbGroup(c.b)},
		fmt.Sprintf("%s tells it, %s says that it is not so.", told, denied))
}

// nominalDenials finds a denial that stands in a noun phrase ("without any warning",
// "no talks with the president"), which the predicates do not show.
func (c *comparison) nominalDenials() {
	if slices.ContainsFunc(c.out.differences, func(d foundDifference) bool { return d.kind == KindNegation || d.kind == KindAction }) {
		return
	}
	if c.over.otherDoer || c.bothDeny() || exceptive(c.a) || exceptive(c.b) {
		return
	}
	if !deniesNoun(c.a) && !deniesNoun(c.b) {
		return // the rest costs more than all other kinds together
	}
	e := c.al.e
	ra, rb := e.linkage(c.a.wording()), e.linkage(c.b.wording())
	m := e.match(rb, ra)
	if max(m.told(), e.match(ra, rb).told()) < clashAt {
		return
	}
	for _, x := range m.clashes() {
		u, v := rb.units[x.b], ra.units[x.a]
		if x.kind != KindNegation || !nothingOf(u.p, u.tok) && !nothingOf(v.p, v.tok) {
			continue
		}
		d := m.difference(x, false)
		c.differ(x.kind, d.values, d.marks, d.explanation)
		return
	}
}

// deniesNoun tells a statement in whose sentence something is said not to be there.
func deniesNoun(s *statement) bool {
	p := s.draft.p
	for i := range p.toks {
		if nothingOf(p, i) {
			return true
		}
	}
	return false
}

// otherSubject tells deeds of which a person does the one, and the other somebody whom
// an article that knows this person by name only introduces: "a farmer who never went
// to law school".
func (c *comparison) otherSubject() bool {
	return introducesOther(c.a, c.b) || introducesOther(c.b, c.a)
}

func introducesOther(s, o *statement) bool {
	x, y := s.draft.antecedent(), o.draft.antecedent()
	if x < 0 || y < 0 || s.art.subjectAt(s.draft.p, x) != nil {
		return false
	}
	det := s.draft.p.kid(x, "det")
	who := o.art.subjectAt(o.draft.p, y)
	return det >= 0 && lemmaOf(s.draft.p.toks[det]) == "a" && who != nil && who.kind == "person" && s.art.cast.knows(who)
}

// polarity gives the verb group as written: "issued", "did not issue".
func polarity(s *statement) string {
	m := verbGroup(s)
	return s.draft.p.words(s.art.body, m[0], m[1])
}

// openPolarity tells pairs of which one leaves it open whether it is so ("whether
// she had ever"), and pairs that only share "is": what is denied of one thing may
// hold of another.
func (c *comparison) openPolarity() bool {
	for _, s := range []*statement{c.a, c.b} {
		if x := s.draft.p.kid(s.slots.predTok, "advmod", "neg"); x >= 0 && s.draft.p.toks[x].Norm == "ever" {
			return true
		}
	}
	return c.a.slots.pred == "be" && c.over.arguments() < sameThing
}

// bothDeny tells two statements that each deny something: "ended without an
// agreement", "did not end with one".
func (c *comparison) bothDeny() bool { return denies(c.a) && denies(c.b) }

func denies(s *statement) bool {
	return slices.ContainsFunc(s.draft.p.toks[s.draft.from:s.draft.to], func(t nlp.Token) bool { return deniers[t.Norm] })
}

// denials deny outright; weaker ones leave something over.
const denials = `no|not|n't|never|none|nobody|nothing|neither|nor|without|nowhere|noone|cannot`

var deniers = set(denials)

// exceptive tells a denial that leaves something out: "nothing but rust", "no one
// except the pilot", "did not reopen until Friday".
func exceptive(s *statement) bool {
	denied := false
	for _, t := range s.draft.p.toks[s.draft.from:s.draft.to] {
		if denied && exceptions[t.Norm] {
			return true
		}
		denied = denied || deniers[t.Norm]
	}
	return false
}

var exceptions = set(`but|except|until|till|unless|besides`)

// deniesOpposite tells whether one statement has the opposite of a word of the
// other: who denies that a strike is legal says that it is illegal.
func (c *comparison) deniesOpposite() bool {
	if exceptive(c.a) || exceptive(c.b) {
		return true
	}
	for _, t := range c.a.slots.terms {
		for _, u := range c.b.slots.terms {
			if t.ent == nil && u.ent == nil && t.pos == u.pos && t.pos != 'c' && c.al.opposed(t, u) {
				return true
			}
		}
	}
	return false
}
