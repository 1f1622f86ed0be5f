package jobs

import (
	"context"
	"encoding/json"
	"time"

	"github.com/riverqueue/river"

	"corroborate/internal/store"
)

const (
	// webQueue holds the jobs that wait for other servers most of their time. They
	// have workers of their own, so that a slow site holds up no analysis.
	webQueue = "web"
	// webWorkers is how many of them run at once.
	webWorkers = 8
	// webAttempts is how often one is tried where the fault is our own: what other
	// servers do wrong is an outcome, not a failure.
	webAttempts = 3
	// pollFeedsEvery is the time between two looks for feeds that are due.
	pollFeedsEvery = 30 * time.Second
)

// Done marks a job as done. It is called in the transaction that stores the job's
// outcome, so that what is due again right after that gets a job of its own.
type Done func(context.Context, *store.Tx) error

// FeedWork is what the jobs on feeds do. Each method may be called again after it
// was cut off at any point, and does nothing where what it is about is gone.
type FeedWork interface {
	// PollDueFeeds enqueues what is due: feeds to poll and entries to read.
	PollDueFeeds(ctx context.Context) error
	// PollFeed asks one feed for news.
	PollFeed(ctx context.Context, feedID string, done Done) error
	// ReadFeedEntry takes in the article of one entry.
	ReadFeedEntry(ctx context.Context, entryID string, done Done) error
	// GiveUpFeed and GiveUpFeedEntry note that the work failed for good, and why.
	GiveUpFeed(ctx context.Context, feedID, reason string) error
	GiveUpFeedEntry(ctx context.Context, entryID, reason string) error
}

// pollFeeds asks for a look at which feeds are due.
type pollFeeds struct{}

// Kind names the job in the queue.
func (pollFeeds) Kind() string { return "poll_feeds" }

// InsertOpts keeps it to one that is not done: the next one comes soon.
func (pollFeeds) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: 1, Priority: 3, UniqueOpts: river.UniqueOpts{ByState: notDone}}
}

// pollFeed asks for a feed to be polled.
type pollFeed struct {
	FeedID string `json:"feed_id"`
}

// Kind names the job in the queue.
func (pollFeed) Kind() string { return "poll_feed" }

// InsertOpts keeps a feed to one job that is not done, over all servers.
func (pollFeed) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: webQueue, MaxAttempts: webAttempts, Priority: 1,
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: notDone}}
}

// readFeedEntry asks for an entry of a feed to be read.
type readFeedEntry struct {
	EntryID string `json:"entry_id"`
}

// Kind names the job in the queue.
func (readFeedEntry) Kind() string { return "read_feed_entry" }

// InsertOpts keeps an entry to one job that is not done, over all servers.
func (readFeedEntry) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: webQueue, MaxAttempts: webAttempts, Priority: 2,
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: notDone}}
}

// PollFeed enqueues a poll of a feed, unless one is enqueued.
func (q *Queue) PollFeed(ctx context.Context, tx *store.Tx, feedID string) error {
	return q.enqueue(ctx, tx, pollFeed{FeedID: feedID})
}

// ReadFeedEntry enqueues the reading of an entry, unless it is enqueued.
func (q *Queue) ReadFeedEntry(ctx context.Context, tx *store.Tx, entryID string) error {
	return q.enqueue(ctx, tx, readFeedEntry{EntryID: entryID})
}

// addFeedWorkers adds the workers for feeds.
func addFeedWorkers(workers *river.Workers, w FeedWork) {
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[pollFeeds]) error {
		return outcome(ctx, w.PollDueFeeds(ctx))
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[pollFeed]) error {
		return outcome(ctx, w.PollFeed(ctx, job.Args.FeedID, doneWith(job)))
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[readFeedEntry]) error {
		return outcome(ctx, w.ReadFeedEntry(ctx, job.Args.EntryID, doneWith(job)))
	}))
}

// periodicFeeds looks for feeds that are due every so often.
func periodicFeeds(every time.Duration) *river.PeriodicJob {
	if every == 0 {
		every = pollFeedsEvery
	}
	return river.NewPeriodicJob(river.PeriodicInterval(every),
		func() (river.JobArgs, *river.InsertOpts) { return pollFeeds{}, nil }, &river.PeriodicJobOpts{RunOnStart: true})
}

// giveUpFeedJob marks what a job on feeds was about as failed.
func giveUpFeedJob(ctx context.Context, w FeedWork, kind string, args json.RawMessage, reason string) error {
	var about struct {
		pollFeed
		readFeedEntry
	}
	err := json.Unmarshal(args, &about)
	switch {
	case err != nil:
	case kind == pollFeed{}.Kind():
		err = w.GiveUpFeed(ctx, about.FeedID, reason)
	case kind == readFeedEntry{}.Kind():
		err = w.GiveUpFeedEntry(ctx, about.EntryID, reason)
	}
	return err
}
