package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// foldSumsEvery is the time between two times that the figures over the whole archive are
// added up. Between them each change of one is read for itself.
const foldSumsEvery = 30 * time.Second

// SumWork is what the job on figures does.
type SumWork interface {
	// FoldSums adds up what changed of the figures over the whole archive.
	FoldSums(ctx context.Context) error
}

// foldSums asks for the figures to be added up.
type foldSums struct{}

// Kind names the job in the queue.
func (foldSums) Kind() string { return "fold_sums" }

// InsertOpts keeps it to one that is not done: the next one comes soon.
func (foldSums) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: 1, Priority: 2, UniqueOpts: river.UniqueOpts{ByState: notDone}}
}

// addSumWorkers registers the worker.
func addSumWorkers(workers *river.Workers, w SumWork) {
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[foldSums]) error {
		return outcome(ctx, w.FoldSums(ctx))
	}))
}

// periodicSums has the figures added up every so often.
func periodicSums() *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(foldSumsEvery),
		func() (river.JobArgs, *river.InsertOpts) { return foldSums{}, nil }, &river.PeriodicJobOpts{RunOnStart: true})
}
