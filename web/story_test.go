package web

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

func TestCellsOf(t *testing.T) {
	t.Parallel()
	claim := func(id string) []claims.FindingClaim { return []claims.FindingClaim{{ID: id}} }
	row := app.MatrixRow{
		Finding: app.Finding{Finding: claims.Finding{Positions: []claims.Position{
			{ID: "A", Value: "met", Claims: []string{"1", "2"}}, {ID: "B", Value: "was to meet", Claims: []string{"3", "4"}},
		}}},
		Cells: []app.Cell{
			{State: app.Tells, Position: "A", Value: "met", Claims: claim("1")},
			{State: app.Differs, Position: "B", Value: "was to meet", Claims: claim("3")},
			{State: app.Tells, Position: "A", Value: "met", Claims: append(claim("2"), claim("4")...)},
			{State: app.TooEarly},
		},
	}
	sources := []app.MatrixSource{{Name: "Ledger"}, {Name: "Wire"}, {Name: "Both"}, {Name: "Early"}}
	want := []views.Cell{
		{State: views.CellTells, Source: "Ledger", Position: "A", Value: "met"},
		{State: views.CellDiffers, Source: "Wire", Position: "B", Value: "was to meet"},
		{State: views.CellDiffers, Source: "Both", Position: "A B", Value: "met / was to meet"},
		{State: views.CellTooEarly, Source: "Early"},
	}
	if diff := cmp.Diff(want, cellsOf(row, sources)); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
}

func TestMatrixNamesStatedOriginsOnly(t *testing.T) {
	t.Parallel()
	m := matrixOf(app.Matrix{Sources: []app.MatrixSource{
		{Name: "Wire", Origins: []string{"Wire"}}, {Name: "Ledger", Origins: []string{"Ledger"}}, {Name: "Courier", Origins: []string{"Wire"}},
	}}, []app.Article{{Source: "Wire", OriginKnown: true}, {Source: "Ledger"}, {Source: "Courier", OriginKnown: true}})
	want := [][]string{{"Wire"}, nil, {"Wire"}}
	for i, c := range m.Columns {
		if diff := cmp.Diff(want[i], c.Origins); diff != "" {
			t.Errorf("origins of %s (-want +got):\n%s", c.Source, diff)
		}
	}
}

func TestFindingFilter(t *testing.T) {
	t.Parallel()
	no := false
	got := findingFilter("s", views.Filter{Verdict: claims.Agree, Kind: claims.KindTime, Source: "x", MinOrigins: 2, Reviewed: "no", Cursor: "c"})
	want := app.FindingFilter{StoryID: "s", Verdict: claims.Agree, Kind: claims.KindTime, Source: "x", MinOrigins: 2, Reviewed: &no,
		Page: app.Page{Cursor: "c", Limit: rowsPerPage}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("filter (-want +got):\n%s", diff)
	}
}
