package claims

import (
	"testing"
)

// TestMemoryIsBounded asks far more than is kept: answers stay right, what was asked last is
// known, and no more is kept than may be.
func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	const most = 100
	m := memory[int, int]{most: most}
	asked := 0
	square := func(all []int) []int {
		out := make([]int, len(all))
		for i, n := range all {
			out[i] = n * n
		}
		asked += len(all)
		return out
	}
	for i := range 50 * most {
		got, err := m.recall(t.Context(), []int{i, i - 1, 7}, square)
		if err != nil || got[0] != i*i || got[1] != (i-1)*(i-1) || got[2] != 49 {
			t.Fatalf("%d: %v, %v", i, got, err)
		}
		if n := len(m.young) + len(m.older); n > most+2 {
			t.Fatalf("%d answers are kept, and at most %d may be", n, most)
		}
	}
	// 7 is asked for all the time and never forgotten, nor is what came just before.
	if want := 50*most + 1; asked > want {
		t.Errorf("%d questions were asked anew, want %d", asked, want)
	}
}

// TestRemembersWhatItIsTold sets how much is kept.
func TestRemembersWhatItIsTold(t *testing.T) {
	t.Parallel()
	e, err := NewEngine()
	if err != nil {
		t.Fatal(err)
	}
	e.Remember(2)
	if v, j := e.encoder.vectors.most, e.encoder.judgements.most; v != 500 || j != 2500 {
		t.Errorf("%d vectors and %d judgements are kept of 2 MB", v, j)
	}
}
