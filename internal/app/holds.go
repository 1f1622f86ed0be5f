package app

import (
	"context"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// holdsEvery is the time between two looks whether who reads a stream still may.
const holdsEvery = 10 * time.Second

// holds tells whether an actor may still do something: the key or the session holds,
// the account is open, and its role permits it.
func (a *App) holds(ctx context.Context, who Actor, do Action) (bool, error) {
	if !who.SignedIn() {
		return who.Can(do), nil
	}
	if who.KeyID == "" {
		now, err := a.SessionActor(ctx, who.UserID, who.session)
		if claims.KindOf(err) == claims.Unauthenticated {
			return false, nil
		}
		if err != nil || !now.Can(do) || who.SessionID == "" {
			return err == nil && now.Can(do), err
		}
		return a.db.HasSession(store.OnPrimary(ctx), who.UserID, who.SessionID)
	}
	key, err := a.db.Key(ctx, who.KeyID)
	if claims.KindOf(err) == claims.NotFound {
		return false, nil
	}
	if err != nil || key.RevokedAt != nil || key.ExpiresAt != nil && !key.ExpiresAt.After(a.now()) {
		return false, err
	}
	u, err := a.db.User(ctx, who.UserID)
	if err != nil || u.DisabledAt != nil {
		return false, err
	}
	who.Scopes = permitted(key.Scopes, u.Role)
	return who.Can(do), nil
}

// whileHolds gives a context that ends when the actor may no longer do something: a
// stream that is open does not outlive the right to it.
func (a *App) whileHolds(ctx context.Context, who Actor, do Action) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	if !who.SignedIn() {
		return ctx, cancel
	}
	go func() {
		tick := time.NewTicker(a.holdsEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			ok, err := a.holds(ctx, who, do)
			if err != nil && ctx.Err() == nil {
				a.log.Warn("cannot see whether a stream may go on", "error", err)
			}
			if !ok && err == nil {
				cancel()
				return
			}
		}
	}()
	return ctx, cancel
}
