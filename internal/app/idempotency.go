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
	// stuckCall is the time after which a call that never ended, as its server was
	// killed, may be sent again.
	stuckCall = 5 * time.Minute
)

// BeginCall notes that a call starts. It gives the stored answer where the same
// call was done within a day; claims.Invalid where the key was used for another
// body, method or path; claims.Conflict where the first one still runs. With nil
// and no error the caller goes on and ends with [App.EndCall].
func (a *App) BeginCall(ctx context.Context, who Actor, c Call) (*Answer, error) {
	if !who.SignedIn() {
		return nil, who.require(ManageOwn)
	}
	if !visible(c.Key) {
		return nil, invalid("Idempotency-Key", "has 1 to 255 visible ASCII characters")
	}
	now := a.now()
	var answer *Answer
	err := a.db.InTx(ctx, func(tx *store.Tx) error {
		first, err := tx.ClaimCall(ctx, store.Call{ActorID: who.UserID, Key: c.Key, Method: c.Method, Path: c.Path, BodyHash: c.BodyHash},
			store.CallTimes{Now: now, Expired: now.Add(-keptCalls), Stuck: now.Add(-stuckCall)})
		if err != nil || first {
			return err
		}
		stored, err := tx.Call(ctx, who.UserID, c.Key)
		if err != nil {
			return err
		}
		answer, err = c.replay(stored)
		return err
	})
	return answer, err
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
		return nil, &claims.Error{Kind: claims.Conflict, Message: "the first call with this Idempotency-Key still runs; try again"}
	}
	return &Answer{Status: stored.Status, Header: stored.Header, Body: stored.Body}, nil
}

// EndCall stores the answer of a call that was begun. Secrets must be taken out
// of it first. A nil answer forgets the call, so that it can be sent again: use it
// where nothing was stored.
func (a *App) EndCall(ctx context.Context, who Actor, c Call, answer *Answer) error {
	if !who.SignedIn() {
		return errors.New("app: end a call that nobody began")
	}
	return a.db.InTx(ctx, func(tx *store.Tx) error {
		if answer == nil {
			return tx.ForgetCall(ctx, who.UserID, c.Key)
		}
		header := answer.Header
		if header == nil {
			header = map[string]string{}
		}
		return tx.FinishCall(ctx, store.Call{ActorID: who.UserID, Key: c.Key, Status: answer.Status, Header: header, Body: answer.Body})
	})
}
