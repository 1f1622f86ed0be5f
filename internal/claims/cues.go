package claims

import (
	"strings"
)

// reading is one way to take a word as the cue of an attribution: its content,
// its source, and what speaks for it.
type reading struct {
	p *parsed
	// cue and source are tokens; source is -1 where nobody is named.
	cue, source int
	// start and end bound the content, in bytes of the body.
	start, end int
	// rel says how the content hangs on the cue.
	rel string
	// quoted is true when the content is mostly a quotation.
	quoted bool
	// features are what the weights of the cues are looked up by.
	features []string
	score    float64
}

// cueReader collects the readings of one sentence.
type cueReader struct {
	e   *Engine
	x   *article
	p   *parsed
	out []reading
}

// readings gives every way to read a word of sentence i as a cue.
func (e *Engine) readings(x *article, i int) []reading {
	c := &cueReader{e: e, x: x, p: x.sents[i]}
	for v, t := range c.p.toks {
		if c.spoken(v) {
			continue
		}
		switch {
		case t.Norm == "according" || t.Norm == "per":
			c.according(v)
		case isVerb(t) && t.Dep != "aux" && t.Dep != "auxpass":
			c.verb(v)
		case isNoun(t) && !isName(t):
			c.noun(v)
		case t.Norm == ":":
			c.colon(v, i)
		}
	}
	return c.out
}

// verb reads a verb as a cue, with each of its complements as the content.
func (c *cueReader) verb(v int) {
	p := c.p
	key := p.verbKey(v)
	src := c.agent(v)
	for _, k := range p.children[v] {
		switch p.toks[k].Dep {
		case "ccomp", "parataxis", "xcomp", "dobj", "oprd", "advcl":
			rel := p.relation(v, k)
			if rel == "" {
				continue
			}
			c.add(v, key, rel, src, p.left[k], p.right[k]+1)
			if rel == "ccomp" || rel == "advcl-that" {
				c.add(v, key, "rest", src, p.left[k], c.clauseEnd(v))
			}
		case "prep":
			if o := p.kid(k, "pobj", "pcomp"); o > k {
				rel := "prep:" + p.toks[k].Norm
				c.add(v, key, rel, src, p.left[o], p.right[o]+1)
				if d := p.kid(v, "dobj"); d >= 0 && d < k {
					c.add(v, key, "dobj+"+rel, src, p.left[d], p.right[o]+1)
				}
			}
		}
	}
	c.small(v, key, src)
	c.passive(v, key)
	c.host(v, key, src)
	c.inserted(v, key)
	c.quotations(v, key, src)
	c.copula(v)
}

// small reads an object and what is said of it as one content: "called it a
// disaster", "urged him to go".
func (c *cueReader) small(v int, key string, src int) {
	p := c.p
	d := p.kid(v, "dobj", "nsubj")
	if d < v {
		return
	}
	for _, o := range p.kids(v, "oprd", "xcomp", "ccomp", "advcl") {
		if o > d && (p.toks[o].Dep != "advcl" || hasTo(p, o)) {
			c.add(v, key, "dobj+"+strings.Replace(p.toks[o].Dep, "advcl", "xcomp", 1), src, p.left[d], p.right[o]+1)
			return
		}
	}
}

// passive reads the subject of a passive as the content: "the plan was described
// by critics as a giveaway", "he is expected to resign".
func (c *cueReader) passive(v int, key string) {
	p := c.p
	s := p.kid(v, "nsubjpass")
	switch {
	case s >= 0:
		c.add(v, key, "pass", c.by(v), p.left[s], p.right[s]+1)
	case raising[p.toks[v].Lemma]:
		s = p.kid(v, "nsubj")
	}
	if s < 0 {
		return
	}
	if o := p.kid(v, "xcomp", "oprd"); o > v {
		c.add(v, key, "subj+"+p.toks[o].Dep, c.by(v), p.left[s], p.right[o]+1)
	}
}

// raising verbs have a subject that belongs to the clause below them: "the plan
// seems to work".
var raising = set(`seem|appear|tend|happen|prove|look|sound`)

// host reads the clause that a verb is put into as its content: "…, as critics
// put it", "…, he said, …".
func (c *cueReader) host(v int, key string, src int) {
	p := c.p
	h := p.toks[v].Head
	if h == v {
		return
	}
	switch p.toks[v].Dep {
	case "advcl", "parataxis", "prep", "ccomp", "acl", "relcl", "appos", "dep":
	default:
		return
	}
	rel := "host-" + p.toks[v].Dep
	if m := p.kid(v, "mark"); m >= 0 {
		rel += "-" + p.toks[m].Norm
	}
	if p.kid(v, "ccomp", "dobj") >= 0 {
		rel += "+"
	}
	from, to := p.without(h, v)
	c.add(v, key, rel, src, from, to)
}

// inserted reads a reporting verb that is put with its source between commas into
// the clause that it reports: "The bridge, the mayor said on Friday, is safe".
func (c *cueReader) inserted(v int, key string) {
	p := c.p
	src := -1
	from := v - 1
	for ; from >= 0 && p.toks[from].Norm != ","; from-- {
		if isVerb(p.toks[from]) && p.toks[from].Dep != "aux" {
			return
		}
		if t := p.toks[from]; src < 0 && (isNoun(t) || t.Tag == "PRP") {
			src = p.nounHead(from)
		}
	}
	to := v + 1
	for to < len(p.toks) && to < v+8 && p.toks[to].Norm != "," {
		to++
	}
	if from <= 0 || src < from || src > v || to+2 >= len(p.toks) || p.toks[to].Norm != "," {
		return
	}
	c.add(v, key, "inserted", src, 0, c.clauseEnd(v))
}

// verbKey names a verb by its lemma and its particle: "point_out.v".
func (p *parsed) verbKey(v int) string {
	key := lemmaOf(p.toks[v])
	if k := p.kid(v, "prt"); k >= 0 {
		key += "_" + p.toks[k].Norm
	}
	return key + ".v"
}
