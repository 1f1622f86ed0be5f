package app

import (
	"context"
	"crypto/sha256"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

const (
	// triesPerHour bounds the guesses at the password of one account, over all addresses
	// and all servers: they may come from a thousand machines.
	triesPerHour = 100
	// triesWait is when who was refused may try again.
	triesWait = 10 * time.Minute
	// triesKept is how long tries count at most.
	triesKept = 2 * time.Hour
)

// errTries says that too many tries were made at an account.
var errTries = &claims.Error{Kind: claims.TooMany, Message: "there were too many attempts at this account: wait and try again", RetryAfter: triesWait}

// tryAccount counts a try at an account, whether there is one or not, and refuses it where
// there were too many.
func (a *App) tryAccount(ctx context.Context, email string) error {
	account := sha256.Sum256([]byte(foldEmail(email)))
	permitted, err := a.db.CountPasswordTry(ctx, store.PasswordTry{Account: account[:], At: a.now(), Most: triesPerHour})
	if err != nil {
		return err
	}
	if !permitted {
		a.log.WarnContext(ctx, "sign-in refused", "why", "too many attempts")
		return errTries
	}
	return nil
}
