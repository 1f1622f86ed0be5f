package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

const (
	// triesPerHour bounds the guesses at the password of one account, over all addresses
	// and all servers: they may come from a thousand machines. It also bounds those in one
	// session.
	triesPerHour = 100
	// triesWait is when who was refused may try again.
	triesWait = 10 * time.Minute
	// triesKept is how long tries count at most.
	triesKept = 2 * time.Hour
)

// errOwnTries says that too many tries were made in a session.
var errOwnTries = &claims.Error{Kind: claims.TooMany, Message: "there were too many attempts in this session: wait, or sign out and in again", RetryAfter: triesWait}

// errTries says that too many tries were made at an account.
var errTries = &claims.Error{Kind: claims.TooMany, Message: "there were too many attempts at this account: wait and try again", RetryAfter: triesWait}

// tryAccount counts a try at an account, whether there is one or not, and refuses it where
// there were too many.
func (a *App) tryAccount(ctx context.Context, email string) error {
	permitted, err := a.countTry(ctx, foldEmail(email))
	if err == nil && !permitted {
		a.log.WarnContext(ctx, "sign-in refused", "why", "too many attempts")
		return errTries
	}
	return err
}

// tryOwn counts a try at the password by somebody who is signed in, as whoever took a
// session over may guess. The tries of each session are counted apart from all others: so
// nobody who guesses elsewhere keeps the owner from ending sessions.
func (a *App) tryOwn(ctx context.Context, who Actor) error {
	permitted, err := a.countTry(ctx, "session "+cmp.Or(who.SessionID, who.UserID))
	if err == nil && !permitted {
		a.log.WarnContext(ctx, "password refused", "why", "too many attempts", "user", who.UserID)
		return errOwnTries
	}
	return err
}

// countTry counts a try under a name and tells whether it is permitted.
func (a *App) countTry(ctx context.Context, name string) (permitted bool, err error) {
	hash := sha256.Sum256([]byte(name))
	return a.db.CountPasswordTry(ctx, store.PasswordTry{Account: hash[:], At: a.now(), Most: triesPerHour})
}
