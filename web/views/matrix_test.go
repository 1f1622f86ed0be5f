package views

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/claims"
)

func TestCellIsReadWithoutColour(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name        string
		cell        Cell
		sign, words string
		told        bool
	}{
		{"tells what all tell", Cell{State: CellTells}, "✓", "tells it", true},
		{"first position", Cell{State: CellTells, Position: "A", Value: "1,700"}, "A", "1,700", true},
		{"other position", Cell{State: CellDiffers, Position: "B", Value: "2,000"}, "B", "2,000", true},
		{"other position without a value", Cell{State: CellDiffers, Position: "B"}, "B", "tells it differently", true},
		{"opposite", Cell{State: CellOpposes, Position: "B", Value: "not issued"}, "✕", "says the opposite", true},
		{"silent", Cell{State: CellSilent}, "–", "not mentioned", false},
		{"too early", Cell{State: CellTooEarly}, "◷", "published before it was known", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.cell.Sign() != tt.sign || tt.cell.Words() != tt.words || tt.cell.Told() != tt.told {
				t.Errorf("got %q %q told=%v, want %q %q told=%v",
					tt.cell.Sign(), tt.cell.Words(), tt.cell.Told(), tt.sign, tt.words, tt.told)
			}
		})
	}
}

func TestKindsOf(t *testing.T) {
	t.Parallel()
	f := claims.Finding{Differences: []claims.Difference{
		{Kind: claims.KindNumber, Material: true, Superseded: true},
		{Kind: claims.KindAttribution},
		{Kind: claims.KindNumber, Material: true},
		{Kind: claims.KindTime, Material: true, Superseded: true},
	}}
	want := []KindOfRow{
		{Kind: claims.KindNumber, Material: true},
		{Kind: claims.KindAttribution},
		{Kind: claims.KindTime, Material: true, Superseded: true},
	}
	if diff := cmp.Diff(want, KindsOf(f)); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
}

func TestReviewStateWords(t *testing.T) {
	t.Parallel()
	agree := claims.Agree
	tests := []struct {
		state ReviewState
		want  string
	}{
		{ReviewState{}, "suggested"},
		{ReviewState{Reviewed: true, Outcome: "confirmed"}, "confirmed"},
		{ReviewState{Reviewed: true, Outcome: "changed", Verdict: &agree}, "changed: agree"},
		{ReviewState{Reviewed: true, Outcome: "changed"}, "changed in part"},
		{ReviewState{Reviewed: true, Outcome: "rejected"}, "rejected: not one fact"},
		{ReviewState{Stale: true, Verdict: &agree}, "look again: a passage has changed"},
	}
	for _, tt := range tests {
		if got := tt.state.Words(); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.state, got, tt.want)
		}
	}
}

func TestOneOrigin(t *testing.T) {
	t.Parallel()
	tests := []struct {
		verdict      claims.Verdict
		corroborated bool
		want         bool
	}{
		{claims.Agree, false, true}, {claims.Agree, true, false}, {claims.Diverge, false, false}, {claims.Single, false, false},
	}
	for _, tt := range tests {
		if got := OneOrigin(claims.Finding{Verdict: tt.verdict, Corroborated: tt.corroborated}); got != tt.want {
			t.Errorf("%s, corroborated %v: one origin %v, want %v", tt.verdict, tt.corroborated, got, tt.want)
		}
	}
}

func TestGroupOrigins(t *testing.T) {
	t.Parallel()
	got := GroupOrigins([]ArticleLine{
		{Source: "Ledger", Origin: "Ledger"},
		{Source: "Wire", Origin: "Wire", OriginKnown: true},
		{Source: "Courier", Origin: "Wire", OriginKnown: true},
		{Source: "Courier", Origin: "Wire", OriginKnown: true},
		{Source: "Late"},
	})
	want := []Origin{
		{Name: "Wire", Known: true, Sources: []string{"Wire", "Courier"}},
		{Name: "Ledger", Sources: []string{"Ledger"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("origins (-want +got):\n%s", diff)
	}
}

func TestCountKinds(t *testing.T) {
	t.Parallel()
	number := claims.Difference{Kind: claims.KindNumber}
	got := CountKinds([]claims.Finding{
		{Differences: []claims.Difference{number, number, {Kind: claims.KindTerm}}},
		{Differences: []claims.Difference{number}},
		{},
	})
	want := []KindCount{{Kind: claims.KindNumber, Count: 2}, {Kind: claims.KindTerm, Count: 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}
