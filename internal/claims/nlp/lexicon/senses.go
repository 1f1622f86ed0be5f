package lexicon

const (
	// maxSenses bounds the senses of a word that are compared.
	maxSenses = 5
	// maxUncounted is the same bound for a word without any count.
	maxUncounted = 3
	// rareShare: a sense with less than one in rareShare of the word's uses is rare.
	rareShare = 10
)

// senseList holds the frequent senses of a word without allocating.
type senseList struct {
	synsets [maxSenses]int
	n       int
}

func (s *senseList) all() []int { return s.synsets[:s.n] }

// frequent gives the frequent senses of a base form (see the package comment);
// none when the word is unknown.
func (p *part) frequent(lemma string) (s senseList) {
	word := p.words.find(lemma)
	if word < 0 {
		return s
	}
	total := p.uses(word)
	from, to := p.senses.bounds(word)
	limit := maxSenses
	if total == 0 {
		limit = maxUncounted
	}
	for i := from; i < min(to, from+limit); i++ {
		if i > from && p.count(i)*rareShare < total {
			continue
		}
		s.synsets[s.n] = p.senses.values.at(i)
		s.n++
	}
	return s
}

// sense gives the synset of the numbered sense of a base form, from 1, or -1.
func (p *part) sense(lemma string, number int) int {
	word := p.words.find(lemma)
	if word < 0 {
		return -1
	}
	from, to := p.senses.bounds(word)
	if from+number > to {
		return -1
	}
	return p.senses.values.at(from + number - 1)
}

// linked tells whether list a of l contains b.
func (l lists) linked(a, b int) bool {
	from, to := l.bounds(a)
	for i := from; i < to; i++ {
		if l.values.at(i) == b {
			return true
		}
	}
	return false
}

// shared tells whether two sense lists have a synset in common.
func shared(a, b []int) bool {
	for _, s := range a {
		for _, t := range b {
			if s == t {
				return true
			}
		}
	}
	return false
}

// Uses tells how often a base form was tagged in WordNet's texts, whatever its
// part of speech: how common the word is. It is 0 for words that are not there.
func (l *Lexicon) Uses(lemma string) int {
	total := 0
	for i := range l.parts {
		p := &l.parts[i]
		total += max(0, p.uses(p.words.find(lemma)))
	}
	return total
}
