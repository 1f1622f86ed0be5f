package app

import (
	"context"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// SourceRemoval is a source with what goes with it; see the store for its fields.
type SourceRemoval = store.SourceRemoval

// How far the removal of a source is; empty is that of a source that is kept.
const (
	Removing  = store.Removing
	Removed   = store.Removed
	Restoring = store.Restoring
	Erasing   = store.Erasing
)

// SourceRemoval counts what would go with a source, or tells how far its removal is.
func (a *App) SourceRemoval(ctx context.Context, who Actor, id string) (SourceRemoval, error) {
	if err := who.require(Administer); err != nil {
		return SourceRemoval{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return SourceRemoval{}, err
	}
	return a.db.SourceRemoval(ctx, id)
}

// RemoveSource puts a source into the bin with all its articles, and pauses its feeds. The
// articles go in the background. name has to be the source's, so that a wrong id does no
// harm. A source that is being removed or was removed is left as it is, unless articles of
// it came since: then claims.Conflict.
func (a *App) RemoveSource(ctx context.Context, who Actor, id, name string) (SourceRemoval, error) {
	return a.changeSource(ctx, who, id, func(c change, s SourceRemoval) error {
		switch {
		case claims.CleanName(name) != s.Name:
			return invalid("name", "is not the name of this source")
		case s.State == store.Removing || s.State == store.Removed && s.Articles == 0:
			return nil
		case s.State != "":
			return &claims.Error{Kind: claims.Conflict, Message: "an earlier removal of this source is in the bin still: take it back or erase it first"}
		}
		if err := c.pauseFeeds(ctx, s.Name); err != nil {
			return err
		}
		if err := c.tx.BeginRemoval(ctx, s.SourceID, who.UserID, s.Articles, c.now()); err != nil {
			return err
		}
		return c.stepSource(ctx, "source.delete", s)
	})
}

// pauseFeeds has the feeds of a source polled no more.
func (c change) pauseFeeds(ctx context.Context, source string) error {
	feeds, err := c.tx.FeedsOfSource(ctx, source)
	if err != nil {
		return err
	}
	paused := FeedPaused
	for _, id := range feeds {
		f, err := c.tx.LockFeed(ctx, id)
		if err != nil {
			return err
		}
		if err := c.applyFeedEdit(ctx, f, FeedEdit{State: &paused}); err != nil {
			return err
		}
	}
	return nil
}

// RestoreSource takes a source out of the bin with the articles that went with it, in the
// background. Its feeds stay paused.
func (a *App) RestoreSource(ctx context.Context, who Actor, id string) (SourceRemoval, error) {
	return a.changeSource(ctx, who, id, func(c change, s SourceRemoval) error {
		switch s.State {
		case store.Restoring:
			return nil
		case store.Removed:
		case store.Removing:
			return &claims.Error{Kind: claims.Conflict, Message: "this source is still being removed: take it back when that is done"}
		default:
			return &claims.Error{Kind: claims.Conflict, Message: "this source is not in the bin"}
		}
		if err := c.tx.SetRemoval(ctx, s.SourceID, store.Restoring, s.Binned); err != nil {
			return err
		}
		return c.stepSource(ctx, "source.restore", s)
	})
}

// eraseSource has a source that is in the bin erased for good, in the background.
func (a *App) eraseSource(ctx context.Context, who Actor, id string) error {
	_, err := a.changeSource(ctx, who, id, func(c change, s SourceRemoval) error {
		switch s.State {
		case store.Erasing:
			return nil
		case store.Removed:
		default:
			return &claims.Error{Kind: claims.Conflict, Message: "this source is not in the bin, or not all of it yet"}
		}
		if err := c.tx.SetRemoval(ctx, s.SourceID, store.Erasing, s.Binned); err != nil {
			return err
		}
		return c.stepSource(ctx, "source.erase", s)
	})
	return err
}

// changeSource runs a change of a source under its lock and gives how it stands then.
func (a *App) changeSource(ctx context.Context, who Actor, id string, do func(change, SourceRemoval) error) (SourceRemoval, error) {
	if err := who.require(Administer); err != nil {
		return SourceRemoval{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return SourceRemoval{}, err
	}
	var out SourceRemoval
	err = a.change(ctx, who, func(c change) error {
		s, err := c.tx.LockRemoval(ctx, id)
		if err != nil {
			return err
		}
		if err := do(c, s); err != nil {
			return err
		}
		out, err = c.tx.SourceRemoval(ctx, id) // after the change a job may have it done already
		return err
	})
	return out, err
}

// stepSource has the next step of a removal done, and notes who wanted it.
func (c change) stepSource(ctx context.Context, action string, s SourceRemoval) error {
	if err := c.queue.MoveSource(ctx, c.tx, s.SourceID); err != nil {
		return err
	}
	return c.record(ctx, deed{action: action, object: s.SourceID, detail: map[string]string{"name": s.Name}})
}
