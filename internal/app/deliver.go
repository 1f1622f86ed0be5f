package app

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/jobs"
	"corroborate/internal/store"
	"corroborate/internal/webhook"
)

// WebhookConfig sets how webhooks are sent to. Zero values have defaults.
type WebhookConfig struct {
	// Retries are the times between the tries of a delivery; after the last it has
	// failed. By default nine tries follow the first within two days.
	Retries []time.Duration
	// Rest is how long a webhook is left alone after so many failures in a row that it
	// seems to be down, half a minute where it is 0; it doubles with each further one.
	Rest time.Duration
	// StopAfter is how long a webhook may fail before it is stopped, five days where it
	// is 0.
	StopAfter time.Duration
}

func (c WebhookConfig) withDefaults() WebhookConfig {
	if c.Retries == nil {
		c.Retries = []time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, time.Hour,
			3 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour}
	}
	if c.Rest <= 0 {
		c.Rest = 30 * time.Second
	}
	if c.StopAfter <= 0 {
		c.StopAfter = 5 * 24 * time.Hour
	}
	return c
}

const (
	// hookLanes is how many deliveries go to one webhook at once.
	hookLanes = 4
	// hookBatch is how many are looked up at once.
	hookBatch = 64
	// hookSlice is how long one job sends before others have their turn.
	hookSlice = 20 * time.Second
	// downAfter is how many failures in a row say that a webhook is down: it is left
	// alone then, and tried with one delivery at a time.
	downAfter = hookLanes
	// maxRest is the longest that it is left alone.
	maxRest = time.Hour
	// soon is what is waited for within a job: it is not worth one of its own.
	soon = 200 * time.Millisecond
)

// SendWebhook sends what is due to a webhook. A job that was cut off is done again, and
// what it had sent without noting that is sent twice, under the same id.
func (w worker) SendWebhook(ctx context.Context, id string, done jobs.Done) error {
	to, err := w.db.Sender(ctx, id, w.now())
	if claims.KindOf(err) == claims.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if err := w.sendDue(ctx, to); err != nil {
		return err
	}
	return w.endSending(ctx, id, done)
}

// sendDue sends what is due, or stops a webhook that cannot be sent to.
func (a *App) sendDue(ctx context.Context, to store.Sender) error {
	if !to.Active || resting(to.Webhook, a.now()) {
		return nil
	}
	if why := unfitOwner(to); why != "" {
		return a.stopHook(ctx, to.Webhook, store.StoppedOwner, why)
	}
	secrets := a.hookSecrets(to)
	if len(secrets) == 0 {
		return a.stopHook(ctx, to.Webhook, store.StoppedFailing, "its secret was stored with another key than the server has now: exchange it")
	}
	s := &sending{App: a, to: to, secrets: secrets}
	return s.run(ctx)
}

// hookSecrets opens what deliveries are signed with: none where it was sealed with
// another key.
func (a *App) hookSecrets(to store.Sender) []string {
	var out []string
	for _, sealed := range [][]byte{to.Secret, to.OldSecret} {
		if sealed == nil || a.sealer == nil {
			continue
		}
		if secret, err := a.sealer.Open(sealed, hookOf(to.ID)); err == nil {
			out = append(out, secret)
		}
	}
	return out
}

// resting tells whether a webhook is left alone at a moment.
func resting(w Webhook, now time.Time) bool { return w.RestUntil != nil && w.RestUntil.After(now) }

// unfitOwner says why the owner of a webhook may not have it any more.
func unfitOwner(to store.Sender) string {
	switch owner := (Actor{UserID: to.UserID, Scopes: to.OwnerRole.Scopes()}); {
	case to.OwnerClosed:
		return "the account of its owner was closed"
	case !owner.Can(ManageWebhooks):
		return "its owner is " + string(to.OwnerRole) + " now, which is a role without webhooks"
	}
	return ""
}

// stopHook stops a webhook for a reason of the service's.
func (a *App) stopHook(ctx context.Context, w Webhook, why store.Stopped, reason string) error {
	return a.change(ctx, Actor{}, func(c change) error { return c.stopHook(ctx, w, why, reason) })
}

func (c change) stopHook(ctx context.Context, w Webhook, why store.Stopped, reason string) error {
	stopped, err := c.tx.StopWebhook(ctx, w, why, reason, c.now())
	if err != nil || !stopped {
		return err
	}
	return c.recordHook(ctx, "webhook.stop", w.ID, w.URL)
}

