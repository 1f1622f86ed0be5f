package app

import (
	"context"
	"slices"
	"strings"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// Correction is a divergence that ended when a source changed its article.
type Correction = store.Correction

// Corrections lists the divergences of a story that ended when a source changed
// its article, the newest first.
func (a *App) Corrections(ctx context.Context, who Actor, storyID string) ([]Correction, error) {
	story, err := a.Story(ctx, who, storyID)
	if err != nil {
		return nil, err
	}
	return a.seen(who).Corrections(ctx, story.ID, maxBeside)
}

// openCorrections notes which claims that a revision took away stood in a
// divergence, before they are gone.
func (c change) openCorrections(ctx context.Context, art Article, gone []string) error {
	if len(gone) == 0 || art.StoryID == "" {
		return nil
	}
	contested, err := c.tx.ContestedBy(ctx, gone)
	if err != nil {
		return err
	}
	var all []store.NewCorrection
	at := map[[2]string]int{}
	for _, x := range contested {
		key := [2]string{x.FindingID, string(x.Kind)}
		if i, ok := at[key]; ok {
			if names := strings.Split(all[i].Against, ", "); !slices.Contains(names, x.Against) {
				all[i].Against += ", " + x.Against
			}
			continue
		}
		at[key] = len(all)
		all = append(all, store.NewCorrection{ID: newID(), StoryID: art.StoryID, ArticleID: art.ID, RevisionID: art.RevisionID,
			Contested: x, At: c.now()})
	}
	return c.tx.OpenCorrections(ctx, all)
}

// settleCorrections says of the open corrections of a story which of them ended a
// divergence, now that its findings are stored.
func (c change) settleCorrections(ctx context.Context, out store.Comparison) error {
	opened, err := c.tx.OpenedCorrections(ctx, out.StoryID)
	if err != nil || len(opened) == 0 {
		return err
	}
	findings := map[string]claims.Finding{}
	for _, f := range out.Findings {
		findings[f.ID] = f
	}
	var dropped []string
	for _, o := range opened {
		now, healed, err := c.healed(ctx, o, findings[o.FindingID])
		switch {
		case err != nil:
			return err
		case healed:
			err = c.tx.HealCorrection(ctx, o.ID, now, c.now())
		default:
			dropped = append(dropped, o.ID)
		}
		if err != nil {
			return err
		}
	}
	return c.tx.DropCorrections(ctx, dropped)
}

// healed tells whether an article that was changed differs no longer from the
// others of a finding, and what it tells there now. Where it tells nothing there,
// the words have to be gone from it: a claim that was only worded so that it stands
// elsewhere heals nothing.
func (c change) healed(ctx context.Context, o store.OpenedCorrection, f claims.Finding) (now string, healed bool, err error) {
	if f.ID == "" {
		return "", false, nil
	}
	own := map[string]bool{}
	for _, x := range f.Claims {
		if x.ArticleID == o.ArticleID {
			own[x.ID] = true
			if now == "" {
				now = x.Exact
			}
		}
	}
	for _, d := range f.Differences {
		if d.Kind == o.Kind && d.Material && !d.Internal && d.Between == claims.BetweenSources && (own[d.Claims[0]] || own[d.Claims[1]]) {
			return "", false, nil
		}
	}
	if now != "" {
		return now, true, nil
	}
	change, err := c.tx.RevisionChange(ctx, o.RevisionID)
	if claims.KindOf(err) == claims.NotFound {
		return "", false, nil
	}
	return "", tookAway(change, o.WasExact), err
}

// tookAway tells whether a revision removed the sentence with these words.
func tookAway(r claims.RevisionChange, exact string) bool {
	if r.Notice != nil && r.Notice.Kind.TakesBack() {
		return true
	}
	return slices.ContainsFunc(r.Edits, func(x claims.Edit) bool {
		return x.Kind == claims.Removed && strings.Contains(x.Before.Exact, exact)
	})
}
