package app

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/jobs"
	"corroborate/internal/store"
)

// done marks a job as done in a transaction.
type done = func(context.Context, *store.Tx) error

// CompareStory stores the findings of a story. The engine works outside of the
// transaction; when the story has changed meanwhile, its outcome is dropped and
// it works again.
func (w worker) CompareStory(ctx context.Context, id string, finish done) error {
	err := tryAgain(is(jobs.ErrChanged), func() error { return w.compareOnce(ctx, id, finish) })
	return ifFound(err) // it may have been removed for good
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
	return w.change(ctx, Actor{}, func(c change) error {
		state, err := c.tx.LockStory(ctx, id)
		if err != nil {
			return err
		}
		// A review that came meanwhile pins what this comparison knows nothing of.
		if state.Changes != in.state.Changes || state.NewestReview != in.state.NewestReview || state.Deleted || state.Pending > 0 {
			return jobs.ErrChanged
		}
		if err := c.storeComparison(ctx, in, report, started); err != nil {
			return err
		}
		if err := c.tx.TellProgress(ctx, id); err != nil {
			return err
		}
		return finish(ctx, c.tx)
	})
}

// comparisonInput is a story as it was when its comparison began.
type comparisonInput struct {
	state store.StoryState
	story claims.Story
	texts map[string]store.Text
	// edited is what people's edits come to in the texts, by article.
	edited map[string]editedText
}

// idle tells whether there is nothing to compare now: everything is compared, or
// an article is to be read first, after which a comparison is enqueued.
func (in comparisonInput) idle() bool {
	return in.state.Deleted || in.state.Pending > 0 || in.state.Changes == in.state.Compared
}

// skipComparison ends a job that has nothing to do, if that is still so.
func (w worker) skipComparison(ctx context.Context, in comparisonInput, finish done) error {
	return w.change(ctx, Actor{}, func(c change) error {
		state, err := c.tx.LockStory(ctx, in.state.ID)
		if err != nil {
			return err
		}
		if !(comparisonInput{state: state}).idle() {
			return jobs.ErrChanged
		}
		return finish(ctx, c.tx)
	})
}

// loadComparison reads what a comparison needs, under the story's lock, so that
// all of it fits together.
func (w worker) loadComparison(ctx context.Context, id string) (comparisonInput, error) {
	var in comparisonInput
	err := w.change(ctx, Actor{}, func(c change) (err error) {
		if in.state, err = c.tx.LockStory(ctx, id); err != nil || in.idle() {
			return err
		}
		in.story = claims.Story{ID: id, Title: in.state.Title}
		arts, err := c.tx.Articles(ctx, store.ArticleChoice{StoryID: id, Status: Ready, Limit: readArticles})
		if err != nil {
			return err
		}
		ids := articleIDs(arts)
		if in.texts, err = c.tx.CurrentTexts(ctx, ids); err != nil {
			return err
		}
		if in.edited, err = editedTexts(ctx, c.tx.Queries, in.texts); err != nil {
			return err
		}
		for i := len(arts) - 1; i >= 0; i-- { // the newest come first
			in.story.Articles = append(in.story.Articles, engineArticle(arts[i], in.texts[arts[i].ID], in.edited[arts[i].ID]))
		}
		current, err := c.tx.ClaimsOf(ctx, ids)
		if err != nil {
			return err
		}
		reviews, err := c.tx.AnchoredReviews(ctx, id)
		in.story.Pins = pinsOf(reviews, indexClaims(in.awaited(current), in.merged()))
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

func engineArticle(art Article, text store.Text, edited editedText) claims.Article {
	return claims.Article{ID: art.ID, Source: art.Source, Title: art.Title, URL: art.URL, Byline: art.Byline,
		Published: art.Published, Text: text.Claims(), Edits: edited.Edits}
}

// awaited gives stored claims as people have left them.
func (in comparisonInput) awaited(stored []store.Claim) []store.Claim {
	of := map[string][]store.Claim{}
	for _, c := range stored {
		of[c.ArticleID] = append(of[c.ArticleID], c)
	}
	var out []store.Claim
	for _, id := range slices.Sorted(maps.Keys(in.texts)) {
		if e, ok := in.edited[id]; ok {
			out = append(out, e.afterEdits(of[id], in.texts[id])...)
		} else {
			out = append(out, of[id]...)
		}
	}
	return out
}

// merged leads from each claim that people merged into another to that.
func (in comparisonInput) merged() map[string]string {
	out := map[string]string{}
	for _, e := range in.edited {
		maps.Copy(out, e.merged)
	}
	return out
}

// storeComparison exchanges the findings of a story whose lock is held for those
// of a report, with everything keeping its id that is still itself.
func (c change) storeComparison(ctx context.Context, in comparisonInput, r claims.Report, started time.Time) error {
	// Before claims go that people edited away, what hung on them is looked up.
	known, err := loadKnown(ctx, c.tx, in.state.ID, in.edited)
	if err != nil {
		return err
	}
	ids, err := c.storeClaims(ctx, in, r)
	if err != nil {
		return err
	}
	current, err := c.tx.ClaimsOf(ctx, reportArticles(r))
	if err != nil {
		return err
	}
	out := renamed(r, ids, known)
	out.StoryID, out.Engine, out.Analysis = in.state.ID, r.Engine, newID()
	out.Started, out.Ended, out.Changes = started, c.now(), in.state.Changes
	for i, r := range known.reviews {
		if to, ok := out.Moved[r.FindingID]; ok {
			known.reviews[i].FindingID = to
		}
	}
	out.Reviews = placeReviews(known.reviews, indexClaims(current, known.merged), findingOf(out.Findings))
	if err := c.tx.PutComparison(ctx, out); err != nil {
		return err
	}
	if err := c.planSecond(ctx, out.StoryID); err != nil {
		return err
	}
	return c.settleCorrections(ctx, out)
}

// storeClaims stores the claims of a report and gives the database's id for each
// of the report's.
func (c change) storeClaims(ctx context.Context, in comparisonInput, r claims.Report) (map[string]string, error) {
	stored, err := c.tx.ClaimsOf(ctx, reportArticles(r))
	if err != nil {
		return nil, err
	}
	old, ids := map[string][]store.Claim{}, map[string]string{}
	for _, was := range stored {
		old[was.ArticleID] = append(old[was.ArticleID], was)
	}
	for _, art := range r.Articles {
		text := in.texts[art.ID]
		carry := map[string]*claims.CarryOver{text.ID: claims.NewCarryOver(text.Body, text.Body)}
		found, kept := keepClaims(old[art.ID], readInto{article: art.ID, text: text.ID, carry: carry, edited: in.edited[art.ID]}, art.Claims)
		found.Engine, found.At = r.Engine, c.now()
		if err := c.tx.ChangeClaims(ctx, found); err != nil {
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
	return w.change(ctx, Actor{}, func(c change) error {
		if err := c.tx.FailStory(ctx, id, reason); err != nil {
			return err
		}
		return c.tx.TellProgress(ctx, id)
	})
}
