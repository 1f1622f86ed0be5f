package views

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/claims"
)

// toll is a finding in which two sources have one number and a third another.
func toll() (claims.Finding, []Member) {
	member := func(id, source, exact string, start int) Member {
		c := claims.Claim{ID: id, Passage: claims.Passage{Exact: exact, Start: start, End: start + len(exact)}, Text: exact}
		return Member{Claim: c, Source: source}
	}
	members := []Member{member("a", "Ledger", "14 hurt", 10), member("b", "Wire", "fourteen hurt", 0), member("c", "Today", "41 hurt", 5)}
	f := claims.Finding{ID: "f", Verdict: claims.Diverge, Sources: 3, Origins: 3,
		Positions: []claims.Position{
			{ID: "A", Value: "14", Claims: []string{"a", "b"}, Sources: 2, Origins: 2},
			{ID: "B", Value: "41", Claims: []string{"c"}, Sources: 1, Origins: 1},
		},
		Differences: []claims.Difference{
			{ID: "d1", Kind: claims.KindNumber, Material: true, Claims: [2]string{"a", "c"}, Values: [2]string{"14", "41"},
				Marks: [2][]claims.Mark{{{Start: 10, End: 12}}, {{Start: 5, End: 7}}}, Explanation: "Ledger says 14, Today says 41."},
			{ID: "d2", Kind: claims.KindNumber, Material: true, Claims: [2]string{"c", "b"}, Values: [2]string{"41", "14"}},
			{ID: "d3", Kind: claims.KindNumber, Material: true, Superseded: true, Claims: [2]string{"a", "c"}, Values: [2]string{"14", "41"}},
		},
	}
	for _, m := range members {
		f.Claims = append(f.Claims, claims.FindingClaim{ID: m.ID, Source: m.Source, Passage: m.Passage})
	}
	return f, members
}

func TestDifferencesThatSayTheSameAreOne(t *testing.T) {
	t.Parallel()
	f, members := toll()
	got := NewFindingPage(FindingInput{Finding: f, Members: members}).Differences
	tellers := func(names ...string) []Teller {
		var out []Teller
		for i := 0; i < len(names); i += 2 {
			out = append(out, Teller{ClaimID: names[i], Source: names[i+1]})
		}
		return out
	}
	want := []DifferenceView{
		{IDs: []string{"d1", "d2"}, Kind: claims.KindNumber, Material: true, Explanation: "Ledger says 14, Today says 41.",
			Sides: [2]DifferenceSide{{Value: "14", Tellers: tellers("a", "Ledger", "b", "Wire")}, {Value: "41", Tellers: tellers("c", "Today")}}},
		{IDs: []string{"d3"}, Kind: claims.KindNumber, Material: true, Superseded: true,
			Sides: [2]DifferenceSide{{Value: "14", Tellers: tellers("a", "Ledger")}, {Value: "41", Tellers: tellers("c", "Today")}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
}

func TestPositionsHoldTheirPassages(t *testing.T) {
	t.Parallel()
	f, members := toll()
	got := NewFindingPage(FindingInput{Finding: f, Members: members}).Positions
	if len(got) != 2 || len(got[0].Passages) != 2 || len(got[1].Passages) != 1 {
		t.Fatalf("got %d positions: %+v", len(got), got)
	}
	want := []MarkedWords{{Text: "14", Differs: true}, {Text: " hurt"}}
	if diff := cmp.Diff(want, got[0].Passages[0].Words); diff != "" {
		t.Errorf("words of the first passage (-want +got):\n%s", diff)
	}
}

func TestOneWayOfTellingHasNoLetter(t *testing.T) {
	t.Parallel()
	f, members := toll()
	f.Verdict, f.Positions, f.Differences = claims.Agree, f.Positions[:1], nil
	got := NewFindingPage(FindingInput{Finding: f, Members: members}).Positions
	if len(got) != 1 || got[0].ID != "" || len(got[0].Passages) != 3 {
		t.Errorf("got %+v, want one position without a letter that holds all three passages", got)
	}
}

func TestDifferenceLabels(t *testing.T) {
	t.Parallel()
	tests := []struct {
		d    DifferenceView
		want []string
	}{
		{DifferenceView{Material: true}, nil},
		{DifferenceView{}, []string{"not material"}},
		{DifferenceView{Material: true, Superseded: true, Speakers: true, Internal: true}, []string{"changed since", "between speakers", "inside one source"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, tt.d.Labels()); diff != "" {
			t.Errorf("labels of %+v (-want +got):\n%s", tt.d, diff)
		}
	}
}
