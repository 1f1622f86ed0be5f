package claims

// portions compares the whole of a thing with one piece of it: "the whole road", "one
// lane of the road".
func (c *comparison) portions() bool {
	if !c.sameDeed() {
		return false
	}
	for _, q := range quantifiers(c.a) {
		if m := pieceOf(c.a, q, c.b); m[1] > 0 {
			return c.otherScope([2]int{q.word, q.noun + 1}, m)
		}
	}
	for _, q := range quantifiers(c.b) {
		if m := pieceOf(c.b, q, c.a); m[1] > 0 {
			return c.otherScope(m, [2]int{q.word, q.noun + 1})
		}
	}
	return false
}

// pieceOf gives the words in which o tells of a piece of what s tells the whole of, in
// the same role.
func pieceOf(s *statement, q quantifier, o *statement) [2]int {
	p := o.draft.p
	if !q.whole || s.draft.p.toks[q.noun].Tag == "NNS" {
		return [2]int{} // of many things, a piece is some of them: see extents
	}
	for k := o.draft.from; k < o.draft.to; k++ {
		of := p.toks[k].Head
		if p.toks[k].Dep != "pobj" || p.toks[of].Norm != "of" || lemmaOf(p.toks[k]) != lemmaOf(s.draft.p.toks[q.noun]) {
			continue
		}
		piece := p.toks[of].Head
		if isNoun(p.toks[piece]) && piece >= o.draft.from && !wholes[p.toks[piece].Norm] && p.kid(piece, "det", "nummod") >= 0 &&
			roleOf(p, o.draft, piece) == roleOf(s.draft.p, s.draft, q.noun) {
			return [2]int{max(p.left[piece], o.draft.from), k + 1}
		}
	}
	return [2]int{}
}

// wholes are nouns that name all of what stands behind "of".
var wholes = set(`whole|entirety|rest|total|all|majority|number`)

// audiences compares for whom something holds: "for all age groups", "for adults".
func (c *comparison) audiences() bool {
	if !c.sameVerb() {
		return false
	}
	for _, x := range c.a.complements() {
		for _, y := range c.b.complements() {
			if x.preposition != y.preposition || x.preposition != "for" && x.preposition != "to" {
				continue
			}
			allA, allB := c.everybody(c.a, x.tok), c.everybody(c.b, y.tok)
			if allA != allB && (allA && c.someGroup(c.b, y, x) || allB && c.someGroup(c.a, x, y)) {
				return c.otherScope(c.a.phraseAt(x.tok), c.b.phraseAt(y.tok))
			}
		}
	}
	return false
}

// everybody tells "all ages", "everyone", "all residents".
func (c *comparison) everybody(s *statement, tok int) bool {
	p := s.draft.p
	if everyone[p.toks[tok].Norm] {
		return true
	}
	d := p.kid(tok, "det")
	return d >= 0 && (p.toks[d].Norm == "all" || p.toks[d].Norm == "every") && (ages[lemmaOf(p.toks[tok])] || c.al.e.lex.IsA(lemmaOf(p.toks[tok]), "person"))
}

// someGroup tells a noun for one kind of people, or for those of all that something
// behind it picks out: "students from poor families" of "all students".
func (c *comparison) someGroup(s *statement, x, all complement) bool {
	p := s.draft.p
	if p.kid(x.tok, "det", "nummod") >= 0 || p.toks[x.tok].Tag != "NNS" || !c.al.e.lex.IsA(x.lemma, "person") {
		return false
	}
	return x.lemma != all.lemma || p.kid(x.tok, "amod", "compound", "prep", "acl", "relcl") >= 0
}

var (
	everyone = set(`everyone|everybody|all`)
	ages     = set(`age|group|adult`)
)

// phraseAt gives the tokens of a noun with what stands before it.
func (s *statement) phraseAt(i int) [2]int {
	return [2]int{max(s.draft.p.left[i], s.draft.from), i + 1}
}
