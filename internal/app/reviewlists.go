package app

import (
	"context"

	"corroborate/internal/store"
)

// Reviews lists the reviews of a finding, the newest first, for those who are
// signed in: they name their authors.
func (a *App) Reviews(ctx context.Context, who Actor, findingID string, p Page) (List[Review], error) {
	if err := who.require(ReadTexts); err != nil {
		return List[Review]{}, err
	}
	f, err := a.visibleFinding(ctx, who, findingID)
	if err != nil {
		return List[Review]{}, err
	}
	return a.reviewList(ctx, who, store.ReviewChoice{FindingID: f.ID}, p)
}

// ReviewsOfStory lists the reviews of a story, the newest first, with those of findings
// of which nothing is left.
func (a *App) ReviewsOfStory(ctx context.Context, who Actor, storyID string, p Page) (List[Review], error) {
	if err := who.require(ReadTexts); err != nil {
		return List[Review]{}, err
	}
	s, err := a.Story(ctx, who, storyID)
	if err != nil {
		return List[Review]{}, err
	}
	return a.reviewList(ctx, who, store.ReviewChoice{StoryID: s.ID}, p)
}

func (a *App) reviewList(ctx context.Context, who Actor, c store.ReviewChoice, p Page) (List[Review], error) {
	return byID(p, func(before string, limit int) ([]Review, error) {
		c.Before, c.Limit = before, limit
		return a.seen(who).ReviewList(ctx, c)
	}, func(r Review) string { return r.ID })
}

// Review gives one review.
func (a *App) Review(ctx context.Context, who Actor, id string) (Review, error) {
	if err := who.require(ReadTexts); err != nil {
		return Review{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return Review{}, err
	}
	r, err := a.seen(who).Review(ctx, id)
	if err != nil {
		return Review{}, err
	}
	_, err = a.Story(ctx, who, r.StoryID) // it may be in the bin
	return r, err
}
