package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// DefaultCallsPerMinute is how many calls a key may make in a minute where the
// settings say nothing else.
const DefaultCallsPerMinute = 12_000

// KeyEndsSoon is for how long before its end a key is said to be about to end.
const KeyEndsSoon = 14 * 24 * time.Hour

// KeyInput is a new API key.
type KeyInput struct {
	Name   string
	Scopes []auth.Scope
	// ExpiresAt is when it ends, nil for never.
	ExpiresAt *time.Time
	// CallsPerMinute is how many calls it may make, 0 for as many as the settings allow.
	CallsPerMinute int
}

// check says what is wrong with a new key of somebody who has some scopes.
func (in KeyInput) check(owner Actor, now time.Time, most int) error {
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
		} else if !owner.has(s) {
			p.add("scopes", "go beyond the rights of its owner: "+string(s))
		}
	}
	if in.ExpiresAt != nil && !in.ExpiresAt.After(now) {
		p.add("expires_at", "has passed already")
	}
	if in.CallsPerMinute < 0 || in.CallsPerMinute > most {
		p.add("calls_per_minute", fmt.Sprintf("is a number from 1 to %d", most))
	}
	return invalidFields(p)
}

// CallsPerMinute is the most calls that any key may make in a minute.
func (a *App) CallsPerMinute() int { return a.callsPerMinute }

// CreateKey makes an API key of the actor's own. The secret is the token to send;
// it is given here and never again.
func (a *App) CreateKey(ctx context.Context, who Actor, in KeyInput) (key APIKey, secret string, err error) {
	if err := who.require(ManageOwn); err != nil {
		return APIKey{}, "", err
	}
	return a.makeKey(ctx, who, who, in)
}

// makeKey stores a key of an owner, which somebody makes.
func (a *App) makeKey(ctx context.Context, who, owner Actor, in KeyInput) (key APIKey, secret string, err error) {
	if err := in.check(owner, a.now(), a.callsPerMinute); err != nil {
		return APIKey{}, "", err
	}
	id := newID()
	secret = auth.NewToken(id)
	made := store.NewKey{ID: id, UserID: owner.UserID, Name: claims.CleanName(in.Name), TokenHash: auth.HashToken(secret),
		Scopes: slices.Compact(slices.Sorted(slices.Values(in.Scopes))), CallsPerMinute: in.CallsPerMinute, ExpiresAt: in.ExpiresAt, At: a.now()}
	err = a.change(ctx, who, func(c change) error {
		if err := c.tx.InsertKey(ctx, made); err != nil {
			return err
		}
		return c.record(ctx, c.keyDeed("key.add", id, owner))
	})
	if err != nil {
		return APIKey{}, "", err
	}
	key, err = a.db.Key(ctx, id)
	return key, secret, err
}

// keyDeed is what is noted of a key: whose it is, where that is not who acts.
func (c change) keyDeed(action, id string, owner Actor) deed {
	d := deed{action: action, object: id}
	if owner.UserID != c.who.UserID {
		d.detail = map[string]string{"owner": owner.Name}
	}
	return d
}

// Keys lists the actor's own keys, the newest first.
func (a *App) Keys(ctx context.Context, who Actor, p Page) (List[APIKey], error) {
	if err := who.require(ManageOwn); err != nil {
		return List[APIKey]{}, err
	}
	return a.listKeys(ctx, p, store.KeyChoice{UserID: who.UserID})
}

// KeyFilter chooses keys of all people; empty fields choose all.
type KeyFilter struct {
	// Owner is the id of a person.
	Owner string
	State KeyState
	Scope auth.Scope
	// UnusedSince chooses keys that were not used since then, or never.
	UnusedSince time.Time
	Page
}

// AllKeys lists the keys of all people, the newest first.
func (a *App) AllKeys(ctx context.Context, who Actor, f KeyFilter) (List[APIKey], error) {
	if err := who.require(Administer); err != nil {
		return List[APIKey]{}, err
	}
	owner, err := filterID("owner", f.Owner)
	if err != nil {
		return List[APIKey]{}, err
	}
	p := problems{}
	if !slices.Contains([]KeyState{"", KeyValid, KeyEnding, KeyExpired, KeyRevoked}, f.State) {
		p.add("state", "is one of valid, ending, expired, revoked")
	}
	if f.Scope != "" && !f.Scope.Valid() {
		p.add("scope", "is one of read, review, write, admin")
	}
	if err := invalidFields(p); err != nil {
		return List[APIKey]{}, err
	}
	return a.listKeys(ctx, f.Page, store.KeyChoice{UserID: owner, State: f.State, Scope: f.Scope, UnusedSince: f.UnusedSince})
}

func (a *App) listKeys(ctx context.Context, p Page, c store.KeyChoice) (List[APIKey], error) {
	c.At, c.Soon = a.now(), a.now().Add(KeyEndsSoon)
	return byID(p, func(before string, limit int) ([]APIKey, error) {
		c.Before, c.Limit = before, limit
		return a.db.Keys(ctx, c)
	}, func(k APIKey) string { return k.ID })
}

// Key gives one of the actor's own keys, to administrators anybody's.
func (a *App) Key(ctx context.Context, who Actor, id string) (APIKey, error) {
	if err := who.requireAny(ManageOwn, Administer); err != nil {
		return APIKey{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return APIKey{}, err
	}
	key, err := a.db.Key(ctx, id)
	if err == nil && key.UserID != who.UserID && !who.Can(Administer) {
		return APIKey{}, errGone
	}
	return key, err
}

// OwnKey gives the key that the actor uses.
func (a *App) OwnKey(ctx context.Context, who Actor) (APIKey, error) {
	if err := who.require(KnowOneself); err != nil {
		return APIKey{}, err
	}
	if who.KeyID == "" {
		return APIKey{}, errGone // a session has none
	}
	return a.db.Key(ctx, who.KeyID)
}

// StateOf gives how a key stands now: valid, ending, expired or revoked.
func (a *App) StateOf(k APIKey) KeyState {
	now := a.now()
	switch {
	case k.RevokedAt != nil:
		return KeyRevoked
	case k.ExpiresAt == nil || k.ExpiresAt.After(now.Add(KeyEndsSoon)):
		return KeyValid
	case k.ExpiresAt.After(now):
		return KeyEnding
	}
	return KeyExpired
}

// LimitOf gives how many calls a key may make in a minute.
func (a *App) LimitOf(k APIKey) int {
	if k.CallsPerMinute == 0 {
		return a.callsPerMinute
	}
	return min(k.CallsPerMinute, a.callsPerMinute)
}

// RevokeKey ends one of the actor's own keys at once, for administrators anybody's. It
// gives claims.Conflict for one that was revoked before.
func (a *App) RevokeKey(ctx context.Context, who Actor, id string) error {
	key, err := a.Key(ctx, who, id)
	if err != nil {
		return err
	}
	return a.change(ctx, who, func(c change) error {
		ended, err := c.tx.RevokeKey(ctx, key.ID, a.now())
		switch {
		case err != nil:
			return err
		case !ended:
			return &claims.Error{Kind: claims.Conflict, Message: "this key was revoked before"}
		}
		return c.record(ctx, c.keyDeed("key.revoke", key.ID, Actor{UserID: key.UserID, Name: key.Owner}))
	})
}
