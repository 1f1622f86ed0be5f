package claims

// factScorer says how likely two statements speak of one fact, at most 1, whatever
// else the story holds. A learned one can take the place of the rules.
type factScorer interface {
	alike(a, b *statement) float64
}

// pairFinder gives the pairs of statements that are worth scoring, by their numbers,
// each once and the lower number first; only those of which the higher number is from
// or more. An embedder of passages that looks for the nearest of each can take the place
// of the rules.
type pairFinder interface {
	candidates(all []*statement, from int) [][2]int
}

// aligner puts the statements of a story that speak of one fact together. What a
// statement means to it comes from a scorer and a finder; how findings are made of
// that is the same for all of them.
type aligner struct {
	// closeness is what the rules of comparison ask, whoever scores.
	*closeness
	scorer factScorer
	finder pairFinder
	// likeness holds what pairs score for themselves, rivals what a statement scores
	// with an article on the whole, scores what is left.
	likeness, scores map[[2]*statement]float64
	rivals           map[rivalry]float64
	// inner holds what differs between two statements of one article that tell one fact.
	inner map[[2]*statement][]foundDifference
	// told holds what the statements tell beside numbers and times.
	told map[*statement][]term
}

func (e *Engine) newAligner(all []*statement) *aligner {
	cl := e.newCloseness(all)
	return &aligner{closeness: cl, scorer: ruleFactScorer{cl}, finder: sharedTerms{cl},
		likeness: map[[2]*statement]float64{}, scores: map[[2]*statement]float64{}, rivals: map[rivalry]float64{},
		inner: map[[2]*statement][]foundDifference{}, told: map[*statement][]term{}}
}
