package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

const (
	// anyTime reaches back and ahead to all that is stored: what a draft tells by the way
	// may have been news years ago.
	anyTime = 250 * 365 * 24 * time.Hour
	// nearEnough is the nearness from which a draft is held against a story, searchesToTell
	// how many of its claims have to be found there by their words where it is less near.
	nearEnough     = 0.15
	searchesToTell = 2
)

// storiesFor gives the stories that a draft is held against, the nearest first: the one
// that was asked for, else those with articles that share telling terms with it, and those
// with claims that have the rarest words of some of its claims.
func (a *App) storiesFor(ctx context.Context, who Actor, asked string, draft *claims.Draft) ([]CheckedStory, error) {
	if asked != "" {
		story, err := a.Story(ctx, who, asked)
		if claims.KindOf(err) == claims.NotFound {
			return nil, invalid("story_id", "names no story")
		}
		return []CheckedStory{{ID: story.ID, Title: story.Title, Nearness: 1}}, err
	}
	var found []CheckedStory
	err := a.db.Snapshot(ctx, func(q store.Queries) error {
		near, err := a.storiesNear(ctx, q, draft)
		if err != nil {
			return err
		}
		if near, err = a.addTelling(ctx, q, draft, near); err != nil {
			return err
		}
		for id, nearness := range near {
			s, err := q.For(who.UserID).Story(ctx, id)
			if err != nil {
				return err
			}
			found = append(found, CheckedStory{ID: id, Title: s.Title, Nearness: nearness})
		}
		return nil
	})
	slices.SortFunc(found, func(x, y CheckedStory) int {
		return cmp.Or(cmp.Compare(y.Nearness, x.Nearness), cmp.Compare(x.ID, y.ID))
	})
	return found[:min(len(found), checkedStories)], err
}

// storiesNear gives the stories whose articles share telling terms with a draft, whenever
// they were published, with how near each is.
func (a *App) storiesNear(ctx context.Context, q store.Queries, draft *claims.Draft) (map[string]float64, error) {
	f := draft.Fingerprint()
	archive, err := archiveOf(ctx, q, f, nil)
	if err != nil {
		return nil, err
	}
	search := store.Search{Arrived: a.now(), Reach: anyTime, Any: true}
	search.Keys, search.Weights = a.engine.Keys(f, archive)
	stories, err := q.CandidateStories(ctx, search, readArticles)
	if err != nil {
		return nil, err
	}
	return a.nearnessOf(ctx, q, f, stories)
}

// nearnessOf says how near a text is to stories, leaving out those that are not.
func (a *App) nearnessOf(ctx context.Context, q store.Queries, f claims.Fingerprint, stories []string) (map[string]float64, error) {
	p := claims.Placing{Fingerprint: f}
	var err error
	if p.Candidates, err = q.StoryMembers(ctx, stories, store.Search{Arrived: a.now(), Reach: anyTime}); err != nil {
		return nil, err
	}
	if p.Archive, err = archiveOf(ctx, q, f, p.Candidates); err != nil {
		return nil, err
	}
	out := map[string]float64{}
	for i, score := range a.engine.Nearness(p) {
		if score >= nearEnough {
			out[p.Candidates[i].Story] = score
		}
	}
	return out, nil
}

// addTelling adds the stories in which claims of a draft are found by their words.
func (a *App) addTelling(ctx context.Context, q store.Queries, draft *claims.Draft, near map[string]float64) (map[string]float64, error) {
	archive, err := q.TermCounts(ctx, draft.Terms())
	if err != nil {
		return nil, err
	}
	telling, err := q.StoriesTelling(ctx, draft.Searches(archive), checkedStories)
	for _, t := range telling {
		if _, ok := near[t.StoryID]; !ok && t.Searches >= searchesToTell {
			near[t.StoryID] = 0
		}
	}
	return near, err
}
