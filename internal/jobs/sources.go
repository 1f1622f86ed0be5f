package jobs

import (
	"context"

	"github.com/riverqueue/river"

	"corroborate/internal/store"
)

// SourceWork is what the jobs on sources do.
type SourceWork interface {
	// MoveSource does the present step of a source's removal. It gives a [Later] where it
	// has to wait for stories that are compared.
	MoveSource(ctx context.Context, sourceID string) error
}

// moveSource asks for the present step of a source's removal.
type moveSource struct {
	SourceID string `json:"source_id"`
}

// Kind names the job in the queue.
func (moveSource) Kind() string { return "move_source" }

// InsertOpts puts it behind what somebody waits for. There may be two of one source, as
// the next step may be wanted while the job of the one before ends; one finds nothing.
func (moveSource) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: attempts, Priority: readLater}
}

// MoveSource enqueues the present step of a source's removal.
func (q *Queue) MoveSource(ctx context.Context, tx *store.Tx, sourceID string) error {
	return q.enqueue(ctx, tx, moveSource{SourceID: sourceID})
}

func addSourceWorkers(workers *river.Workers, w SourceWork) {
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[moveSource]) error {
		return outcome(ctx, w.MoveSource(ctx, job.Args.SourceID))
	}))
}
