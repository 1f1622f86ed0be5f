package claims

import (
	"slices"
	"strings"

	"corroborate/internal/claims/nlp"
)

// A reference stands for what the article names elsewhere: "the congressman",
// "the agency", "it", "they". One that could mean two things stays unresolved.

// phrase is a noun phrase of an earlier clause, tokens [from, to).
type phrase struct {
	p        *parsed
	from, to int
}

// topic is what a clause was last about.
type topic struct {
	phrase
	ent    *entity
	plural bool
	// divided is true when another clause of the sentence had a subject too.
	divided bool
	// sentence numbers the sentence that it stood in.
	sentence int
}

// references holds what may be referred to, gathered in the order of the text.
type references struct {
	// ranks are the people by the ranks that the article gave them, orgs the
	// organisations by the nouns of their names.
	ranks, orgs map[string][]*entity
	// ages are the people by age.
	ages map[string][]*entity
	last topic
	n    int
	// phrases are the pronouns that stand for a phrase without an entity.
	phrases map[*parsed]map[int]phrase
}

func newReferences() *references {
	return &references{ranks: map[string][]*entity{}, orgs: map[string][]*entity{}, ages: map[string][]*entity{},
		phrases: map[*parsed]map[int]phrase{}}
}

// refer resolves the references of a sentence into refs and the phrases, and
// gathers what later ones may mean.
func (c *cast) refer(p *parsed, ms []mention, refs map[int]*entity) {
	c.refs.n++
	if len(p.toks) == 0 {
		return // marks alone can leave a sentence without a token
	}
	for i, t := range p.toks {
		if e := c.aged(p, i); e != nil {
			refs[i] = e
			continue
		}
		switch {
		case isNoun(t) && !isName(t) && c.definite(p, i):
			if e := c.described(p, i); e != nil {
				refs[i] = e
			}
		case t.Tag == "PRP" || t.Tag == "PRP$":
			c.neuter(p, i, refs)
		}
	}
	for _, m := range ms {
		c.gather(p, m)
	}
	if s := p.kid(p.root(), "nsubj", "nsubjpass"); s >= 0 && p.quote[s] < 0 {
		c.about(p, s, ms, refs)
	}
}

// definite tells "the senator" without more words that could pick another one:
// "the senator from Ohio".
func (c *cast) definite(p *parsed, i int) bool {
	if p.quote[i] >= 0 || p.kid(i, "prep", "relcl", "acl", "appos", "poss", "conj") >= 0 {
		return false
	}
	if i+1 < len(p.toks) {
		switch next := p.toks[i+1]; {
		case next.Tag == "WDT", next.Tag == "WP", next.Norm == "of", next.Norm == "that", isNoun(next):
			return false
		}
	}
	first := p.toks[p.left[i]].Norm
	if first != "the" || p.toks[i].Dep == "compound" || p.toks[i].Dep == "attr" {
		return false
	}
	for _, k := range p.children[i] {
		if d := p.toks[k].Dep; d == "compound" || d == "nmod" || d == "nummod" || d == "amod" {
			return false
		}
	}
	return true
}

// described gives the person or the organisation that a definite noun stands for.
func (c *cast) described(p *parsed, i int) *entity {
	t := p.toks[i]
	if t.Tag == "NNS" {
		return nil
	}
	if rank, ok := c.gaz.Title(t.Text); ok && !commonRoles[t.Norm] {
		return only(c.refs.ranks[rank])
	}
	return only(c.refs.orgs[t.Norm])
}

// commonRoles are held by several people of a story, though the article may give
// them to one.
var commonRoles = set(`candidate|nominee|leader|member|official|spokesman|spokeswoman|spokesperson|lawyer|attorney|officer|aide|adviser|advisor|activist|
author|host|expert|analyst|lawmaker|politician|delegate|director|head|founder|owner|partner|manager|player|coach|witness|doctor|professor|teacher|student`)

// only gives the entity of a list of one.
func only(es []*entity) *entity {
	if len(es) != 1 {
		return nil
	}
	return es[0]
}

// aged gives the person whose age ends at token i: "the 47-year-old" alone.
func (c *cast) aged(p *parsed, i int) *entity {
	k := i - 4
	if k < 1 || p.toks[k-1].Norm != "the" || !p.measure(k) || p.measureEnd(k) != i+1 || i+1 < len(p.toks) && isNoun(p.toks[i+1]) {
		return nil
	}
	return only(c.refs.ages[p.toks[k].Norm])
}

