package app

import (
	"context"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

// Operator is who works on the command line of the machine: whoever reaches the
// database may do what administrators may, and make keys for people.
func (a *App) Operator() Actor {
	return Actor{Name: "command line", Scopes: []auth.Scope{auth.Admin}, operator: true}
}

// CreateKeyFor makes an API key for the person with an e-mail address. It is the
// operator's alone: nobody else acts in another's name.
func (a *App) CreateKeyFor(ctx context.Context, who Actor, email string, in KeyInput) (key APIKey, secret string, err error) {
	if !who.operator {
		return APIKey{}, "", who.refusal()
	}
	u, err := a.userOf(ctx, email)
	if err != nil {
		return APIKey{}, "", err
	}
	return a.makeKey(ctx, who, Actor{UserID: u.ID, Name: u.Name, Scopes: u.Role.Scopes()}, in)
}

// MakeResetFor makes a link by which the person with an e-mail address chooses a new password,
// as [App.MakeReset] does. It is the operator's alone, for who has no administrator to ask.
func (a *App) MakeResetFor(ctx context.Context, who Actor, email string) (r Reset, token string, err error) {
	if !who.operator {
		return Reset{}, "", who.refusal()
	}
	if r.User, err = a.userOf(ctx, email); err != nil {
		return Reset{}, "", err
	}
	token = auth.NewLinkToken()
	link := a.newLink(who, token, ResetDays*24*time.Hour)
	err = a.change(ctx, who, func(c change) error {
		u, err := c.tx.LockUser(ctx, r.User.ID)
		if err != nil {
			return err
		}
		return c.addReset(ctx, u, link)
	})
	if err != nil {
		return Reset{}, "", err
	}
	r.ExpiresAt = link.ExpiresAt
	return r, token, nil
}

// userOf gives the open account with an e-mail address.
func (a *App) userOf(ctx context.Context, email string) (User, error) {
	u, err := a.db.UserByEmail(ctx, foldEmail(email))
	switch {
	case claims.KindOf(err) == claims.NotFound:
		return User{}, invalid("email", "has no account: "+email)
	case err != nil:
		return User{}, err
	case u.DisabledAt != nil:
		return User{}, &claims.Error{Kind: claims.Conflict, Message: "the account of " + u.Email + " is closed: reopen it first"}
	}
	return u, nil
}
