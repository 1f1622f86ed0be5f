package app

import (
	"context"
	"time"

	"corroborate/internal/auth"
)

// Login checks an e-mail address and a password. The error is the same for an
// unknown address and a wrong password (claims.Unauthenticated), and both take
// as long. The session has to keep the user's ID and SessionVersion for
// [App.SessionActor].
func (a *App) Login(ctx context.Context, email, password string) (User, error) { panic("surface") }

// SessionActor gives the actor of a session, as the account stands now. It fails
// with claims.Unauthenticated where the account is closed or its password was
// changed since.
func (a *App) SessionActor(ctx context.Context, userID string, sessionVersion int) (Actor, error) {
	panic("surface")
}

// UserInput is a new account.
type UserInput struct {
	Email    string
	Name     string
	Password string
	Role     auth.Role
}

// CreateUser makes an account.
func (a *App) CreateUser(ctx context.Context, who Actor, in UserInput) (User, error) {
	panic("surface")
}

// Users lists the accounts, the newest first.
func (a *App) Users(ctx context.Context, who Actor, p Page) (List[User], error) { panic("surface") }

// Me gives the actor's own account.
func (a *App) Me(ctx context.Context, who Actor) (User, error) { panic("surface") }

// ChangePassword sets the actor's own password. It ends all their sessions: the
// user that it returns carries the SessionVersion for a new one.
func (a *App) ChangePassword(ctx context.Context, who Actor, old, new string) (User, error) {
	panic("surface")
}

// KeyInput is a new API key.
type KeyInput struct {
	Name   string
	Scopes []auth.Scope
	// ExpiresAt is when it ends, nil for never.
	ExpiresAt *time.Time
}

// CreateKey makes an API key of the actor's own. The secret is the token to send;
// it is given here and never again.
func (a *App) CreateKey(ctx context.Context, who Actor, in KeyInput) (key APIKey, secret string, err error) {
	panic("surface")
}

// Keys lists the actor's own keys, the newest first.
func (a *App) Keys(ctx context.Context, who Actor, p Page) (List[APIKey], error) { panic("surface") }

// RevokeKey ends one of the actor's own keys at once.
func (a *App) RevokeKey(ctx context.Context, who Actor, id string) error { panic("surface") }

// AuthenticateKey gives the actor of a bearer token, or claims.Unauthenticated.
func (a *App) AuthenticateKey(ctx context.Context, token string) (Actor, error) { panic("surface") }

// Audit lists what was done, the newest first.
func (a *App) Audit(ctx context.Context, who Actor, p Page) (List[AuditEntry], error) {
	panic("surface")
}
