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

func TestOpposing(t *testing.T) {
	t.Parallel()
	d := func(a, b string, kind Kind) Difference {
		return Difference{Kind: kind, Claims: [2]string{a, b}, Between: BetweenSources}
	}
	internal, speakers := d("a", "e", KindNegation), d("a", "f", KindNegation)
	internal.Internal, speakers.Between = true, BetweenSpeakers
	f := Finding{
		Positions:   []Position{{ID: "A", Claims: []string{"a", "b"}}, {ID: "B", Claims: []string{"c", "d", "e", "f"}}},
		Differences: []Difference{d("a", "c", KindNegation), d("c", "b", KindNegation), d("d", "b", KindAction), d("a", "g", KindNumber), d("c", "d", KindAction), internal, speakers},
	}
	if got, want := f.Opposing(), []string{"c", "d"}; !slices.Equal(got, want) {
		t.Errorf("opposing %v, want %v", got, want)
	}
	f.Positions = f.Positions[:1]
	if got := f.Opposing(); got == nil || len(got) != 0 {
		t.Errorf("opposing in one position: %v", got)
	}
}

func TestLeadingDifferences(t *testing.T) {
	t.Parallel()
	f := Finding{Differences: []Difference{{ID: "1", Kind: KindNumber, Superseded: true}, {ID: "2", Kind: KindTime, Superseded: true},
		{ID: "3", Kind: KindNumber}, {ID: "4", Kind: KindTime, Superseded: true}}}
	got := f.LeadingDifferences()
	if len(got) != 2 || got[0].ID != "1" || got[0].Superseded || got[1].ID != "2" || !got[1].Superseded {
		t.Errorf("leading %+v", got)
	}
	if !f.Differences[0].Superseded {
		t.Error("the difference itself was changed")
	}
}
