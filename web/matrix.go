package web

import (
	"net/http"
	"slices"
	"strings"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

// matrixEndpoints are what a story's matrix loads when it is asked for.
func matrixEndpoints() []endpoint {
	return []endpoint{
		{get, "/stories/{id}/rows", ReaderOrPublic, (*Web).matrixRows},
		{get, "/stories/{id}/cleared", ReaderOrPublic, (*Web).cleared},
	}
}

// matrixRows gives further rows of a matrix for a page that has the first ones.
func (w *Web) matrixRows(rw http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	in := storyParts{filter: views.ParseFilter(r.URL.Query())}
	filter := findingFilter(id(r), in.filter)
	var err error
	if in.matrix, err = w.app.Matrix(ctx, w.actor(ctx), filter); err != nil {
		return err
	}
	if in.filter.Tellers || in.filter.ByKind {
		if in.facets, err = w.app.Facets(ctx, w.actor(ctx), filter); err != nil {
			return err
		}
	}
	part := matrixPart(in, columnsOf(in.matrix))
	part.Choose = w.actor(ctx).Can(app.ReviewFindings)
	return w.render(rw, r, http.StatusOK, views.MatrixRows(part))
}

// cleared lists the pairs of a story that look in conflict and are not.
func (w *Web) cleared(rw http.ResponseWriter, r *http.Request) error {
	ctx, who := r.Context(), w.actor(r.Context())
	s, err := w.app.Story(ctx, who, id(r))
	if err != nil {
		return err
	}
	cursor := r.URL.Query().Get("cursor")
	pairs, err := w.app.Cleared(ctx, who, s.ID, app.Page{Cursor: cursor})
	if err != nil {
		return err
	}
	p := views.ClearedPage{StoryID: s.ID, StoryTitle: s.Title, Total: s.Cleared, Next: pairs.NextCursor, First: cursor == ""}
	for _, x := range pairs.Items {
		p.Pairs = append(p.Pairs, clearedOf(x))
	}
	return w.render(rw, r, http.StatusOK, views.ClearedPairs(w.chrome(r, "Looks like a conflict, is not", views.SectionStories), p))
}

// orders are the orders of the matrix in the words of the use cases.
var orders = map[views.Sort]app.FindingOrder{
	views.SortDivided: app.MostDivided, views.SortTold: app.MostTold, views.SortAlone: app.ToldAlone,
	views.SortNewest: app.Newest, views.SortUncertain: app.LeastCertain, views.SortDisputed: app.MostDisputed,
}

// findingFilter says in the words of the use cases which findings to show.
func findingFilter(storyID string, f views.Filter) app.FindingFilter {
	out := app.FindingFilter{StoryID: storyID, Verdicts: given(f.Verdict), Kinds: given(f.Kind), Sources: given(f.Source), MinOrigins: f.MinOrigins,
		Text: f.Text, Open: f.Reviewed == "open", Second: app.SecondOutcome(f.Second), Order: orders[f.Sort], ByKind: f.ByKind,
		Page: app.Page{Cursor: f.Cursor, Limit: views.RowsPerPart}}
	if f.Reviewed == "yes" || f.Reviewed == "no" {
		reviewed := f.Reviewed == "yes"
		out.Reviewed = &reviewed
	}
	return out
}

// given gives a value as the only one of a choice, none where it is empty.
func given[T ~string](value T) []T {
	if value == "" {
		return nil
	}
	return []T{value}
}

// columnsOf gives a column for each source. A source's own name is an origin only
// where one of its articles says so.
func columnsOf(m app.Matrix) []views.Column {
	stated := map[string]bool{}
	for _, a := range m.Articles {
		stated[a.Source] = stated[a.Source] || a.OriginKnown
	}
	var out []views.Column
	for _, s := range m.Sources {
		c := views.Column{SourceID: s.ID, Source: s.Name, Shared: s.Shared, Articles: s.Articles, Published: s.First}
		for _, o := range s.Origins {
			if o != s.Name || stated[s.Name] {
				c.Origins = append(c.Origins, o)
			}
		}
		out = append(out, c)
	}
	return out
}

// matrixPart gives a part of the matrix. Where the filter says so, sources that tell
// none of the findings that fit are left out.
func matrixPart(in storyParts, columns []views.Column) views.MatrixPart {
	out := views.MatrixPart{StoryID: in.matrix.Story.ID, Filter: in.filter, Next: in.matrix.NextCursor}
	keep := make([]bool, len(columns))
	for i, c := range columns {
		keep[i] = !in.filter.Tellers || in.facets.Tellers[c.SourceID]
		if keep[i] {
			out.Columns = append(out.Columns, c)
		}
	}
	last := in.matrix.Before
	for i, r := range in.matrix.Rows {
		kind := groupOf(r)
		if i == 0 || in.filter.ByKind && kind != last {
			g := views.Group{Continued: i == 0 && in.filter.Cursor != "" && kind == last}
			if in.filter.ByKind {
				g.Heading, g.Count = groupHeading(kind), in.facets.Groups[kind]
			}
			out.Groups = append(out.Groups, g)
		}
		last = kind
		g := &out.Groups[len(out.Groups)-1]
		g.Rows = append(g.Rows, rowOf(r, in.matrix.Sources, keep))
	}
	return out
}

// groupOf gives the kind that a row is grouped by, empty for none.
func groupOf(r app.MatrixRow) claims.Kind {
	if len(r.Finding.Differences) == 0 {
		return ""
	}
	return r.Finding.Differences[0].Kind
}

func groupHeading(k claims.Kind) string {
	if k == "" {
		return "no difference"
	}
	return string(k)
}

// rowOf gives a row with the cells of the sources that are kept.
func rowOf(r app.MatrixRow, sources []app.MatrixSource, keep []bool) views.Row {
	f := r.Finding.Finding
	out := views.Row{
		ID: f.ID, Summary: f.Summary, Verdict: r.Finding.Stands(), Review: reviewState(r.Finding), Kinds: views.KindsOf(f),
		Sources: f.Sources, Origins: f.Origins, OneOrigin: views.OneOrigin(f), Aside: views.Aside(f),
		Disputed: r.Finding.Second.Disagrees > 0,
	}
	var opposing []string
	for i, c := range cellsOf(r, sources) {
		if c.State == views.CellOpposes {
			opposing = append(opposing, c.Position)
		}
		if keep[i] {
			out.Cells = append(out.Cells, c)
		}
	}
	out.Tellings = views.NewTellings(f, opposing)
	out.Numbers, out.Times = linesOf(r)
	return out
}

// linesOf gives the lines of a row, small.
func linesOf(r app.MatrixRow) (numbers, times *views.Line) {
	if r.Numbers == nil && r.Times == nil {
		return nil, nil
	}
	who := map[string]views.LineTeller{}
	for _, c := range r.Finding.Claims {
		letters, _ := heldBy(r.Finding.Positions, []claims.FindingClaim{c})
		who[c.ID] = views.LineTeller{Source: c.Source, Position: strings.Join(letters, " ")}
	}
	if r.Numbers != nil {
		l := views.NewRangeLine(*r.Numbers, who).Shrunk()
		numbers = &l
	}
	if r.Times != nil {
		l := views.NewTimeLine(*r.Times, who).Shrunk()
		times = &l
	}
	return numbers, times
}

// cellsOf gives the cells of a row in the order of the sources.
func cellsOf(r app.MatrixRow, sources []app.MatrixSource) []views.Cell {
	out := make([]views.Cell, 0, len(r.Cells))
	for i, c := range r.Cells {
		cell := views.Cell{State: views.CellState(c.State), Source: sources[i].Name, Position: c.Position, Value: c.Value}
		if letters, values := heldBy(r.Finding.Positions, c.Claims); len(letters) > 1 {
			cell.State = views.CellDiffers
			cell.Position, cell.Value = strings.Join(letters, " "), strings.Join(values, " / ")
		}
		out = append(out, cell)
	}
	return out
}

// heldBy gives the letters and the values of the positions that a source's claims
// stand in. A source that tells it in several ways holds several.
func heldBy(positions []claims.Position, own []claims.FindingClaim) (letters, values []string) {
	for _, p := range positions {
		if slices.ContainsFunc(own, func(c claims.FindingClaim) bool { return slices.Contains(p.Claims, c.ID) }) {
			letters, values = append(letters, p.ID), append(values, p.Value)
		}
	}
	return letters, values
}

func reviewState(f app.Finding) views.ReviewState {
	return views.ReviewState{Reviewed: f.Reviewed, Stale: f.StaleReview, Verdict: f.ReviewedVerdict, Outcome: string(f.Outcome),
		By: f.By, At: f.Decided.At, Veiled: f.Veiled}
}

func clearedOf(c app.ClearedPair) views.Cleared {
	out := views.Cleared{ID: c.ID, Kind: c.Kind, Reason: c.Reason}
	for i, m := range c.Members {
		out.Sides[i] = views.Side{ClaimID: m.ID, ArticleID: m.ArticleID, Source: m.Source, Exact: m.Exact}
	}
	return out
}
