package app

import (
	"context"
	"errors"
	"regexp"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// A code has six digits, so it could be guessed: after maxCodes wrong ones in a row
// an account takes none for codePause.
const (
	maxCodes  = 10
	codePause = 15 * time.Minute
)

// codeOutcome is what became of a code. It is kept apart from errors, as a wrong
// code has to be counted, and what fails is not stored.
type codeOutcome int

const (
	codeWrong codeOutcome = iota
	codeTaken
	codePaused
)

// problem gives the error for a code that was not taken, on the field "code".
func (o codeOutcome) problem() error {
	switch o {
	case codeTaken:
		return nil
	case codePaused:
		return &claims.Error{Kind: claims.TooMany, Message: "there were too many wrong codes: wait a quarter of an hour and try again"}
	}
	return invalid("code", "is not right, or was used already: wait for the next one and check the clock of your phone")
}

// factorDigits is what a code of an app looks like; anything else is taken for a
// recovery code.
var factorDigits = regexp.MustCompile(`^\s*\d{3}\s?\d{3}\s*$`)

// takeCode takes a code of a second factor that is locked, or a recovery code, and
// uses it up.
func (c change) takeCode(ctx context.Context, f store.SecondFactor, code string) (codeOutcome, error) {
	failures := f.Failures
	if f.FailedAt != nil && c.now().Sub(*f.FailedAt) >= codePause {
		failures = 0
	}
	if failures >= maxCodes {
		return codePaused, nil
	}
	step, right, err := c.checkCode(ctx, f, code)
	switch {
	case err != nil:
		return codeWrong, err
	case right:
		return codeTaken, c.tx.TookCode(ctx, f.UserID, step)
	}
	return codeWrong, c.tx.FailedCode(ctx, f.UserID, failures+1, c.now())
}

// checkCode tells whether a code is right, and of which period it is. A recovery
// code is used up by it.
func (c change) checkCode(ctx context.Context, f store.SecondFactor, code string) (step int64, right bool, err error) {
	if factorDigits.MatchString(code) {
		secret, err := c.factorSecret(f)
		if err != nil {
			return 0, false, err
		}
		return auth.CheckFactorCode(secret, code, c.now(), f.LastStep)
	}
	if f.ConfirmedAt == nil {
		return 0, false, nil
	}
	used, err := c.tx.UseRecoveryCode(ctx, f.UserID, auth.HashRecoveryCode(f.UserID, code))
	if err != nil || !used {
		return 0, false, err
	}
	return 0, true, c.record(ctx, deed{action: "user.recovery_used", object: f.UserID})
}

// factorSecret opens the secret of a second factor.
func (a *App) factorSecret(f store.SecondFactor) (string, error) {
	if a.sealer == nil {
		return "", errNoSealer
	}
	secret, err := a.sealer.Open(f.Secret, f.UserID)
	if err != nil {
		a.log.Error("the secret of a second factor cannot be read: SECOND_FACTOR_KEY is another one than it was stored with",
			"user", f.UserID, "stored_with", f.KeyID, "key", a.sealer.KeyID())
		return "", &claims.Error{Kind: claims.Unavailable, Message: "codes of your app cannot be checked just now: sign in with a recovery code, " +
			"or have an administrator take the second factor off your account", Err: err}
	}
	return secret, nil
}

// WarnOfForeignFactors says in the log how many people have a second factor that
// this server's key does not open, as after a restore without the key.
func (a *App) WarnOfForeignFactors(ctx context.Context) error {
	key := ""
	if a.sealer != nil {
		key = a.sealer.KeyID()
	}
	n, err := a.db.CountFactorsOfOtherKeys(ctx, key)
	if err == nil && n > 0 {
		a.log.Warn("second factors were stored with another key: those people can sign in with recovery codes alone", "people", n)
	}
	return err
}

// errNoKey says that a server cannot do its work without a key.
var errNoKey = errors.New("there are webhooks, and without the key that their secrets are stored with this server would stop them: " +
	"set SECOND_FACTOR_KEY to that of the servers that serve")

// RefuseToLackKey gives an error where this server has no key and secrets are stored that
// its jobs need.
func (a *App) RefuseToLackKey(ctx context.Context) error {
	if a.sealer != nil {
		return nil
	}
	there, err := a.db.HasActiveWebhooks(ctx)
	if err == nil && there {
		return errNoKey
	}
	return err
}
