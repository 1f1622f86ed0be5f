package claims

import "slices"

// rivalsCounted is the number of an article's claims that are rivals for one of
// another article.
const rivalsCounted = 4

// rivalry names a statement and an article whose claims it could be joined with.
type rivalry struct {
	s    *statement
	with *article
}

// score gives how likely a and b speak of one fact, at most 1. Of a story it is
// taken off what either has in common with the other's whole article, as margins
// do in mining parallel sentences (Artetxe and Schwenk, 2019). Joining, judging and
// looking for look-alikes ask for the same pairs, so it is worked out once.
func (al *aligner) score(a, b *statement) float64 {
	k := [2]*statement{a, b}
	s, ok := al.scores[k]
	if !ok {
		s = al.alike(a, b)
		if a.art != b.art {
			s -= aligning.rivals * (al.rivals[rivalry{a, b.art}] + al.rivals[rivalry{b, a.art}])
		}
		al.scores[k] = s
	}
	return s
}

// alike gives what the scorer says of a pair, asked once.
func (al *aligner) alike(a, b *statement) float64 {
	k := [2]*statement{a, b}
	s, ok := al.likeness[k]
	if !ok {
		s = al.scorer.alike(a, b)
		al.likeness[k] = s
	}
	return s
}

// weighRivals notes the mean of the best scores that each statement has with each
// other article.
func (al *aligner) weighRivals(all []*statement, candidates [][2]int) {
	scores := map[rivalry][]float64{}
	for _, c := range candidates {
		a, b := all[c[0]], all[c[1]]
		if a.art != b.art {
			s := al.alike(a, b)
			scores[rivalry{a, b.art}] = append(scores[rivalry{a, b.art}], s)
			scores[rivalry{b, a.art}] = append(scores[rivalry{b, a.art}], s)
		}
	}
	for k, list := range scores {
		slices.Sort(list)
		sum := 0.0
		for _, s := range list[max(0, len(list)-rivalsCounted):] {
			sum += s
		}
		al.rivals[k] = sum / rivalsCounted
	}
}
