package views

import (
	"slices"
	"strings"
	"time"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// MatrixPart is a part of a story's matrix: findings (rows) against sources (columns).
type MatrixPart struct {
	StoryID string
	Filter  Filter
	Columns []Column
	Groups  []Group
	// Next is the cursor of the next part, empty at the end.
	Next string
	// Choose offers to choose findings, to do one thing to all of them.
	Choose bool
}

// manyColumns is the number of sources from which columns are narrow: their names
// stand upright, and cells show a sign alone.
const manyColumns = 8

// dense tells whether columns are narrow.
func (m MatrixPart) dense() bool { return len(m.Columns) > manyColumns }

// empty tells whether no finding fits.
func (m MatrixPart) empty() bool { return len(m.Groups) == 0 }

// Column is a source of the story.
type Column struct {
	SourceID string
	Source   string
	// Origins are who its reports come from, none where nothing says so.
	Origins []string
	// Shared is the origin that it has in common with the columns beside it.
	Shared   string
	Articles int
	// Published is its earliest article's time.
	Published claims.Published
}

// Title says what a narrow column has no room for.
func (c Column) Title() string {
	out := c.Source
	if len(c.Origins) > 0 {
		out += ", from " + strings.Join(c.Origins, ", ")
	}
	if !c.Published.IsZero() {
		out += ", " + ui.PublishedText(c.Published)
	}
	if c.Articles > 1 {
		out += ", " + ui.Counted(c.Articles, "article", "articles")
	}
	return out
}

// Band is what stands above columns of one origin; Origin is empty above others.
type Band struct {
	Origin string
	Span   int
}

// bands gives what stands above the columns, nothing where no origin is shared.
func (m MatrixPart) bands() []Band {
	var out []Band
	shared := false
	for _, c := range m.Columns {
		shared = shared || c.Shared != ""
		if n := len(out); n > 0 && out[n-1].Origin == c.Shared {
			out[n-1].Span++
			continue
		}
		out = append(out, Band{Origin: c.Shared, Span: 1})
	}
	if !shared {
		return nil
	}
	return out
}

// Group is rows whose most important difference is of one kind.
type Group struct {
	// Heading names the group, empty where rows are not grouped.
	Heading string
	// Count is the number of findings in the whole group.
	Count int
	// Continued is true where the group began in the part before.
	Continued bool
	Rows      []Row
}

// Row is a finding, told or not told by each source.
type Row struct {
	ID      string
	Summary string
	// Verdict is empty where the finding is veiled from the viewer.
	Verdict   claims.Verdict
	Review    ReviewState
	Kinds     []KindOfRow
	Sources   int
	Origins   int
	OneOrigin bool
	// Disputed is true where the second judge says otherwise of one of its pairs.
	Disputed bool
	// Tellings say who tells what, one for each position.
	Tellings []Telling
	// Aside is a difference that does not part the sources, in one line.
	Aside string
	// Numbers and Times are the lines of what differs, nil for none.
	Numbers, Times *Line
	Cells          []Cell
}

// Veiled tells whether the viewer reviews the finding blind.
func (r Row) Veiled() bool { return r.Verdict == "" }

// class names the row for styles.
func (r Row) class() string {
	if r.Veiled() {
		return "row row-veiled"
	}
	return "row row-" + string(r.Verdict)
}

// count counts the cells of a state.
func (r Row) count(state CellState) int {
	n := 0
	for _, c := range r.Cells {
		if c.State == state {
			n++
		}
	}
	return n
}

// silence says how many sources are silent, nothing where none is.
func (r Row) silence() string {
	var parts []string
	if n := r.count(CellSilent); n > 0 {
		parts = append(parts, "not mentioned by "+ui.Counted(n, "source", "sources"))
	}
	if n := r.count(CellTooEarly); n > 0 {
		parts = append(parts, ui.Counted(n, "source", "sources")+" published before it was known")
	}
	return strings.Join(parts, "; ")
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
		return "tells it differently"
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

// Title says all that a narrow cell has no room for.
func (c Cell) Title() string {
	out := c.Source + " " + c.Words()
	if c.Position != "" {
		out += " (" + c.Position
		if c.Value != "" {
			out += ": " + c.Value
		}
		out += ")"
	}
	return out
}

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
