package app

import (
	"context"
	"slices"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
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
	story, err := a.Story(ctx, who, f.StoryID)
	if err != nil {
		return Matrix{}, err
	}
	findings, err := a.Findings(ctx, who, f)
	if err != nil {
		return Matrix{}, err
	}
	arts, err := a.db.Articles(ctx, store.ArticleChoice{StoryID: story.ID, Status: Ready, Limit: MaxArticles})
	if err != nil {
		return Matrix{}, err
	}
	slices.Reverse(arts) // the newest came first
	out := Matrix{Story: story, Sources: matrixSources(arts), NextCursor: findings.NextCursor, Rows: []MatrixRow{}}
	published := map[string]claims.Published{}
	for _, art := range arts {
		published[art.ID] = art.Published
	}
	for _, f := range findings.Items {
		out.Rows = append(out.Rows, matrixRow(f, out.Sources, published))
	}
	return out, nil
}

// matrixSources gives the sources of articles in the order in which they came.
func matrixSources(arts []Article) []MatrixSource {
	out, at := []MatrixSource{}, map[string]int{}
	for _, art := range arts {
		i, ok := at[art.SourceID]
		if !ok {
			i = len(out)
			at[art.SourceID] = i
			out = append(out, MatrixSource{ID: art.SourceID, Name: art.Source})
		}
		s := &out[i]
		s.Articles++
		if art.Origin != "" && !slices.Contains(s.Origins, art.Origin) {
			s.Origins = append(s.Origins, art.Origin)
		}
		if s.First.IsZero() || before(art.Published, s.First) {
			s.First = art.Published
		}
		if s.Last.IsZero() || before(s.Last, art.Published) {
			s.Last = art.Published
		}
	}
	return out
}

// before tells whether one time surely lies before another: of two times of which
// one is a bare day, the days are compared. It is false for an unknown time.
func before(one, two claims.Published) bool {
	if one.IsZero() || two.IsZero() {
		return false
	}
	if one.Precision == claims.Day || two.Precision == claims.Day {
		return one.At.Format(time.DateOnly) < two.At.Format(time.DateOnly)
	}
	return one.At.Before(two.At)
}

func matrixRow(f Finding, sources []MatrixSource, published map[string]claims.Published) MatrixRow {
	var first claims.Published
	for _, c := range f.Claims {
		if p := published[c.ArticleID]; first.IsZero() || before(p, first) {
			first = p
		}
	}
	row := MatrixRow{Finding: f, Cells: make([]Cell, len(sources))}
	for i, s := range sources {
		row.Cells[i] = cellOf(f, s, first)
	}
	return row
}

// cellOf says what a source tells of a finding that was first told at a time.
func cellOf(f Finding, s MatrixSource, first claims.Published) Cell {
	cell := Cell{State: Silent, Claims: []claims.FindingClaim{}}
	for _, c := range f.Claims {
		if c.Source == s.Name {
			cell.Claims = append(cell.Claims, c)
		}
	}
	if len(cell.Claims) == 0 {
		if before(s.Last, first) {
			cell.State = TooEarly
		}
		return cell
	}
	cell.State = Tells
	if len(f.Positions) < 2 {
		return cell
	}
	for i, p := range f.Positions {
		if holds(p, cell.Claims) {
			cell.Position, cell.Value = p.ID, p.Value
			if i > 0 {
				cell.State = Differs
			}
			break
		}
	}
	if cell.State == Differs && opposes(f, cell.Claims) {
		cell.State = Opposes
	}
	return cell
}

// holds tells whether a position has one of the claims.
func holds(p claims.Position, told []claims.FindingClaim) bool {
	return slices.ContainsFunc(told, func(c claims.FindingClaim) bool { return slices.Contains(p.Claims, c.ID) })
}

// opposes tells whether one of the claims says the opposite of a claim of the
// first position.
func opposes(f Finding, told []claims.FindingClaim) bool {
	for _, d := range f.Differences {
		if d.Kind != claims.KindNegation && d.Kind != claims.KindAction || d.Internal || d.Between != claims.BetweenSources {
			continue
		}
		for i := range d.Claims {
			mine := slices.ContainsFunc(told, func(c claims.FindingClaim) bool { return c.ID == d.Claims[i] })
			if mine && slices.Contains(f.Positions[0].Claims, d.Claims[1-i]) {
				return true
			}
		}
	}
	return false
}
