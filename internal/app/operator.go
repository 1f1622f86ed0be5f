package app

import (
	"context"

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
	u, err := a.db.UserByEmail(ctx, foldEmail(email))
	switch {
	case claims.KindOf(err) == claims.NotFound:
		return APIKey{}, "", invalid("email", "has no account: "+email)
	case err != nil:
		return APIKey{}, "", err
	case u.DisabledAt != nil:
		return APIKey{}, "", &claims.Error{Kind: claims.Conflict, Message: "the account of " + u.Email + " is closed: reopen it first"}
	}
	return a.makeKey(ctx, who, Actor{UserID: u.ID, Name: u.Name, Scopes: u.Role.Scopes()}, in)
}
