package claims

import "corroborate/internal/claims/values"

// toldElsewhere tells a difference of numbers, times or places that is none, since
// the other article tells the same value in another statement of the finding: "31
// percent" here, and there "31 percent" and "compared with 27 percent".
func toldElsewhere(group []*statement, pair [2]*statement, d foundDifference) bool {
	for side := range 2 {
		s, other := pair[side], pair[1-side]
		for _, o := range group {
			if o.art != other.art || o == other || o == s {
				continue
			}
			if tellsSame(s, o, d.kind, d.marks[side]) {
				return true
			}
		}
	}
	return false
}

// tellsSame tells whether o has the value that stands at tokens m of s.
func tellsSame(s, o *statement, k Kind, m [2]int) bool {
	at := func(from, to int) bool { return from < m[1] && to > m[0] }
	switch k {
	case KindNumber:
		for _, x := range s.slots.numbers {
			for _, y := range o.slots.numbers {
				if at(x.From, x.To) && x.Unit == y.Unit && values.CompareQuantities(x, y) == values.Same {
					return true
				}
			}
		}
	case KindTime:
		for _, x := range s.slots.times {
			for _, y := range o.slots.times {
				if at(x.From, x.To) && values.CompareTimes(x, y).Relation == values.Same {
					return true
				}
			}
		}
	case KindPlace:
		for _, x := range s.slots.places {
			for _, y := range o.slots.places {
				if at(x.from, x.to) && x.ent.key == y.ent.key {
					return true
				}
			}
		}
	}
	return false
}
