package estimate

import "math"

// z is the quantile of the normal distribution for an interval of 95 %.
const z = 1.959963984540054

// Interval is where a share lies with a confidence of 95 %.
type Interval struct{ Low, High float64 }

// Wilson gives the score interval of a share of which right of judged were counted.
// Where nothing was judged nothing is known: the interval is 0 to 1.
func Wilson(right, judged int) Interval {
	if judged <= 0 {
		return Interval{0, 1}
	}
	return score(float64(right)/float64(judged), float64(judged))
}

// score gives the score interval of a share p of n judgements, which need not be a
// whole number.
func score(p, n float64) Interval {
	shrink := 1 + z*z/n
	centre := (p + z*z/(2*n)) / shrink
	half := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n)) / shrink
	return Interval{max(0, centre-half), min(1, centre+half)}
}
