package app

import (
	"context"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// ResetDays is for how many days a link to a new password is good.
const ResetDays = 3

// Reset is a link by which a person chooses a new password.
type Reset struct {
	User      User
	ExpiresAt time.Time
}

// MakeReset makes a link by which somebody chooses a new password. The old password
// works until then. An earlier link of the account ends. The token is given here and
// never again.
func (a *App) MakeReset(ctx context.Context, who Actor, userID string) (r Reset, token string, err error) {
	token = auth.NewLinkToken()
	link := a.newLink(who, token, ResetDays*24*time.Hour)
	r.User, err = a.changeUser(ctx, who, seenUser{id: userID}, func(c change, u User) error { return c.addReset(ctx, u, link) })
	if err != nil {
		return Reset{}, "", err
	}
	r.ExpiresAt = link.ExpiresAt
	return r, token, nil
}

// addReset stores a link to a new password.
func (c change) addReset(ctx context.Context, u User, link store.NewLink) error {
	if u.DisabledAt != nil {
		return &claims.Error{Kind: claims.Conflict, Message: "this account is closed: reopen it first"}
	}
	if err := c.tx.InsertReset(ctx, u.ID, link); err != nil {
		return err
	}
	return c.record(ctx, deed{action: "user.reset_link", object: u.ID})
}

// RevokeReset ends the link to a new password that waits for somebody.
func (a *App) RevokeReset(ctx context.Context, who Actor, userID string) (User, error) {
	return a.changeUser(ctx, who, seenUser{id: userID}, func(c change, u User) error {
		switch _, err := c.tx.WaitingReset(ctx, u.ID, c.now()); {
		case claims.KindOf(err) == claims.NotFound:
			return &claims.Error{Kind: claims.Conflict, Message: "no link to a new password waits for this person"}
		case err != nil:
			return err
		}
		if err := c.tx.RevokeResets(ctx, u.ID, c.now()); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "user.reset_revoke", object: u.ID})
	})
}

// ResetOf gives whoever holds a link the account that it is for. It asks for no
// right: the token is it.
func (a *App) ResetOf(ctx context.Context, token string) (User, error) {
	r, err := a.goodReset(a.db.ResetByToken(ctx, auth.HashToken(token)))
	if err != nil {
		return User{}, err
	}
	return a.openUser(a.db.User(ctx, r.UserID))
}

// goodReset gives one error for all that is not good.
func (a *App) goodReset(r store.Reset, err error) (store.Reset, error) {
	if claims.KindOf(err) == claims.NotFound || err == nil && !r.Waits(a.now()) {
		return store.Reset{}, errLink
	}
	return r, err
}

func (a *App) openUser(u User, err error) (User, error) {
	if err == nil && u.DisabledAt != nil {
		return User{}, errLink
	}
	return u, err
}

// ResetPassword sets the password of the account that a link is for. The link and
// the account's sessions end; a second factor stays.
func (a *App) ResetPassword(ctx context.Context, token, password string) error {
	u, err := a.ResetOf(ctx, token)
	if err != nil {
		return err
	}
	if err := a.goodPassword(ctx, u, password); err != nil {
		return err
	}
	hash := auth.HashPassword(password)
	err = a.change(ctx, Actor{UserID: u.ID, Name: u.Name}, func(c change) error {
		// The account before the link, in the order of all who change accounts.
		if _, err := c.openUser(c.tx.LockUser(ctx, u.ID)); err != nil {
			return err
		}
		r, err := c.goodReset(c.tx.LockReset(ctx, auth.HashToken(token)))
		if err != nil {
			return err
		}
		if err := c.tx.UseReset(ctx, r.ID, c.now()); err != nil {
			return err
		}
		if err := c.tx.SetPassword(ctx, u.ID, hash); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "user.reset", object: u.ID})
	})
	if err == nil {
		a.dropFirstPassword(ctx, u)
	}
	return err
}
