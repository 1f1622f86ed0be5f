package app

import (
	"context"
	"strings"
	"time"
	"unicode"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/jobs"
	"corroborate/internal/store"
)

// This file deletes the account of a person for good. At once the account loses name,
// address and password and is somebody's no more. A job then removes what was the
// person's alone and puts the pseudonym where others wrote the name. What the newsroom
// builds on stays under the pseudonym, of which each former member has one: so that two
// reviewers stay two, and every count is what it was.

// errForgotten says that an account cannot be changed any more.
var errForgotten = &claims.Error{Kind: claims.Conflict, Message: "this account was deleted for good: nothing can be changed about it"}

// PersonErasure is an account with what goes and what stays when it is deleted for good;
// see the store for the counts.
type PersonErasure struct {
	User
	store.PersonErasure
}

// PersonErasure counts what would go with an account and what would stay, or how far its
// deletion is.
func (a *App) PersonErasure(ctx context.Context, who Actor, id string) (PersonErasure, error) {
	if err := who.require(Administer); err != nil {
		return PersonErasure{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return PersonErasure{}, err
	}
	var out PersonErasure
	if out.User, err = a.db.User(ctx, id); err != nil {
		return PersonErasure{}, err
	}
	out.PersonErasure, err = a.seen(who).PersonErasure(ctx, id)
	return out, err
}

// ForgetUser deletes an account for good. version is the one that was seen, 0 for any.
// The person is nobody any more when it returns; what the person wrote is gone through
// after that. An account that was deleted before is left as it is.
func (a *App) ForgetUser(ctx context.Context, who Actor, id string, version int) (PersonErasure, error) {
	var u User
	// What the person does meanwhile may hold what this one waits for, and the other way
	// round; the database then ends one of the two.
	err := tryAgain(inConflict, func() (err error) {
		u, err = a.changeUser(ctx, who, seenUser{id: id, version: version, forgotten: true}, func(c change, u User) error {
			switch {
			case u.ForgottenAt != nil:
				return nil
			case u.ID == who.UserID:
				return &claims.Error{Kind: claims.Conflict, Message: "this is your own account: another administrator has to delete it"}
			}
			return c.forget(ctx, u)
		})
		return err
	})
	if err != nil {
		return PersonErasure{}, err
	}
	out := PersonErasure{User: u}
	out.PersonErasure, err = a.seen(who).PersonErasure(ctx, u.ID)
	return out, err
}

func (c change) forget(ctx context.Context, u User) error {
	names, err := c.tx.CalledNames(ctx, u.ID)
	if err != nil {
		return err
	}
	f := store.Forgetting{UserID: u.ID, Names: names, Pattern: personPattern(u.Email, names), RequestedBy: c.who.UserID}
	if err := c.tx.ForgetAccount(ctx, f, auth.HashPassword(auth.NewPassword())); err != nil {
		return err
	}
	if err := c.dropOffice(ctx, u); err != nil {
		return err
	}
	if err := c.queue.ForgetPerson(ctx, c.tx, u.ID); err != nil {
		return err
	}
	return c.record(ctx, deed{action: "user.forget", object: u.ID})
}

// personPattern gives an expression of the database for what means a person in any text:
// the address, and names of two words or more. A single word may mean anything.
func personPattern(email string, names []string) string {
	all := []string{pattern(email)}
	for _, n := range names {
		if len(strings.Fields(n)) > 1 {
			all = append(all, pattern(n))
		}
	}
	return "(?<![[:alnum:]])(?:" + strings.Join(all, "|") + ")(?![[:alnum:]])"
}

// pattern gives an expression of the database that matches a text, however it is spaced.
func pattern(text string) string {
	var b strings.Builder
	for i, word := range strings.Fields(text) {
		if i > 0 {
			b.WriteString(`\s+`)
		}
		for _, r := range word {
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				b.WriteByte('\\')
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

const (
	// forgottenAtOnce is how many entries of the history are gone through in one
	// transaction.
	forgottenAtOnce = 2_000
	// settlePause is the time between two looks whether all transactions have ended that
	// may still know a person.
	settlePause = time.Second
)

// ForgetPerson removes what is left of a person whose account was deleted for good. It may
// be cut off and called again at any point.
func (w worker) ForgetPerson(ctx context.Context, id string) error {
	f, err := w.db.Forgetting(ctx, id)
	if claims.KindOf(err) == claims.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	settled := false
	err = w.change(ctx, Actor{}, func(c change) (err error) {
		settled, err = c.tx.ForgettingSettled(ctx, id)
		return err
	})
	if err != nil {
		return err
	}
	if !settled {
		return &jobs.Later{After: settlePause}
	}
	if err := w.forgetOwn(ctx, f); err != nil {
		return err
	}
	if err := w.forgetWords(ctx, f); err != nil {
		return err
	}
	return w.change(ctx, Actor{}, func(c change) error {
		if err := c.tx.DeleteOwn(ctx, id); err != nil { // what still ran may have left something
			return err
		}
		return c.tx.ForgettingDone(ctx, id)
	})
}

// forgetOwn removes what was the person's alone, and takes the person off the blind
// reviews that would wait for an answer in vain.
func (w worker) forgetOwn(ctx context.Context, f store.Forgetting) error {
	if err := w.change(ctx, Actor{}, func(c change) error { return c.tx.DeleteOwn(ctx, f.UserID) }); err != nil {
		return err
	}
	panels, err := w.db.PanelsWaitingFor(ctx, f.UserID)
	if err != nil {
		return err
	}
	for _, p := range panels {
		err := w.change(ctx, Actor{UserID: f.RequestedBy}, func(c change) error { return c.leavePanel(ctx, p, f.UserID) })
		if err != nil {
			return err
		}
	}
	return nil
}

// leavePanel has an open blind review go on without a person who has not answered: it is
// revealed where all others have, and called off where there is but one other.
func (c change) leavePanel(ctx context.Context, p store.OpenPanel, person string) error {
	if _, err := c.tx.LockStory(ctx, p.StoryID); err != nil {
		return err
	}
	left, answered, err := c.tx.LeavePanel(ctx, p.ID, person)
	if err != nil || left == 0 {
		return err
	}
	by, err := c.tx.User(ctx, c.who.UserID)
	if err != nil {
		return err
	}
	c.who.Name = by.Name
	switch {
	case left < 2: // one person alone measures nothing
		if _, err := c.tx.CallOff(ctx, p.ID, c.who.UserID, c.now()); err != nil {
			return err
		}
		b, err := c.tx.Blind(ctx, p.ID)
		if err != nil {
			return err
		}
		return c.record(ctx, deed{action: "blind.call_off", object: b.FindingID, detail: map[string]string{"blind": p.ID}})
	case answered:
		return c.reveal(ctx, p.ID)
	}
	return nil
}

// forgetWords puts the pseudonym where others wrote the name, in many small transactions.
func (w worker) forgetWords(ctx context.Context, f store.Forgetting) error {
	for part, last := 0, false; !last; part++ {
		for more := true; more; {
			err := w.change(ctx, Actor{}, func(c change) (err error) {
				more, last, err = c.tx.ForgetInNotes(ctx, f, part)
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	for more := true; more; {
		err := w.change(ctx, Actor{}, func(c change) (err error) {
			more, err = c.tx.ForgetInHistory(ctx, f.UserID, forgottenAtOnce)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// forgetStrays takes up deletions of people whose job was lost, and removes what something
// of theirs left that still ran.
func (w worker) forgetStrays(ctx context.Context) error {
	unfinished, err := w.db.UnfinishedForgetting(ctx)
	if err != nil {
		return err
	}
	late, err := w.db.LatelyForgotten(ctx)
	if err != nil {
		return err
	}
	return w.change(ctx, Actor{}, func(c change) error {
		for _, id := range late {
			if err := c.tx.DeleteOwn(ctx, id); err != nil {
				return err
			}
		}
		for _, id := range unfinished {
			if err := c.queue.ForgetPerson(ctx, c.tx, id); err != nil {
				return err
			}
		}
		return nil
	})
}
