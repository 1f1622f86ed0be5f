package app

import (
	"context"
	"fmt"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// Invitation is a prepared account that waits for its person; see the store for its
// fields.
type Invitation = store.Invitation

// The days for which an invitation is good, unless another number is asked for, and
// at most.
const (
	InvitationDays    = 7
	MaxInvitationDays = 30
)

// errLink is the one answer to a link that is not good, whatever the reason.
var errLink = &claims.Error{Kind: claims.NotFound, Message: "this link does not work, or does not work any more: " +
	"each is good once and for some days. Ask an administrator for a new one"}

// InvitationInput is a new invitation.
type InvitationInput struct {
	Email string
	Name  string
	Role  auth.Role
	// Days is how long it is good, 0 for [InvitationDays].
	Days int
}

func (in InvitationInput) check() error {
	p := problems{}
	wrongPerson(p, in.Email, in.Name)
	if !in.Role.Valid() {
		p.add("role", wrongRole)
	}
	if in.Days < 0 || in.Days > MaxInvitationDays {
		p.add("days", fmt.Sprintf("is a number from 1 to %d", MaxInvitationDays))
	}
	return invalidFields(p)
}

// Invite makes a link by which somebody makes their account. An earlier invitation
// to the same address ends. The token is given here and never again.
func (a *App) Invite(ctx context.Context, who Actor, in InvitationInput) (inv Invitation, token string, err error) {
	if err := who.require(Administer); err != nil {
		return Invitation{}, "", err
	}
	if err := in.check(); err != nil {
		return Invitation{}, "", err
	}
	email := foldEmail(in.Email)
	switch _, err := a.db.UserByEmail(ctx, email); {
	case err == nil:
		return Invitation{}, "", errHasAccount(nil)
	case claims.KindOf(err) != claims.NotFound:
		return Invitation{}, "", err
	}
	if in.Days == 0 {
		in.Days = InvitationDays
	}
	token = auth.NewLinkToken()
	link := a.newLink(who, token, time.Duration(in.Days)*24*time.Hour)
	err = a.change(ctx, who, func(c change) error {
		if err := c.holdRights(ctx); err != nil {
			return err
		}
		if err := c.tx.InsertInvitation(ctx, store.NewInvitation{NewLink: link, Email: email, Name: claims.CleanName(in.Name),
			Role: in.Role}); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "invitation.add", object: link.ID,
			detail: map[string]string{"name": claims.CleanName(in.Name), "role": string(in.Role)}})
	})
	if err != nil {
		return Invitation{}, "", err
	}
	inv, err = a.db.InvitationByToken(ctx, link.TokenHash)
	return inv, token, err
}

// newLink is a link of somebody's that is good for some time.
func (a *App) newLink(by Actor, token string, lasts time.Duration) store.NewLink {
	return store.NewLink{ID: newID(), TokenHash: auth.HashToken(token), By: by.UserID, At: a.now(), ExpiresAt: a.now().Add(lasts)}
}

// Invitations lists those that nobody has taken up or taken back, the newest first,
// also those whose time has passed.
func (a *App) Invitations(ctx context.Context, who Actor, p Page) (List[Invitation], error) {
	if err := who.require(Administer); err != nil {
		return List[Invitation]{}, err
	}
	return byID(p, func(before string, limit int) ([]Invitation, error) { return a.db.Invitations(ctx, before, limit) },
		func(i Invitation) string { return i.ID })
}

// RevokeInvitation ends an invitation that waits. It gives claims.Conflict for one that
// was taken up or taken back before.
func (a *App) RevokeInvitation(ctx context.Context, who Actor, id string) error {
	if err := who.require(Administer); err != nil {
		return err
	}
	id, err := knownID(id)
	if err != nil {
		return err
	}
	return a.change(ctx, who, func(c change) error {
		name, err := c.tx.RevokeInvitation(ctx, id, c.now())
		if claims.KindOf(err) == claims.NotFound {
			return c.endedInvitation(ctx, id)
		}
		if err != nil {
			return err
		}
		return c.record(ctx, deed{action: "invitation.revoke", object: id, detail: map[string]string{"name": name}})
	})
}

// endedInvitation gives the error for an invitation that does not wait.
func (c change) endedInvitation(ctx context.Context, id string) error {
	inv, err := c.tx.Invitation(ctx, id)
	switch {
	case err != nil:
		return err
	case inv.UsedAt != nil:
		return &claims.Error{Kind: claims.Conflict, Message: "this invitation was taken up: close the account that was made of it"}
	}
	return &claims.Error{Kind: claims.Conflict, Message: "this invitation was taken back before"}
}

// Invitation gives whoever holds a link what it invites to. It asks for no right:
// the token is it.
func (a *App) Invitation(ctx context.Context, token string) (Invitation, error) {
	inv, err := a.db.InvitationByToken(ctx, auth.HashToken(token))
	return a.goodInvitation(inv, err)
}

// goodInvitation gives one error for all that is not good.
func (a *App) goodInvitation(inv Invitation, err error) (Invitation, error) {
	if claims.KindOf(err) == claims.NotFound || err == nil && !inv.Waits(a.now()) {
		return Invitation{}, errLink
	}
	return inv, err
}

// Acceptance is what an invited person chooses.
type Acceptance struct {
	// Name is how the person is shown, that of the invitation where it is empty.
	Name     string
	Password string
}

// AcceptInvitation makes the account of an invitation, which ends by it, and gives
// the account for a session.
func (a *App) AcceptInvitation(ctx context.Context, token string, in Acceptance) (User, error) {
	inv, err := a.Invitation(ctx, token)
	if err != nil {
		return User{}, err
	}
	made := UserInput{Email: inv.Email, Name: in.Name, Password: in.Password, Role: inv.Role}
	if claims.CleanName(made.Name) == "" {
		made.Name = inv.Name
	}
	if err := made.check(); err != nil {
		return User{}, err
	}
	id := newID()
	err = a.change(ctx, Actor{UserID: id, Name: claims.CleanName(made.Name)}, func(c change) error {
		inv, err := c.goodInvitation(c.tx.LockInvitation(ctx, auth.HashToken(token)))
		if err != nil {
			return err
		}
		if err := c.insertUser(ctx, id, made); err != nil {
			return err
		}
		if err := c.tx.UseInvitation(ctx, inv.ID, id, c.now()); err != nil {
			return err
		}
		if err := c.tx.SetLastLogin(ctx, id, c.now()); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "invitation.accept", object: id, detail: map[string]string{"role": string(inv.Role)}})
	})
	if claims.KindOf(err) == claims.Conflict {
		return User{}, errLink // the address got its account in another way
	}
	if err != nil {
		return User{}, err
	}
	return a.db.User(ctx, id)
}
