package app

import (
	"context"

	"corroborate/internal/claims"
)

const (
	// checkedStories is the most stories that a draft is held against, checkedText the
	// most bytes of their texts that are read for it: what a processor reads in some ten
	// seconds.
	checkedStories = 8
	checkedText    = 1 << 20
)

// CheckDraft says how a draft stands to a story, or to those that fit it. Nothing of it
// is kept or logged. A text that the engine does not read has its reason in
// Text.NotAnalysed.
func (a *App) CheckDraft(ctx context.Context, who Actor, in DraftInput) (DraftReport, error) {
	if err := who.require(ReadTexts); err != nil {
		return DraftReport{}, err
	}
	art, err := in.read(a.now())
	if err != nil {
		return DraftReport{}, err
	}
	var out *DraftReport
	err = a.desk.do(ctx, func(ctx context.Context) error {
		if art.Source, err = a.db.SourceName(ctx, sourceKey(art.Source), art.Source); err != nil {
			return err
		}
		draft, err := a.engine.ReadDraft(ctx, art)
		if err != nil {
			return err
		}
		out = newDraftReport(a.engine.Info(), art, draft)
		if art.Text.NotAnalysed != "" && in.StoryID == "" {
			return nil
		}
		stories, err := a.storiesFor(ctx, who, in.StoryID, draft)
		if err != nil || art.Text.NotAnalysed != "" {
			return err
		}
		return a.checkAgainst(ctx, who, draft, stories, out)
	})
	if err != nil {
		return DraftReport{}, err
	}
	return *out, nil
}

// checkAgainst holds a draft against stories, as far as the text reaches that is read
// for one check.
func (a *App) checkAgainst(ctx context.Context, who Actor, draft *claims.Draft, stories []CheckedStory, out *DraftReport) error {
	left := checkedText
	for _, s := range stories {
		if left <= 0 {
			break
		}
		k, err := a.loadKnownStory(ctx, who, s)
		if err != nil {
			return err
		}
		left -= k.cutTo(left, out.Claims)
		check, err := draft.Against(ctx, k.KnownStory)
		if err != nil {
			return err
		}
		out.add(k, check)
	}
	out.finish()
	return nil
}
