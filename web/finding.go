package web

import (
	"context"
	"net/http"

	"corroborate/internal/app"
	"corroborate/web/views"
)

// finding shows one finding.
func (w *Web) finding(rw http.ResponseWriter, r *http.Request) error {
	return w.showFinding(rw, r, http.StatusOK, views.ReviewForm{})
}

func (w *Web) showFinding(rw http.ResponseWriter, r *http.Request, status int, form views.ReviewForm) error {
	detail, err := w.app.Finding(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	if detail.Veiled {
		return w.showBlind(rw, r, blindPage{status: status, detail: detail})
	}
	desk, err := w.desk(r, detail.Finding, form)
	if err != nil {
		return err
	}
	near, err := w.neighbourhood(r.Context(), detail.StoryID, detail.ID)
	if err != nil {
		return err
	}
	p := findingPage(detail, near, form)
	p.Desk = desk
	ownReviews(p.Reviews, detail.Reviews, w.actor(r.Context()))
	return w.render(rw, r, status, views.Finding(w.chrome(r, p.Summary, views.SectionStories), p))
}

// neighbours is what stands around a finding in its story's matrix.
type neighbours struct {
	previous, next string
	cells          []views.Cell
}

// neighbourhood looks a finding up in its story's matrix. A finding that is not
// there, because it was merged meanwhile, has no neighbours.
func (w *Web) neighbourhood(ctx context.Context, storyID, findingID string) (neighbours, error) {
	f := app.FindingFilter{StoryID: storyID, Page: app.Page{Limit: app.MaxLimit}}
	var near neighbours
	previous, found := "", false
	for {
		m, err := w.app.Matrix(ctx, w.actor(ctx), f)
		if err != nil {
			return neighbours{}, err
		}
		for _, row := range m.Rows {
			if found {
				near.next = row.Finding.ID
				return near, nil
			}
			if row.Finding.ID == findingID {
				found = true
				near.previous, near.cells = previous, cellsOf(row, m.Sources)
			}
			previous = row.Finding.ID
		}
		if m.NextCursor == "" {
			return near, nil
		}
		f.Cursor = m.NextCursor
	}
}

// findingPage turns what is known of a finding into its page.
func findingPage(d app.FindingDetail, near neighbours, form views.ReviewForm) views.FindingPage {
	in := views.FindingInput{
		StoryID: d.StoryID, StoryTitle: d.StoryTitle, Finding: d.Finding.Finding, Review: reviewState(d.Finding),
		Corrections: correctionsOf(d.Corrections), Silent: near.cells, Previous: near.previous, Next: near.next, Form: form,
	}
	for _, m := range d.Members {
		in.Members = append(in.Members, memberOf(m))
	}
	for _, c := range d.Cleared {
		in.Cleared = append(in.Cleared, clearedOf(c))
	}
	for _, r := range d.Reviews {
		in.Reviews = append(in.Reviews, reviewOf(r))
	}
	return views.NewFindingPage(in)
}

func memberOf(m app.Member) views.Member {
	return views.Member{Claim: m.Claim, ArticleID: m.ArticleID, ArticleTitle: m.ArticleTitle, Source: m.Source,
		Origin: m.Origin, OriginKnown: m.OriginKnown, Published: m.Published, Before: m.Before, After: m.After}
}
