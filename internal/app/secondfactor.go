package app

import (
	"context"
	"slices"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

const (
	// enrolTime is how long the secret of a second factor waits for its first code.
	enrolTime = 15 * time.Minute
	// factorIssuer names the service in authenticator apps.
	factorIssuer = "Corroborate"
)

// errNoSealer says that second factors cannot be kept here.
var errNoSealer = &claims.Error{Kind: claims.Unavailable, Message: "second factors are off here: whoever runs the service has to set SECOND_FACTOR_KEY"}

// SecondFactor is how the second factor of the actor's own account stands.
type SecondFactor struct {
	// On is true where a code is asked for at sign-in, since Since.
	On    bool
	Since time.Time
	// Recovery counts the recovery codes that are left.
	Recovery int
	// Required is true where the actor's role has to have one.
	Required bool
	// Secret is given while it waits for its first code, with the address that apps
	// read; both are empty otherwise.
	Secret  string
	Address string
}

// SecondFactor tells how the actor's own second factor stands.
func (a *App) SecondFactor(ctx context.Context, who Actor) (SecondFactor, error) {
	u, err := a.ownAccount(ctx, who)
	if err != nil {
		return SecondFactor{}, err
	}
	out := SecondFactor{Required: a.factorRequired(u.Role)}
	f, err := a.db.SecondFactor(ctx, u.ID)
	switch {
	case claims.KindOf(err) == claims.NotFound:
		return out, nil
	case err != nil:
		return SecondFactor{}, err
	case f.ConfirmedAt != nil:
		out.On, out.Since = true, *f.ConfirmedAt
		out.Recovery, err = a.db.CountRecoveryCodes(ctx, u.ID)
		return out, err
	case !a.enrolling(f):
		return out, nil
	}
	if out.Secret, err = a.factorSecret(f); err != nil {
		return SecondFactor{}, err
	}
	out.Address = auth.FactorAddress(factorIssuer, u.Email, out.Secret)
	return out, nil
}

// enrolling tells whether a second factor waits for its first code.
func (a *App) enrolling(f store.SecondFactor) bool {
	return f.ConfirmedAt == nil && a.now().Sub(f.StartedAt) < enrolTime
}

// factorRequired tells whether people of a role have to have a second factor.
func (a *App) factorRequired(r auth.Role) bool { return slices.Contains(a.requireFactor, r) }

// ownAccount gives the actor's account to change it.
func (a *App) ownAccount(ctx context.Context, who Actor) (User, error) {
	if err := who.require(ManageOwn); err != nil {
		return User{}, err
	}
	return a.db.User(ctx, who.UserID)
}

// StartSecondFactor makes a secret for the actor's own account, which
// [App.SecondFactor] gives for a quarter of an hour. It asks for the password, so
// that nobody else does it on a machine that was left alone.
func (a *App) StartSecondFactor(ctx context.Context, who Actor, password string) error {
	u, err := a.ownAccount(ctx, who)
	if err != nil {
		return err
	}
	if a.sealer == nil {
		return errNoSealer
	}
	if err := a.verifyOwn(ctx, who, u, password); err != nil {
		return err
	}
	f := store.SecondFactor{UserID: u.ID, Secret: a.sealer.Seal(auth.NewFactorSecret(), u.ID), KeyID: a.sealer.KeyID(), StartedAt: a.now()}
	return a.change(ctx, who, func(c change) error {
		started, err := c.tx.StartSecondFactor(ctx, f)
		if err == nil && !started {
			return &claims.Error{Kind: claims.Conflict, Message: "this account has a second factor already: switch it off to set up another"}
		}
		return err
	})
}

// verifyOwn checks the password of the actor's own account on a form, which has it in the
// field "password".
func (a *App) verifyOwn(ctx context.Context, who Actor, u User, password string) error {
	return a.verifyField(ctx, who, u, typed{"password", password})
}

// typed is what was typed into a field of a form.
type typed struct{ field, text string }

// verifyField is verifyOwn for a field of any name. Wrong tries are counted.
func (a *App) verifyField(ctx context.Context, who Actor, u User, in typed) error {
	if len(in.text) > auth.MaxPassword {
		return invalid(in.field, "is wrong")
	}
	if err := a.tryOwn(ctx, who); err != nil {
		return err
	}
	err := a.verify(ctx, u, in.text)
	if claims.KindOf(err) == claims.Unauthenticated {
		a.log.WarnContext(ctx, "password refused", "why", "wrong password", "user", u.ID)
		return invalid(in.field, "is wrong")
	}
	return err
}

// ConfirmSecondFactor turns the second factor on with the first code of the app. It
// ends all sessions of the account: the user that it gives carries the
// SessionVersion for a new one. The recovery codes are given here and never again.
func (a *App) ConfirmSecondFactor(ctx context.Context, who Actor, code string) (u User, recovery []string, err error) {
	if u, err = a.ownAccount(ctx, who); err != nil {
		return User{}, nil, err
	}
	recovery = auth.NewRecoveryCodes()
	var outcome codeOutcome
	err = a.change(ctx, who, func(c change) error {
		f, err := c.tx.LockSecondFactor(ctx, u.ID)
		if claims.KindOf(err) == claims.NotFound || err == nil && !a.enrolling(f) {
			return errEnrolment
		}
		if err != nil {
			return err
		}
		if outcome, err = c.takeCode(ctx, f, code); err != nil || outcome != codeTaken {
			return err
		}
		if err := c.tx.ConfirmSecondFactor(ctx, u.ID, c.now()); err != nil {
			return err
		}
		if err := c.tx.EndSessions(ctx, u.ID); err != nil {
			return err
		}
		return c.putRecoveryCodes(ctx, deed{action: "user.factor_on", object: u.ID}, recovery)
	})
	if err == nil {
		err = outcome.problem()
	}
	if err != nil {
		return User{}, nil, err
	}
	u, err = a.db.User(ctx, u.ID)
	return u, recovery, err
}

var errEnrolment = &claims.Error{Kind: claims.Conflict, Message: "that took too long: begin again with your password"}

// putRecoveryCodes exchanges the recovery codes of the account that d is about.
func (c change) putRecoveryCodes(ctx context.Context, d deed, codes []string) error {
	hashes := make([][]byte, len(codes))
	for i, code := range codes {
		hashes[i] = auth.HashRecoveryCode(d.object, code)
	}
	if err := c.tx.PutRecoveryCodes(ctx, d.object, hashes); err != nil {
		return err
	}
	return c.record(ctx, d)
}

// Proof is what changing a second factor takes: the password and a code.
type Proof struct {
	Password string
	Code     string
}

// RenewRecoveryCodes gives the actor's own account new recovery codes; the old ones
// end. They are given here and never again.
func (a *App) RenewRecoveryCodes(ctx context.Context, who Actor, p Proof) ([]string, error) {
	codes := auth.NewRecoveryCodes()
	err := a.withProof(ctx, who, p, func(c change) error {
		return c.putRecoveryCodes(ctx, deed{action: "user.recovery_codes", object: who.UserID}, codes)
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// DropSecondFactor turns the second factor of the actor's own account off.
func (a *App) DropSecondFactor(ctx context.Context, who Actor, p Proof) error {
	return a.withProof(ctx, who, p, func(c change) error {
		if _, err := c.tx.DropSecondFactor(ctx, who.UserID); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "user.factor_off", object: who.UserID})
	})
}

// withProof runs a change of the actor's own second factor where the proof is right.
func (a *App) withProof(ctx context.Context, who Actor, p Proof, do func(change) error) error {
	u, err := a.ownAccount(ctx, who)
	if err != nil {
		return err
	}
	if err := a.verifyOwn(ctx, who, u, p.Password); err != nil {
		return err
	}
	var outcome codeOutcome
	err = a.change(ctx, who, func(c change) error {
		f, err := c.tx.LockSecondFactor(ctx, u.ID)
		if claims.KindOf(err) == claims.NotFound || err == nil && f.ConfirmedAt == nil {
			return &claims.Error{Kind: claims.Conflict, Message: "this account has no second factor"}
		}
		if err != nil {
			return err
		}
		if outcome, err = c.takeCode(ctx, f, p.Code); err != nil || outcome != codeTaken {
			return err
		}
		return do(c)
	})
	if err != nil {
		return err
	}
	return outcome.problem()
}
