package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/jobs"
	"corroborate/internal/store"
)

// compareTries is how often a story is compared at once when it keeps changing.
const compareTries = 3

// done marks a job as done in a transaction.
type done = func(context.Context, *store.Tx) error

// CompareStory stores the findings of a story. The engine works outside of the
// transaction; when the story has changed meanwhile, its outcome is dropped and
// it works again.
func (w worker) CompareStory(ctx context.Context, id string, finish done) error {
	for range compareTries {
		err := w.compareOnce(ctx, id, finish)
		if claims.KindOf(err) == claims.NotFound {
			return nil // it was removed for good
		}
		if !errors.Is(err, jobs.ErrChanged) {
			return err
		}
	}
	return jobs.ErrChanged
}

func (w worker) compareOnce(ctx context.Context, id string, finish done) error {
	started := w.now()
	in, err := w.loadComparison(ctx, id)
	if err != nil {
		return err
	}
	if in.idle() {
		return w.skipComparison(ctx, in, finish)
	}
	report, err := w.engine.Analyze(ctx, in.story, nil)
	if err != nil {
		return fmt.Errorf("app: compare story %s: %w", id, err)
	}
	return w.db.InTx(ctx, func(tx *store.Tx) error {
		state, err := tx.LockStory(ctx, id)
		if err != nil {
			return err
		}
		// A review that came meanwhile pins what this comparison knows nothing of.
		if state.Changes != in.state.Changes || state.NewestReview != in.state.NewestReview || state.Deleted || state.Pending > 0 {
			return jobs.ErrChanged
		}
		if err := w.storeComparison(ctx, tx, in, report, started); err != nil {
			return err
		}
		if err := tx.TellProgress(ctx, id); err != nil {
			return err
		}
		return finish(ctx, tx)
	})
}

// comparisonInput is a story as it was when its comparison began.
type comparisonInput struct {
	state store.StoryState
	story claims.Story
	texts map[string]store.Text
}

// idle tells whether there is nothing to compare now: everything is compared, or
// an article is to be read first, after which a comparison is enqueued.
func (in comparisonInput) idle() bool {
	return in.state.Deleted || in.state.Pending > 0 || in.state.Changes == in.state.Compared
}

// skipComparison ends a job that has nothing to do, if that is still so.
func (w worker) skipComparison(ctx context.Context, in comparisonInput, finish done) error {
	return w.db.InTx(ctx, func(tx *store.Tx) error {
		state, err := tx.LockStory(ctx, in.state.ID)
		if err != nil {
			return err
		}
		if !(comparisonInput{state: state}).idle() {
			return jobs.ErrChanged
		}
		return finish(ctx, tx)
	})
}

// loadComparison reads what a comparison needs, under the story's lock, so that
// all of it fits together.
func (w worker) loadComparison(ctx context.Context, id string) (comparisonInput, error) {
	var in comparisonInput
	err := w.db.InTx(ctx, func(tx *store.Tx) (err error) {
		if in.state, err = tx.LockStory(ctx, id); err != nil || in.idle() {
			return err
		}
		in.story = claims.Story{ID: id, Title: in.state.Title}
		arts, err := tx.Articles(ctx, store.ArticleChoice{StoryID: id, Status: Ready, Limit: MaxArticles})
		if err != nil {
			return err
		}
		ids := articleIDs(arts)
		if in.texts, err = tx.CurrentTexts(ctx, ids); err != nil {
			return err
		}
		for i := len(arts) - 1; i >= 0; i-- { // the newest come first
			in.story.Articles = append(in.story.Articles, engineArticle(arts[i], in.texts[arts[i].ID]))
		}
		current, err := tx.ClaimsOf(ctx, ids)
		if err != nil {
			return err
		}
		reviews, err := tx.AnchoredReviews(ctx, id)
		in.story.Pins = pinsOf(reviews, indexClaims(current))
		return err
	})
	return in, err
}

func articleIDs(arts []Article) []string {
	out := make([]string, len(arts))
	for i, art := range arts {
		out[i] = art.ID
	}
	return out
}

func engineArticle(art Article, text store.Text) claims.Article {
	return claims.Article{ID: art.ID, Source: art.Source, Title: art.Title, URL: art.URL, Published: art.Published, Text: text.Claims()}
}

// storeComparison exchanges the findings of a story whose lock is held for those
// of a report, with everything keeping its id that is still itself.
func (w worker) storeComparison(ctx context.Context, tx *store.Tx, in comparisonInput, r claims.Report, started time.Time) error {
	ids, err := w.storeClaims(ctx, tx, in, r)
	if err != nil {
		return err
	}
	known, err := loadKnown(ctx, tx, in.state.ID)
	if err != nil {
		return err
	}
	current, err := tx.ClaimsOf(ctx, reportArticles(r))
	if err != nil {
		return err
	}
	c := renamed(r, ids, known)
	c.StoryID, c.Engine, c.Analysis = in.state.ID, r.Engine, newID()
	c.Started, c.Ended, c.Changes = started, w.now(), in.state.Changes
	c.Reviews = placeReviews(known.reviews, indexClaims(current), findingOf(c.Findings))
	for i, rev := range c.Reviews {
		if to, ok := c.Moved[rev.FindingID]; ok {
			c.Reviews[i].FindingID = to
		}
	}
	return tx.PutComparison(ctx, c)
}

// storeClaims stores the claims of a report and gives the database's id for each
// of the report's.
func (w worker) storeClaims(ctx context.Context, tx *store.Tx, in comparisonInput, r claims.Report) (map[string]string, error) {
	stored, err := tx.ClaimsOf(ctx, reportArticles(r))
	if err != nil {
		return nil, err
	}
	old, ids := map[string][]store.Claim{}, map[string]string{}
	for _, c := range stored {
		old[c.ArticleID] = append(old[c.ArticleID], c)
	}
	for _, art := range r.Articles {
		change, kept := keepClaims(old[art.ID], textRef{article: art.ID, text: in.texts[art.ID].ID}, art.Claims)
		change.Engine, change.At = r.Engine, w.now()
		if err := tx.ChangeClaims(ctx, change); err != nil {
			return nil, err
		}
		for i, c := range art.Claims {
			ids[c.ID] = kept[i]
		}
	}
	return ids, nil
}

func reportArticles(r claims.Report) []string {
	out := make([]string, len(r.Articles))
	for i, art := range r.Articles {
		out[i] = art.ID
	}
	return out
}

// GiveUpStory notes that a story cannot be compared, and why.
func (w worker) GiveUpStory(ctx context.Context, id, reason string) error {
	return w.db.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.FailStory(ctx, id, reason); err != nil {
			return err
		}
		return tx.TellProgress(ctx, id)
	})
}
