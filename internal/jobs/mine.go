package jobs

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// forgottenAfter is how long a job that this server has ended may be marked as running.
// The library tries three times, for ten seconds each, to note how a job ended.
const forgottenAfter = time.Minute

// mine knows the jobs that this server works on, or ended so shortly ago that this may
// still have to be noted. What the database has as running here beside them was forgotten:
// how it ended could not be noted while the database was away.
type mine struct {
	river.MiddlewareDefaults
	mu    sync.Mutex
	works map[int64]bool
	ended map[int64]time.Time
}

func newMine() *mine { return &mine{works: map[int64]bool{}, ended: map[int64]time.Time{}} }

// Work does a job and notes when it begins and ends.
func (m *mine) Work(ctx context.Context, job *rivertype.JobRow, doInner func(context.Context) error) error {
	m.begin(job.ID)
	defer m.end(job.ID)
	return doInner(ctx)
}

func (m *mine) begin(id int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.works[id] = true
}

func (m *mine) end(id int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.works, id)
	m.ended[id] = time.Now()
}

// busy gives the jobs of this server that are not forgotten.
func (m *mine) busy() []int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	maps.DeleteFunc(m.ended, func(_ int64, at time.Time) bool { return time.Since(at) > forgottenAfter })
	return slices.AppendSeq(slices.AppendSeq([]int64{}, maps.Keys(m.works)), maps.Keys(m.ended))
}
