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
		{"first position", Cell{State: CellTells, Position: "A", Value: "1,700"}, "A", "tells it", true},
		{"other position", Cell{State: CellDiffers, Position: "B", Value: "2,000"}, "B", "tells it differently", true},
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

func TestBandsStandOverColumnsOfOneOrigin(t *testing.T) {
	t.Parallel()
	of := func(shared ...string) MatrixPart {
		var m MatrixPart
		for _, s := range shared {
			m.Columns = append(m.Columns, Column{Shared: s})
		}
		return m
	}
	want := []Band{{"", 1}, {"Wire", 2}, {"Press", 2}, {"", 2}}
	if diff := cmp.Diff(want, of("", "Wire", "Wire", "Press", "Press", "", "").bands()); diff != "" {
		t.Errorf("bands (-want +got):\n%s", diff)
	}
	if got := of("", "").bands(); got != nil {
		t.Errorf("bands without a shared origin: %v", got)
	}
}

func TestTellings(t *testing.T) {
	t.Parallel()
	of := func(id, source string) claims.FindingClaim { return claims.FindingClaim{ID: id, Source: source} }
	f := claims.Finding{
		Claims:    []claims.FindingClaim{of("1", "Ledger"), of("2", "Wire"), of("3", "Wire"), of("4", "Courier"), of("5", "Post"), of("6", "Times"), of("7", "Herald")},
		Positions: []claims.Position{{ID: "A", Value: "1,700", Claims: []string{"1", "2", "3", "5", "6", "7"}}, {ID: "B", Value: "2,000", Claims: []string{"4"}}},
	}
	want := []Telling{
		{Letter: "A", Value: "1,700", Sources: []string{"Ledger", "Wire", "Post", "Times", "Herald"}},
		{Letter: "B", Value: "2,000", Opposes: true, Sources: []string{"Courier"}},
	}
	got := NewTellings(f, []string{"B"})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tellings (-want +got):\n%s", diff)
	}
	if got, want := got[0].Names(), "\u2068Ledger\u2069, \u2068Wire\u2069, \u2068Post\u2069, \u2068Times\u2069, \u2068Herald\u2069"; got != want {
		t.Errorf("names %q, want %q", got, want)
	}
	f.Positions = f.Positions[:1]
	if got := NewTellings(f, nil); len(got) != 1 || got[0].Letter != "" || len(got[0].Sources) != 6 {
		t.Errorf("told alike: %+v", got)
	}
}

func TestAside(t *testing.T) {
	t.Parallel()
	d := claims.Difference{Kind: claims.KindNumber, Material: true, Values: [2]string{"ten", "thirty"}, Between: claims.BetweenSources}
	speakers, internal, term, attribution := d, d, d, d
	speakers.Between = claims.BetweenSpeakers
	internal.Internal = true
	term.Kind, term.Material = claims.KindTerm, false
	attribution.Kind, attribution.Material = claims.KindAttribution, false
	for _, c := range []struct {
		name    string
		verdict claims.Verdict
		d       claims.Difference
		want    string
	}{
		{"speakers", claims.Agree, speakers, "Speakers differ: ten / thirty"},
		{"one source", claims.Single, internal, "One source tells it two ways: ten / thirty"},
		{"a term", claims.Agree, term, "Also called: ten / thirty"},
		{"who vouches", claims.Agree, attribution, ""},
		{"a divergence says it in its positions", claims.Diverge, d, ""},
	} {
		if got := Aside(claims.Finding{Verdict: c.verdict, Differences: []claims.Difference{c.d}}); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
