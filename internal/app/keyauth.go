package app

import (
	"context"
	"slices"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

// errKey is the one answer to a token that is that of no key.
var errKey = &claims.Error{Kind: claims.Unauthenticated, Message: "there is no such API key"}

// KeyEnded says that a key was good once. It is told to nobody but who sends the
// key's secret.
type KeyEnded struct {
	// Why is [KeyExpired], [KeyRevoked], or [OwnerClosed].
	Why KeyState
	At  time.Time
}

// OwnerClosed is why a key does not hold whose owner's account is closed.
const OwnerClosed KeyState = "closed"

// Error says which and when.
func (e *KeyEnded) Error() string {
	at := e.At.UTC().Format(time.RFC3339)
	switch e.Why {
	case KeyRevoked:
		return "this API key was revoked at " + at
	case OwnerClosed:
		return "the account that this API key belongs to was closed at " + at
	}
	return "this API key expired at " + at
}

// Unwrap makes it an error of the kind claims.Unauthenticated.
func (e *KeyEnded) Unwrap() error { return errKey }

// keyEnd gives why a key does not hold at a moment, nil where it does.
func keyEnd(k APIKey, now time.Time) error {
	switch {
	case k.RevokedAt != nil:
		return &KeyEnded{KeyRevoked, *k.RevokedAt}
	case k.ExpiresAt != nil && !k.ExpiresAt.After(now):
		return &KeyEnded{KeyExpired, *k.ExpiresAt}
	case k.OwnerClosedAt != nil:
		return &KeyEnded{OwnerClosed, *k.OwnerClosedAt}
	}
	return nil
}

// AuthenticateKey gives the actor of a bearer token, or claims.Unauthenticated: a
// [KeyEnded] for a key that was good once.
func (a *App) AuthenticateKey(ctx context.Context, token string) (Actor, error) {
	key, err := a.db.KeyByToken(ctx, auth.HashToken(token))
	if claims.KindOf(err) == claims.NotFound {
		return Actor{}, errKey
	}
	if err != nil {
		return Actor{}, err
	}
	if err := keyEnd(key, a.now()); err != nil {
		return Actor{}, err
	}
	u, err := a.db.User(ctx, key.UserID)
	if err != nil {
		return Actor{}, err
	}
	if err := a.db.UseKey(ctx, key.ID, a.now()); err != nil {
		return Actor{}, err
	}
	return Actor{UserID: u.ID, Name: u.Name, Role: u.Role, KeyID: key.ID, Scopes: permitted(key.Scopes, u.Role),
		CallsPerMinute: a.LimitOf(key), public: a.publicRead}, nil
}

// permitted gives the scopes of a key that its owner's role still permits.
func permitted(scopes []auth.Scope, role auth.Role) []auth.Scope {
	if slices.Contains(scopes, auth.Admin) {
		scopes = auth.AllScopes()
	}
	var out []auth.Scope
	for _, s := range role.Scopes() {
		if slices.Contains(scopes, s) {
			out = append(out, s)
		}
	}
	return out
}