// endSending ends a job and enqueues the next, under the lock that new deliveries are
// made under: none comes between the look for them and the end.
func (w worker) endSending(ctx context.Context, id string, done jobs.Done) error {
	return w.change(ctx, Actor{}, func(c change) error {
		to, err := c.tx.LockWebhook(ctx, "", id)
		if claims.KindOf(err) == claims.NotFound {
			return done(ctx, c.tx)
		}
		if err != nil {
			return err
		}
		next, err := c.tx.NextDelivery(ctx, id)
		if err != nil {
			return err
		}
		if err := done(ctx, c.tx); err != nil || next == nil || !to.Active {
			return err
		}
		at := *next
		switch {
		case resting(to, c.now()):
			at = later(at, *to.RestUntil)
		case to.Failures >= downAfter:
			rest := c.now().Add(c.hooks.rest(to.Failures))
			if err := c.tx.RestWebhook(ctx, id, rest); err != nil {
				return err
			}
			at = later(at, rest)
		}
		return c.queue.SendWebhookAt(ctx, c.tx, id, at)
	})
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// rest gives how long a webhook is left alone after so many failures in a row.
func (c WebhookConfig) rest(failures int) time.Duration {
	d := c.Rest
	for i := downAfter; i < failures && d < maxRest; i++ {
		d *= 2
	}
	return jittered(min(d, maxRest))
}

// retry gives when a delivery is tried again that failed so many times, nil for never.
// What the receiver asks for counts where it is longer.
func (c WebhookConfig) retry(failed int, asked time.Duration, now time.Time) *time.Time {
	if failed > len(c.Retries) {
		return nil
	}
	at := now.Add(max(jittered(c.Retries[failed-1]), asked))
	return &at
}

// sending is one job's work for one webhook.
type sending struct {
	*App
	to      store.Sender
	secrets []string
	// halted is set when no more is to be sent now.
	halted atomic.Bool
}

// run sends what is due until nothing is, the time is over, or the webhook is down.
func (s *sending) run(ctx context.Context) error {
	limit := hookBatch
	if s.to.Failures >= downAfter {
		limit = 1 // one delivery finds out whether it is up again
	}
	for end := time.Now().Add(hookSlice); time.Now().Before(end) && !s.halted.Load(); limit = hookBatch {
		due, err := s.db.For(s.to.UserID).DueDeliveries(ctx, s.to.ID, s.now(), limit)
		if err != nil {
			return err
		}
		if len(due) > 0 {
			if err := s.sendAll(ctx, due); err != nil {
				return err
			}
			continue
		}
		next, err := s.db.NextDelivery(ctx, s.to.ID)
		if err != nil || next == nil || next.Sub(s.now()) > soon {
			return err
		}
		select {
		case <-time.After(next.Sub(s.now())):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// sendAll sends deliveries, a few at once.
func (s *sending) sendAll(ctx context.Context, due []store.Delivery) error {
	waiting := make(chan store.Delivery, len(due))
	for _, d := range due {
		waiting <- d
	}
	close(waiting)
	errs := make([]error, hookLanes)
	var lanes sync.WaitGroup
	for i := range min(hookLanes, len(due)) {
		lanes.Go(func() {
			for d := range waiting {
				if s.halted.Load() || errs[i] != nil {
					return
				}
				errs[i] = s.send(ctx, d)
			}
		})
	}
	lanes.Wait()
	i := slices.IndexFunc(errs, func(err error) bool { return err != nil })
	if i < 0 {
		return nil
	}
	return errs[i]
}

// send tries one delivery and notes how that went.
func (s *sending) send(ctx context.Context, d store.Delivery) error {
	if d.Veiled && slices.Contains(webhook.Withheld(), d.Type) {
		return s.change(ctx, Actor{}, func(c change) error { return c.tx.DropDelivery(ctx, d.DeliveryID) })
	}
	body, err := s.eventJSON(d.Event, s.to.ID)
	if err != nil {
		return err
	}
	started := s.now()
	headers, err := webhook.Headers(d.ID, started, body, s.secrets...)
	if err != nil {
		return err
	}
	clock := time.Now()
	posted, failed := s.poster.Post(ctx, s.to.URL, headers, body)
	if failed != nil && ctx.Err() != nil {
		return ctx.Err() // the server stops: nothing is known of this try
	}
	t := tried{delivery: d, posted: posted, err: failed, Try: store.Try{DeliveryID: d.DeliveryID, At: started, Took: time.Since(clock),
		Payload: string(body), Headers: headers, Answer: posted.Answer}}
	if posted.Status != 0 {
		t.Status = &posted.Status
	}
	return s.note(context.WithoutCancel(ctx), t) // what arrived is not sent again
}
