package claims

import (
	"math"
	"testing"
)

// judged gives n pairs of one kind.
func judged(n int, first, second string) [][2]string {
	out := make([][2]string, n)
	for i := range out {
		out[i] = [2]string{first, second}
	}
	return out
}

func all(groups ...[][2]string) (out [][2]string) {
	for _, g := range groups {
		out = append(out, g...)
	}
	return out
}

// TestKappaWorkedByHand holds the figures against examples that were worked out with
// pencil and paper.
func TestKappaWorkedByHand(t *testing.T) {
	t.Parallel()
	const none = math.MaxFloat64
	for _, tt := range []struct {
		name           string
		pairs          [][2]string
		same           int
		expected, want float64
	}{
		// 50 grants: both yes 20, both no 15, 5 and 10 apart. Alike 35/50 = 0.7; the first
		// says yes 25/50, the second 30/50: by chance 0.5·0.6 + 0.5·0.4 = 0.5; (0.7-0.5)/0.5.
		{"fifty proposals", all(judged(20, "yes", "yes"), judged(5, "yes", "no"), judged(10, "no", "yes"), judged(15, "no", "no")), 35, 0.5, 0.4},
		// Three answers: 4 + 3 + 1 alike of 12. The first 6, 4, 2, the second 5, 5, 2: by
		// chance (30 + 20 + 4)/144 = 0.375; (8/12 - 0.375)/0.625 = 7/15.
		{"three verdicts", all(judged(4, "agree", "agree"), judged(2, "agree", "diverge"), judged(3, "diverge", "diverge"),
			judged(1, "diverge", "single"), judged(1, "single", "agree"), judged(1, "single", "single")), 8, 0.375, 7.0 / 15},
		{"always alike", all(judged(3, "agree", "agree"), judged(1, "diverge", "diverge")), 4, 0.625, 1},
		// Half and half, always the other way round: by chance 0.5, and 0 alike.
		{"never alike", all(judged(2, "a", "b"), judged(2, "b", "a")), 0, 0.5, -1},
		// One always says the same: what the other says tells nothing.
		{"as often as chance", all(judged(3, "a", "a"), judged(1, "a", "b")), 3, 0.75, 0},
		{"nothing varies", judged(7, "diverge", "diverge"), 7, 1, none},
		{"nothing at all", nil, 0, 0, none},
		{"one pair apart", judged(1, "a", "b"), 0, 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			k := NewKappa(tt.pairs)
			if k.Pairs != len(tt.pairs) || k.Same != tt.same || math.Abs(k.Expected-tt.expected) > 1e-12 {
				t.Errorf("got %+v, want %d alike and %g by chance", k, tt.same, tt.expected)
			}
			switch {
			case tt.want == none && k.Value != nil:
				t.Errorf("kappa is %g, want none", *k.Value)
			case tt.want != none && (k.Value == nil || math.Abs(*k.Value-tt.want) > 1e-12):
				t.Errorf("kappa is %v, want %g", k.Value, tt.want)
			}
		})
	}
}
