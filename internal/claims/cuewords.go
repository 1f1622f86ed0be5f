package claims

// copula reads an adjective or a noun behind "be": "she is confident that …",
// "his argument is that …".
func (c *cueReader) copula(v int) {
	p := c.p
	if p.toks[v].Lemma != "be" && p.toks[v].Lemma != "feel" && p.toks[v].Lemma != "become" && p.toks[v].Lemma != "remain" {
		return
	}
	src := c.agent(v)
	a := p.kid(v, "acomp", "attr")
	for _, k := range p.children[v] {
		rel := p.relation(v, k)
		if k < v || rel == "" {
			continue
		}
		if a >= 0 && a < k {
			c.add(a, lemmaOf(p.toks[a])+".a", rel, src, p.left[k], p.right[k]+1)
		}
		if s := p.kid(v, "nsubj"); s >= 0 && isNoun(p.toks[s]) && !isName(p.toks[s]) {
			c.add(s, lemmaOf(p.toks[s])+".n", "be-"+rel, c.holder(s), p.left[k], p.right[k]+1)
		}
	}
	if a < 0 {
		return
	}
	for _, k := range p.children[a] {
		o := k
		rel := p.relation(a, k)
		if p.toks[k].Dep == "prep" {
			o = p.kid(k, "pobj", "pcomp")
			rel = "prep:" + p.toks[k].Norm
		}
		if o > a && rel != "" && p.toks[a].Tag != "NNP" {
			c.add(a, lemmaOf(p.toks[a])+".a", rel, src, p.left[o], p.right[o]+1)
		}
	}
}

// noun reads a noun as a cue: "his decision to go", "criticism of the plan".
func (c *cueReader) noun(n int) {
	p := c.p
	key := lemmaOf(p.toks[n]) + ".n"
	src := c.holder(n)
	for _, k := range p.children[n] {
		if k < n {
			continue
		}
		switch p.toks[k].Dep {
		case "prep":
			if o := p.kid(k, "pobj", "pcomp"); o > k && p.toks[k].Norm != "by" {
				c.add(n, key, "prep:"+p.toks[k].Norm, src, p.left[o], p.right[o]+1)
			}
		case "acl", "relcl", "ccomp", "xcomp", "advcl":
			if rel := p.relation(n, k); rel != "" {
				c.add(n, key, rel, src, p.left[k], p.right[k]+1)
			}
		}
	}
	if v := p.toks[n].Head; v < n && isVerb(p.toks[v]) {
		c.quotations(n, key, src)
	}
}

// according reads "according to X": the clause around it is the content.
func (c *cueReader) according(a int) {
	p := c.p
	to := p.kid(a, "prep")
	if to < 0 {
		to = a
	}
	src := p.kid(to, "pobj", "pcomp")
	h := p.toks[a].Head
	for steps := 0; steps < 8 && !isVerb(p.toks[h]) && p.toks[h].Head != h; steps++ {
		h = p.toks[h].Head
	}
	if src < 0 || h == a {
		return
	}
	from, to := p.without(h, a)
	c.add(a, p.toks[a].Norm, "host", src, from, to)
	if r := p.root(); r != h && p.within(a, r) {
		from, to = p.without(r, a)
		c.add(a, p.toks[a].Norm, "host-root", src, from, to)
	}
}

// colon reads a colon behind a name as a cue: "Minister: no new taxes".
func (c *cueReader) colon(k, sent int) {
	p := c.p
	key, src, cue := "none", -1, k
	for i := k - 1; i >= 0; i-- {
		if isVerb(p.toks[i]) && p.quote[i] < 0 {
			key, src, cue = p.verbKey(i), c.agent(i), i
		}
	}
	if key == "none" {
		if k > 8 {
			return
		}
		for src = k - 1; src > 0 && p.toks[src].Head < k && p.toks[src].Head != src; {
			src = p.toks[src].Head
		}
	}
	if k+1 < len(p.toks) {
		c.add(cue, key, "colon", src, k+1, len(p.toks))
		return
	}
	if sent+1 >= len(c.x.sents) {
		return
	}
	next := c.x.sents[sent+1]
	for q, s := range c.x.quotes {
		if s.start >= next.start && s.start <= next.start+4 {
			c.quote(cue, key, "colon-next", src, q)
		}
	}
}

// quotations reads the quotations of the sentence as the content of a cue that
// stands outside them.
func (c *cueReader) quotations(v int, key string, src int) {
	p := c.p
	for i := range p.toks {
		q := p.quote[i]
		if q < 0 || i > 0 && p.quote[i-1] == q || q == p.quote[v] {
			continue
		}
		c.quote(v, key, c.quoteRelation(v, i), src, q)
	}
}

// quoteRelation says how the quotation that begins at token i stands to a cue.
func (c *cueReader) quoteRelation(v, i int) string {
	p := c.p
	top := i
	last := i
	for last+1 < len(p.toks) && p.quote[last+1] == p.quote[i] {
		last++
	}
	for k := i; k <= last; k++ {
		if h := p.toks[k].Head; h < i || h > last || h == k {
			top = k
			break
		}
	}
	rel := "quote>"
	if i < v {
		rel = "quote<"
	}
	switch h := p.toks[top].Head; {
	case h == v || top == v:
		rel += "-head-" + p.toks[top].Dep
	case p.toks[v].Head == top:
		rel += "-kid"
	case p.within(top, v):
		rel += "-under"
	}
	return rel
}
