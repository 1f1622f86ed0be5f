package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"corroborate/internal/store"
)

const (
	// hookQueue holds the jobs that send to webhooks, which wait for other servers. They
	// have workers of their own, so that slow receivers hold up no feed.
	hookQueue = "hooks"
	// hookWorkers is how many webhooks are sent to at once.
	hookWorkers = 16
	// wakeWebhooksEvery is the time between two looks for webhooks whose job was lost.
	wakeWebhooksEvery = time.Minute
)

// HookWork is what the jobs on webhooks do.
type HookWork interface {
	// SendWebhook sends what is due to one webhook, and enqueues a job for the rest in
	// the transaction that ends this one. Where it was cut off, what was sent and not
	// noted is sent again.
	SendWebhook(ctx context.Context, webhookID string, done Done) error
	// WakeWebhooks enqueues a job for each webhook that has something due.
	WakeWebhooks(ctx context.Context) error
}

// sendWebhook asks for what is due to be sent to a webhook.
type sendWebhook struct {
	WebhookID string `json:"webhook_id"`
}

// Kind names the job in the queue.
func (sendWebhook) Kind() string { return "send_webhook" }

// InsertOpts keeps a webhook to one job that is not done, over all servers: however slow
// its receiver is, it takes one worker.
func (sendWebhook) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: hookQueue, MaxAttempts: webAttempts, Priority: 1,
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: notDone}}
}

// wakeWebhooks asks for a look at which webhooks have something due.
type wakeWebhooks struct{}

// Kind names the job in the queue.
func (wakeWebhooks) Kind() string { return "wake_webhooks" }

// InsertOpts keeps it to one that is not done: the next one comes soon.
func (wakeWebhooks) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: 1, Priority: 3, UniqueOpts: river.UniqueOpts{ByState: notDone}}
}

// SendWebhook has what is due sent to a webhook. A job that waits for its time runs at
// once.
func (q *Queue) SendWebhook(ctx context.Context, tx *store.Tx, webhookID string, now time.Time) error {
	r, err := q.client.InsertTx(ctx, tx.Queue(), sendWebhook{WebhookID: webhookID}, nil)
	if err != nil {
		return fmt.Errorf("jobs: enqueue %s: %w", sendWebhook{}.Kind(), err)
	}
	waits := r.Job.State == rivertype.JobStateScheduled || r.Job.State == rivertype.JobStateRetryable
	if r.UniqueSkippedAsDuplicate && waits {
		return tx.WakeJob(ctx, r.Job.ID, now)
	}
	return nil
}

// SendWebhookAt has what is due at a moment sent to a webhook then.
func (q *Queue) SendWebhookAt(ctx context.Context, tx *store.Tx, webhookID string, at time.Time) error {
	args := sendWebhook{WebhookID: webhookID}
	opts := args.InsertOpts()
	opts.ScheduledAt = at
	if _, err := q.client.InsertTx(ctx, tx.Queue(), args, &opts); err != nil {
		return fmt.Errorf("jobs: enqueue %s: %w", args.Kind(), err)
	}
	return nil
}

// addHookWorkers adds the workers for webhooks.
func addHookWorkers(workers *river.Workers, w HookWork) {
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[sendWebhook]) error {
		return outcome(ctx, w.SendWebhook(ctx, job.Args.WebhookID, doneWith(job)))
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[wakeWebhooks]) error {
		return outcome(ctx, w.WakeWebhooks(ctx))
	}))
}

// periodicHooks looks for webhooks whose job was lost every so often.
func periodicHooks() *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(wakeWebhooksEvery),
		func() (river.JobArgs, *river.InsertOpts) { return wakeWebhooks{}, nil }, &river.PeriodicJobOpts{RunOnStart: true})
}
