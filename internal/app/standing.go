package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"corroborate/internal/jobs"
)

// patience is how long a job may wait for a worker before that counts as trouble. A large
// import takes longer and waits in its own order, which is no trouble.
const patience = 2 * time.Hour

// ErrNoWorkers says that no server works on background jobs.
var ErrNoWorkers = errors.New("no server works on background jobs")

// JobsAreWorked tells whether some server works on jobs and none has waited for long.
func (a *App) JobsAreWorked(ctx context.Context) error {
	workers, err := a.db.Workers(ctx)
	if err != nil {
		return err
	}
	if workers == 0 {
		return ErrNoWorkers
	}
	ages, err := a.db.QueueAges(ctx, jobs.Queues())
	if err != nil {
		return err
	}
	for _, q := range ages {
		if waits := time.Duration(q.Seconds * float64(time.Second)); waits > patience {
			return fmt.Errorf("the oldest job in the queue %s has waited for %s", q.Queue, waits.Round(time.Minute))
		}
	}
	return nil
}
