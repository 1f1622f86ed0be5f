package web

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"corroborate/internal/app"
	"corroborate/internal/claims"
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
	near, err := w.neighbourhood(r.Context(), detail.StoryID, detail.ID)
	if err != nil {
		return err
	}
	p := findingPage(detail, near, form)
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

func reviewOf(r app.Review) views.ReviewView {
	out := views.ReviewView{Author: r.Author, At: r.CreatedAt, Verdict: r.Verdict, Alignment: string(r.Alignment),
		Note: r.Note, Stale: r.Stale}
	for _, items := range [][]app.ItemDecision{r.Differences, r.Cleared} {
		for _, d := range items {
			if d.Decision == app.Confirmed {
				out.Confirmed++
			} else {
				out.Rejected++
			}
		}
	}
	return out
}

// addReview stores a person's decision on a finding.
func (w *Web) addReview(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	form := reviewForm(r)
	_, err := w.app.AddReview(r.Context(), w.actor(r.Context()), id(r), reviewInput(form))
	if problems, ok := formProblems(err); ok {
		form.Errors = problems
		return w.showFinding(rw, r, http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, "/findings/"+id(r), "Your review was saved.")
}

// The names of fields that decide on one thing begin with these and end with its
// id.
const (
	differencePrefix = "difference-"
	clearedPrefix    = "cleared-"
)

// reviewForm reads the form of a review. Answers left open are left out.
func reviewForm(r *http.Request) views.ReviewForm {
	f := views.ReviewForm{Verdict: r.PostForm.Get("verdict"), Alignment: r.PostForm.Get("alignment"),
		Note: formText(r, "note"), Differences: map[string]string{}, Cleared: map[string]string{}}
	for name, values := range r.PostForm {
		if values[0] == "" {
			continue
		}
		if id, ok := strings.CutPrefix(name, differencePrefix); ok {
			f.Differences[id] = values[0]
		} else if id, ok := strings.CutPrefix(name, clearedPrefix); ok {
			f.Cleared[id] = values[0]
		}
	}
	return f
}

// reviewInput says a form's decisions in the words of the use cases, which check
// them.
func reviewInput(f views.ReviewForm) app.ReviewInput {
	in := app.ReviewInput{Alignment: app.Decision(f.Alignment), Note: f.Note,
		Differences: decisions(f.Differences), Cleared: decisions(f.Cleared)}
	if f.Verdict != "" {
		v := claims.Verdict(f.Verdict)
		in.Verdict = &v
	}
	return in
}

// decisions lists decisions by id, in the order of the ids. A key may join several
// ids with dots.
func decisions(by map[string]string) []app.ItemDecision {
	var out []app.ItemDecision
	for _, key := range slices.Sorted(maps.Keys(by)) {
		for _, id := range strings.Split(key, ".") {
			out = append(out, app.ItemDecision{ID: id, Decision: app.Decision(by[key])})
		}
	}
	return out
}
