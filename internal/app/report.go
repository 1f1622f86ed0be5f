package app

import (
	"context"
	"slices"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// maxReport is the most findings and cleared pairs of a report: a story of
// [readArticles] short articles has fewer.
const maxReport = 100_000

// Report gives the whole story report with the ids of the database. Whole texts
// are left empty for those who may not read them.
func (a *App) Report(ctx context.Context, who Actor, storyID string) (claims.Report, error) {
	story, err := a.Story(ctx, who, storyID)
	if err != nil {
		return claims.Report{}, err
	}
	whole, err := a.mayReadTexts(ctx, who, story.ID)
	if err != nil {
		return claims.Report{}, err
	}
	r := claims.Report{Story: claims.ReportStory{ID: story.ID, Title: story.Title}, Engine: a.engine.Info(),
		Articles: []claims.ReportArticle{}, Findings: []claims.Finding{}, Cleared: []claims.ClearedPair{}}
	err = a.db.Snapshot(ctx, func(q store.Queries) error {
		q = q.For(who.UserID)
		if err := reportTexts(ctx, q, &r, whole); err != nil {
			return err
		}
		return reportFindings(ctx, q, &r)
	})
	return r, err
}

// reportTexts adds the articles of a story in the order in which they came.
func reportTexts(ctx context.Context, q store.Queries, r *claims.Report, whole bool) error {
	arts, err := q.Articles(ctx, store.ArticleChoice{StoryID: r.Story.ID, Limit: readArticles})
	if err != nil {
		return err
	}
	slices.Reverse(arts) // the newest came first
	ids := articleIDs(arts)
	texts, err := q.CurrentTexts(ctx, ids)
	if err != nil {
		return err
	}
	found, err := q.ClaimsOf(ctx, ids)
	if err != nil {
		return err
	}
	of := map[string][]claims.Claim{}
	for _, c := range found {
		of[c.ArticleID] = append(of[c.ArticleID], c.Claim)
	}
	for _, art := range arts {
		out := claims.ReportArticle{ID: art.ID, Source: art.Source, Title: art.Title, URL: art.URL,
			PublishedAt: art.Published.String(), Origin: art.Origin, OriginKnown: art.OriginKnown,
			Spans: []claims.Span{}, Claims: []claims.Claim{}}
		if whole {
			out.Text, out.Spans = texts[art.ID].Body, append(out.Spans, texts[art.ID].Spans...)
		}
		out.Claims = append(out.Claims, of[art.ID]...)
		r.Articles = append(r.Articles, out)
	}
	return nil
}

func reportFindings(ctx context.Context, q store.Queries, r *claims.Report) error {
	analysis, err := q.LastAnalysis(ctx, r.Story.ID)
	if err != nil && claims.KindOf(err) != claims.NotFound {
		return err
	}
	if err == nil {
		r.Engine = analysis
	}
	findings, err := q.Findings(ctx, store.FindingChoice{StoryID: r.Story.ID, Limit: maxReport})
	if err != nil {
		return err
	}
	for _, f := range findings {
		r.Findings = append(r.Findings, f.Finding)
	}
	cleared, err := q.Cleared(ctx, r.Story.ID, "", maxReport)
	for _, c := range cleared {
		r.Cleared = append(r.Cleared, c.ClearedPair)
	}
	return err
}

// StoryReviews gives the reviews of a story's findings, the newest first; none for those
// who are not signed in, as they name their authors.
func (a *App) StoryReviews(ctx context.Context, who Actor, storyID string) ([]Review, error) {
	story, err := a.Story(ctx, who, storyID)
	if err != nil || !who.Can(ReadTexts) {
		return nil, err
	}
	return a.seen(who).ReviewsOfStory(ctx, story.ID, maxReport)
}
