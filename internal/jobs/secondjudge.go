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
	// judgeQueue holds the jobs of the second judge, an outside model. They wait for it most
	// of their time and hold up nothing else.
	judgeQueue = "second_judge"
	// planWorkers is how many stories may be planned beside the lanes.
	planWorkers = 1
	// wakeJudgeEvery is the time between two looks for what is to be planned or asked.
	wakeJudgeEvery = time.Minute
)

// JudgeWork is what the jobs of the second judge do.
type JudgeWork interface {
	// PlanSecondJudge gathers what is to be asked about a story. It calls done in the
	// transaction that stores that, under the story's lock.
	PlanSecondJudge(ctx context.Context, storyID string, done Done) error
	// AskSecondJudge puts the questions that are due, one after the other, and enqueues a
	// job for the next ones in the transaction that ends this one. A question that was cut
	// off is put again.
	AskSecondJudge(ctx context.Context, lane int, done Done) error
	// WakeSecondJudge enqueues what was lost, or is due since the settings changed.
	WakeSecondJudge(ctx context.Context) error
}

// planSecondJudge asks for a story's questions to be gathered.
type planSecondJudge struct {
	StoryID string `json:"story_id"`
}

// Kind names the job in the queue.
func (planSecondJudge) Kind() string { return "plan_second_judge" }

// InsertOpts keeps a story to one job that is not done, before the asking.
func (planSecondJudge) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: judgeQueue, MaxAttempts: attempts, Priority: 1, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: notDone}}
}

// askSecondJudge asks for what is due to be asked. Of each lane there is one job over all
// servers, so that the number of lanes bounds the calls at a time.
type askSecondJudge struct {
	Lane int `json:"lane"`
}

// Kind names the job in the queue.
func (askSecondJudge) Kind() string { return "ask_second_judge" }

// InsertOpts keeps a lane to one job that is not done.
func (askSecondJudge) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: judgeQueue, MaxAttempts: attempts, Priority: 2, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: notDone}}
}

// wakeSecondJudge asks for a look at what is to be planned or asked.
type wakeSecondJudge struct{}

// Kind names the job in the queue.
func (wakeSecondJudge) Kind() string { return "wake_second_judge" }

// InsertOpts keeps it to one that is not done: the next one comes soon.
func (wakeSecondJudge) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: judgeQueue, MaxAttempts: 1, Priority: 1, UniqueOpts: river.UniqueOpts{ByState: notDone}}
}

// PlanSecondJudge enqueues the gathering of a story's questions, unless it is enqueued. The
// story's lock has to be held.
func (q *Queue) PlanSecondJudge(ctx context.Context, tx *store.Tx, storyID string) error {
	return q.enqueue(ctx, tx, planSecondJudge{StoryID: storyID})
}

// AskSecondJudge has a lane ask what is due. A job that waits for its time runs at once.
func (q *Queue) AskSecondJudge(ctx context.Context, tx *store.Tx, lane int, now time.Time) error {
	r, err := q.client.InsertTx(ctx, tx.Queue(), askSecondJudge{Lane: lane}, nil)
	if err != nil {
		return fmt.Errorf("jobs: enqueue %s: %w", askSecondJudge{}.Kind(), err)
	}
	if r.UniqueSkippedAsDuplicate && (r.Job.State == rivertype.JobStateScheduled || r.Job.State == rivertype.JobStateRetryable) {
		return tx.WakeJob(ctx, r.Job.ID, now)
	}
	return nil
}

// AskSecondJudgeAt has a lane ask what is due at a moment.
func (q *Queue) AskSecondJudgeAt(ctx context.Context, tx *store.Tx, lane int, at time.Time) error {
	args := askSecondJudge{Lane: lane}
	opts := args.InsertOpts()
	opts.ScheduledAt = at
	if _, err := q.client.InsertTx(ctx, tx.Queue(), args, &opts); err != nil {
		return fmt.Errorf("jobs: enqueue %s: %w", args.Kind(), err)
	}
	return nil
}

// addJudgeWorkers adds the workers of the second judge.
func addJudgeWorkers(workers *river.Workers, w JudgeWork) {
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[planSecondJudge]) error {
		return outcome(ctx, w.PlanSecondJudge(ctx, job.Args.StoryID, doneWith(job)))
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[askSecondJudge]) error {
		return outcome(ctx, w.AskSecondJudge(ctx, job.Args.Lane, doneWith(job)))
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[wakeSecondJudge]) error {
		return outcome(ctx, w.WakeSecondJudge(ctx))
	}))
}

// judgeJobs adds what the second judge needs where it has lanes: its queue, and a look for
// what is due every so often. A server without one leaves its jobs alone.
func judgeJobs(cfg *river.Config, lanes int, every time.Duration) {
	if lanes == 0 {
		return
	}
	if every == 0 {
		every = wakeJudgeEvery
	}
	cfg.Queues[judgeQueue] = river.QueueConfig{MaxWorkers: lanes + planWorkers}
	cfg.PeriodicJobs = append(cfg.PeriodicJobs, river.NewPeriodicJob(river.PeriodicInterval(every),
		func() (river.JobArgs, *river.InsertOpts) { return wakeSecondJudge{}, nil }, &river.PeriodicJobOpts{RunOnStart: true}))
}
