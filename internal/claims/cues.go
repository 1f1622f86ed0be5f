package claims

import (
	"strings"

	"corroborate/internal/claims/nlp"
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

// clauseEnd gives the end of what follows a verb that governs the rest of its
// sentence.
func (c *cueReader) clauseEnd(v int) int {
	end := len(c.p.toks)
	for end > v+1 && isPunct(c.p.toks[end-1]) {
		end--
	}
	return end
}

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

// beside gives the noun or pronoun nearest to a verb that has no subject in the
// tree, before it or, for inverted speech, behind it, outside the content.
func (c *cueReader) beside(v int, r reading) int {
	p := c.p
	free := func(i int) bool {
		t := p.toks[i]
		return (isNoun(t) || t.Tag == "PRP" || t.Tag == "WP") && p.quote[i] < 0 && (t.Start < r.start || t.Start >= r.end) &&
			t.Dep != "npadvmod" && t.Dep != "dobj" && t.Dep != "pobj" && t.Ent != "DATE" && t.Ent != "TIME"
	}
	for d := 1; d <= 6; d++ {
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

// add keeps the reading whose content are tokens [from, to).
func (c *cueReader) add(cue int, key, rel string, src, from, to int) {
	p := c.p
	for from < to && (isPunct(p.toks[from]) && p.quote[from] < 0 && !isQuoteMark([]rune(p.toks[from].Text)[0]) || from == cue || from == src) {
		from++
	}
	for to > from && (isPunct(p.toks[to-1]) && p.quote[to-1] < 0 && !isQuoteMark([]rune(p.toks[to-1].Text)[0]) || to-1 == cue || to-1 == src) {
		to--
	}
	if from >= to || src >= 0 && from <= src && src < to && !strings.HasPrefix(rel, "host") && to-from < 3 {
		return
	}
	r := reading{p: p, cue: cue, source: src, start: p.toks[from].Start, end: p.toks[to-1].End}
	c.keep(r, key, rel, from, to)
}

// quote keeps the reading whose content is quotation q.
func (c *cueReader) quote(cue int, key, rel string, src, q int) {
	r := reading{p: c.p, cue: cue, source: src}
	r.start, r.end = c.x.quotes[q].marked(c.x.body)
	from := 0
	for from < len(c.p.toks) && c.p.toks[from].End <= r.start {
		from++
	}
	to := from
	for to < len(c.p.toks) && c.p.toks[to].Start < r.end {
		to++
	}
	c.keep(r, key, rel, from, to)
}

// keep widens a content to the quotations it cuts and notes what speaks for it.
func (c *cueReader) keep(r reading, key, rel string, from, to int) {
	inside := 0
	for _, q := range quotationsIn(c.x.quotes, r.start, r.end) {
		inside += min(q.end, r.end) - max(q.start, r.start)
		if q.words > 2 && (q.start < r.start || q.end > r.end) && 2*(min(q.end, r.end)-max(q.start, r.start)) > r.end-r.start {
			s, e := q.marked(c.x.body)
			r.start, r.end = min(r.start, s), max(r.end, e)
		}
	}
	r.rel = rel
	if c.spoken(r.source) {
		r.source = -1
	}
	if r.source < 0 && isVerb(c.p.toks[r.cue]) && c.p.kid(r.cue, "auxpass", "nsubjpass") < 0 && !strings.HasPrefix(rel, "subj+") {
		r.source = c.beside(r.cue, r)
	}
	r.quoted = 2*inside > r.end-r.start
	r.features = c.features(r, key, rel, from, to, inside)
	c.out = append(c.out, r)
}

// spoken tells a token inside a quotation: it cannot be who speaks it.
func (c *cueReader) spoken(i int) bool {
	if i < 0 || c.p.quote[i] < 0 {
		return false
	}
	q := c.x.quotes[c.p.quote[i]]
	return q.words > 4 || strings.ContainsAny(c.x.body[q.end-1:q.end], ",.?!")
}

// clausal tells a reading whose content is a clause of its own, not the object or
// the aim of what somebody does.
func (r reading) clausal() bool {
	kind, _, _ := strings.Cut(strings.TrimSuffix(r.rel, "<"), "-")
	switch kind {
	case "ccomp", "parataxis", "quote>", "quote<", "colon", "inserted":
		return true
	case "host":
		return r.rel == "host" || r.rel == "host-root" || strings.HasPrefix(r.rel, "host-advcl-as") || strings.HasPrefix(r.rel, "host-parataxis")
	}
	return false
}

// without gives the tokens from the first to the last of the clause at h that
// are outside the subtree at v.
func (p *parsed) without(h, v int) (from, to int) {
	from, to = -1, -1
	for i := p.left[h]; i <= p.right[h]; i++ {
		if !p.within(i, h) || p.within(i, v) || isPunct(p.toks[i]) {
			continue
		}
		if from < 0 {
			from = i
		}
		to = i + 1
	}
	if from < 0 {
		return 0, 0
	}
	return from, to
}

// verbKey names a verb by its lemma and its particle: "point_out.v".
func (p *parsed) verbKey(v int) string {
	key := lemmaOf(p.toks[v])
	if k := p.kid(v, "prt"); k >= 0 {
		key += "_" + p.toks[k].Norm
	}
	return key + ".v"
}

// relation names how clause or object k hangs on word v, empty for a relation
// that holds no content.
func (p *parsed) relation(v, k int) string {
	t := p.toks[k]
	rel := t.Dep
	switch t.Dep {
	case "dobj", "oprd":
		return rel
	case "ccomp", "parataxis", "xcomp", "acl", "relcl", "advcl", "csubj":
	default:
		return ""
	}
	mark := p.kid(k, "mark")
	switch {
	case mark >= 0 && mark > v:
		rel += "-" + p.toks[mark].Norm
	case hasTo(p, k):
		rel += "-to"
	case t.Tag == "VBG":
		rel += "-ing"
	}
	if t.Dep == "advcl" && rel != "advcl-that" && rel != "advcl-to" && rel != "advcl-whether" {
		return ""
	}
	if (t.Dep == "acl" || t.Dep == "relcl") && rel == t.Dep && p.toks[p.left[k]].Norm != "that" {
		return ""
	}
	if t.Dep == "ccomp" && p.right[k] < v {
		rel += "<"
	}
	return rel
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
