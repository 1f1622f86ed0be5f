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
	columns := columnsOf(app.Matrix{Sources: []app.MatrixSource{
		{Name: "Wire", Origins: []string{"Wire"}}, {Name: "Ledger", Origins: []string{"Ledger"}}, {Name: "Courier", Origins: []string{"Wire"}},
	}, Articles: []app.Article{{Source: "Wire", OriginKnown: true}, {Source: "Ledger"}, {Source: "Courier", OriginKnown: true}}})
	want := [][]string{{"Wire"}, nil, {"Wire"}}
	for i, c := range columns {
		if diff := cmp.Diff(want[i], c.Origins); diff != "" {
			t.Errorf("origins of %s (-want +got):\n%s", c.Source, diff)
		}
	}
}

func TestFindingFilter(t *testing.T) {
	t.Parallel()
	no := false
	got := findingFilter("s", views.Filter{Verdict: claims.Agree, Kind: claims.KindTime, Source: "x", MinOrigins: 2, Reviewed: "no", Text: "toll", Sort: views.SortTold, ByKind: true, Cursor: "c"})
	want := app.FindingFilter{StoryID: "s", Verdicts: []claims.Verdict{claims.Agree}, Kinds: []claims.Kind{claims.KindTime}, Sources: []string{"x"}, MinOrigins: 2, Reviewed: &no,
		Text: "toll", Order: app.MostTold, ByKind: true, Page: app.Page{Cursor: "c", Limit: views.RowsPerPart}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("filter (-want +got):\n%s", diff)
	}
}

func TestGroupsOfAMatrix(t *testing.T) {
	t.Parallel()
	row := func(id string, kind claims.Kind) app.MatrixRow {
		f := claims.Finding{ID: id, Verdict: claims.Agree}
		if kind != "" {
			f.Differences = []claims.Difference{{Kind: kind}}
		}
		return app.MatrixRow{Finding: app.Finding{Finding: f}}
	}
	in := storyParts{
		filter: views.Filter{ByKind: true, Cursor: "c"},
		matrix: app.Matrix{Before: claims.KindNumber, Rows: []app.MatrixRow{row("1", claims.KindNumber), row("2", claims.KindNumber), row("3", claims.KindTime), row("4", "")}},
		facets: app.Facets{Groups: map[claims.Kind]int{claims.KindNumber: 7, claims.KindTime: 1, "": 3}},
	}
	type group struct {
		heading   string
		count     int
		continued bool
		rows      int
	}
	list := func(in storyParts) []group {
		var out []group
		for _, g := range matrixPart(in, nil).Groups {
			out = append(out, group{g.Heading, g.Count, g.Continued, len(g.Rows)})
		}
		return out
	}
	want := []group{{"number", 7, true, 2}, {"time", 1, false, 1}, {"no difference", 3, false, 1}}
	if diff := cmp.Diff(want, list(in), cmp.AllowUnexported(group{})); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	in.filter = views.Filter{}
	if diff := cmp.Diff([]group{{"", 0, false, 4}}, list(in), cmp.AllowUnexported(group{})); diff != "" {
		t.Errorf("without groups (-want +got):\n%s", diff)
	}
}

func TestColumnsOfSourcesThatTellNothingAreLeftOut(t *testing.T) {
	t.Parallel()
	in := storyParts{filter: views.Filter{Tellers: true}, facets: app.Facets{Tellers: map[string]bool{"b": true}}, matrix: app.Matrix{
		Sources: []app.MatrixSource{{ID: "a", Name: "Ledger"}, {ID: "b", Name: "Wire"}},
		Rows:    []app.MatrixRow{{Cells: []app.Cell{{State: app.Silent}, {State: app.Tells}}}},
	}}
	part := matrixPart(in, columnsOf(in.matrix))
	if len(part.Columns) != 1 || part.Columns[0].Source != "Wire" {
		t.Errorf("columns %+v", part.Columns)
	}
	if cells := part.Groups[0].Rows[0].Cells; len(cells) != 1 || cells[0].Source != "Wire" {
		t.Errorf("cells %+v", cells)
	}
}
