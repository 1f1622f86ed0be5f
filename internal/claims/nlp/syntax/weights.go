package syntax

import "math"

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
	Weight int16
}

// MaxWeight is the largest weight of an Entry.
const MaxWeight = 127 * 127

// NewEntry rounds a weight to one that the artefact can hold in a byte: those
// are the squares, so that small weights, which are many and add up, are kept
// finer than large ones.
func NewEntry(class uint8, weight float64) Entry {
	code := math.Round(math.Sqrt(min(math.Abs(weight), MaxWeight)))
	return Entry{class, int16(math.Copysign(code*code, weight))}
}

// code gives the byte of the artefact that stands for the weight.
func (e Entry) code() byte {
	root := int8(math.Sqrt(math.Abs(float64(e.Weight))))
	if e.Weight < 0 {
		root = -root
	}
	return byte(root)
}

// decoded gives the entry of a class and a byte of the artefact.
func decoded(class, code byte) Entry {
	root := int16(int8(code))
	if root < 0 {
		return Entry{class, -root * root}
	}
	return Entry{class, root * root}
}

// Weights is a trained table, feature by feature. It is immutable.
type Weights struct {
	// slots is open addressing by the top bits of the feature's hash: features
	// are added in ascending order, so that loading walks through memory once.
	slots   []slot
	shift   uint
	entries []Entry
}

// slot tells where the entries of a feature lie; an empty one has no entries.
type slot struct{ key, span uint32 }

// maxFeatures is how many features are looked up together.
const maxFeatures = 192

// A span holds the place of the first entry and, in its low bits, their number.
const countBits = 7

// newWeights makes room for rows features with entries entries in all.
func newWeights(rows, entries int) *Weights {
	bits := uint(10)
	for 1<<bits < rows*3/2 {
		bits++
	}
	return &Weights{slots: make([]slot, 1<<bits), shift: 32 - bits, entries: make([]Entry, 0, entries)}
}

// add gives a feature its entries, one to 127 of them.
func (w *Weights) add(feature uint32, entries []Entry) {
	i := feature >> w.shift
	for w.slots[i].span != 0 {
		i = (i + 1) & uint32(len(w.slots)-1)
	}
	w.slots[i] = slot{feature, uint32(len(w.entries))<<countBits | uint32(len(entries))}
	w.entries = append(w.entries, entries...)
}

// span gives where the entries of a feature lie, 0 for one that was not learned.
func (w *Weights) span(feature uint32) uint32 {
	mask := uint32(len(w.slots) - 1)
	for i := feature >> w.shift; ; i = (i + 1) & mask {
		if s := w.slots[i]; s.key == feature || s.span == 0 {
			return s.span
		}
	}
}

// Score adds the weights of the features to scores. It finds all the rows first,
// then the first entry of each: the waits for memory then overlap.
func (w *Weights) Score(features []uint32, scores *Scores) {
	var spans [maxFeatures]uint32
	var firsts [maxFeatures]Entry
	for len(features) > 0 {
		n := min(len(features), maxFeatures)
		known := 0
		for _, f := range features[:n] {
			if s := w.span(f); s != 0 {
				spans[known] = s
				known++
			}
		}
		for i, s := range spans[:known] {
			firsts[i] = w.entries[s>>countBits]
		}
		for i, s := range spans[:known] {
			e := firsts[i]
			scores[e.Class&(maxClasses-1)] += int32(e.Weight)
			from := s >> countBits
			for _, e := range w.entries[from+1 : from+s&(1<<countBits-1)] {
				scores[e.Class&(maxClasses-1)] += int32(e.Weight)
			}
		}
		features = features[n:]
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
