package claims

import (
	"strings"

	"corroborate/internal/claims/nlp"
)

// agent gives the token for who says, thinks or does what verb v tells: its
// subject, the one it shares or hangs on, or "by" in a passive.
func (c *cueReader) agent(v int) int {
	p := c.p
	if p.kid(v, "auxpass", "nsubjpass") >= 0 {
		return c.by(v)
	}
	if s := p.kid(v, "nsubj"); s >= 0 {
		return s
	}
	if d := p.toks[v].Dep; d == "acl" || d == "relcl" {
		return p.toks[v].Head
	}
	for h, steps := v, 0; steps < 6 && p.toks[h].Head != h; steps++ {
		h = p.toks[h].Head
		if s := p.kid(h, "nsubj", "nsubjpass"); s >= 0 && isVerb(p.toks[h]) && !p.within(v, s) {
			return s
		}
	}
	return -1
}

// farthest is the most words between a verb and a source that the tree does not
// tie to it.
const farthest = 9

// beside gives the noun or pronoun nearest to a verb that has no subject in the
// tree, before it or, for inverted speech, behind it, outside the content.
func (c *cueReader) beside(v int, r reading) int {
	p := c.p
	free := func(i int) bool {
		t := p.toks[i]
		return (isNoun(t) || t.Tag == "PRP" || t.Tag == "WP") && p.quote[i] < 0 && (t.Start < r.start || t.Start >= r.end) &&
			t.Dep != "npadvmod" && t.Dep != "dobj" && t.Dep != "pobj" && t.Ent != "DATE" && t.Ent != "TIME"
	}
	for d := 1; d <= farthest; d++ {
		if i := v - d; i >= 0 && free(i) {
			return p.nounHead(i)
		}
		if i := v + d; i < len(p.toks) && free(i) && p.toks[v].Tag == "VBD" {
			return p.nounHead(i)
		}
	}
	return -1
}

// nounHead gives the head of the noun phrase that token i is part of.
func (p *parsed) nounHead(i int) int {
	for steps := 0; steps < 4; steps++ {
		switch p.toks[i].Dep {
		case "compound", "nmod", "amod", "poss", "appos", "det", "flat":
			i = p.toks[i].Head
		default:
			return i
		}
	}
	return i
}

func (c *cueReader) by(v int) int {
	if b := c.p.kid(v, "agent"); b >= 0 {
		return c.p.kid(b, "pobj")
	}
	return -1
}

// holder gives the token for whose a noun is: "his decision", "the decision by
// the board", "made the decision".
func (c *cueReader) holder(n int) int {
	p := c.p
	if s := p.kid(n, "poss"); s >= 0 {
		return s
	}
	for _, b := range p.kids(n, "prep") {
		if w := p.toks[b].Norm; w == "by" || w == "from" || w == "among" {
			if o := p.kid(b, "pobj"); o >= 0 {
				return o
			}
		}
	}
	for _, m := range p.kids(n, "compound", "amod", "nmod") {
		if p.toks[m].Ent != "" {
			return m
		}
	}
	h := n
	for steps := 0; steps < 3; steps++ {
		h = p.toks[h].Head
		if isVerb(p.toks[h]) {
			if s := c.agent(h); s != n {
				return s
			}
			break
		}
	}
	return -1
}

// spoken tells a token inside a quotation: it cannot be who speaks it.
func (c *cueReader) spoken(i int) bool {
	if i < 0 || c.p.quote[i] < 0 {
		return false
	}
	q := c.x.quotes[c.p.quote[i]]
	return q.words > 4 || strings.ContainsAny(c.x.body[q.end-1:q.end], ",.?!")
}

func tokenKind(t nlp.Token) string {
	switch {
	case t.Ent == "PERSON" || t.Ent == "ORG" || t.Ent == "GPE" || t.Ent == "NORP":
		return strings.ToLower(t.Ent)
	case t.Tag == "PRP" || t.Tag == "PRP$" || t.Tag == "WP":
		return t.Norm
	case isName(t):
		return "name"
	case t.Tag == "NNS":
		return "nouns"
	case isNoun(t):
		return "noun"
	case isVerb(t):
		return "verb"
	}
	return strings.ToLower(t.Tag)
}
