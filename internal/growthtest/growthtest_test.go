package growthtest

import "testing"

// TestASquareIsSeen holds that work that grows with the square of the length would be
// found.
func TestASquareIsSeen(t *testing.T) {
	sum := 0
	square := func(text string) {
		for i := range len(text) {
			for j := range i {
				sum += int(text[j])
			}
		}
	}
	size := 16 << 10
	short := cost(square, repeat("x", size/times))
	for short < floor/10 {
		size *= 2
		short = cost(square, repeat("x", size/times))
	}
	if long := cost(square, repeat("x", size)); long <= most*short {
		t.Errorf("%v and %v were taken for linear (%d)", short, long, sum)
	}
}
