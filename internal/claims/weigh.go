package claims

import "math"

// weigher gives how much a term tells two facts of one story apart: what every
// claim of the story names weighs little.
type weigher struct {
	n  float64
	df map[string]float64
}

func newWeigher(all []*statement) *weigher {
	w := &weigher{n: float64(len(all)), df: map[string]float64{}}
	for _, s := range all {
		seen := map[string]bool{}
		for _, t := range s.slots.referents {
			if k := t.key(); !seen[k] {
				seen[k] = true
				w.df[k]++
			}
		}
	}
	return w
}

// key names what a term is about, the same for all names of one entity.
func (t term) key() string {
	if t.ent != nil {
		return t.ent.kind + ":" + t.ent.key
	}
	return t.lemma
}

// weight is the inverse document frequency of the term in the story, between
// floor and 1, times what its word class carries.
func (w *weigher) weight(t term) float64 {
	idf := 1.0
	if w.n > 12 {
		idf = math.Log((w.n+1)/(w.df[t.key()]+0.5)) / math.Log(w.n+1)
		idf = math.Max(aligning.commonest, math.Min(1, aligning.commonest+aligning.slope*idf))
	}
	idf *= classWeight(t) * depthWeight(t.depth)
	if t.outside {
		idf *= aligning.outside
	}
	return idf
}

// depthWeight lets what hangs directly on the deed count more than what only
// modifies its arguments.
func depthWeight(depth int) float64 {
	switch {
	case depth <= 2:
		return 1
	case depth == 3:
		return aligning.third
	}
	return aligning.deeper
}

func classWeight(t term) float64 {
	switch {
	case t.ent != nil:
		return 1
	case t.pos == 'n' || t.pos == 'c':
		return 1
	case t.role == rolePredicate:
		return aligning.predicate
	case t.pos == 'v':
		return aligning.verb
	case t.pos == 'a':
		return aligning.adjective
	}
	return aligning.adverb
}
