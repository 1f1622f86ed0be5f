package worth

import (
	"math"
	"slices"
)

// Example is a labelled statement.
type Example struct {
	Features []string
	Worth    bool
}

// Options tell how weights are fitted.
type Options struct {
	// Penalty is the strength of the quadratic penalty on weights.
	Penalty float64
	// Least is the number of examples that a feature must occur in.
	Least int
	// Even weighs both labels alike, however many examples each has.
	Even bool
	// From are weights to start from and to stay near, nil for none.
	From *Model
}

// sweeps is the number of passes over the features; weights no longer change in
// the third digit well before.
const sweeps = 30

// Fit learns weights by logistic regression with a quadratic penalty, by Newton
// steps on one weight at a time. It draws no random number.
func Fit(examples []Example, o Options) *Model {
	f := newFitting(examples, o)
	for range sweeps {
		for j := len(f.names) - 1; j >= 0; j-- {
			f.step(j)
		}
	}
	m := &Model{Bias: f.weight[len(f.names)-1], Weights: make(map[string]float64, len(f.names))}
	for j, name := range f.names[:len(f.names)-1] {
		m.Weights[name] = f.weight[j]
	}
	return m
}

// fitting is the state of a fit. The last feature is the bias, which all examples
// have and no penalty holds.
type fitting struct {
	examples []Example
	penalty  float64
	names    []string
	// with lists the examples that have a feature, odds the odds of an example.
	with [][]int
	odds []float64
	// weight and prior are a feature's weight and what it is held near.
	weight, prior []float64
	// cost is what an example counts, by its label.
	cost map[bool]float64
}

func newFitting(examples []Example, o Options) *fitting {
	f := &fitting{examples: examples, penalty: o.Penalty, names: append(frequent(examples, o.Least), biasName),
		odds: make([]float64, len(examples)), cost: map[bool]float64{true: 1, false: 1}}
	f.with = make([][]int, len(f.names))
	f.prior = make([]float64, len(f.names))
	index := make(map[string]int, len(f.names))
	for j, n := range f.names {
		index[n] = j
		if o.From != nil {
			f.prior[j] = o.From.Weights[n]
		}
	}
	bias := len(f.names) - 1
	if o.From != nil {
		f.prior[bias] = o.From.Bias
	}
	f.weight = slices.Clone(f.prior)
	worthy := 0
	for i, x := range examples {
		if x.Worth {
			worthy++
		}
		f.odds[i] = f.weight[bias]
		f.with[bias] = append(f.with[bias], i)
		for _, name := range x.Features {
			if j, ok := index[name]; ok {
				f.with[j] = append(f.with[j], i)
				f.odds[i] += f.weight[j]
			}
		}
	}
	if n := float64(len(examples)); o.Even && worthy > 0 && worthy < len(examples) {
		f.cost[true], f.cost[false] = n/2/float64(worthy), n/2/(n-float64(worthy))
	}
	return f
}

// step moves weight j by one Newton step, at most by one.
func (f *fitting) step(j int) {
	penalty := f.penalty
	if j == len(f.names)-1 {
		penalty = 0
	}
	slope, bend := penalty*(f.weight[j]-f.prior[j]), penalty
	for _, i := range f.with[j] {
		p, target, c := sigmoid(f.odds[i]), 0.0, f.cost[f.examples[i].Worth]
		if f.examples[i].Worth {
			target = 1
		}
		slope += c * (p - target)
		bend += c * p * (1 - p)
	}
	step := max(-1, min(1, -slope/math.Max(bend, 1e-9)))
	f.weight[j] += step
	for _, i := range f.with[j] {
		f.odds[i] += step
	}
}

// frequent gives the features that occur in enough examples, sorted.
func frequent(examples []Example, least int) []string {
	n := map[string]int{}
	for _, x := range examples {
		for _, f := range x.Features {
			n[f]++
		}
	}
	var out []string
	for f, k := range n {
		if k >= least {
			out = append(out, f)
		}
	}
	slices.Sort(out)
	return out
}
