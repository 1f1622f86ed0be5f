package app

import (
	"context"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/jobs"
	"corroborate/internal/store"
)

const (
	// movedAtOnce is how many articles go into the bin, come back or go for good in one
	// transaction.
	movedAtOnce = 50
	// comparingPause is how long is waited for stories that are compared.
	comparingPause = 2 * time.Second
)

// MoveSource does the present step of a source's removal, in small transactions. It may be
// cut off and called again at any point.
func (w worker) MoveSource(ctx context.Context, id string) error {
	s, err := w.db.SourceRemoval(ctx, id)
	if err != nil {
		return ifFound(err)
	}
	switch s.State {
	case store.Removing:
		return w.removeArticles(ctx, s)
	case store.Restoring:
		return w.restoreArticles(ctx, s)
	case store.Erasing:
		return w.eraseArticles(ctx, s)
	}
	return nil
}

// removeArticles puts the articles of a source into the bin.
func (w worker) removeArticles(ctx context.Context, s SourceRemoval) error {
	for {
		all, err := w.db.SourceArticles(ctx, s.SourceID, *s.RemovedAt, false, "", movedAtOnce)
		if err != nil {
			return err
		}
		err = w.change(ctx, Actor{}, func(c change) error {
			if len(all) == 0 {
				return c.tx.NoteRemoved(ctx, s.SourceID)
			}
			c.bulk = true
			return c.binSome(ctx, s, all)
		})
		if err != nil || len(all) == 0 {
			return err
		}
	}
}

// binSome puts some articles into the bin and has their stories compared without them.
// Stories are locked before articles, as everywhere.
func (c change) binSome(ctx context.Context, s SourceRemoval, all []store.Placed) error {
	ids, stories := make([]string, len(all)), make([]string, len(all))
	for i, a := range all {
		ids[i], stories[i] = a.ID, a.StoryID
	}
	stories = distinct(stories)
	for _, id := range stories {
		if _, err := c.tx.LockStory(ctx, id); err != nil && claims.KindOf(err) != claims.NotFound {
			return err
		}
	}
	n, err := c.tx.DeleteArticles(ctx, ids, stories, *s.RemovedAt)
	if err != nil {
		return err
	}
	if err := c.recompareEach(ctx, stories...); err != nil {
		return err
	}
	return c.tx.RemovalStep(ctx, s.SourceID, n)
}

// restoreArticles takes the articles back that went with a source. What cannot come back,
// as it was stored again or its story is in the bin, stays there by itself.
func (w worker) restoreArticles(ctx context.Context, s SourceRemoval) error {
	for {
		all, err := w.db.SourceArticles(ctx, s.SourceID, *s.RemovedAt, true, "", movedAtOnce)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return w.change(ctx, Actor{}, func(c change) error { return c.tx.EndRemoval(ctx, s.SourceID) })
		}
		for _, a := range all {
			if err := w.restoreOne(ctx, s, a.ID); err != nil {
				return err
			}
		}
	}
}

// restoreOne takes one article back, or leaves it in the bin by itself.
func (w worker) restoreOne(ctx context.Context, s SourceRemoval, id string) error {
	_, err := w.RestoreArticle(ctx, sourceActor(s), id)
	kind := claims.KindOf(err)
	if err != nil && kind != claims.Conflict && kind != claims.NotFound {
		return err
	}
	return w.change(ctx, Actor{}, func(c change) error {
		if kind == claims.Conflict {
			if err := c.tx.LeaveInBin(ctx, id); err != nil {
				return err
			}
		}
		return c.tx.RemovalStep(ctx, s.SourceID, 1)
	})
}

// sourceActor is the service as it takes a source back, in nobody's name.
func sourceActor(s SourceRemoval) Actor {
	return Actor{Name: "service (source " + s.Name + ")", Scopes: []auth.Scope{auth.Admin}}
}

// eraseArticles removes the articles of a source for good, and the source where nothing
// is left of it. It waits for stories that are still compared without them.
func (w worker) eraseArticles(ctx context.Context, s SourceRemoval) error {
	for after := ""; ; {
		all, err := w.db.SourceArticles(ctx, s.SourceID, *s.RemovedAt, true, after, movedAtOnce)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			break
		}
		after = all[len(all)-1].ID
		for _, a := range all {
			if err := w.eraseOne(ctx, s, a.ID); err != nil && claims.KindOf(err) != claims.Conflict && claims.KindOf(err) != claims.NotFound {
				return err
			}
		}
	}
	left, err := w.db.SourceArticles(ctx, s.SourceID, *s.RemovedAt, true, "", 1)
	if err != nil {
		return err
	}
	if len(left) > 0 {
		return &jobs.Later{After: comparingPause}
	}
	return w.endRemoval(ctx, s.SourceID)
}

// eraseOne removes one article for good whose story is compared without it.
func (w worker) eraseOne(ctx context.Context, s SourceRemoval, id string) error {
	return w.change(ctx, Actor{}, func(c change) error {
		if err := c.comparedWithout(ctx, "", []string{id}); err != nil {
			return err
		}
		n, err := c.tx.EraseArticles(ctx, []string{id})
		if err != nil {
			return err
		}
		return c.tx.RemovalStep(ctx, s.SourceID, n)
	})
}

// endRemoval forgets a removal, and the source where no article of it is left.
func (w worker) endRemoval(ctx context.Context, id string) error {
	return w.change(ctx, Actor{}, func(c change) error {
		if _, err := c.tx.LockRemoval(ctx, id); err != nil {
			return ifFound(err)
		}
		if err := c.tx.EndRemoval(ctx, id); err != nil {
			return err
		}
		_, err := c.tx.DropSource(ctx, id)
		return err
	})
}

// endRemovals forgets removed sources whose time in the bin is over, and takes up removals
// whose job was lost.
func (w worker) endRemovals(ctx context.Context) error {
	empty, err := w.db.RemovalsWithout(ctx)
	if err != nil {
		return err
	}
	for _, id := range empty {
		if err := w.endRemoval(ctx, id); err != nil {
			return err
		}
	}
	running, err := w.db.RunningRemovals(ctx)
	if err != nil {
		return err
	}
	return w.change(ctx, Actor{}, func(c change) error {
		for _, id := range running {
			if err := c.queue.MoveSource(ctx, c.tx, id); err != nil {
				return err
			}
		}
		return nil
	})
}
