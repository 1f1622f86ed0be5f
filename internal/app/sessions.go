package app

import (
	"context"
	"slices"
	"strconv"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// This file shows people where they are signed in, and ends sessions. A session is known
// here by an id that opens nothing.

// SessionsShown is how many sessions of an account are listed at most. More than that are
// ended together.
const SessionsShown = 50

// Session is a place where somebody is signed in.
type Session struct {
	store.SessionFacts
	// This is true for the session that asks.
	This bool
}

// Sessions are those of an account: the one that asks first, then the one that was used
// last.
type Sessions struct {
	Items []Session
	// More is how many there are besides.
	More int
}

// OwnSessions lists the sessions of the actor's own account.
func (a *App) OwnSessions(ctx context.Context, who Actor) (Sessions, error) {
	u, err := a.ownAccount(ctx, who)
	if err != nil {
		return Sessions{}, err
	}
	return a.sessions(ctx, who, u)
}

// SessionsOf lists the sessions of anybody, for administrators.
func (a *App) SessionsOf(ctx context.Context, who Actor, userID string) (Sessions, error) {
	if err := who.require(Administer); err != nil {
		return Sessions{}, err
	}
	id, err := knownID(userID)
	if err != nil {
		return Sessions{}, err
	}
	u, err := a.db.User(ctx, id)
	if err != nil {
		return Sessions{}, err
	}
	return a.sessions(ctx, who, u)
}

// sessions are read where they are written: who has just ended one is not to see it.
func (a *App) sessions(ctx context.Context, who Actor, u User) (Sessions, error) {
	ctx = store.OnPrimary(ctx)
	if err := a.db.AdoptSessions(ctx, u); err != nil {
		return Sessions{}, err
	}
	facts, err := a.db.SessionsOf(ctx, u.ID, who.SessionID, SessionsShown)
	if err != nil {
		return Sessions{}, err
	}
	out := Sessions{}
	for _, f := range facts {
		out.Items = append(out.Items, Session{SessionFacts: f, This: f.ID == who.SessionID})
	}
	if len(facts) < SessionsShown {
		return out, nil
	}
	all, err := a.db.CountSessions(ctx, u.ID)
	out.More = max(0, all-len(facts))
	return out, err
}

// maxEnded bounds the sessions that are ended one by one.
const maxEnded = 2 * SessionsShown

// EndOwnSessions ends sessions of the actor's own account by their ids, and tells how many
// there were: one that has ended meanwhile, or is another's, is none. It asks for the
// password, so that whoever took one session over does not throw the owner out.
func (a *App) EndOwnSessions(ctx context.Context, who Actor, password string, ids []string) (int, error) {
	u, err := a.ownAccount(ctx, who)
	if err != nil {
		return 0, err
	}
	known, err := ownChoice(who, ids)
	if err != nil {
		return 0, err
	}
	if err := a.verifyOwn(ctx, who, u, password); err != nil {
		return 0, err
	}
	n := 0
	err = a.change(ctx, who, func(c change) error {
		var err error
		if n, err = c.tx.EndSomeSessions(ctx, u.ID, known); err != nil || n == 0 {
			return err
		}
		return c.record(ctx, deed{action: "user.session_end", object: u.ID, detail: map[string]string{"sessions": strconv.Itoa(n)}})
	})
	return n, err
}

// ownChoice checks which sessions somebody chose to end.
func ownChoice(who Actor, ids []string) ([]string, error) {
	switch {
	case len(ids) == 0:
		return nil, invalid("session", "is missing: choose at least one")
	case len(ids) > maxEnded:
		return nil, invalid("session", "are too many: end all others together")
	}
	var out []string
	for _, id := range ids {
		id, err := knownID(id)
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	if slices.Contains(out, who.SessionID) {
		return nil, invalid("session", "is the one that you use: sign out instead")
	}
	return out, nil
}

// EndOtherSessions ends all sessions of the actor's own account, also those that are about
// to begin: the user that it gives carries the SessionVersion for a new one. It asks for
// the password.
func (a *App) EndOtherSessions(ctx context.Context, who Actor, password string) (User, error) {
	return a.changeVerified(ctx, who, password, func(c change, u User) error {
		if err := c.tx.EndSessions(ctx, u.ID); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "user.sessions_end", object: u.ID})
	})
}

// changeVerified runs a change for whoever gives the password of the actor's own account, and
// gives the account as it is then.
func (a *App) changeVerified(ctx context.Context, who Actor, password string, do func(change, User) error) (User, error) {
	u, err := a.ownAccount(ctx, who)
	if err != nil {
		return User{}, err
	}
	if err := a.verifyOwn(ctx, who, u, password); err != nil {
		return User{}, err
	}
	if err := a.change(ctx, who, func(c change) error { return do(c, u) }); err != nil {
		return User{}, err
	}
	return a.db.User(ctx, u.ID)
}

// EndSessionsOf ends all sessions of another person. version is the one of the account that
// was seen, 0 for any.
func (a *App) EndSessionsOf(ctx context.Context, who Actor, id string, version int) (User, error) {
	return a.changeUser(ctx, who, seenUser{id: id, version: version}, func(c change, u User) error {
		if u.ID == who.UserID {
			return &claims.Error{Kind: claims.Conflict, Message: "this is your own account: end your sessions on the page of your account"}
		}
		if err := c.tx.EndSessions(ctx, u.ID); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "user.sessions_end_of", object: u.ID})
	})
}

// EndEverybody ends the sessions of all accounts: the user that it gives is the actor, with
// the SessionVersion for a new one. It asks for the actor's password. API keys go on.
func (a *App) EndEverybody(ctx context.Context, who Actor, password string) (User, error) {
	if err := who.require(Administer); err != nil {
		return User{}, err
	}
	return a.changeVerified(ctx, who, password, func(c change, u User) error {
		if err := c.holdRights(ctx); err != nil {
			return err
		}
		if err := c.tx.EndAllSessions(ctx); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "user.sessions_end_all", object: u.ID})
	})
}
