package claims

import (
	"strings"

	"corroborate/internal/claims/values"
)

// unit is a content word of a text with what the text says of it.
type unit struct {
	wordAt
	pos byte
	ent *entity
	// number and time are what the word belongs to, nil for most.
	number *values.Quantity
	time   *values.Time
	weight float64
	// denied is true where the clause of a verb, or the noun itself, is negated; force
	// is how surely a verb is told, as [forceOf] ranks it.
	denied bool
	force  int
}

// link says that one unit plays a part for another.
type link struct {
	from, to int // the governing unit and the one that plays the part
	role     string
}

// The roles that are told apart; others are named by their preposition.
const (
	linkAgent   = "agent"   // who does it
	linkPatient = "patient" // to whom or to what it is done
	linkIs      = "is"      // what somebody or something is
	linkOf      = "of"      // whose it is
	linkWith    = "with"    // what stands beside a noun as its epithet
)

// linkage is a text as its content words and the parts that they play.
type linkage struct {
	art   *article
	units []unit
	links []link
	// at finds the unit of a token, beside the units linked to each.
	at     map[wordKey]int
	beside [][]link
}

type wordKey struct {
	p   *parsed
	tok int
}

// linkage takes the units and links from the words of a text or a statement.
func (e *Engine) linkage(text wording) *linkage {
	r := &linkage{art: text.art, at: map[wordKey]int{}}
	for _, w := range text.words {
		if u, ok := e.unit(text.art, w); ok {
			r.at[wordKey{w.p, w.tok}] = len(r.units)
			r.units = append(r.units, u)
		}
	}
	r.lightenFrames()
	for i := range r.units {
		r.linkUp(i)
	}
	r.beside = make([][]link, len(r.units))
	for _, l := range r.links {
		r.beside[l.from] = append(r.beside[l.from], l)
		r.beside[l.to] = append(r.beside[l.to], l)
	}
	return r
}

const (
	// slightWeight is that of pronouns and of verbs that mean little by themselves.
	slightWeight = 0.3
	// figureWeight is that of a number, which says more than a word.
	figureWeight = 1.5
	// frameShare is what words of a reporting frame count: who vouches for a statement is
	// not what it says.
	frameShare = 0.25
)

// unit reads a word, false for one without a meaning of its own.
func (e *Engine) unit(art *article, w wordAt) (unit, bool) {
	t := w.p.toks[w.tok]
	u := unit{wordAt: w, pos: posOf(t), ent: art.entityAt(w.p, w.tok)}
	main := u.pos == 'v' && t.Dep != "aux" && t.Dep != "auxpass" && t.Dep != "prep"
	switch {
	case isPronoun(t) && u.ent == nil, u.pos == 0 && !isPronoun(t), denyingWords[t.Norm]:
		return u, false
	case isPronoun(t):
		u.weight = slightWeight
	case stopLemmas[w.lemma] && u.ent == nil:
		if !main || w.lemma == "be" || w.lemma == "have" {
			return u, false
		}
		u.weight = slightWeight
	default:
		u.weight = classWeight(term{pos: u.pos, ent: u.ent})
		if u.pos == 'c' {
			u.weight = figureWeight
		}
	}
	for _, q := range e.quantities(w.p) {
		if q.From <= w.tok && w.tok < q.To {
			u.number = &q
		}
	}
	for _, x := range e.times(art, w.p) {
		if x.From <= w.tok && w.tok < x.To {
			u.time = &x
		}
	}
	if main {
		u.denied, u.force = w.p.negated(w.tok), forceOf(w.p, w.tok)
	} else {
		u.denied = deniedNoun(w.p, w.tok)
	}
	return u, true
}

// deniedNoun tells a noun that is said not to be: "no survivors", "without help", or
// what "is not" something or what somebody "does not have".
func deniedNoun(p *parsed, i int) bool {
	h, d := p.toks[i].Head, p.toks[i].Dep
	return nothingOf(p, i) || (d == "attr" || d == "acomp" || d == "dobj" && lemmaOf(p.toks[h]) == "have") && p.negated(h)
}

