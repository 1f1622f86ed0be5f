package main

import (
	"cmp"
	"math"
	"slices"

	"corroborate/internal/claims/nlp/syntax"
)

// weight is a weight in training, with the sum of its past values.
type weight struct {
	class uint8
	now   int32
	stamp int32 // when sum was brought up to date
	sum   int64
}

// row is the weights of a feature and how often the feature was seen.
type row struct {
	weights []weight
	seen    int32
}

// perceptron learns weights; its score is of the current ones, and table gives
// their averages.
type perceptron struct {
	rows   map[uint32]int32
	store  []row
	step   int32
	frozen bool // whether new features are left out
}

func newPerceptron() *perceptron { return &perceptron{rows: map[uint32]int32{}, step: 1} }

// count notes that the features of a true decision were seen.
func (p *perceptron) count(features []uint32) {
	for _, f := range features {
		at, ok := p.rows[f]
		if !ok {
			at = int32(len(p.store))
			p.rows[f] = at
			p.store = append(p.store, row{})
		}
		p.store[at].seen++
	}
}

// keep drops the features that were seen less than least times.
func (p *perceptron) keep(least int32) {
	rows, store := map[uint32]int32{}, []row{}
	for f, at := range p.rows {
		if p.store[at].seen >= least {
			rows[f] = int32(len(store))
			store = append(store, p.store[at])
		}
	}
	p.rows, p.store = rows, store
}

// Score adds the current weights of the features.
func (p *perceptron) Score(features []uint32, scores *syntax.Scores) {
	for _, f := range features {
		at, ok := p.rows[f]
		if !ok {
			continue
		}
		for _, w := range p.store[at].weights {
			scores[w.class] += w.now
		}
	}
}

// update moves the weights of the features towards the class wanted and away
// from the one that was chosen.
func (p *perceptron) update(features []uint32, want, got uint8) {
	for _, f := range features {
		if at, ok := p.rows[f]; ok {
			p.store[at].add(want, 1, p.step)
			p.store[at].add(got, -1, p.step)
		}
	}
}

func (r *row) add(class uint8, change, step int32) {
	for i := range r.weights {
		w := &r.weights[i]
		if w.class == class {
			w.sum += int64(w.now) * int64(step-w.stamp)
			w.now, w.stamp = w.now+change, step
			return
		}
	}
	r.weights = append(r.weights, weight{class: class, now: change, stamp: step})
}

// averages gives every weight's mean over all steps, by feature.
func (p *perceptron) averages() map[uint32][]average {
	out := make(map[uint32][]average, len(p.rows))
	for f, at := range p.rows {
		r := p.store[at]
		for _, w := range r.weights {
			sum := w.sum + int64(w.now)*int64(p.step-w.stamp)
			if sum != 0 {
				out[f] = append(out[f], average{w.class, float64(sum) / float64(p.step), r.seen})
			}
		}
	}
	return out
}

// average is the mean of a weight, and how often its feature was seen.
type average struct {
	class uint8
	mean  float64
	seen  int32
}

// table rounds the averages to bytes and keeps those that matter most: at most
// limit of them, by size and by how often the feature is met.
func (p *perceptron) table(limit int) map[uint32][]syntax.Entry {
	averages := p.averages()
	scale, least := fit(averages, limit)
	out := make(map[uint32][]syntax.Entry, len(averages))
	for f, ws := range averages {
		slices.SortFunc(ws, func(a, b average) int { return cmp.Compare(a.class, b.class) })
		for _, w := range ws {
			v := math.Round(w.mean * scale)
			if v == 0 || worth(w) < least {
				continue
			}
			v = max(-127, min(127, v))
			out[f] = append(out[f], syntax.Entry{Class: w.class, Weight: int8(v)})
		}
		if len(out[f]) > 127 {
			out[f] = out[f][:127]
		}
	}
	return out
}

func worth(w average) float64 { return math.Abs(w.mean) * math.Pow(float64(w.seen), 0.35) }

// fit gives the factor that brings all but the very largest weights into a byte,
// and the worth that limit weights exceed.
func fit(averages map[uint32][]average, limit int) (scale, least float64) {
	var sizes, worths []float64
	for _, ws := range averages {
		for _, w := range ws {
			sizes = append(sizes, math.Abs(w.mean))
			worths = append(worths, worth(w))
		}
	}
	slices.Sort(sizes)
	slices.Sort(worths)
	if len(worths) > limit {
		least = worths[len(worths)-limit]
	}
	return 127 / sizes[int(float64(len(sizes)-1)*0.9995)], least
}
