package values

import "math"

// Relation is how two values of one slot stand to one another.
type Relation int

// The relations. Different units or scopes are Apart: neither equal nor in
// conflict.
const (
	Apart Relation = iota
	Same
	Differs
)

const (
	// roundingShare bounds what a round number may leave out: 43,000 for 43,350 is
	// rounding, 2,000 for 1,700 is not.
	roundingShare = 0.05
	// aboutShare is the slack of "about" and "around".
	aboutShare = 0.10
	// openShare is how far "over" and "nearly" reach: nobody writes "over 1,000" for
	// 2,000.
	openShare = 0.15
)

// Reach gives the numbers that a quantity's wording admits, the lowest and the highest.
func (q Quantity) Reach() (low, high float64) {
	switch q.Approx {
	case About:
		return q.Low * (1 - aboutShare), q.High * (1 + aboutShare)
	case Over:
		return q.Low, q.High * (1 + openShare)
	case Nearly:
		return q.Low * (1 - openShare), q.High
	case Under:
		return q.Low * (1 - openShare), q.High
	}
	slack := rounding(q.Low)
	return q.Low - slack, q.High + slack
}

// rounding gives half a step of the last digit that is not zero, at most
// roundingShare of the number: what a writer who rounds to that digit may have
// left out.
func rounding(v float64) float64 {
	if v == 0 || v != math.Trunc(v) {
		return 0
	}
	step := 1.0
	for math.Mod(v, step*10) == 0 {
		step *= 10
	}
	if step < 10 {
		return 0
	}
	return math.Min(step/2, v*roundingShare)
}

// CompareQuantities says whether two quantities of one slot can be the same
// number. Quantities in different units are [Apart], years and months of
// duration are comparable, an age is not a duration.
func CompareQuantities(a, b Quantity) Relation {
	if a.Unit != b.Unit {
		if !durations(a.Unit, b.Unit) {
			return Apart
		}
		a, b = inDays(a), inDays(b)
	}
	if a.Low == b.Low && a.High == b.High {
		return Same
	}
	switch {
	case a.Unit == "score":
		if a.Low == b.High && a.High == b.Low {
			return Same // told from the other side
		}
		return Differs
	case a.Unit == "ordinal", a.Unit == "age" && a.Low == a.High && b.Low == b.High:
		return Differs
	case a.Approx == Over && b.Approx == Under && a.Low <= b.High, a.Approx == Under && b.Approx == Over && b.Low <= a.High:
		return Same // at least so many, and at most so many
	}
	al, ah := a.Reach()
	bl, bh := b.Reach()
	// A hedge already says how far the number may be off; what it is held against is
	// not rounded on top of that.
	if a.Approx != Exact && b.Approx == Exact {
		bl, bh = b.Low, b.High
	}
	if b.Approx != Exact && a.Approx == Exact {
		al, ah = a.Low, a.High
	}
	if al <= bh && bl <= ah {
		return Same
	}
	return Differs
}

func durations(a, b string) bool {
	return (a == "day" || a == "month") && (b == "day" || b == "month")
}

// inDays turns a duration into days. A month has 30.4 of them, so the result is
// as approximate as that.
func inDays(q Quantity) Quantity {
	if q.Unit == "month" {
		q.Low, q.High, q.Unit = q.Low*30.4, q.High*30.4, "day"
		if q.Approx == Exact {
			q.Approx = About
		}
	}
	return q
}
