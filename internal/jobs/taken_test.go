package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/jobs"
	"corroborate/internal/store"
	"corroborate/internal/store/storetest"
)

// held is work whose comparisons wait until the test lets each of them go on.
type held struct {
	*script
	runs chan *run
	over chan struct{}
}

// run is one try of a comparison. What is sent to end is what it does then.
type run struct {
	end  chan func(context.Context, jobs.Done) error
	gave chan error
}

func (h *held) CompareStory(ctx context.Context, _ string, done func(context.Context, *store.Tx) error) error {
	r := &run{end: make(chan func(context.Context, jobs.Done) error), gave: make(chan error, 1)}
	select {
	case h.runs <- r:
	case <-h.over:
		return nil
	}
	select {
	case do := <-r.end:
		err := do(ctx, done)
		r.gave <- err
		return err
	case <-h.over:
		return nil
	}
}

// next waits for the next try of a comparison.
func (h *held) next(t *testing.T) *run {
	t.Helper()
	select {
	case r := <-h.runs:
		return r
	case <-time.After(30 * time.Second):
		t.Fatal("no try of the comparison")
		return nil
	}
}

// takenUp gives two tries of one comparison that run at once: the server of the first was
// taken for ended, as its connections broke, and its job was taken up while it worked on.
func takenUp(t *testing.T) (first, second *run, pool *pgxpool.Pool) {
	t.Helper()
	pool = storetest.New(t)
	w := &held{script: newScript(), runs: make(chan *run), over: make(chan struct{})}
	queues := make([]*jobs.Queue, 2)
	for i := range queues {
		q, err := jobs.New(jobs.Config{Pool: pool, Work: w, Log: slog.New(slog.DiscardHandler), Workers: 1, Clock: ahead(pool)})
		if err != nil {
			t.Fatal(err)
		}
		queues[i] = q
	}
	enqueue(t, pool, queues[0].CompareStory, "one")
	start(t, queues[0])
	first = w.next(t)
	// Its name on the job is made another's, as nothing else tells a server that has ended
	// from one whose connection broke.
	if _, err := pool.Exec(t.Context(), "UPDATE river_job SET attempted_by = '{server-that-ended}' WHERE state = 'running' AND kind = 'compare_story'"); err != nil {
		t.Fatal(err)
	}
	start(t, queues[1])
	t.Cleanup(func() { close(w.over) })
	return first, w.next(t), pool
}

// TestATryThatWasTakenUpCannotEndTheNext ends the first of two tries in each way that a try
// ends in. The job has to be as running as it was: were it marked as done or put off, a
// change of the story would find no comparison that will see it, or another beside.
func TestATryThatWasTakenUpCannotEndTheNext(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(context.Context, jobs.Done) error{
		"done":    func(context.Context, jobs.Done) error { return nil },
		"failed":  func(context.Context, jobs.Done) error { return errors.New("it broke") },
		"changed": func(context.Context, jobs.Done) error { return jobs.ErrChanged },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first, second, pool := takenUp(t)
			first.end <- end
			<-first.gave
			for range 20 { // the library notes ends every quarter of a second
				time.Sleep(50 * time.Millisecond)
				if n := count(t, pool, "SELECT count(*) FROM river_job WHERE kind = 'compare_story' AND state = 'running'"); n != 1 {
					t.Fatalf("%d comparisons run by the queue, want the second try", n)
				}
			}
			second.end <- func(context.Context, jobs.Done) error { return nil }
			<-second.gave
			for deadline := time.Now().Add(10 * time.Second); count(t, pool, "SELECT count(*) FROM river_job WHERE kind = 'compare_story' AND state <> 'completed'") > 0; {
				if time.Now().After(deadline) {
					t.Fatal("the second try could not end the job")
				}
				time.Sleep(20 * time.Millisecond)
			}
		})
	}
}

// TestATryThatWasTakenUpStoresNothing has the first of two tries mark its job as done in a
// transaction: that has to fail, so that what it found is stored by the second alone.
func TestATryThatWasTakenUpStoresNothing(t *testing.T) {
	t.Parallel()
	first, second, pool := takenUp(t)
	storing := func(name string) func(context.Context, jobs.Done) error {
		return func(ctx context.Context, done jobs.Done) error {
			return store.New(pool).InTx(ctx, func(tx *store.Tx) error {
				if _, err := tx.Queue().Exec(ctx, "INSERT INTO terms (term, articles) VALUES ($1, 1)", name); err != nil {
					return err
				}
				return done(ctx, tx)
			})
		}
	}
	first.end <- storing("first")
	if err := <-first.gave; !errors.Is(err, jobs.ErrTaken) {
		t.Errorf("the first try gave %v", err)
	}
	second.end <- storing("second")
	if err := <-second.gave; err != nil {
		t.Error(err)
	}
	if n := count(t, pool, "SELECT count(*) FROM terms WHERE term = 'second'") - count(t, pool, "SELECT count(*) FROM terms WHERE term = 'first'"); n != 1 {
		t.Error("not the second try alone has stored what it found")
	}
}
