package lexicon

// The likeness of two words by what binds them. The values only order the
// cases: a caller's thresholds lie between them.
const (
	sameWord    = 1.0
	synonymous  = 0.9 // a shared synset, or a "=" group of synonyms.txt
	sameEvent   = 0.8 // a ">" group of synonyms.txt, or verbs of one WordNet group
	similarTo   = 0.7 // an adjective and the head of its cluster
	relatedNews = 0.6 // a "~" group of synonyms.txt
	sameHead    = 0.5 // two adjectives of one cluster
	throughBase = 0.9 // adverbs, compared through their adjectives, lose a tenth
	perRank     = 0.05
)

// byDistance is the likeness of two synsets by the number of steps between them
// through their common ancestor, when that ancestor is narrow: parent and child,
// siblings or grandparent, uncle.
var byDistance = [...]float64{synonymous, 0.72, 0.55, 0.4}

// binding is the narrowness at which an ancestor begins to bind two words, and
// from which on it binds them with the whole of byDistance.
type binding struct{ from, full int }

// at tells from 0 to 1 how much an ancestor of this narrowness binds.
func (b binding) at(narrowness int) float64 {
	return min(1, max(0, float64(narrowness-b.from)/float64(b.full-b.from)))
}

// tree says how the hypernyms of a part of speech are compared.
type tree struct {
	steps int     // the most steps from one word to the other
	line  binding // one word stands above the other
	fork  binding // both stand under a third
}

var (
	nounTree = tree{steps: 3, line: binding{105, 150}, fork: binding{125, 190}}
	// The verb tree is shallow: half of all verbs stand a step or two below
	// "change", "move" or "make", which say nothing about their likeness.
	verbTree = tree{steps: 2, line: binding{135, 165}, fork: binding{165, 215}}
)

// Similarity tells from 0 to 1 how near two words are in meaning: 1 for one
// word, 0.9 for synonyms, about 0.7 for a word and its narrower term, about 0.5
// for two words under one narrow term, 0 for words that nothing binds and for
// opposites (unless a "~" group says that they are told for one another). Lesser senses count a little less. The number is no probability.
func (l *Lexicon) Similarity(a, b string, pos POS) float64 {
	a, b = l.Lemma(a, pos), l.Lemma(b, pos)
	if a == b {
		return sameWord
	}
	if s := l.news.similarity(a, b, pos); s > 0 {
		return s
	}
	s := l.wordnetSimilarity(a, b, pos)
	if s > 0 && l.opposed(a, b, pos) {
		return 0
	}
	return s
}

func (l *Lexicon) wordnetSimilarity(a, b string, pos POS) float64 {
	p := l.part(pos)
	sa, sb := p.frequent(a), p.frequent(b)
	switch pos {
	case Noun:
		return p.treeSimilarity(sa.all(), sb.all(), nounTree)
	case Verb:
		return max(p.treeSimilarity(sa.all(), sb.all(), verbTree), p.besideSimilarity(sa.all(), sb.all(), sameEvent))
	case Adjective:
		return p.clusterSimilarity(sa.all(), sb.all())
	case Adverb:
		return max(p.sharedSimilarity(sa.all(), sb.all()), l.adverbSimilarity(a, b))
	}
	return 0
}

// weight lowers a likeness that holds between lesser senses.
func weight(rankA, rankB int) float64 {
	return (1 - perRank*float64(rankA)) * (1 - perRank*float64(rankB))
}

// reached is an ancestor of a sense.
type reached struct{ synset, steps, rank int }

// usualReach is the room for ancestors that nearly every word gets by with.
const usualReach = 64

// climb appends to list the senses and their ancestors as far as the tree goes.
func (p *part) climb(list []reached, senses []int, t tree) []reached {
	for rank, s := range senses {
		start := len(list)
		list = append(list, reached{s, 0, rank})
		for i := start; i < len(list) && list[i].steps < t.steps; i++ {
			at := list[i]
			from, to := p.above.bounds(at.synset)
			for j := from; j < to; j++ {
				if up := p.above.values.at(j); int(p.narrowness[up]) > t.line.from {
					list = append(list, reached{up, at.steps + 1, rank})
				}
			}
		}
	}
	return list
}

// treeSimilarity compares by the nearest narrow common ancestor.
func (p *part) treeSimilarity(a, b []int, t tree) float64 {
	var roomA, roomB [usualReach]reached // spares the heap
	overA, overB := p.climb(roomA[:0], a, t), p.climb(roomB[:0], b, t)
	best := 0.0
	for _, x := range overA {
		for _, y := range overB {
			if x.synset != y.synset || x.steps+y.steps > t.steps {
				continue
			}
			steps := x.steps + y.steps
			s := byDistance[steps] * weight(x.rank, y.rank)
			best = max(best, s*t.share(x, y, int(p.narrowness[x.synset])))
		}
	}
	return best
}

// share tells from 0 to 1 how much a common ancestor of this narrowness binds.
func (t tree) share(x, y reached, narrowness int) float64 {
	switch {
	case x.steps+y.steps == 0:
		return 1
	case x.steps == 0 || y.steps == 0:
		return t.line.at(narrowness)
	}
	return t.fork.at(narrowness)
}

// sharedSimilarity compares by common synsets alone.
func (p *part) sharedSimilarity(a, b []int) float64 {
	best := 0.0
	for i, s := range a {
		for j, t := range b {
			if s == t {
				best = max(best, synonymous*weight(i, j))
			}
		}
	}
	return best
}

// besideSimilarity gives value to synsets that stand beside one another.
func (p *part) besideSimilarity(a, b []int, value float64) float64 {
	best := 0.0
	for i, s := range a {
		for j, t := range b {
			if p.beside.linked(s, t) {
				best = max(best, value*weight(i, j))
			}
		}
	}
	return best
}

// clusterSimilarity compares adjectives: one synset, an adjective and its head,
// or two adjectives of one head.
func (p *part) clusterSimilarity(a, b []int) float64 {
	best := max(p.sharedSimilarity(a, b), p.besideSimilarity(a, b, similarTo))
	for i, s := range a {
		from, to := p.beside.bounds(s)
		for k := from; k < to; k++ {
			for j, t := range b {
				if p.beside.linked(t, p.beside.values.at(k)) {
					best = max(best, sameHead*weight(i, j))
				}
			}
		}
	}
	return best
}

// adverbSimilarity compares adverbs through the adjectives they are made of.
func (l *Lexicon) adverbSimilarity(a, b string) float64 {
	x, okA := l.firstDerived(a, Adverb, Adjective)
	y, okB := l.firstDerived(b, Adverb, Adjective)
	if !okA || !okB {
		return 0
	}
	return throughBase * l.Similarity(x, y, Adjective)
}
