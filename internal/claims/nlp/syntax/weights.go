package syntax

// maxClasses bounds the classes of a model, so that scores fit an array.
const maxClasses = 128

// Scores holds one sum of weights for each class.
type Scores [maxClasses]int32

// Scorer adds the weights of features to the scores of the classes.
type Scorer interface {
	Score(features []uint32, scores *Scores)
}

// Entry is the weight of a feature for a class.
type Entry struct {
	Class  uint8
	Weight int8
}

// Weights is a trained table, feature by feature. It is immutable.
type Weights struct {
	slots   []slot // open addressing by the feature's hash
	entries []Entry
	rows    int
}

// slot tells where the entries of a feature lie; an empty one has no entries.
type slot struct{ key, span uint32 }

// A span holds the place of the first entry and, in its low bits, their number.
const countBits = 7

// newWeights makes room for rows features with entries entries in all.
func newWeights(rows, entries int) *Weights {
	size := 1024
	for size < rows*3/2 {
		size *= 2
	}
	return &Weights{slots: make([]slot, size), entries: make([]Entry, 0, entries)}
}

// add gives a feature its entries, one to 127 of them.
func (w *Weights) add(feature uint32, entries []Entry) {
	i := feature & uint32(len(w.slots)-1)
	for w.slots[i].span != 0 {
		i = (i + 1) & uint32(len(w.slots)-1)
	}
	w.slots[i] = slot{feature, uint32(len(w.entries))<<countBits | uint32(len(entries))}
	w.entries = append(w.entries, entries...)
	w.rows++
}

// row gives the entries of a feature, none for one that was not learned.
func (w *Weights) row(feature uint32) []Entry {
	mask := uint32(len(w.slots) - 1)
	for i := feature & mask; ; i = (i + 1) & mask {
		s := w.slots[i]
		if s.span == 0 {
			return nil
		}
		if s.key == feature {
			from := s.span >> countBits
			return w.entries[from : from+s.span&(1<<countBits-1)]
		}
	}
}

// Score adds the weights of the features to scores.
func (w *Weights) Score(features []uint32, scores *Scores) {
	for _, f := range features {
		for _, e := range w.row(f) {
			scores[e.Class&(maxClasses-1)] += int32(e.Weight)
		}
	}
}

// Best gives the class with the highest score, the first one of equals.
func Best(scores *Scores, classes int) uint8 {
	top := 0
	for c := 1; c < classes; c++ {
		if scores[c] > scores[top] {
			top = c
		}
	}
	return uint8(top)
}
