package main

import "math"

// regression gives the probability that a pair is of one fact.
type regression struct {
	weights []float64
	bias    float64
}

func (r regression) probability(features []float64) float64 {
	sum := r.bias
	for i, w := range r.weights {
		sum += w * features[i]
	}
	return 1 / (1 + math.Exp(-sum))
}

// newtonSteps is enough for the weights to stand still in the fourth digit.
const newtonSteps = 25

// fit learns a logistic regression on the first n features, standardised, with a
// quadratic penalty on all weights but the bias, by Newton's method.
func fit(pairs []pair, n int, penalty float64) regression {
	mean, deviation := standards(pairs, n)
	w := make([]float64, n+1) // the bias comes last
	x := make([]float64, n+1)
	x[n] = 1
	for range newtonSteps {
		slope, bend := make([]float64, n+1), make([][]float64, n+1)
		for i := range bend {
			bend[i] = make([]float64, n+1)
		}
		for i := range n {
			slope[i], bend[i][i] = penalty*w[i], penalty
		}
		for _, p := range pairs {
			for i := range n {
				x[i] = (p.features[i] - mean[i]) / deviation[i]
			}
			add(slope, bend, x, w, p)
		}
		for i, d := range solve(bend, slope) {
			w[i] -= d
		}
	}
	out := regression{weights: make([]float64, n), bias: w[n]}
	for i := range n {
		out.weights[i] = w[i] / deviation[i]
		out.bias -= out.weights[i] * mean[i]
	}
	return out
}

// add adds an example's part to the slope and the bend of the loss.
func add(slope []float64, bend [][]float64, x, w []float64, example pair) {
	sum, target := 0.0, 0.0
	for i, v := range x {
		sum += w[i] * v
	}
	if example.one {
		target = 1
	}
	p := 1 / (1 + math.Exp(-sum))
	for i, v := range x {
		slope[i] += example.weight * (p - target) * v
		for j := range i + 1 {
			bend[i][j] += example.weight * p * (1 - p) * v * x[j]
		}
	}
}

// standards gives the mean and the standard deviation of each feature, 1 for one that
// is always the same.
func standards(pairs []pair, n int) (mean, deviation []float64) {
	mean, deviation = make([]float64, n), make([]float64, n)
	for _, p := range pairs {
		for i := range n {
			mean[i] += p.features[i] / float64(len(pairs))
		}
	}
	for _, p := range pairs {
		for i := range n {
			deviation[i] += (p.features[i] - mean[i]) * (p.features[i] - mean[i]) / float64(len(pairs))
		}
	}
	for i, v := range deviation {
		if deviation[i] = math.Sqrt(v); v == 0 {
			deviation[i] = 1
		}
	}
	return mean, deviation
}

// solve gives x of a·x = b for a symmetric positive matrix of which the lower half is
// filled, by Cholesky's method. It changes a.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		for j := range i + 1 {
			for k := range j {
				a[i][j] -= a[i][k] * a[j][k]
			}
			if i == j {
				a[i][i] = math.Sqrt(a[i][i])
			} else {
				a[i][j] /= a[j][j]
			}
		}
	}
	x := append([]float64(nil), b...)
	for i := range n {
		for k := range i {
			x[i] -= a[i][k] * x[k]
		}
		x[i] /= a[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			x[i] -= a[k][i] * x[k]
		}
		x[i] /= a[i][i]
	}
	return x
}
