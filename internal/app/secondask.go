package app

import (
	"bytes"
	"context"
	"errors"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/jobs"
	"corroborate/internal/judge"
	"corroborate/internal/store"
)

const (
	// askSlice is how long one job asks before the next one goes on.
	askSlice = 30 * time.Second
	// askMargin is how much longer than a call a question stays with who puts it.
	askMargin = time.Minute
	// shelvedFor is how long a question waits whose passages are in the bin.
	shelvedFor = time.Hour
)

// AskSecondJudge puts the questions that are due, one after the other.
func (w worker) AskSecondJudge(ctx context.Context, lane int, finish jobs.Done) error {
	if !w.second.on() || lane >= w.second.Lanes {
		return nil
	}
	for end := time.Now().Add(askSlice); time.Now().Before(end); {
		p, err := w.takeQuestion(ctx)
		if err != nil {
			return err
		}
		if p == nil {
			break
		}
		if err := w.put(ctx, *p); err != nil {
			return err
		}
	}
	return w.endAsking(ctx, lane, finish)
}

// posed is a question that was taken, with what was set aside for it.
type posed struct {
	store.SecondQuestion
	asks  judge.Question
	day   time.Time
	aside int
}

// takeQuestion takes the next question that is due and for which there is budget, nil for
// none.
func (w worker) takeQuestion(ctx context.Context) (*posed, error) {
	for {
		var taken *posed
		again := false
		err := w.change(ctx, Actor{}, func(c change) (err error) {
			taken, again, err = c.takeQuestion(ctx)
			return err
		})
		if err != nil || !again {
			return taken, err
		}
	}
}

