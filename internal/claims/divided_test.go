package claims

import (
	"math"
	"slices"
	"testing"
)

func TestDivided(t *testing.T) {
	t.Parallel()
	of := func(origins ...int) Finding {
		f := Finding{Verdict: Diverge}
		for _, n := range origins {
			f.Positions = append(f.Positions, Position{Sources: n, Origins: n})
		}
		return f
	}
	agreeing := of(4, 1)
	agreeing.Verdict = Agree
	for _, c := range []struct {
		name string
		f    Finding
		want float64
	}{
		{"one against one", of(1, 1), 1.5},
		{"one against nineteen", of(19, 1), 1.05},
		{"five against ten", of(10, 5), 5 + 1.0/3},
		{"three ways", of(1, 1, 1), 2 + 2.0/3},
		{"in any order", of(5, 10), 5 + 1.0/3},
		{"nothing material", agreeing, 0},
		{"no position", of(), 0},
	} {
		if got := c.f.Divided(); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	copies := Finding{Verdict: Diverge, Positions: []Position{{Sources: 9, Origins: 1}, {Sources: 1, Origins: 1}}}
	if copies.Divided() != of(1, 1).Divided() {
		t.Error("copies of one report weigh more than the report")
	}
}

func TestKindsOfAFinding(t *testing.T) {
	t.Parallel()
	f := Finding{Differences: []Difference{{Kind: KindNumber}, {Kind: KindTime}, {Kind: KindNumber}, {Kind: KindTerm}}}
	if got, want := f.Kinds(), []Kind{KindNumber, KindTime, KindTerm}; !slices.Equal(got, want) {
		t.Errorf("kinds %v, want %v", got, want)
	}
	if got := (Finding{}).Kinds(); got == nil || len(got) != 0 {
		t.Errorf("kinds of no difference: %v", got)
	}
}
