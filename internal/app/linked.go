package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/report"
	"corroborate/internal/store"
)

// LinkedStory gives a story's report for linked data; see [App.Report].
func (a *App) LinkedStory(ctx context.Context, who Actor, storyID string) (report.Linked, error) {
	story, err := a.Story(ctx, who, storyID)
	if err != nil {
		return report.Linked{}, err
	}
	r, err := a.Report(ctx, who, story.ID)
	return report.Linked{Report: r, AsOf: asOf(story)}, err
}

// LinkedFinding gives one finding with the articles that tell it, for linked data.
func (a *App) LinkedFinding(ctx context.Context, who Actor, id string) (report.Linked, error) {
	d, err := a.Finding(ctx, who, id)
	if err != nil {
		return report.Linked{}, err
	}
	story, err := a.Story(ctx, who, d.StoryID)
	if err != nil {
		return report.Linked{}, err
	}
	out := report.Linked{AsOf: asOf(story), Around: map[string][2]string{}}
	if out.Engine, err = a.engineOf(ctx, d.StoryID); err != nil {
		return report.Linked{}, err
	}
	out.Story, out.Findings = claims.ReportStory{ID: story.ID, Title: story.Title}, []claims.Finding{d.Finding.Finding}
	of := map[string][]claims.Claim{}
	for _, m := range d.Members {
		of[m.ArticleID] = append(of[m.ArticleID], m.Claim)
		// The mark of what was cut off is not the text's.
		out.Around[m.ID] = [2]string{strings.TrimPrefix(m.Before, "…"), strings.TrimSuffix(m.After, "…")}
	}
	arts, err := a.db.Articles(ctx, store.ArticleChoice{StoryID: story.ID, Limit: readArticles})
	for _, art := range slices.Backward(arts) { // the newest came first
		if len(of[art.ID]) > 0 {
			out.Articles = append(out.Articles, claims.ReportArticle{ID: art.ID, Source: art.Source, Title: art.Title, URL: art.URL,
				PublishedAt: art.Published.String(), Origin: art.Origin, OriginKnown: art.OriginKnown, Claims: of[art.ID]})
		}
	}
	return out, err
}

// engineOf says which engine compared a story last, else which does here.
func (a *App) engineOf(ctx context.Context, storyID string) (claims.EngineInfo, error) {
	analysis, err := a.db.LastAnalysis(ctx, storyID)
	if claims.KindOf(err) == claims.NotFound {
		return a.engine.Info(), nil
	}
	return analysis, err
}

// asOf is the time of which a story's findings are.
func asOf(s Story) time.Time {
	if s.ComparedAt != nil {
		return *s.ComparedAt
	}
	return s.UpdatedAt
}
