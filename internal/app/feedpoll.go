package app

import (
	"context"
	"errors"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/ingest"
	"corroborate/internal/jobs"
	"corroborate/internal/store"
)

const (
	// pickedFeeds and pickedEntries are the most that one look puts into the queue.
	pickedFeeds   = 100
	pickedEntries = 100
	// lostAfter is how long something is left in the queue before it is put there
	// again: its job must have been lost, as jobs take a few minutes at most.
	lostAfter = 30 * time.Minute
)

// due says what is due now, at most so many.
func (a *App) due(limit int) store.Due {
	now := a.now()
	return store.Due{Now: now, Lost: now.Add(-lostAfter), Limit: limit}
}

// PollDueFeeds puts the feeds and entries that are due into the queue, unless too many
// articles wait already: then they stay due.
func (w worker) PollDueFeeds(ctx context.Context) error {
	if full, err := w.backlog.full(ctx); err != nil || full {
		return err
	}
	return w.change(ctx, Actor{}, func(c change) error {
		ids, err := c.tx.PickFeeds(ctx, c.due(pickedFeeds))
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := c.queue.PollFeed(ctx, c.tx, id); err != nil {
				return err
			}
		}
		return c.enqueueEntries(ctx)
	})
}

// enqueueEntries puts the entries that are due into the queue, a few of each feed.
func (c change) enqueueEntries(ctx context.Context) error {
	ids, err := c.tx.PickEntries(ctx, c.due(pickedEntries))
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := c.queue.ReadFeedEntry(ctx, c.tx, id); err != nil {
			return err
		}
	}
	return nil
}

// feedActor is the service as it takes in what a feed brings.
func feedActor(title string) Actor {
	return Actor{Name: "feed " + title, Scopes: []auth.Scope{auth.Write}}
}