// nothingOf tells a noun behind "no" or "without". "Not the bridge" sets the bridge
// against something else and denies nothing of it.
func nothingOf(p *parsed, i int) bool {
	d := p.kid(i, "det", "neg")
	return isNoun(p.toks[i]) && (d >= 0 && denyingWords[p.toks[d].Norm] && p.toks[d].Norm != "not" || p.toks[p.listHead(i)].Norm == "without")
}

// listHead gives what a noun hangs on, or the list that it is an item of: in "without
// any warnings or inquiries" both hang on "without".
func (p *parsed) listHead(i int) int {
	h := p.toks[i].Head
	for steps := 0; steps < len(p.toks) && isNoun(p.toks[h]) && (p.toks[i].Dep == "conj" || p.toks[i].Dep == "nmod"); steps++ {
		i, h = h, p.toks[h].Head
	}
	return h
}

// forceOf ranks how surely a verb is told: 0 as it is, 1 planned, 2 possible or on a
// condition, 3 alleged.
func forceOf(p *parsed, v int) int {
	rank := map[Certainty]int{Planned: 1, Possible: 2, Conditional: 2, Alleged: 3}
	if f := rank[clauseCertainty(p, v)]; f > 0 {
		return f
	}
	if p.toks[v].Dep == "xcomp" || p.toks[v].Dep == "ccomp" {
		h := p.toks[v].Head
		if c, ok := governed(p, h); ok && p.toks[v].Dep == "xcomp" {
			return rank[c]
		}
		switch reportingForce(lemmaOf(p.toks[h])) {
		case alleging:
			return 3
		case believing:
			return 2
		case promising:
			return 1
		}
	}
	if m := p.kid(v, "mark"); m >= 0 && (p.toks[m].Norm == "if" || p.toks[m].Norm == "unless" || p.toks[m].Norm == "whether") {
		return 2
	}
	return 0
}

// lightenFrames takes weight from the words outside every claim's passage: "he said at
// a news conference".
func (r *linkage) lightenFrames() {
	inside := map[wordKey]bool{}
	for _, s := range r.art.claims {
		for i := s.draft.from; i < s.draft.to; i++ {
			inside[wordKey{s.draft.p, i}] = true
		}
	}
	for i, u := range r.units {
		if len(inside) > 0 && !inside[wordKey{u.p, u.tok}] {
			r.units[i].weight *= frameShare
		}
	}
}

func (r *linkage) join(from, to int, role string) {
	if from != to && from >= 0 && to >= 0 {
		r.links = append(r.links, link{from, to, role})
	}
}

// find gives the unit of a token, -1 where it is none.
func (r *linkage) find(p *parsed, tok int) int {
	if i, ok := r.at[wordKey{p, tok}]; ok {
		return i
	}
	return -1
}

// linkUp ties a unit to the unit that governs it, through prepositions, copulas and
// lists, and gives the verbs of a sentence the subjects they share.
func (r *linkage) linkUp(i int) {
	p, tok := r.units[i].p, r.units[i].tok
	if gov, role := r.governor(p, tok); gov >= 0 {
		r.join(gov, i, role)
		r.joinList(gov, i, role)
	}
	if r.units[i].pos != 'v' {
		return
	}
	switch t := p.toks[tok]; t.Dep {
	case "relcl":
		r.join(i, r.find(p, t.Head), relativeRole(p, tok))
	case "acl":
		role := linkAgent
		if t.Tag == "VBN" {
			role = linkPatient
		}
		r.join(i, r.find(p, t.Head), role)
	case "xcomp", "advcl", "conj", "ccomp":
		if p.kid(tok, "nsubj", "nsubjpass") < 0 {
			r.inherit(i, p, t.Head)
		}
	}
}

