package claims

import "math"

// aligner scores how likely two statements speak of one fact.
type aligner struct {
	e     *Engine
	w     *weigher
	cache map[uint64]float64
	nouns map[string]bool
	// numbers numbers the keys of the story's terms, profiles holds the terms of
	// each statement.
	numbers  map[string]uint32
	profiles map[*statement][]weighted
	// likeness holds what pairs score for themselves, rivals what a statement scores
	// with an article on the whole, scores what is left.
	likeness, scores map[[2]*statement]float64
	rivals           map[rivalry]float64
}

func (e *Engine) newAligner(all []*statement) *aligner {
	o := officesOf(all)
	for _, s := range all {
		s.slots.referents = o.named(s)
	}
	return &aligner{e: e, w: newWeigher(all), cache: map[uint64]float64{}, nouns: map[string]bool{},
		numbers: map[string]uint32{}, profiles: map[*statement][]weighted{},
		likeness: map[[2]*statement]float64{}, scores: map[[2]*statement]float64{}, rivals: map[rivalry]float64{}}
}

// matches gives, for each term of two profiles, how near its nearest term in the
// other is.
func (al *aligner) matches(a, b []weighted) (bestA, bestB []float64) {
	bestA, bestB = make([]float64, len(a)), make([]float64, len(b))
	for i, t := range a {
		for j, u := range b {
			if s := al.near(t, u); s > 0 {
				bestA[i], bestB[j] = math.Max(bestA[i], s), math.Max(bestB[j], s)
			}
		}
	}
	return bestA, bestB
}

// coverOf gives how much of a profile's weight is told by its matches, and the
// entities that have none.
func coverOf(profile []weighted, best []float64) (c cover, alien []*entity) {
	for i, t := range profile {
		w, told := t.weight, t.weight*best[i]
		c.told += told
		c.whole += w
		if t.role != roleSubject {
			c.said += told
		}
		if t.role != rolePredicate {
			c.args += w
			c.argsTold += told
		}
		if t.ent == nil {
			c.plain += w
			c.plainTold += told
		} else if best[i] == 0 && t.depth <= 3 {
			alien = append(alien, t.ent)
		}
	}
	return c, alien
}

// weighted is a term of a statement, once each, with its weight and the number
// of what it is about.
type weighted struct {
	term
	weight float64
	// about numbers what the term is about, number that and its word class.
	about, number uint32
}

// profile gives a statement's terms, once each, at their place nearest to the
// deed.
func (al *aligner) profile(s *statement) []weighted {
	if p, ok := al.profiles[s]; ok {
		return p
	}
	var out []weighted
	at := map[string]int{}
	for _, t := range s.slots.referents {
		k := t.key()
		i, seen := at[k]
		switch {
		case !seen:
			at[k] = len(out)
			out = append(out, weighted{term: t, weight: al.w.weight(t), about: al.number(k), number: al.number(k + "/" + string(t.pos) + t.measure)})
		case t.depth < out[i].depth:
			out[i].term, out[i].weight = t, al.w.weight(t)
		}
	}
	al.profiles[s] = out
	return out
}

// number gives each key a number of its own.
func (al *aligner) number(key string) uint32 {
	n, ok := al.numbers[key]
	if !ok {
		n = uint32(len(al.numbers))
		al.numbers[key] = n
	}
	return n
}

// near is [aligner.terms], asked once for each two terms of a story.
func (al *aligner) near(t, u weighted) float64 {
	if t.number == u.number {
		return 1
	}
	k := uint64(min(t.number, u.number))<<32 | uint64(max(t.number, u.number))
	s, ok := al.cache[k]
	if !ok {
		s = al.terms(t.term, u.term)
		al.cache[k] = s
	}
	return s
}
