package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

// This file holds what becomes of the password that the service made for the first
// administrator. It opens one thing, the choice of another, and that for some time.

// FirstPasswordTime is how long a password that the service made waits to be used.
const FirstPasswordTime = 72 * time.Hour

// firstPasswordFile is the name of the file with that password.
const firstPasswordFile = "first-password"

// FirstPassword is a password that the service made and nobody has exchanged.
type FirstPassword struct {
	// Email is the address of the account.
	Email string
	// File is where it lies, empty where it is not in the data folder.
	File string
	// Until is when it ends, zero where it does not: see firstPasswordEnds.
	Until time.Time
	// Ended is true where it has.
	Ended bool
}

// errFirstPassword refuses a password that is right and has ended.
var errFirstPassword = &claims.Error{Kind: claims.Conflict, Message: fmt.Sprintf("this first password has ended, as nobody used it within %d hours: "+
	"whoever runs the service makes a link to a new one with the command \"server password reset\"", int(FirstPasswordTime.Hours()))}

// firstPasswordEnds tells when the first password of an account ends. It gives the zero time
// for one with which its owner has signed in: the release before let people go on with it,
// and they find out at their next sign-in that they have to choose another.
func firstPasswordEnds(u User) time.Time {
	if u.LastLoginAt != nil {
		return time.Time{}
	}
	return u.FirstPasswordAt.Add(FirstPasswordTime)
}

// firstPasswordEnded tells whether the first password of an account opens nothing any more.
func (a *App) firstPasswordEnded(u User) bool {
	ends := firstPasswordEnds(u)
	return !ends.IsZero() && !a.now().Before(ends)
}

// ChooseFirstPassword ends a sign-in for which a password is due: it takes the place of the
// one that the service made, which is deleted from the data folder. userID and
// sessionVersion are those that [App.Login] gave; it fails with claims.Unauthenticated where
// the account was closed or changed since. The user that it returns carries the
// SessionVersion for a session.
func (a *App) ChooseFirstPassword(ctx context.Context, userID string, sessionVersion int, password string) (User, error) {
	id, err := knownID(userID)
	if err != nil {
		return User{}, errNoSession
	}
	u, err := a.db.User(ctx, id)
	if err == nil {
		err = a.goodPassword(ctx, u, password)
	}
	if err != nil {
		return User{}, ifAccount(err)
	}
	hash := auth.HashPassword(password)
	err = a.change(ctx, Actor{UserID: u.ID, Name: u.Name}, func(c change) error {
		u, err := c.tx.LockUser(ctx, id)
		switch {
		case err != nil:
			return err
		case u.DisabledAt != nil || u.SessionVersion != sessionVersion || u.FirstPasswordAt == nil:
			return errNoSession
		}
		if err := c.tx.SetPassword(ctx, id, hash); err != nil {
			return err
		}
		if err := c.tx.RevokeResets(ctx, id, c.now()); err != nil {
			return err
		}
		if err := c.record(ctx, deed{action: "user.password", object: id}); err != nil {
			return err
		}
		return c.signedIn(ctx, u)
	})
	if err != nil {
		return User{}, ifAccount(err)
	}
	a.dropFirstPassword(ctx, u)
	return a.db.User(ctx, id)
}

// ifAccount makes an error that says that there is no account one that says that nobody is
// signed in.
func ifAccount(err error) error {
	if claims.KindOf(err) == claims.NotFound {
		return errNoSession
	}
	return err
}

// goodPassword says what is wrong with a new password of an account. One that the service
// made is not to be kept.
func (a *App) goodPassword(ctx context.Context, u User, password string) error {
	if err := auth.CheckPassword(password, u.Email, u.Name); err != nil {
		return invalid("password", "does not do: "+err.Error())
	}
	if u.FirstPasswordAt == nil {
		return nil
	}
	switch err := a.verify(ctx, u, password); {
	case err == nil:
		return invalid("password", "is the one that is to be exchanged: choose another")
	case claims.KindOf(err) == claims.Unauthenticated:
		return nil
	default:
		return err
	}
}

// firstPasswordPath names the file with the first password, empty where there is no data
// folder.
func (a *App) firstPasswordPath() string {
	if a.dataDir == "" {
		return ""
	}
	return filepath.Join(a.dataDir, firstPasswordFile)
}

// dropFirstPassword deletes the file with the password that an account had, where the service
// made that. A file in the folder of another server goes when that one starts.
func (a *App) dropFirstPassword(ctx context.Context, was User) {
	if was.FirstPasswordAt != nil {
		a.removeFirstPassword(ctx)
	}
}

func (a *App) removeFirstPassword(ctx context.Context) {
	path := a.firstPasswordPath()
	if path == "" {
		return
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		a.log.WarnContext(ctx, "the file with the first password could not be deleted: it opens nothing any more, delete it", "error", err)
	}
}

// lookAtFirstPassword looks, when the service starts, what became of the password that it
// once made, and gives it where it waits still. given is the password in the settings: that
// is the operator's, whatever the file says.
func (c change) lookAtFirstPassword(ctx context.Context, given string) (*FirstPassword, error) {
	u, err := c.tx.FirstAdministrator(ctx)
	if err != nil {
		return nil, ifFound(err)
	}
	file := ""
	if filed := c.readFirstPassword(ctx); filed != "" && filed != given {
		var is bool
		if u, is, err = c.settleFirstPassword(ctx, u, filed); err != nil {
			return nil, err
		}
		if is {
			file = c.firstPasswordPath()
		}
	}
	if u.FirstPasswordAt == nil {
		return nil, nil
	}
	return &FirstPassword{Email: u.Email, File: file, Until: firstPasswordEnds(u), Ended: c.firstPasswordEnded(u)}, nil
}

// readFirstPassword gives what is in the file, empty where there is none or it cannot be
// read.
func (c change) readFirstPassword(ctx context.Context) string {
	path := c.firstPasswordPath()
	if path == "" {
		return ""
	}
	b, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		c.log.WarnContext(ctx, "the file with the first password could not be read", "error", err)
	}
	return strings.TrimSpace(string(b))
}

// settleFirstPassword holds what is in the file against the account, and tells whether it is
// the account's password. The releases before did not note that they had made one: it is
// noted now where it was never exchanged. Where it was, by another server, the file goes.
// What belongs to another database, or to nothing, stays.
func (c change) settleFirstPassword(ctx context.Context, u User, filed string) (now User, is bool, err error) {
	hash, err := c.tx.FirstPasswordHash(ctx, u.ID)
	noted := hash != ""
	if err == nil && !noted {
		hash, err = c.tx.PasswordHash(ctx, u.ID)
	}
	if err != nil {
		return u, false, err
	}
	if is, err = auth.VerifyPassword(hash, filed); err != nil || !is {
		return u, false, err
	}
	switch {
	case !noted:
		if err := c.tx.NoteFirstPassword(ctx, u.ID, c.now()); err != nil {
			return u, false, err
		}
		u, err = c.tx.User(ctx, u.ID)
		return u, true, err
	case u.FirstPasswordAt == nil:
		c.removeFirstPassword(ctx)
		return u, false, nil
	}
	return u, true, nil
}
