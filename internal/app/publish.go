package app

import (
	"context"
	"slices"
	"sync"
	"time"

	"corroborate/internal/store"
	"corroborate/internal/trouble"
)

const (
	// publishBatch is how many events are published in one transaction.
	publishBatch = 500
	// publishEvery is the longest time between two looks for events.
	publishEvery = 10 * time.Second
	// keptEvents is how long events are kept to read on from, keptDeliveries how long
	// deliveries are, with their events.
	keptEvents     = 7 * 24 * time.Hour
	keptDeliveries = 30 * 24 * time.Hour
)

// publisher publishes events as they are written: they get their places and go to the
// webhooks that ask for them. It runs on every server; the database lets one at a time.
type publisher struct {
	app    *App
	cancel context.CancelFunc
	ended  sync.WaitGroup
}

func (p *publisher) start(ctx context.Context) {
	ctx, p.cancel = context.WithCancel(context.WithoutCancel(ctx))
	failing := trouble.New(p.app.log, "cannot publish events")
	written, leave := p.app.hub.join(store.EventsWritten)
	p.ended.Go(func() {
		defer leave()
		tick := time.NewTicker(publishEvery)
		defer tick.Stop()
		for {
			select {
			case <-written:
			case <-tick.C:
			case <-ctx.Done():
				return
			}
			if err := p.app.publishAll(ctx); ctx.Err() == nil {
				failing.Note(ctx, err)
			}
		}
	})
}

func (p *publisher) stop() {
	if p.cancel == nil {
		return
	}
	p.cancel()
	p.ended.Wait()
}

// publishAll publishes all events that are written.
func (a *App) publishAll(ctx context.Context) error {
	for {
		n, err := a.publishSome(ctx)
		if err != nil || n < publishBatch {
			return err
		}
	}
}

// publishSome publishes the next events and gives how many these were.
func (a *App) publishSome(ctx context.Context) (n int, err error) {
	return n, a.change(ctx, Actor{}, func(c change) error {
		published, err := c.tx.PublishEvents(ctx, publishBatch)
		if n = len(published); err != nil || n == 0 {
			return err
		}
		var numbers []int64
		var stories []string
		for _, e := range published {
			numbers = append(numbers, e.N)
			if e.StoryID != "" {
				stories = append(stories, e.StoryID)
			}
		}
		if err := c.handOut(ctx, numbers); err != nil {
			return err
		}
		return c.tx.TellEvents(ctx, distinct(stories))
	})
}

// handOut makes the deliveries of events to the webhooks that ask for them.
func (c change) handOut(ctx context.Context, events []int64) error {
	wanted, err := c.tx.WantedEvents(ctx, events)
	if err != nil || len(wanted) == 0 {
		return err
	}
	deliveries := make([]store.NewDelivery, len(wanted))
	var hooks []string
	for i, w := range wanted {
		deliveries[i] = store.NewDelivery{ID: newID(), Wanted: w}
		hooks = append(hooks, w.WebhookID)
	}
	if err := c.tx.InsertDeliveries(ctx, deliveries, c.now()); err != nil {
		return err
	}
	slices.Sort(hooks)
	for _, id := range slices.Compact(hooks) {
		if err := c.queue.SendWebhook(ctx, c.tx, id, c.now()); err != nil {
			return err
		}
	}
	return nil
}

// forgetEvents removes what is no longer kept of events and deliveries.
func (c change) forgetEvents(ctx context.Context) error {
	now := c.now()
	if err := c.tx.StopWebhooksOfGoneStories(ctx, "its story is gone for good", now); err != nil {
		return err
	}
	return c.tx.ForgetEvents(ctx, now.Add(-keptDeliveries), now.Add(-keptEvents))
}
