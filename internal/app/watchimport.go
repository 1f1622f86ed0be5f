package app

import (
	"context"

	"corroborate/internal/store"
)

// WatchImport gives an import now and after each change, until ctx ends or the
// actor may no longer read it; then the channel is closed. A slow reader misses steps but never the last.
func (a *App) WatchImport(ctx context.Context, who Actor, id string) (<-chan Import, error) {
	ctx = store.OnPrimary(ctx)
	now, err := a.Import(ctx, who, id)
	if err != nil {
		return nil, err
	}
	changed, leave := a.hub.join(now.ID)
	out := make(chan Import)
	ctx, stop := a.whileHolds(ctx, who, WriteArticles)
	go func() {
		defer close(out)
		defer stop()
		defer leave()
		for {
			select {
			case out <- now:
			case <-ctx.Done():
				return
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
			if now, err = a.db.Import(ctx, now.ID); err != nil {
				if ctx.Err() == nil {
					a.log.Warn("cannot read an import", "import", id, "error", err)
				}
				return
			}
		}
	}()
	return out, nil
}