// takeQuestion tells with again that there was one which cannot be put now.
func (c change) takeQuestion(ctx context.Context) (taken *posed, again bool, err error) {
	health, err := c.tx.LockSecondJudge(ctx)
	if err != nil || health.RestUntil != nil && health.RestUntil.After(c.now()) {
		return nil, false, err
	}
	due, err := c.tx.DueSecondQuestion(ctx, c.now())
	if claims.KindOf(err) == claims.NotFound {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	if due.Sides[0].ClaimID == "" {
		return nil, true, c.tx.PostponeSecondQuestion(ctx, due.Hash, new(c.now().Add(shelvedFor)))
	}
	asks, ok := questionOf(due.Sides)
	if hash := asks.Hash(c.second.Client.Model()); !ok || !bytes.Equal(hash[:], due.Hash) {
		// A passage or its day has changed, or the model: its story's next plan has the
		// question that is to be put.
		return nil, true, c.tx.PostponeSecondQuestion(ctx, due.Hash, nil)
	}
	p := &posed{SecondQuestion: due, asks: asks, day: dayOf(c.now()), aside: c.second.Client.Estimate(asks)}
	ok, err = c.tx.ReserveSecond(ctx, store.SecondReserve{Day: p.day, Tokens: p.aside, Budget: c.second.Budget, At: c.now()})
	if err != nil || !ok {
		return nil, false, err
	}
	return p, false, c.tx.TakeSecondQuestion(ctx, due.Hash, c.now().Add(c.second.Client.Timeout()+askMargin))
}

// put asks a question and notes how that went.
func (w worker) put(ctx context.Context, p posed) error {
	opinion, use, err := w.second.Client.Ask(ctx, p.asks)
	noted := context.WithoutCancel(ctx) // what was paid for is kept
	if err != nil && ctx.Err() != nil {
		// The server stops: nothing is known of this try, so what was set aside stays counted.
		if err := w.change(noted, Actor{}, func(c change) error {
			return c.tx.PostponeSecondQuestion(noted, p.Hash, new(c.now()))
		}); err != nil {
			return err
		}
		return ctx.Err()
	}
	var fault *judge.Fault
	if errors.As(err, &fault) {
		w.log.Warn("the second judge gave no opinion", "cause", string(fault.Cause), "status", fault.Status)
	} else if err != nil {
		return err
	}
	return w.change(noted, Actor{}, func(c change) error {
		if fault != nil {
			return c.noteFault(noted, p, use, fault)
		}
		return c.noteOpinion(noted, p, use, opinion)
	})
}

// spent gives what a question is counted as.
func (p posed) spent(use judge.Usage, fault *judge.Fault) store.SecondSpent {
	out := store.SecondSpent{Day: p.day, SetAside: p.aside, Tokens: use.In + use.Out, Calls: use.Calls - 1, In: use.In, Out: use.Out,
		Answered: fault == nil}
	if fault != nil {
		out.Cause = string(fault.Cause)
	}
	if out.Tokens == 0 && (fault == nil || !fault.Free()) {
		out.Tokens = p.aside // the endpoint does not count
	}
	return out
}

// noteOpinion stores an answer and counts it in its findings.
func (c change) noteOpinion(ctx context.Context, p posed, use judge.Usage, o judge.Opinion) error {
	stories, err := c.tx.SecondStories(ctx, p.Hash)
	if err != nil {
		return err
	}
	if _, err := c.lockStories(ctx, stories); err != nil {
		return err
	}
	if _, err := c.tx.LockSecondJudge(ctx); err != nil {
		return err
	}
	if err := c.tx.SettleSecond(ctx, p.spent(use, nil)); err != nil {
		return err
	}
	if err := c.tx.NoteSecondHealth(ctx, store.SecondHealth{AnsweredAt: new(c.now())}); err != nil {
		return err
	}
	return c.tx.PutSecondAnswer(ctx, store.SecondAnswer{Hash: p.Hash, Relation: o.Relation, Kind: o.Kind, Reason: o.Reason, At: c.now()})
}

// noteFault plans the next try, and leaves the endpoint alone for a while where the fault
// is its own.
func (c change) noteFault(ctx context.Context, p posed, use judge.Usage, f *judge.Fault) error {
	health, err := c.tx.LockSecondJudge(ctx)
	if err != nil {
		return err
	}
	if err := c.tx.SettleSecond(ctx, p.spent(use, f)); err != nil {
		return err
	}
	health.Failures++
	if health.FailingSince == nil {
		health.FailingSince = new(c.now())
	}
	health.Fault = f.Cause.Words()
	out := store.SecondFailure{Hash: p.Hash, Fault: health.Fault, Counts: !f.Cause.OfEndpoint()}
	wait := max(c.second.rest(health.Failures), f.RetryAfter)
	if f.Cause.OfEndpoint() || health.Failures >= brokenAfter {
		health.RestUntil = new(c.now().Add(wait))
	}
	switch {
	case f.Cause.OfEndpoint():
		out.NextAt = new(c.now().Add(wait))
	case p.Tries < len(c.second.Retries):
		out.NextAt = new(c.now().Add(jittered(c.second.Retries[p.Tries])))
	}
	if err := c.tx.NoteSecondHealth(ctx, health); err != nil {
		return err
	}
	return c.tx.PutSecondFailure(ctx, out)
}

// endAsking ends a job and enqueues the next, under the lock that questions are planned
// under: none comes between the look for them and the end.
func (w worker) endAsking(ctx context.Context, lane int, finish jobs.Done) error {
	return w.change(ctx, Actor{}, func(c change) error {
		health, err := c.tx.LockSecondJudge(ctx)
		if err != nil {
			return err
		}
		next, err := c.tx.NextSecondQuestion(ctx)
		if err != nil {
			return err
		}
		spent, err := c.tx.SecondBudgetSpent(ctx, dayOf(c.now()))
		if err != nil {
			return err
		}
		if err := finish(ctx, c.tx); err != nil || next == nil {
			return err
		}
		at := *next
		if health.RestUntil != nil {
			at = later(at, *health.RestUntil)
		}
		if spent {
			at = later(at, dayOf(c.now()).AddDate(0, 0, 1))
		}
		return c.queue.AskSecondJudgeAt(ctx, c.tx, lane, at)
	})
}
