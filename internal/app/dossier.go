package app

import (
	"context"

	"corroborate/internal/report"
)

// Dossier gives a story as it is handed over: what stands after review, with the
// reviews where the actor may read them. Its Base is left to the caller.
func (a *App) Dossier(ctx context.Context, who Actor, storyID string, choice report.Choice) (report.Dossier, error) {
	x, err := a.Report(ctx, who, storyID)
	if err != nil {
		return report.Dossier{}, err
	}
	reviews, err := a.StoryReviews(ctx, who, x.Story.ID)
	if err != nil {
		return report.Dossier{}, err
	}
	d := report.Dossier{Report: x, Choice: choice, Reviews: map[string][]report.Review{}, Made: a.now()}
	for _, r := range reviews {
		if r.WithdrawnAt == nil {
			d.Reviews[r.FindingID] = append(d.Reviews[r.FindingID], dossierReview(r))
		}
	}
	return d, nil
}

func dossierReview(r Review) report.Review {
	out := report.Review{Author: r.Author, At: r.CreatedAt, Note: r.Note, Stale: r.Stale, Decisions: JudgementOf(r).Words()}
	if r.Outcome != "" {
		out.Decisions = append([]string{string(r.Outcome)}, out.Decisions...)
	}
	return out
}

// JudgementOf gives what a review decides.
func JudgementOf(r Review) report.Judgement {
	out := report.Judgement{Alignment: string(r.Alignment), Verdict: r.Verdict, Blind: r.BlindID != "", Kinds: r.Kinds}
	for _, items := range [][]ItemDecision{r.Differences, r.Cleared} {
		for _, d := range items {
			if d.Decision == Confirmed {
				out.Confirmed++
			} else {
				out.Rejected++
			}
		}
	}
	return out
}
