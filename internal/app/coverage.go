package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// Coverage is when the sources of a story published.
type Coverage struct {
	Story Story
	// Reports are the articles in the order of publication, those without a time last.
	Reports []Report
	// Span is the time from the first article to the last one.
	Span time.Duration
}

// Report is an article in a story's coverage.
type Report struct {
	Article Article
	// After is how long after the first article it was published.
	After time.Duration
	// FirstOfSource marks the earliest article of its source.
	FirstOfSource bool
}

// Coverage tells when the sources of a story published. A bare day counts as its
// beginning, which is as much as is known.
func (a *App) Coverage(ctx context.Context, who Actor, storyID string) (Coverage, error) {
	story, err := a.Story(ctx, who, storyID)
	if err != nil {
		return Coverage{}, err
	}
	arts, err := a.db.Articles(ctx, store.ArticleChoice{StoryID: story.ID, Limit: readArticles})
	if err != nil {
		return Coverage{}, err
	}
	slices.SortFunc(arts, byPublication)
	out, seen := Coverage{Story: story, Reports: make([]Report, len(arts))}, map[string]bool{}
	for i, art := range arts {
		r := Report{Article: art, FirstOfSource: !seen[art.SourceID]}
		if !art.Published.IsZero() {
			r.After = art.Published.At.Sub(arts[0].Published.At)
			out.Span = max(out.Span, r.After)
		}
		seen[art.SourceID], out.Reports[i] = true, r
	}
	return out, nil
}

// byPublication orders articles by when they were published, those without a time
// last.
func byPublication(one, two Article) int {
	if one.Published.IsZero() != two.Published.IsZero() {
		return cmp.Compare(unknownTime(one.Published), unknownTime(two.Published))
	}
	return cmp.Or(one.Published.At.Compare(two.Published.At), cmp.Compare(one.ID, two.ID))
}

func unknownTime(p claims.Published) int {
	if p.IsZero() {
		return 1
	}
	return 0
}
