package app

import (
	"context"
	"errors"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// Call identifies a request that has an Idempotency-Key.
type Call struct {
	// Key is what the caller sent, 1 to 255 visible characters.
	Key    string
	Method string
	Path   string
	// BodyHash is the hexadecimal SHA-256 of the body.
	BodyHash string
}

// Answer is a stored answer.
type Answer struct {
	Status int
	// Header holds the few headers that belong to the answer: Location, ETag,
	// Content-Type.
	Header map[string]string
	Body   []byte
}

const (
	maxKey = 255
	// stuckCall is the time after which a call may be sent again that was noted as running
	// and never ended. Servers of this version note none: they keep call and answer at once.
	stuckCall = 5 * time.Minute
)

// errNothingKept undoes a call that is not to be kept.
var errNothingKept = errors.New("the call is not kept")

// Once makes a call that has an Idempotency-Key, unless it was made within a day: then the
// answer of that time is given, and replayed is true. claims.Invalid says that the key was
// used for another body, method or path, claims.Conflict that the first call still runs.
//
// All that do changes with its context is kept in one transaction with the answer that it
// gives, so that a call that is sent again after whatever ended the first one happens once.
// Where do gives no answer, nothing is kept. Secrets must be taken out of the answer.
func (a *App) Once(ctx context.Context, who Actor, c Call, do func(context.Context) *Answer) (answer *Answer, replayed bool, err error) {
	if !who.SignedIn() {
		return nil, false, who.require(ManageOwn)
	}
	if !visible(c.Key) {
		return nil, false, invalid("Idempotency-Key", "has 1 to 255 visible ASCII characters")
	}
	err = a.db.Hold(ctx, func(ctx context.Context, tx *store.Tx) error {
		if answer, err = a.earlier(ctx, tx, who, c); err != nil || answer != nil {
			replayed = answer != nil
			return err
		}
		if answer = do(ctx); answer == nil {
			return errNothingKept
		}
		header := answer.Header
		if header == nil {
			header = map[string]string{}
		}
		return tx.FinishCall(ctx, store.Call{ActorID: who.UserID, Key: c.Key, Status: answer.Status, Header: header, Body: answer.Body})
	})
	if errors.Is(err, errNothingKept) {
		return nil, false, nil
	}
	return answer, replayed, err
}

// earlier gives the answer that a call had before, nil where it is the first of its kind.
func (a *App) earlier(ctx context.Context, tx *store.Tx, who Actor, c Call) (*Answer, error) {
	free, err := tx.HoldCall(ctx, who.UserID, c.Key)
	if err != nil {
		return nil, err
	}
	if !free {
		return nil, errStillRuns()
	}
	now := a.now()
	first, err := tx.ClaimCall(ctx, store.Call{ActorID: who.UserID, Key: c.Key, Method: c.Method, Path: c.Path, BodyHash: c.BodyHash},
		store.CallTimes{Now: now, Expired: now.Add(-keptCalls), Stuck: now.Add(-stuckCall)})
	if err != nil || first {
		return nil, err
	}
	stored, err := tx.Call(ctx, who.UserID, c.Key)
	if err != nil {
		return nil, err
	}
	return c.replay(stored)
}

func errStillRuns() error {
	return &claims.Error{Kind: claims.Conflict, Message: "the first call with this Idempotency-Key still runs; try again"}
}

func visible(key string) bool {
	for _, r := range key {
		if r <= ' ' || r > '~' {
			return false
		}
	}
	return key != "" && len(key) <= maxKey
}

// replay gives the stored answer where it is one to this very call.
func (c Call) replay(stored store.Call) (*Answer, error) {
	switch {
	case stored.Method != c.Method || stored.Path != c.Path || stored.BodyHash != c.BodyHash:
		return nil, invalid("Idempotency-Key", "was used for another call; take a new key for each")
	case stored.Running:
		return nil, errStillRuns()
	}
	return &Answer{Status: stored.Status, Header: stored.Header, Body: stored.Body}, nil
}
