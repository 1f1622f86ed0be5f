package app

import (
	"context"

	"corroborate/internal/claims"
)

// CellState says how a source stands to a finding.
type CellState string

// The states of a cell.
const (
	// Tells: the source tells it, and nothing material differs, or it is in the
	// first position.
	Tells CellState = "tells"
	// Differs: the source tells it another way than the first position.
	Differs CellState = "differs"
	// Opposes: the source tells the opposite of the first position.
	Opposes CellState = "opposes"
	// Silent: the source does not mention it.
	Silent CellState = "silent"
	// TooEarly: the source is silent, and all it published was before anybody told
	// it.
	TooEarly CellState = "too_early"
)

// Matrix shows the findings of a story against its sources.
type Matrix struct {
	Story   Story
	Sources []MatrixSource
	// Rows are in the order of [App.Findings].
	Rows       []MatrixRow
	NextCursor string
}

// MatrixSource heads a column.
type MatrixSource struct {
	ID       string
	Name     string
	Articles int
	// Origins are who its articles come from, the source itself where nothing else
	// is known.
	Origins []string
	// First and Last are its earliest and latest article's times; unknown times are
	// left out.
	First, Last claims.Published
}

// MatrixRow is one finding; Cells stand in the order of the matrix's sources.
type MatrixRow struct {
	Finding Finding
	Cells   []Cell
}

// Cell is what one source says on one finding.
type Cell struct {
	State CellState
	// Position is the id of the source's position, empty where all tell it alike or
	// the source is silent; Value is what that position holds.
	Position string
	Value    string
	// Claims are the source's claims in the finding with their passages.
	Claims []claims.FindingClaim
}

// Matrix gives a part of a story's matrix.
func (a *App) Matrix(ctx context.Context, who Actor, f FindingFilter) (Matrix, error) {
	panic("surface")
}
