package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// Bootstrap is what the first start is given.
type Bootstrap struct {
	// Email and Password are the first administrator's; an empty password is
	// generated.
	Email    string
	Password string
	// APIKey is a token with the scope admin, at least 16 characters; empty for none.
	APIKey string
}

// BootstrapResult says what the first start did.
type BootstrapResult struct {
	// AdministratorMade is true when there was no account before.
	AdministratorMade bool
	// FirstPassword is the password that the service made, now or at an earlier start, nil
	// where there is none that waits to be exchanged.
	FirstPassword *FirstPassword
}

// Bootstrap makes the first administrator where there is no account yet, and
// makes the administrator's API key what b says; an empty one ends an earlier
// one. It may be called at every start.
func (a *App) Bootstrap(ctx context.Context, b Bootstrap) (BootstrapResult, error) {
	var out BootstrapResult
	if b.APIKey != "" && len(b.APIKey) < auth.MinToken {
		return out, invalid("ADMIN_API_KEY", fmt.Sprintf("has to have at least %d characters", auth.MinToken))
	}
	err := a.change(ctx, Actor{}, func(c change) error {
		// Servers that start together make one administrator.
		if err := c.tx.LockSetup(ctx); err != nil {
			return err
		}
		there, err := c.tx.HasUsers(ctx)
		if err != nil {
			return err
		}
		if out.AdministratorMade = !there; !there {
			if err := c.makeAdministrator(ctx, b); err != nil {
				return err
			}
		}
		if out.FirstPassword, err = c.lookAtFirstPassword(ctx, b.Password); err != nil {
			return err
		}
		return c.configureKey(ctx, b.APIKey)
	})
	return out, err
}

// makeAdministrator stores the first account. A generated password is in its file
// before the account is kept: a file too many does no harm, a password that
// nobody knows would.
func (c change) makeAdministrator(ctx context.Context, b Bootstrap) error {
	in := UserInput{Email: b.Email, Name: "Administrator", Password: b.Password, Role: auth.Administrator}
	if in.Password == "" {
		in.Password, in.first = auth.NewPassword(), true
	}
	if err := in.check(); err != nil {
		return fmt.Errorf("make the first administrator (ADMIN_EMAIL, ADMIN_PASSWORD): %w", err)
	}
	if in.first {
		path := c.firstPasswordPath()
		if path == "" {
			return errors.New("make the first administrator: there is no data folder for a generated password")
		}
		if err := writeSecret(path, in.Password+"\n"); err != nil {
			return err
		}
	}
	return c.addUser(ctx, newID(), in)
}

// writeSecret writes a file that only its owner can read. It replaces an earlier
// one, whose rights may be wider.
func writeSecret(path, content string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("write the first password: %w", err)
	}
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("write the first password: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write the first password: %w", err)
	}
	if _, err := f.WriteString(content); err != nil {
		f.Close()
		return fmt.Errorf("write the first password: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("write the first password: %w", err)
	}
	return nil
}

// configureKey makes the key that the settings name the one of its kind. It
// belongs to the first administrator.
func (c change) configureKey(ctx context.Context, token string) error {
	var hash []byte
	if token != "" {
		hash = auth.HashToken(token)
	}
	kept, err := c.tx.DropConfiguredKey(ctx, hash)
	if err != nil || kept || token == "" {
		return err
	}
	admin, err := c.tx.FirstAdministrator(ctx)
	if claims.KindOf(err) == claims.NotFound {
		return &claims.Error{Kind: claims.Conflict, Message: "ADMIN_API_KEY needs an administrator, and there is none", Err: err}
	}
	if err != nil {
		return err
	}
	id := newID()
	if err := c.tx.InsertKey(ctx, store.NewKey{ID: id, UserID: admin.ID, Name: "ADMIN_API_KEY", Scopes: []auth.Scope{auth.Admin},
		TokenHash: hash, Configured: true, At: c.now()}); err != nil {
		return err
	}
	return c.record(ctx, deed{action: "key.add", object: id, detail: map[string]string{"name": "ADMIN_API_KEY"}})
}

// LoadSample stores the sample story where there is no story and none in the bin,
// and tells whether it did. Anybody may read its texts where reading is public.
func (a *App) LoadSample(ctx context.Context, in StoryInput) (bool, error) {
	in, err := a.readyStory(in)
	if err != nil {
		return false, err
	}
	loaded := false
	err = a.change(ctx, Actor{}, func(c change) error {
		if err := c.tx.LockSetup(ctx); err != nil {
			return err
		}
		there, err := c.tx.HasStories(ctx)
		if err != nil || there {
			return err
		}
		loaded = true
		return c.insertStory(ctx, store.NewStory{ID: newID(), Sample: true}, in)
	})
	return loaded && err == nil, err
}
