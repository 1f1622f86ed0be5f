package main

import (
	"cmp"
	"math"
	"slices"

	"corroborate/internal/claims/nlp/syntax"
)

// average is the mean of a weight over all steps.
type average struct {
	feature uint32
	class   uint8
	mean    float64
	worth   float64 // how much it matters: its size, and how often it is met
}

// table rounds averages, those that matter most first, and keeps the first limit
// of them.
func table(averages []average, limit int) map[uint32][]syntax.Entry {
	scale := fit(averages)
	out := make(map[uint32][]syntax.Entry)
	for _, w := range averages[:min(limit, len(averages))] {
		if e := syntax.NewEntry(w.class, w.mean*scale); e.Weight != 0 {
			out[w.feature] = append(out[w.feature], e)
		}
	}
	for _, row := range out {
		slices.SortFunc(row, func(a, b syntax.Entry) int { return cmp.Compare(a.Class, b.Class) })
	}
	return out
}

// averages gives the mean of every weight, those that matter most first.
func (p *perceptron) averages() []average {
	var out []average
	for _, s := range p.slots {
		if s.row == 0 {
			continue
		}
		r := p.rows[s.row]
		frequency := math.Pow(float64(p.seen(s.key)), 0.35)
		for i := r.at; i < r.at+uint32(r.n); i++ {
			p.settle(i)
			if mean := float64(p.past[i].sum) / float64(p.step); mean != 0 {
				out = append(out, average{s.key, p.now[i].class, mean, math.Abs(mean) * frequency})
			}
		}
	}
	slices.SortFunc(out, func(a, b average) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.feature, b.feature), cmp.Compare(a.class, b.class))
	})
	return out
}

// fit gives the factor that brings all but the very largest weights into an
// entry.
func fit(averages []average) float64 {
	sizes := make([]float64, len(averages))
	for i, w := range averages {
		sizes[i] = math.Abs(w.mean)
	}
	slices.Sort(sizes)
	return syntax.MaxWeight / sizes[int(float64(len(sizes)-1)*0.99995)]
}

// frozen is a finished table as a Scorer.
type frozen map[uint32][]syntax.Entry

// Score adds the weights of the features.
func (f frozen) Score(features []uint32, scores *syntax.Scores) {
	for _, feature := range features {
		for _, e := range f[feature] {
			scores[e.Class] += int32(e.Weight)
		}
	}
}
