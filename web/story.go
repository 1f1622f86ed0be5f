package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

const (
	// rowsPerPage is how many findings one page of the matrix shows.
	rowsPerPage = 50
	// refreshSeconds is how often browsers load a page again whose analysis goes on
	// and that does not hear of its end.
	refreshSeconds = 3
)

// story shows the matrix of a story.
func (w *Web) story(rw http.ResponseWriter, r *http.Request) error {
	in, err := w.loadStory(r.Context(), id(r), views.ParseFilter(r.URL.Query()))
	if err != nil {
		return err
	}
	p := storyPage(in)
	if p.Bulk, err = w.bulkOf(r); err != nil {
		return err
	}
	c := w.chrome(r, p.Title, views.SectionStories)
	if p.Status.Working() {
		c.RefreshSeconds, c.Streams = refreshSeconds, true
	}
	return w.render(rw, r, http.StatusOK, views.Story(c, p))
}

// storyParts is what a story's page is made from.
type storyParts struct {
	filter   views.Filter
	matrix   app.Matrix
	findings []claims.Finding
	cleared  []app.ClearedPair
	healed   []app.Correction
	articles []app.Article
}

func (w *Web) loadStory(ctx context.Context, id string, f views.Filter) (storyParts, error) {
	who := w.actor(ctx)
	in := storyParts{filter: f}
	var err error
	if in.matrix, err = w.app.Matrix(ctx, who, findingFilter(id, f)); err != nil {
		return storyParts{}, err
	}
	if in.findings, err = w.allFindings(ctx, id); err != nil {
		return storyParts{}, err
	}
	cleared, err := w.app.Cleared(ctx, who, id, app.Page{})
	if err != nil {
		return storyParts{}, err
	}
	articles, err := w.app.Articles(ctx, who, app.ArticleFilter{StoryID: id, Page: app.Page{Limit: app.MaxLimit}})
	if err != nil {
		return storyParts{}, err
	}
	if in.healed, err = w.app.Corrections(ctx, who, id); err != nil {
		return storyParts{}, err
	}
	slices.Reverse(articles.Items) // the newest came first
	in.cleared, in.articles = cleared.Items, articles.Items
	return in, nil
}

// findingFilter says in the words of the use cases which findings to show.
func findingFilter(storyID string, f views.Filter) app.FindingFilter {
	out := app.FindingFilter{StoryID: storyID, Verdict: f.Verdict, Kind: f.Kind, Source: f.Source,
		MinOrigins: f.MinOrigins, Page: app.Page{Cursor: f.Cursor, Limit: rowsPerPage}}
	if f.Reviewed != "" {
		reviewed := f.Reviewed == "yes"
		out.Reviewed = &reviewed
	}
	return out
}

// allFindings gives every finding of a story, in the order of its matrix.
func (w *Web) allFindings(ctx context.Context, storyID string) ([]claims.Finding, error) {
	var out []claims.Finding
	f := app.FindingFilter{StoryID: storyID, Page: app.Page{Limit: app.MaxLimit}}
	for {
		part, err := w.app.Findings(ctx, w.actor(ctx), f)
		if err != nil {
			return nil, err
		}
		for _, x := range part.Items {
			out = append(out, x.Finding)
		}
		if part.NextCursor == "" {
			return out, nil
		}
		f.Cursor = part.NextCursor
	}
}

// storyPage turns what is known of a story into its page.
func storyPage(in storyParts) views.StoryPage {
	s := in.matrix.Story
	p := views.StoryPage{
		ID: s.ID, Title: s.Title, Sample: s.Sample, Locked: s.Locked, Version: s.Version, Updated: s.UpdatedAt, Status: statusOf(s),
		Filter: in.filter, Counts: countsOf(s), Matrix: matrixOf(in.matrix, in.articles), Next: in.matrix.NextCursor,
	}
	p.Counts.Kinds = views.CountKinds(in.findings)
	for _, c := range in.cleared {
		p.Cleared = append(p.Cleared, clearedOf(c))
	}
	p.Corrections = correctionsOf(in.healed)
	for _, a := range in.articles {
		p.Articles = append(p.Articles, articleLine(a))
	}
	p.Origins = views.GroupOrigins(p.Articles)
	return p
}

// matrixOf turns a matrix into what its page shows. A source's own name is an
// origin only where one of its articles says so.
func matrixOf(m app.Matrix, articles []app.Article) views.Matrix {
	stated := map[string]bool{}
	for _, a := range articles {
		stated[a.Source] = stated[a.Source] || a.OriginKnown
	}
	var out views.Matrix
	for _, s := range m.Sources {
		c := views.Column{SourceID: s.ID, Source: s.Name, Articles: s.Articles, Published: s.First}
		for _, o := range s.Origins {
			if o != s.Name || stated[s.Name] {
				c.Origins = append(c.Origins, o)
			}
		}
		out.Columns = append(out.Columns, c)
	}
	for _, r := range m.Rows {
		out.Rows = append(out.Rows, rowOf(r, m.Sources))
	}
	return out
}

func rowOf(r app.MatrixRow, sources []app.MatrixSource) views.Row {
	f := r.Finding.Finding
	return views.Row{
		ID: f.ID, Summary: f.Summary, Verdict: f.Verdict, Review: reviewState(r.Finding), Kinds: views.KindsOf(f),
		Sources: f.Sources, Origins: f.Origins, OneOrigin: views.OneOrigin(f), Cells: cellsOf(r, sources),
	}
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

func articleLine(a app.Article) views.ArticleLine {
	return views.ArticleLine{ID: a.ID, Title: a.Title, Source: a.Source, Published: a.Published, Origin: a.Origin,
		OriginKnown: a.OriginKnown, Claims: a.Claims, Status: string(a.Status), Reason: a.Reason}
}
