package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/ingest"
	"corroborate/internal/store"
)

// tried is a delivery that was tried.
type tried struct {
	store.Try
	delivery store.Delivery
	posted   ingest.Posted
	err      error
}

// arrived tells whether the receiver took it.
func (t tried) arrived() bool { return t.err == nil && t.posted.Status >= 200 && t.posted.Status < 300 }

// why words what went wrong.
func (t tried) why() string {
	var fetch *ingest.FetchError
	switch status := t.posted.Status; {
	case errors.As(t.err, &fetch):
		return hookFault(fetch.Kind)
	case t.err != nil:
		return "it could not be sent"
	case status >= 300 && status < 400:
		return fmt.Sprintf("the receiver sends on to another address (status %d), which is not followed: give that address", status)
	case status == http.StatusGone:
		return "the receiver says that it is gone for good (status 410)"
	default:
		return fmt.Sprintf("the receiver answered with status %d, which is no success", status)
	}
}

// hookFault words why no answer came.
func hookFault(kind ingest.FetchKind) string {
	switch kind {
	case ingest.Timeout:
		return "the receiver took longer than 10 seconds"
	case ingest.Blocked:
		return "the address leads into a private network; the administrator can allow its host"
	case ingest.BadAddress:
		return "the address cannot be called: it has to begin with https:// and use a port of the web"
	}
	return "the receiver cannot be reached, or it breaks off the connection"
}

// note stores how a try went. The webhook's row comes before the delivery's, as where
// a webhook is deleted.
func (s *sending) note(ctx context.Context, t tried) error {
	return s.change(ctx, Actor{}, func(c change) error {
		if t.arrived() {
			t.State = store.DeliveryDelivered
			if err := c.tx.NoteDelivered(ctx, s.to.ID, c.now()); err != nil {
				return err
			}
			return c.tx.PutTry(ctx, t.Try)
		}
		return s.noteFailure(ctx, c, t)
	})
}

// noteFailure plans the next try, and stops a webhook that is gone or has failed for
// days.
func (s *sending) noteFailure(ctx context.Context, c change, t tried) error {
	t.Fault = t.why()
	failures, since, err := c.tx.NoteUndelivered(ctx, s.to.ID, t.Fault, c.now())
	if claims.KindOf(err) == claims.NotFound {
		return nil // it was deleted meanwhile
	}
	if err != nil {
		return err
	}
	if failures >= downAfter {
		s.halted.Store(true)
	}
	t.State, t.NextAt = store.DeliveryWaiting, c.hooks.retry(t.delivery.Attempts+1, t.posted.RetryAfter, c.now())
	gone := t.posted.Status == http.StatusGone
	if gone || t.NextAt == nil {
		t.State, t.NextAt = store.DeliveryFailed, nil
	}
	if err := c.tx.PutTry(ctx, t.Try); err != nil {
		return err
	}
	switch {
	case gone:
		s.halted.Store(true)
		return c.stopHook(ctx, s.to.Webhook, store.StoppedGone, t.Fault)
	case c.now().Sub(since) > c.hooks.StopAfter:
		s.halted.Store(true)
		return c.stopHook(ctx, s.to.Webhook, store.StoppedFailing,
			fmt.Sprintf("nothing arrived for %s: %s", days(c.hooks.StopAfter), t.Fault))
	}
	return nil
}

// days words a time in days.
func days(d time.Duration) string {
	if n := int(d / (24 * time.Hour)); n != 1 {
		return fmt.Sprintf("%d days", n)
	}
	return "a day"
}

// WakeWebhooks has what is due sent to webhooks whose job was lost.
func (w worker) WakeWebhooks(ctx context.Context) error {
	ids, err := w.db.DueWebhooks(ctx, w.now())
	if err != nil {
		return err
	}
	return w.change(ctx, Actor{}, func(c change) error {
		for _, id := range ids {
			if err := c.queue.SendWebhook(ctx, c.tx, id, c.now()); err != nil {
				return err
			}
		}
		return nil
	})
}
