package app

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

const (
	// checkWait is how long a text waits for its turn to be checked, checkTime how long
	// its check may take then: together less than the time in which all answers are made.
	checkWait = 5 * time.Second
	checkTime = 22 * time.Second
	// checkQueue is the most texts that wait.
	checkQueue = 8
)

// checkDesk lets only so many texts be checked at once, as each takes a processor to
// itself and the memory of the stories that it is held against.
type checkDesk struct {
	working, waiting chan struct{}
}

// newCheckDesk leaves half of the processors to all else.
func newCheckDesk(processors int) *checkDesk {
	return &checkDesk{working: make(chan struct{}, max(1, processors/2)), waiting: make(chan struct{}, checkQueue)}
}

// errBusy says that too many texts are being checked.
func errBusy() error {
	return &claims.Error{Kind: claims.TooMany, Message: "too many texts are being checked just now", RetryAfter: checkWait}
}

// do runs work when it is its turn, until its time is up or ctx ends: claims.TooMany
// where there is no turn, claims.Unavailable where the work takes too long.
func (d *checkDesk) do(ctx context.Context, work func(context.Context) error) error {
	select {
	case d.waiting <- struct{}{}:
	default:
		return errBusy()
	}
	turn, stop := context.WithTimeout(ctx, checkWait)
	defer stop()
	select {
	case d.working <- struct{}{}:
		<-d.waiting
	case <-turn.Done():
		<-d.waiting
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return errBusy()
	}
	defer func() { <-d.working }()
	timed, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	err := work(timed)
	if timed.Err() != nil && ctx.Err() == nil {
		return &claims.Error{Kind: claims.Unavailable, Message: "this takes too long: name one story, or send less text", Err: err}
	}
	return err
}
