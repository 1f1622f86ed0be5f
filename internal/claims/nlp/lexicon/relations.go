package lexicon

// Synonyms tells whether two words mean the same in a frequent sense of both:
// they stand in one "=" group of synonyms.txt, or share a synset and the word
// lists do not bind or oppose them in another way. A word is its own synonym.
func (l *Lexicon) Synonyms(a, b string, pos POS) bool {
	a, b = l.Lemma(a, pos), l.Lemma(b, pos)
	if a == b {
		return true
	}
	if s := l.news.similarity(a, b, pos); s > 0 {
		return s == synonymous
	}
	if l.news.opposed(a, b, pos) {
		return false
	}
	sa, sb := l.part(pos).frequent(a), l.part(pos).frequent(b)
	return shared(sa.all(), sb.all())
}

// Antonyms tells whether two words are opposites: as listed in opposites.txt or
// through one synonym of a listed word, or in a frequent sense by WordNet,
// directly, through a synonym, or through one similar adjective. It includes
// pairs that do not make reports conflict, such as ask / answer, man / woman and
// east / west; see Conflict.
func (l *Lexicon) Antonyms(a, b string, pos POS) bool {
	a, b = l.Lemma(a, pos), l.Lemma(b, pos)
	if a == b || l.news.similarity(a, b, pos) >= sameEvent {
		return false
	}
	return l.opposed(a, b, pos)
}

// opposed is Antonyms for base forms that no "=" or ">" group binds.
func (l *Lexicon) opposed(a, b string, pos POS) bool {
	if l.news.opposed(a, b, pos) {
		return true
	}
	p := l.part(pos)
	sa, sb := p.frequent(a), p.frequent(b)
	for _, s := range sa.all() {
		for _, t := range sb.all() {
			if p.against.linked(s, t) || pos == Adjective && (p.againstNear(s, t) || p.againstNear(t, s)) {
				return true
			}
		}
	}
	return false
}

// againstNear tells whether t is an antonym of an adjective similar to s.
func (p *part) againstNear(s, t int) bool {
	from, to := p.beside.bounds(s)
	for i := from; i < to; i++ {
		if p.against.linked(p.beside.values.at(i), t) {
			return true
		}
	}
	return false
}

// Conflict tells whether two words cannot both hold of the same subject and
// object at the same time (sign / reject, rise / fall, arrest / release): a pair
// that opposites.txt marks with "!", or such a pair with one word replaced by
// one from its only "=" group in synonyms.txt. Of two words that are merely opposites
// it is false.
func (l *Lexicon) Conflict(a, b string, pos POS) bool {
	a, b = l.Lemma(a, pos), l.Lemma(b, pos)
	return a != b && l.news.similarity(a, b, pos) < sameEvent && l.news.conflict(a, b, pos)
}

// Derived lists the base forms of part of speech to that are derivationally
// related to the word, a word of part of speech from, the best first: resignation
// (noun) → resign (verb). Adverbs lead to their adjectives, adjectives to the
// nouns they pertain to, and back. It is nil when there are none.
func (l *Lexicon) Derived(word string, from, to POS) []string {
	var out []string
	l.eachDerived(l.Lemma(word, from), from, to, func(w string) bool {
		out = append(out, w)
		return true
	})
	return out
}

// firstDerived is the best of Derived for a base form.
func (l *Lexicon) firstDerived(lemma string, from, to POS) (first string, ok bool) {
	l.eachDerived(lemma, from, to, func(w string) bool {
		first, ok = w, true
		return false
	})
	return first, ok
}

// eachDerived calls yield with the words derived from a base form until it
// returns false.
func (l *Lexicon) eachDerived(lemma string, from, to POS, yield func(string) bool) {
	p, target := l.part(from), partIndex(to)
	word := p.words.find(lemma)
	if word < 0 || target < 0 {
		return
	}
	first, end := p.derived.bounds(word)
	for i := first; i < end; i++ {
		link := p.derived.values.at(i)
		if link>>derivedShift != target {
			continue
		}
		if !yield(l.parts[target].words.at(link & (1<<derivedShift - 1))) {
			return
		}
	}
}