// joinList ties what stands behind a list of nouns to its first item too: in "letters
// or calls from its auditor" both are the auditor's.
func (r *linkage) joinList(gov, i int, role string) {
	u := r.units[gov]
	if r.units[i].p != u.p || u.tok > r.units[i].tok || !isNoun(u.p.toks[u.tok]) {
		return
	}
	if t := u.p.toks[u.tok]; t.Dep == "conj" && isNoun(u.p.toks[t.Head]) {
		r.join(r.find(u.p, t.Head), i, role)
	}
	for _, k := range u.p.kids(u.tok, "nmod") {
		if isNoun(u.p.toks[k]) && u.p.kid(k, "cc") >= 0 {
			r.join(r.find(u.p, k), i, role)
		}
	}
}

// inherit gives a verb without a subject that of the verb above it.
func (r *linkage) inherit(i int, p *parsed, above int) {
	role := linkAgent
	if p.kid(r.units[i].tok, "auxpass") >= 0 {
		role = linkPatient
	}
	for steps := 0; steps < len(p.toks); steps++ {
		if s := p.kid(above, "nsubj", "nsubjpass"); s >= 0 {
			r.join(i, r.find(p, s), role)
			return
		}
		if p.toks[above].Head == above {
			return
		}
		above = p.toks[above].Head
	}
}

// relativeRole gives the part that a noun plays in the relative clause behind it.
func relativeRole(p *parsed, v int) string {
	if p.kid(v, "nsubjpass") >= 0 && isPronoun(p.toks[p.kid(v, "nsubjpass")]) {
		return linkPatient
	}
	if s := p.kid(v, "nsubj"); s >= 0 && isPronoun(p.toks[s]) {
		return linkAgent
	}
	return linkPatient
}

// governor climbs from a token to the unit that governs it.
func (r *linkage) governor(p *parsed, tok int) (unit int, role string) {
	dep := p.toks[tok].Dep
	role = roleName(dep)
	for steps := 0; steps < len(p.toks); steps++ {
		h := p.toks[tok].Head
		if h == tok {
			return -1, ""
		}
		t := p.toks[h]
		switch {
		case p.toks[tok].Dep == "conj":
			role = roleName(t.Dep)
		case p.toks[tok].Dep == "pobj":
			role = t.Norm
			if t.Dep == "agent" {
				role = linkAgent
			}
		case (lemmaOf(t) == "be" || lemmaOf(t) == "have") && (role == linkAgent || role == linkPatient):
			if k := p.kid(h, "attr", "acomp", "dobj"); k >= 0 && k != tok {
				if u := r.find(p, k); u >= 0 {
					return u, copula(lemmaOf(t))
				}
			}
			return -1, ""
		case lemmaOf(t) == "be":
			if k := p.kid(h, "attr", "acomp", "nsubj"); k >= 0 && k != tok {
				if u := r.find(p, k); u >= 0 {
					return u, role
				}
			}
		}
		if u := r.find(p, h); u >= 0 && p.toks[tok].Dep != "conj" {
			return u, role
		}
		tok = h
	}
	return -1, ""
}

func copula(lemma string) string {
	if lemma == "have" {
		return linkOf
	}
	return linkIs
}

func roleName(dep string) string {
	switch dep {
	case "nsubj", "csubj", "agent":
		return linkAgent
	case "dobj", "nsubjpass", "csubjpass", "oprd":
		return linkPatient
	case "attr", "appos", "acomp":
		return linkIs
	case "poss":
		return linkOf
	case "amod", "compound", "nmod", "nummod", "quantmod", "det":
		return linkWith
	}
	return dep
}

// name tells a unit that names somebody or something.
func (u unit) name() bool { return u.ent != nil || isName(u.p.toks[u.tok]) }

// measured tells a unit that belongs to a number or a time.
func (u unit) measured() bool {
	return u.number != nil && u.pos == 'c' || u.time != nil || u.pos == 'c'
}

func (u unit) text() string { return strings.ToLower(u.p.toks[u.tok].Text) }