// gather notes how a mention may be referred to later.
func (c *cast) gather(p *parsed, m mention) {
	head := m.to - 1
	switch m.ent.kind {
	case "person":
		for _, t := range p.toks[m.titled:m.from] {
			c.rank(t, m.ent)
		}
		for _, t := range p.toks[m.from:head] {
			c.rank(t, m.ent)
		}
		for _, a := range p.kids(head, "appos") {
			c.rank(p.toks[a], m.ent)
			if p.toks[a].Tag == "CD" {
				addOnce(c.refs.ages, p.toks[a].Norm, m.ent)
			}
		}
		if v := p.toks[head].Head; p.toks[head].Dep == "nsubj" && p.toks[v].Lemma == "be" {
			if a := p.kid(v, "attr"); a >= 0 {
				c.rank(p.toks[a], m.ent)
			}
		}
	case "org":
		for _, w := range strings.Fields(fold(m.ent.name)) {
			if bodies[w] {
				addOnce(c.refs.orgs, w, m.ent)
			}
		}
		for _, a := range p.kids(head, "appos") {
			if isNoun(p.toks[a]) && bodies[p.toks[a].Lemma] {
				addOnce(c.refs.orgs, p.toks[a].Lemma, m.ent)
			}
		}
	}
}

// bodies are the nouns that an organisation is called by.
var bodies = set(`agency|department|ministry|company|firm|bank|group|party|court|university|college|union|commission|committee|council|association|
institute|foundation|organisation|organization|bureau|corporation|airline|club|hospital|school|church|museum|newspaper|network|board|authority|office|service|league|federation|coalition|fund|society|academy|paper|magazine|maker|retailer|carrier|manufacturer|airport|senate|congress|parliament|assembly`)

// rank notes a person under the rank that a word gives.
func (c *cast) rank(t nlp.Token, e *entity) {
	if rank, ok := c.gaz.Title(t.Text); ok {
		addOnce(c.refs.ranks, rank, e)
	}
}

func addOnce(m map[string][]*entity, key string, e *entity) {
	if !slices.Contains(m[key], e) {
		m[key] = append(m[key], e)
	}
}

// about notes the subject of a sentence for the pronouns of the next ones.
func (c *cast) about(p *parsed, s int, ms []mention, refs map[int]*entity) {
	if t := p.toks[s]; isPronoun(t) || t.Tag == "DT" || t.Tag == "EX" {
		if t.Norm != "it" && t.Norm != "they" {
			c.refs.last = topic{}
		} else {
			c.refs.last.sentence = c.refs.n
		}
		return
	}
	from, to := p.left[s], s+1
	for _, k := range p.children[s] {
		if d := p.toks[k].Dep; k > s && (d == "conj" || d == "cc" || d == "prep" && p.right[k]-s <= 6) {
			to = max(to, p.right[k]+1)
		}
	}
	last := topic{phrase: phrase{p, from, to}, sentence: c.refs.n, ent: refs[s], divided: p.subjects(0, len(p.toks)) > 1,
		plural: p.toks[s].Tag == "NNS" || p.toks[s].Tag == "NNPS" || p.kid(s, "conj") >= 0}
	for _, m := range ms {
		if m.from <= s && s < m.to && p.kid(s, "conj") < 0 {
			last.ent = m.ent
		}
	}
	c.refs.last = last
}

// neuter resolves "it" and "they", which go on with the subject of the sentence
// before where they are the subject themselves and nothing else is in between.
func (c *cast) neuter(p *parsed, i int, refs map[int]*entity) {
	t, last := p.toks[i], c.refs.last
	if t.Dep != "nsubj" && t.Dep != "nsubjpass" || t.Head != p.root() || p.quote[i] >= 0 || last.p == nil || last.sentence != c.refs.n-1 ||
		last.p.block != p.block && last.p.block != p.block-1 {
		return
	}
	person := last.ent != nil && last.ent.kind == "person"
	switch t.Norm {
	case "it":
		if last.plural || last.divided || person || expletive(p, t.Head) || p.subjects(0, i) > 0 {
			return
		}
	case "they":
		if !last.plural || !c.peopled(last) {
			return
		}
	default:
		return
	}
	if last.ent != nil && !last.plural {
		refs[i] = last.ent
		return
	}
	if c.refs.phrases[p] == nil {
		c.refs.phrases[p] = map[int]phrase{}
	}
	c.refs.phrases[p][i] = last.phrase
}

// peopled tells a subject of people or of what people make up: papers do nothing.
func (c *cast) peopled(s topic) bool {
	for _, t := range s.p.toks[s.from:s.to] {
		if isName(t) || isNoun(t) && (c.lex.IsA(t.Lemma, "person") || c.lex.IsA(t.Lemma, "group")) {
			return true
		}
	}
	return false
}

// subjects counts the nouns among tokens [from, to) that are subjects.
func (p *parsed) subjects(from, to int) int {
	n := 0
	for _, t := range p.toks[from:to] {
		if (t.Dep == "nsubj" || t.Dep == "nsubjpass") && isNoun(t) {
			n++
		}
	}
	return n
}

// expletive tells an "it" that stands for a clause or for nothing: "it is clear
// that …", "it rained".
func expletive(p *parsed, v int) bool {
	if p.toks[v].Lemma == "be" || p.kid(v, "auxpass") >= 0 || p.kid(v, "ccomp", "csubj") >= 0 {
		return true
	}
	return impersonal[p.toks[v].Lemma]
}

// impersonal verbs take an "it" that stands for nothing.
var impersonal = set(`seem|appear|happen|turn|take|rain|snow|remain|matter|become|mean|come|look|sound|feel|follow|emerge`)
