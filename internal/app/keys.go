package app

import (
	"context"
	"slices"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// KeyInput is a new API key.
type KeyInput struct {
	Name   string
	Scopes []auth.Scope
	// ExpiresAt is when it ends, nil for never.
	ExpiresAt *time.Time
}

// check says what is wrong with a new key of somebody.
func (in KeyInput) check(who Actor, now time.Time) error {
	p := problems{}
	p.add("name", wrongName(in.Name, maxName))
	if claims.CleanName(in.Name) == "" {
		p.add("name", "is missing: say what the key is for")
	}
	if len(in.Scopes) == 0 {
		p.add("scopes", "are missing: give one or more of read, review, write, admin")
	}
	for _, s := range in.Scopes {
		if !s.Valid() {
			p.add("scopes", "are of read, review, write, admin")
		} else if !who.has(s) {
			p.add("scopes", "go beyond your own rights: "+string(s))
		}
	}
	if in.ExpiresAt != nil && !in.ExpiresAt.After(now) {
		p.add("expires_at", "has passed already")
	}
	return invalidFields(p)
}

// CreateKey makes an API key of the actor's own. The secret is the token to send;
// it is given here and never again.
func (a *App) CreateKey(ctx context.Context, who Actor, in KeyInput) (key APIKey, secret string, err error) {
	if err := who.require(ManageOwn); err != nil {
		return APIKey{}, "", err
	}
	if err := in.check(who, a.now()); err != nil {
		return APIKey{}, "", err
	}
	id := newID()
	secret = auth.NewToken(id)
	scopes := slices.Compact(slices.Sorted(slices.Values(in.Scopes)))
	err = a.change(ctx, who, func(c change) error {
		if err := c.tx.InsertKey(ctx, store.NewKey{ID: id, UserID: who.UserID, Name: claims.CleanName(in.Name), Scopes: scopes,
			TokenHash: auth.HashToken(secret), ExpiresAt: in.ExpiresAt, At: a.now()}); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "key.add", object: id})
	})
	if err != nil {
		return APIKey{}, "", err
	}
	key, err = a.db.Key(ctx, who.UserID, id)
	return key, secret, err
}

// Keys lists the actor's own keys, the newest first.
func (a *App) Keys(ctx context.Context, who Actor, p Page) (List[APIKey], error) {
	if err := who.require(ManageOwn); err != nil {
		return List[APIKey]{}, err
	}
	return byID(p, func(before string, limit int) ([]APIKey, error) { return a.db.Keys(ctx, who.UserID, before, limit) },
		func(k APIKey) string { return k.ID })
}

// RevokeKey ends one of the actor's own keys at once.
func (a *App) RevokeKey(ctx context.Context, who Actor, id string) error {
	if err := who.require(ManageOwn); err != nil {
		return err
	}
	id, err := knownID(id)
	if err != nil {
		return err
	}
	if _, err := a.db.Key(ctx, who.UserID, id); err != nil {
		return err
	}
	return a.change(ctx, who, func(c change) error {
		if err := c.tx.RevokeKey(ctx, id, a.now()); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "key.revoke", object: id})
	})
}

// errKey is the one answer to a key that does not hold.
var errKey = &claims.Error{Kind: claims.Unauthenticated, Message: "the API key is unknown, has expired or was revoked"}

// AuthenticateKey gives the actor of a bearer token, or claims.Unauthenticated.
func (a *App) AuthenticateKey(ctx context.Context, token string) (Actor, error) {
	key, err := a.db.KeyByToken(ctx, auth.HashToken(token))
	if claims.KindOf(err) == claims.NotFound {
		return Actor{}, errKey
	}
	if err != nil {
		return Actor{}, err
	}
	if key.RevokedAt != nil || key.ExpiresAt != nil && !key.ExpiresAt.After(a.now()) {
		return Actor{}, errKey
	}
	u, err := a.db.User(ctx, key.UserID)
	if err != nil {
		return Actor{}, err
	}
	if u.DisabledAt != nil {
		return Actor{}, errKey
	}
	if err := a.db.UseKey(ctx, key.ID, a.now()); err != nil {
		return Actor{}, err
	}
	return Actor{UserID: u.ID, Name: u.Name, Role: u.Role, KeyID: key.ID, Scopes: permitted(key.Scopes, u.Role), public: a.publicRead}, nil
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
