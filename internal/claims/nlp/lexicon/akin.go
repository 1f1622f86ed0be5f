package lexicon

// rootless is the narrowness under which a synset is too wide to say anything of
// the words below it: "change", "person", "artifact".
const rootless = 60

// Akin tells whether two words can mean the same in any sense of either, rare ones
// included: they share a synset, the one names a kind of the other, or they are
// adjectives of one cluster. Where all other words of two sentences are the same, the
// sentence picks the sense, and "prop up" is "support" though news seldom uses that
// sense of it. Opposites are not akin.
func (l *Lexicon) Akin(a, b string, pos POS) bool {
	a, b = l.Lemma(a, pos), l.Lemma(b, pos)
	if a == b || l.news.similarity(a, b, pos) > 0 {
		return true
	}
	if l.opposed(a, b, pos) {
		return false
	}
	p := l.part(pos)
	for _, s := range p.allSenses(a) {
		for _, t := range p.allSenses(b) {
			if s == t || p.parentOf(s, t) || p.parentOf(t, s) || pos == Adjective && p.oneCluster(s, t) ||
				pos == Verb && p.beside.linked(s, t) {
				return true
			}
		}
	}
	return false
}

// allSenses gives every synset of a base form.
func (p *part) allSenses(lemma string) []int {
	word := p.words.find(lemma)
	if word < 0 {
		return nil
	}
	from, to := p.senses.bounds(word)
	out := make([]int, 0, to-from)
	for i := from; i < to; i++ {
		out = append(out, p.senses.values.at(i))
	}
	return out
}

// parentOf tells whether s stands directly above t and is narrow enough to bind.
func (p *part) parentOf(s, t int) bool {
	return int(p.narrowness[s]) >= rootless && p.above.linked(t, s)
}

// oneCluster tells adjectives that are similar to one another or to one third.
func (p *part) oneCluster(s, t int) bool {
	if p.beside.linked(s, t) {
		return true
	}
	from, to := p.beside.bounds(s)
	for i := from; i < to; i++ {
		if p.beside.linked(t, p.beside.values.at(i)) {
			return true
		}
	}
	return false
}
