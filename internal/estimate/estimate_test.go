package estimate

import (
	"math"
	"math/rand/v2"
	"testing"
)

// near tells whether two numbers are the same to the given number of digits.
func near(a, b float64, digits int) bool { return math.Abs(a-b) <= 0.5001*math.Pow10(-digits) }

// The figures are those of method 3 in table I of Newcombe (1998).
func TestWilsonAgainstPublishedValues(t *testing.T) {
	tests := []struct {
		right, judged int
		low, high     float64
	}{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0.0000, 0.1611},
		{1, 29, 0.0061, 0.1718},
	}
	for _, tt := range tests {
		got := Wilson(tt.right, tt.judged)
		if !near(got.Low, tt.low, 4) || !near(got.High, tt.high, 4) {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", tt.right, tt.judged, got.Low, got.High, tt.low, tt.high)
		}
		other := Wilson(tt.judged-tt.right, tt.judged)
		if !near(other.Low, 1-got.High, 9) || !near(other.High, 1-got.Low, 9) {
			t.Errorf("%d of %d: not the mirror of its complement", tt.right, tt.judged)
		}
	}
}

func TestWilsonOfNothingIsAnything(t *testing.T) {
	if got := Wilson(0, 0); got != (Interval{0, 1}) {
		t.Errorf("got %v", got)
	}
}

func TestOneStratumIsWilson(t *testing.T) {
	got, ok := Weighted([]Stratum{{Size: 400, Judged: 29, Right: 28}})
	want := Wilson(28, 29)
	if !ok || !near(got.Low, want.Low, 9) || !near(got.High, want.High, 9) || !near(got.Estimate, 28.0/29, 9) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestStrataAreWeightedBySize(t *testing.T) {
	got, ok := Weighted([]Stratum{{Size: 900, Judged: 50, Right: 50}, {Size: 100, Judged: 50, Right: 0}})
	if !ok || !near(got.Estimate, 0.9, 9) || got.Judged != 100 || got.Covered != 1 {
		t.Errorf("got %+v", got)
	}
	if got.Low > 0.9 || got.High < 0.9 || got.Low < 0.75 || got.High > 0.96 {
		t.Errorf("interval %v", got.Interval)
	}
}

func TestUnjudgedStrataAreLeftOutAndTold(t *testing.T) {
	got, ok := Weighted([]Stratum{{Size: 300, Judged: 10, Right: 10}, {Size: 100}, {}})
	if !ok || got.Covered != 0.75 || got.Estimate != 1 || got.High != 1 || got.Low > 0.9 {
		t.Errorf("got %+v", got)
	}
	if _, ok := Weighted([]Stratum{{Size: 5}}); ok {
		t.Error("a share of nothing")
	}
}

// The interval has to hold the true share about 95 times in 100, also where shares are
// near 1 and samples small. The numbers are drawn with a fixed seed.
func TestIntervalsCoverTheTruth(t *testing.T) {
	const times = 4000
	tests := []struct {
		name   string
		sizes  []int
		shares []float64
		judged []int
	}{
		{"one stratum", []int{100}, []float64{0.9}, []int{40}},
		{"alike", []int{100, 100, 100}, []float64{0.8, 0.8, 0.8}, []int{20, 20, 20}},
		{"apart", []int{700, 200, 100}, []float64{0.95, 0.7, 0.4}, []int{30, 20, 20}},
		{"nearly all right", []int{500, 300, 200}, []float64{0.98, 0.95, 0.97}, []int{25, 25, 25}},
		{"many small ones", []int{50, 50, 50, 50, 50, 50, 50, 50}, []float64{0.9, 0.8, 0.9, 0.8, 0.7, 0.9, 0.95, 0.85}, []int{6, 6, 6, 6, 6, 6, 6, 6}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, held, truth := rand.New(rand.NewPCG(1, 2)), 0, 0.0
			whole := 0
			for i, n := range tt.sizes {
				whole += n
				truth += float64(n) * tt.shares[i]
			}
			truth /= float64(whole)
			for range times {
				strata := make([]Stratum, len(tt.sizes))
				for i := range strata {
					strata[i] = Stratum{Size: tt.sizes[i], Judged: tt.judged[i], Right: drawn(r, tt.judged[i], tt.shares[i])}
				}
				if s, _ := Weighted(strata); s.Low <= truth && truth <= s.High {
					held++
				}
			}
			if share := float64(held) / times; share < 0.93 || share > 0.995 {
				t.Errorf("%.3f of the intervals hold the true share %.3f", share, truth)
			}
		})
	}
}

// drawn counts how many of n are right where each is with a probability.
func drawn(r *rand.Rand, n int, p float64) int {
	right := 0
	for range n {
		if r.Float64() < p {
			right++
		}
	}
	return right
}
