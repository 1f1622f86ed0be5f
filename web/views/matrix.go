package views

import (
	"slices"
	"time"

	"corroborate/internal/claims"
)

// Matrix shows findings (rows) against sources (columns).
type Matrix struct {
	Columns []Column
	Rows    []Row
}

// Column is a source of the story.
type Column struct {
	SourceID string
	Source   string
	// Origins are who its reports come from, none where nothing says so.
	Origins  []string
	Articles int
	// Published is its earliest article's time.
	Published claims.Published
}

// Row is a finding, told or not told by each source.
type Row struct {
	ID        string
	Summary   string
	Verdict   claims.Verdict
	Review    ReviewState
	Kinds     []KindOfRow
	Sources   int
	Origins   int
	OneOrigin bool
	Cells     []Cell
}

// Silent counts the sources that do not tell the finding.
func (r Row) Silent() int {
	n := 0
	for _, c := range r.Cells {
		if !c.Told() {
			n++
		}
	}
	return n
}

// ReviewState is what people have decided on a finding.
type ReviewState struct {
	Reviewed bool
	// Stale is true where the decision was on a passage that has changed.
	Stale bool
	// Verdict is the person's verdict, nil where it was left open.
	Verdict *claims.Verdict
	// Outcome is "confirmed", "rejected" or "changed", empty while the machine's word is
	// a suggestion. By is who said so, and At when.
	Outcome string
	By      string
	At      *time.Time
	// Veiled is true where the viewer reviews the finding blind.
	Veiled bool
}

// KindOfRow is a kind of difference that a finding has.
type KindOfRow struct {
	Kind     claims.Kind
	Material bool
	// Superseded is true where all differences of the kind are "changed since".
	Superseded bool
}

// CellState says how a source stands to a finding.
type CellState string

// The states of a cell.
const (
	CellTells    CellState = "tells"
	CellDiffers  CellState = "differs"
	CellOpposes  CellState = "opposes"
	CellSilent   CellState = "silent"
	CellTooEarly CellState = "too_early"
)

// Cell is what one source says to one finding.
type Cell struct {
	State  CellState
	Source string
	// Position is the letter of the source's position, empty where all tell it
	// alike; Value is what that position holds.
	Position string
	Value    string
}

// Words says the state in words.
func (c Cell) Words() string {
	switch c.State {
	case CellOpposes:
		return "says the opposite"
	case CellTooEarly:
		return "published before it was known"
	case CellSilent:
		return "not mentioned"
	case CellDiffers:
		if c.Value == "" {
			return "tells it differently"
		}
	}
	if c.Position != "" && c.Value != "" {
		return c.Value
	}
	return "tells it"
}

// Sign gives the state as one sign, which stands beside the words.
func (c Cell) Sign() string {
	switch {
	case c.State == CellOpposes:
		return "✕"
	case c.State == CellTooEarly:
		return "◷"
	case c.State == CellSilent:
		return "–"
	case c.Position != "":
		return c.Position
	case c.State == CellDiffers:
		return "≠"
	}
	return "✓"
}

// Told tells whether the source mentions the finding.
func (c Cell) Told() bool { return c.State != CellSilent && c.State != CellTooEarly }

// OneOrigin tells whether sources agree only because they draw on one origin.
func OneOrigin(f claims.Finding) bool { return f.Verdict == claims.Agree && !f.Corroborated }

// KindsOf lists the kinds of a finding's differences, in their order.
func KindsOf(f claims.Finding) []KindOfRow {
	var out []KindOfRow
	for _, d := range f.Differences {
		i := slices.IndexFunc(out, func(k KindOfRow) bool { return k.Kind == d.Kind })
		if i < 0 {
			out = append(out, KindOfRow{Kind: d.Kind, Superseded: true})
			i = len(out) - 1
		}
		out[i].Material = out[i].Material || d.Material
		out[i].Superseded = out[i].Superseded && d.Superseded
	}
	return out
}
