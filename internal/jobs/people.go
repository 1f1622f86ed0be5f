package jobs

import (
	"context"

	"github.com/riverqueue/river"

	"corroborate/internal/store"
)

// PersonWork is what the jobs on people do.
type PersonWork interface {
	// ForgetPerson removes what is left of a person whose account was deleted for good.
	// It gives a [Later] where it has to wait for what still runs.
	ForgetPerson(ctx context.Context, userID string) error
}

// forgetPerson asks for what is left of a person to be removed.
type forgetPerson struct {
	UserID string `json:"user_id"`
}

// Kind names the job in the queue.
func (forgetPerson) Kind() string { return "forget_person" }

// InsertOpts keeps a person to one job that is not done.
func (forgetPerson) InsertOpts() river.InsertOpts {
	return river.InsertOpts{MaxAttempts: attempts, Priority: readLater, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: notDone}}
}

// ForgetPerson enqueues the removal of what is left of a person.
func (q *Queue) ForgetPerson(ctx context.Context, tx *store.Tx, userID string) error {
	return q.enqueue(ctx, tx, forgetPerson{UserID: userID})
}

func addPersonWorkers(workers *river.Workers, w PersonWork) {
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[forgetPerson]) error {
		return outcome(ctx, w.ForgetPerson(ctx, job.Args.UserID))
	}))
}
