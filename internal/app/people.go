package app

import (
	"context"
	"slices"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

// This file holds what administrators do with the accounts of others. An
// administrator who is let go takes nothing along: the links that they made end, and
// the key that the settings name goes to another.

// Person is an account as administrators see it.
type Person struct {
	User
	// Keys counts the API keys that hold.
	Keys int
	// ResetUntil is how long a link to a new password waits, nil where none does.
	ResetUntil *time.Time
}

// Person gives an account.
func (a *App) Person(ctx context.Context, who Actor, id string) (Person, error) {
	if err := who.require(Administer); err != nil {
		return Person{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return Person{}, err
	}
	var out Person
	if out.User, err = a.db.User(ctx, id); err != nil {
		return Person{}, err
	}
	if out.Keys, err = a.db.CountKeys(ctx, id, a.now()); err != nil {
		return Person{}, err
	}
	r, err := a.db.WaitingReset(ctx, id, a.now())
	if err == nil {
		out.ResetUntil = &r.ExpiresAt
	}
	return out, ifFound(err)
}

// UserEdit changes an account; nil fields stay.
type UserEdit struct {
	Name *string
	Role *auth.Role
	// Version is the version that was seen, 0 for any.
	Version int
}

func (e UserEdit) check() error {
	p := problems{}
	if e.Name != nil {
		p.add("name", wrongName(*e.Name, maxName))
		if claims.CleanName(*e.Name) == "" {
			p.add("name", "is missing")
		}
	}
	if e.Role != nil && !e.Role.Valid() {
		p.add("role", wrongRole)
	}
	return invalidFields(p)
}

const wrongRole = "is one of reader, checker, editor, administrator"

// EditUser changes the name or the role of an account. What the person may do
// changes at once.
func (a *App) EditUser(ctx context.Context, who Actor, id string, e UserEdit) (User, error) {
	if err := who.require(Administer); err != nil {
		return User{}, err
	}
	if err := e.check(); err != nil {
		return User{}, err
	}
	return a.changeUser(ctx, who, seenUser{id: id, version: e.Version}, func(c change, u User) error { return c.editUser(ctx, u, e) })
}

// seenUser names an account and the version of it that was seen, 0 for any.
type seenUser struct {
	id      string
	version int
	// forgotten lets the change see an account that was deleted for good.
	forgotten bool
}

// changeUser runs a change of an account under its lock and that of all
// administrators, so that two of them cannot remove one another at once. It gives
// the account as it is then.
func (a *App) changeUser(ctx context.Context, who Actor, seen seenUser, do func(change, User) error) (User, error) {
	if err := who.require(Administer); err != nil {
		return User{}, err
	}
	id, err := knownID(seen.id)
	if err != nil {
		return User{}, err
	}
	var out User
	err = a.change(ctx, who, func(c change) error {
		if err := c.holdRights(ctx); err != nil {
			return err
		}
		u, err := c.tx.LockUser(ctx, id)
		if err != nil {
			return err
		}
		if u.ForgottenAt != nil && !seen.forgotten {
			return errForgotten
		}
		if err := staleUnless(seen.version, u.Version); err != nil {
			return err
		}
		if err := do(c, u); err != nil {
			return err
		}
		out, err = c.tx.User(ctx, id)
		return err
	})
	return out, err
}

// holdRights makes sure that whoever acts is an administrator still, and stays one
// until the transaction ends.
func (c change) holdRights(ctx context.Context) error {
	open, err := c.tx.LockAdministrators(ctx)
	if err != nil {
		return err
	}
	if !slices.Contains(open, c.who.UserID) {
		return &claims.Error{Kind: claims.Forbidden, Message: "your role does not permit this any more"}
	}
	return nil
}

func (c change) editUser(ctx context.Context, u User, e UserEdit) error {
	name, role := u.Name, u.Role
	if e.Name != nil {
		name = claims.CleanName(*e.Name)
	}
	if e.Role != nil {
		role = *e.Role
	}
	if role != u.Role && u.ID == c.who.UserID {
		return invalid("role", "is your own, which another administrator has to change")
	}
	if name == u.Name && role == u.Role {
		return nil
	}
	if err := c.tx.SetUser(ctx, u.ID, name, role); err != nil {
		return err
	}
	if name != u.Name {
		d := deed{action: "user.rename", object: u.ID, detail: map[string]string{"from": u.Name, "to": name}}
		if err := c.record(ctx, d); err != nil {
			return err
		}
	}
	if role == u.Role {
		return nil
	}
	if u.Role == auth.Administrator {
		if err := c.dropOffice(ctx, u); err != nil {
			return err
		}
	}
	return c.record(ctx, deed{action: "user.role", object: u.ID, detail: map[string]string{"from": string(u.Role), "to": string(role)}})
}

// dropOffice ends what an account did as an administrator's: the links that it made,
// and that the key of the settings is its own.
func (c change) dropOffice(ctx context.Context, u User) error {
	if err := c.tx.RevokeLinksBy(ctx, u.ID, c.now()); err != nil {
		return err
	}
	moved, err := c.tx.HandOnConfiguredKey(ctx, u.ID)
	if err != nil || !moved {
		return err
	}
	return c.record(ctx, deed{action: "key.hand_on", object: u.ID})
}

// CloseUser closes an account: its sessions end at once, its API keys and the links
// to it stop working. What the person did stays. version is the one that was seen, 0
// for any, as below.
func (a *App) CloseUser(ctx context.Context, who Actor, id string, version int) (User, error) {
	return a.changeUser(ctx, who, seenUser{id: id, version: version}, func(c change, u User) error {
		switch {
		case u.ID == who.UserID:
			return &claims.Error{Kind: claims.Conflict, Message: "this is your own account: another administrator has to close it"}
		case u.DisabledAt != nil:
			return &claims.Error{Kind: claims.Conflict, Message: "this account is closed already"}
		}
		if err := c.tx.CloseUser(ctx, u.ID, c.now()); err != nil {
			return err
		}
		if err := c.tx.RevokeResets(ctx, u.ID, c.now()); err != nil {
			return err
		}
		if err := c.dropOffice(ctx, u); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "user.close", object: u.ID})
	})
}

// ReopenUser opens a closed account again, with the password and the role that it
// had. Its API keys work again, its sessions do not.
func (a *App) ReopenUser(ctx context.Context, who Actor, id string, version int) (User, error) {
	return a.changeUser(ctx, who, seenUser{id: id, version: version}, func(c change, u User) error {
		if u.DisabledAt == nil {
			return &claims.Error{Kind: claims.Conflict, Message: "this account is open already"}
		}
		if err := c.tx.ReopenUser(ctx, u.ID); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "user.reopen", object: u.ID})
	})
}

// RemoveSecondFactor takes the second factor off the account of somebody who has
// lost it, and ends the account's sessions.
func (a *App) RemoveSecondFactor(ctx context.Context, who Actor, id string, version int) (User, error) {
	return a.changeUser(ctx, who, seenUser{id: id, version: version}, func(c change, u User) error {
		if u.ID == who.UserID {
			return &claims.Error{Kind: claims.Conflict, Message: "this is your own account: change your second factor on the page of your account"}
		}
		dropped, err := c.tx.DropSecondFactor(ctx, u.ID)
		switch {
		case err != nil:
			return err
		case !dropped:
			return &claims.Error{Kind: claims.Conflict, Message: "this account has no second factor"}
		}
		if err := c.tx.TouchUser(ctx, u.ID); err != nil {
			return err
		}
		if err := c.tx.EndSessions(ctx, u.ID); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "user.factor_remove", object: u.ID})
	})
}