// PollFeed asks a feed for news and stores its entries, with how the feed fares,
// in one transaction: a poll that is cut off has not happened.
func (w worker) PollFeed(ctx context.Context, id string, done jobs.Done) error {
	f, err := w.db.FeedPoll(ctx, id)
	if claims.KindOf(err) == claims.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	p := poll{feed: f}
	if f.State == FeedActive {
		p.doc, p.err = w.askFeed(ctx, f)
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return w.endPoll(ctx, p, done)
}

// poll is an answer to a feed that was asked.
type poll struct {
	feed store.FeedPoll
	doc  feedDocument
	err  error
}

// askFeed fetches a feed. That its address is one of a page that names the feed
// is taken for what somebody meant to say, until the first good answer.
func (a *App) askFeed(ctx context.Context, f store.FeedPoll) (feedDocument, error) {
	r := ingest.Request{URL: f.URL, ETag: f.ETag, LastModified: f.LastModified}
	if f.GoodAt == nil {
		return a.fetchFeed(ctx, r)
	}
	return a.fetchDocument(ctx, r)
}

// endPoll stores what came of a poll, unless the feed was changed meanwhile. The
// feed is locked before its job is touched, in the order in which feeds are picked.
func (a *App) endPoll(ctx context.Context, p poll, done jobs.Done) error {
	return a.change(ctx, feedActor(p.feed.Title), func(c change) error {
		now, err := c.tx.LockFeed(ctx, p.feed.ID)
		if claims.KindOf(err) == claims.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		if now.State != FeedActive || now.URL != p.feed.URL {
			return errors.Join(c.tx.UnqueueFeed(ctx, now.ID), done(ctx, c.tx))
		}
		p.feed = now
		o, err := c.pollOutcome(ctx, p)
		if err != nil {
			return err
		}
		if err := c.tx.EndPoll(ctx, o); err != nil {
			return err
		}
		if err := done(ctx, c.tx); err != nil {
			return err
		}
		return c.enqueueEntries(ctx)
	})
}

// pollOutcome gives how a feed stands after a poll, and stores its entries.
func (c change) pollOutcome(ctx context.Context, p poll) (store.FeedOutcome, error) {
	f := p.feed
	o := store.FeedOutcome{ID: f.ID, State: f.State, URL: f.URL, URLKey: addressKey(f.URL), Site: f.Site, Title: f.Title,
		ETag: f.ETag, LastModified: f.LastModified, Interval: time.Duration(f.Interval) * time.Second,
		LeftOut: f.LeftOut, Failures: f.Failures, FailingSince: f.FailingSince, Asked: true, At: c.now()}
	if p.err != nil {
		return c.failedPoll(ctx, o, p.err)
	}
	if moved, err := c.movedFeed(ctx, &o, p.doc.address); err != nil || moved {
		return o, err
	}
	o.Good, o.Fault, o.Failures, o.FailingSince = true, "", 0, nil
	news := false
	if !p.doc.answer.NotModified {
		added, left, err := c.storeEntries(ctx, f, p.doc.feed)
		if err != nil {
			return o, err
		}
		o.Read, o.LeftOut, news = true, left, added > 0
		o.ETag, o.LastModified = p.doc.answer.ETag, p.doc.answer.LastModified
		o.Site, o.Title = firstOf(p.doc.feed.Site, f.Site), firstOf(f.Title, cut(p.doc.feed.Title, maxTitle))
	}
	if f.GoodAt != nil { // the first document says nothing of how often it changes
		o.Interval = c.feeds.nextInterval(o.Interval, news)
	}
	o.NextPollAt = c.now().Add(jittered(o.Interval))
	if o.LeftOut > 0 {
		// The rest of the document is asked for soon, and has to come whole.
		o.ETag, o.LastModified, o.NextPollAt = "", "", c.now().Add(jittered(c.feeds.MinInterval))
	}
	return o, nil
}

// failedPoll notes a poll that failed. A feed that is gone for good is asked no
// more; one whose host we kept waiting ourselves has not failed.
func (c change) failedPoll(ctx context.Context, o store.FeedOutcome, cause error) (store.FeedOutcome, error) {
	reason, known := faultOf(cause)
	if !known {
		return o, cause
	}
	fetch, _ := errors.AsType[*ingest.FetchError](cause)
	if fetch != nil && fetch.Kind == ingest.TooMany && fetch.Status == 0 {
		o.Asked, o.NextPollAt = false, c.now().Add(max(jittered(turnPause), fetch.RetryAfter))
		return o, nil
	}
	o.Fault = reason
	if o.Failures++; o.FailingSince == nil {
		at := c.now()
		o.FailingSince = &at
	}
	asked := time.Duration(0)
	if fetch != nil {
		asked = fetch.RetryAfter
	}
	o.NextPollAt = c.now().Add(backOff(o.Interval, o.Failures, asked))
	if fetch != nil && fetch.Kind == ingest.Gone {
		return o, c.goneFeed(ctx, &o)
	}
	return o, nil
}

// goneFeed marks a feed that is not asked any more.
func (c change) goneFeed(ctx context.Context, o *store.FeedOutcome) error {
	o.State = FeedGone
	return c.record(ctx, deed{action: "feed.gone", object: o.ID, detail: map[string]string{"url": o.URL, "reason": o.Fault}})
}

// movedFeed follows a feed to the address that its server names for good, if it
// does. Where another feed has that address, this one ends; ended is true then.
func (c change) movedFeed(ctx context.Context, o *store.FeedOutcome, to string) (ended bool, err error) {
	key := addressKey(to)
	if to == o.URL || wrongFeedURL(to) != "" {
		return false, nil
	}
	if key != o.URLKey {
		other, err := c.tx.FeedByKey(ctx, key)
		switch {
		case err == nil && other != o.ID:
			at := c.now()
			o.Fault, o.Failures, o.FailingSince = "it has moved to "+to+", which another feed polls", o.Failures+1, &at
			o.NextPollAt = at
			return true, c.goneFeed(ctx, o)
		case err != nil && claims.KindOf(err) != claims.NotFound:
			return false, err
		}
	}
	from := o.URL
	o.URL, o.URLKey = to, key
	return false, c.record(ctx, deed{action: "feed.move", object: o.ID, detail: map[string]string{"from": from, "to": to}})
}

// GiveUpFeed notes that polling a feed failed for a reason of our own.
func (w worker) GiveUpFeed(ctx context.Context, id, reason string) error {
	f, err := w.db.FeedPoll(ctx, id)
	if claims.KindOf(err) == claims.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return w.endPoll(ctx, poll{feed: f, err: &ingest.FeedFault{Reason: reason}}, ended)
}

// ended is for a job that the queue has given up by itself.
func ended(context.Context, *store.Tx) error { return nil }
