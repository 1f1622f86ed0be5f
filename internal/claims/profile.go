package claims

import "math"

// closeness knows how near the terms of a story's statements are to one another.
type closeness struct {
	e     *Engine
	w     *weigher
	cache map[uint64]float64
	// deedsOf holds the deeds of each statement, relations how two of them stand.
	deedsOf   map[*statement][]deed
	relations map[uint64]deedRelation
	nouns     map[string]bool
	// numbers numbers the keys of the story's terms, profiles holds the terms of
	// each statement.
	numbers  map[string]uint32
	profiles map[*statement][]weighted
}

func (e *Engine) newCloseness(all []*statement) *closeness {
	o := officesOf(all)
	for _, s := range all {
		s.slots.referents = o.named(s)
	}
	return &closeness{e: e, w: newWeigher(all), cache: map[uint64]float64{}, deedsOf: map[*statement][]deed{},
		relations: map[uint64]deedRelation{}, nouns: map[string]bool{},
		numbers: map[string]uint32{}, profiles: map[*statement][]weighted{}}
}

// matches gives, for each term of two profiles, how near its nearest term in the
// other is.
func (cl *closeness) matches(a, b []weighted) (bestA, bestB []float64) {
	bestA, bestB = make([]float64, len(a)), make([]float64, len(b))
	for i, t := range a {
		for j, u := range b {
			if s := cl.near(t, u); s > 0 {
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
func (cl *closeness) profile(s *statement) []weighted {
	if p, ok := cl.profiles[s]; ok {
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
			out = append(out, weighted{term: t, weight: cl.w.weight(t), about: cl.number(k), number: cl.number(k + "/" + string(t.pos) + t.measure)})
		case t.depth < out[i].depth:
			out[i].term, out[i].weight = t, cl.w.weight(t)
		}
	}
	cl.profiles[s] = out
	return out
}

// number gives each key a number of its own.
func (cl *closeness) number(key string) uint32 {
	n, ok := cl.numbers[key]
	if !ok {
		n = uint32(len(cl.numbers))
		cl.numbers[key] = n
	}
	return n
}

// bothNumbers names two numbers, in either order.
func bothNumbers(a, b uint32) uint64 { return uint64(min(a, b))<<32 | uint64(max(a, b)) }

// near is [closeness.terms], asked once for each two terms of a story.
func (cl *closeness) near(t, u weighted) float64 {
	if t.number == u.number {
		return 1
	}
	k := bothNumbers(t.number, u.number)
	s, ok := cl.cache[k]
	if !ok {
		s = cl.terms(t.term, u.term)
		cl.cache[k] = s
	}
	return s
}
