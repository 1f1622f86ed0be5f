package app

import (
	"cmp"
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
	Story Story
	// Articles are those of the story, in the order in which they came.
	Articles []Article
	Sources  []MatrixSource
	// Rows are in the order of the filter. Before is the kind that the finding before the
	// first one is grouped by.
	Rows       []MatrixRow
	Before     claims.Kind
	NextCursor string
}

// MatrixSource heads a column. Sources of one origin stand together.
type MatrixSource struct {
	ID       string
	Name     string
	Articles int
	// Origins are who its articles come from, the source itself where nothing else
	// is known.
	Origins []string
	// Shared is the origin that it has in common with its neighbours, empty where no
	// other source has one of its origins.
	Shared string
	// First and Last are its earliest and latest article's times; unknown times are
	// left out.
	First, Last claims.Published
}

// MatrixRow is one finding; Cells stand in the order of the matrix's sources.
type MatrixRow struct {
	Finding Finding
	Cells   []Cell
	// Numbers and Times are what its positions hold as points on a line, nil where they
	// hold no numbers or times.
	Numbers *claims.NumberScale
	Times   *claims.TimeScale
}

// Cell is what one source says on one finding.
type Cell struct {
	State CellState
	// Position is the id of the source's position, empty where all tell it alike or
	// the source is silent; Value is what that position holds.
	Position string
	Value    string
	// Claims are the source's claims in the finding, without their words.
	Claims []claims.FindingClaim
}

// Matrix gives a part of a story's matrix.
func (a *App) Matrix(ctx context.Context, who Actor, f FindingFilter) (Matrix, error) {
	story, err := a.Story(ctx, who, f.StoryID)
	if err != nil {
		return Matrix{}, err
	}
	f.StoryID = story.ID
	choice, err := f.choice()
	if err != nil {
		return Matrix{}, err
	}
	outlines, err := a.seen(who).Outlines(ctx, choice)
	if err != nil {
		return Matrix{}, err
	}
	arts, err := a.seen(who).Articles(ctx, store.ArticleChoice{StoryID: story.ID, Limit: readArticles})
	if err != nil {
		return Matrix{}, err
	}
	slices.Reverse(arts) // the newest came first
	rows := page(outlines, choice.Limit-1, func(o store.Outline) any { return o.Place })
	out := Matrix{Story: story, Articles: arts, Sources: matrixSources(arts), NextCursor: rows.NextCursor, Rows: []MatrixRow{}}
	if choice.After != nil {
		out.Before = choice.After.Kind()
	}
	published := map[string]claims.Published{}
	for _, art := range arts {
		published[art.ID] = art.Published
	}
	for _, o := range rows.Items {
		row := matrixRow(o, out.Sources, published)
		row.Numbers, row.Times = a.positionScale(o, published)
		out.Rows = append(out.Rows, row)
	}
	return out, nil
}

// matrixSources gives the sources of the articles that were read, in the order in
// which they came, those of one origin beside the first of them.
func matrixSources(arts []Article) []MatrixSource {
	out, at := []MatrixSource{}, map[string]int{}
	for _, art := range arts {
		if art.Status != Ready {
			continue
		}
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
	return besideTheirOrigin(out)
}

// besideTheirOrigin puts sources that share an origin beside the first of them.
func besideTheirOrigin(sources []MatrixSource) []MatrixSource {
	having := map[string]int{}
	for _, s := range sources {
		for _, o := range s.Origins {
			having[o]++
		}
	}
	first := map[string]int{}
	place := make([]int, len(sources))
	for i := range sources {
		s := &sources[i]
		place[i] = i
		if o := slices.IndexFunc(s.Origins, func(o string) bool { return having[o] > 1 }); o >= 0 {
			s.Shared = s.Origins[o]
			if _, ok := first[s.Shared]; !ok {
				first[s.Shared] = i
			}
			place[i] = first[s.Shared]
		}
	}
	order := make([]int, len(sources))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(place[a], place[b]) })
	out := make([]MatrixSource, len(sources))
	for i, from := range order {
		out[i] = sources[from]
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

func matrixRow(o store.Outline, sources []MatrixSource, published map[string]claims.Published) MatrixRow {
	var first claims.Published
	for _, c := range o.Claims {
		if p := published[c.ArticleID]; first.IsZero() || before(p, first) {
			first = p
		}
	}
	row := MatrixRow{Finding: o.Finding, Cells: make([]Cell, len(sources))}
	for i, s := range sources {
		row.Cells[i] = cellOf(o, s, first)
	}
	return row
}

// cellOf says what a source tells of a finding that was first told at a time.
func cellOf(o store.Outline, s MatrixSource, first claims.Published) Cell {
	cell := Cell{State: Silent, Claims: []claims.FindingClaim{}}
	for _, c := range o.Claims {
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
	if len(o.Positions) < 2 {
		return cell
	}
	for i, p := range o.Positions {
		if holds(p, cell.Claims) {
			cell.Position, cell.Value = p.ID, p.Value
			if i > 0 {
				cell.State = Differs
			}
			break
		}
	}
	if cell.State == Differs && slices.ContainsFunc(cell.Claims, func(c claims.FindingClaim) bool { return slices.Contains(o.Opposing, c.ID) }) {
		cell.State = Opposes
	}
	return cell
}

// positionScale puts what the positions of a finding hold on a line, where its most
// important difference is one of numbers or times.
func (a *App) positionScale(o store.Outline, published map[string]claims.Published) (*claims.NumberScale, *claims.TimeScale) {
	if len(o.Positions) < 2 || len(o.Differences) == 0 {
		return nil, nil
	}
	kind := o.Differences[0].Kind
	if kind != claims.KindNumber && kind != claims.KindTime {
		return nil, nil
	}
	// Each position against the first: the values are those of positions, so that a line
	// has a point for each of them.
	f := claims.Finding{ID: o.ID}
	first := o.Positions[0]
	for _, p := range o.Positions {
		for _, id := range p.Claims {
			f.Differences = append(f.Differences, claims.Difference{Kind: kind, Claims: [2]string{first.Claims[0], id}, Values: [2]string{first.Value, p.Value}})
		}
	}
	dated := map[string]claims.Dated{}
	for _, c := range o.Claims {
		dated[c.ID] = claims.Dated{Published: published[c.ArticleID], Ahead: slices.Contains(o.Planned, c.ID)}
	}
	numbers, times := a.Scales(f, dated)
	return oneOf(numbers), oneOf(times)
}

// oneOf gives the first of some, nil where there is none.
func oneOf[T any](all []T) *T {
	if len(all) == 0 {
		return nil
	}
	return &all[0]
}

// holds tells whether a position has one of the claims.
func holds(p claims.Position, told []claims.FindingClaim) bool {
	return slices.ContainsFunc(told, func(c claims.FindingClaim) bool { return slices.Contains(p.Claims, c.ID) })
}
