package app

import (
	"context"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// Progress is how far the analysis of a story is.
type Progress struct {
	StoryID string
	Status  Status
	// Reason says why the status is Failed.
	Reason string
	// Done of Total steps are done: one for each article and one for the comparison.
	Done, Total int
	// The articles by status.
	Pending, Ready, Failed, NotAnalysed int
}

func progressOf(p store.Progress) Progress {
	read := p.Ready + p.Failed + p.NotAnalysed
	out := Progress{StoryID: p.StoryID, Status: p.Status, Reason: p.Reason, Done: read, Total: read + p.Pending + 1,
		Pending: p.Pending, Ready: p.Ready, Failed: p.Failed, NotAnalysed: p.NotAnalysed}
	if p.Compared && p.Pending == 0 {
		out.Done++
	}
	return out
}

// StoryProgress tells how far a story is.
func (a *App) StoryProgress(ctx context.Context, who Actor, id string) (Progress, error) {
	if err := who.require(ReadFindings); err != nil {
		return Progress{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return Progress{}, err
	}
	p, err := a.db.Progress(ctx, id)
	return progressOf(p), err
}

// WatchStory gives a story's progress now and after each change, until ctx ends, the
// actor may no longer read it, or the story is deleted; then the channel is closed. A slow reader misses steps
// but never the last. It goes on after the story is ready, as articles may be
// added.
func (a *App) WatchStory(ctx context.Context, who Actor, id string) (<-chan Progress, error) {
	ctx = store.OnPrimary(ctx)
	now, err := a.StoryProgress(ctx, who, id)
	if err != nil {
		return nil, err
	}
	changed, leave := a.hub.join(now.StoryID)
	out := make(chan Progress)
	ctx, stop := a.whileHolds(ctx, who, ReadFindings)
	go func() {
		defer close(out)
		defer stop()
		defer leave()
		a.follow(ctx, now, changed, out)
	}()
	return out, nil
}

// follow sends progress whenever it has changed.
func (a *App) follow(ctx context.Context, now Progress, changed <-chan struct{}, out chan<- Progress) {
	for {
		select {
		case out <- now:
		case <-ctx.Done():
			return
		}
		for sent := now; now == sent; {
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
			p, err := a.db.Progress(ctx, sent.StoryID)
			if claims.KindOf(err) == claims.NotFound || ctx.Err() != nil {
				return
			}
			if err != nil {
				a.log.Warn("cannot read progress", "story", sent.StoryID, "error", err)
				continue
			}
			now = progressOf(p)
		}
	}
}
