// Package load measures how the service does under a steady rate of calls, beside the
// statements alone that those calls have the database run.
package load

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Result is what a run measured.
type Result struct {
	// Times are how long each call took, from the moment at which it was due, in order of
	// length: a call that had to wait for others counts its wait.
	Times []time.Duration
	// Errors are the first of the calls that failed, Failed is how many did.
	Errors []error
	Failed int
}

// keptErrors is how many errors are kept.
const keptErrors = 5

// Steady makes calls at a rate, in calls a second, for a time. It does not wait for one
// call before the next is due. do makes the i-th call.
func Steady(ctx context.Context, rate int, length time.Duration, do func(ctx context.Context, i int) error) Result {
	total := int(length.Seconds() * float64(rate))
	gap := time.Second / time.Duration(rate)
	times := make([]time.Duration, total)
	var out Result
	var mu sync.Mutex
	var calls sync.WaitGroup
	start := time.Now()
	for i := range total {
		due := start.Add(time.Duration(i) * gap)
		time.Sleep(time.Until(due))
		calls.Go(func() {
			err := do(ctx, i)
			times[i] = time.Since(due)
			if err == nil {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			out.Failed++
			if len(out.Errors) < keptErrors {
				out.Errors = append(out.Errors, fmt.Errorf("call %d: %w", i, err))
			}
		})
	}
	calls.Wait()
	slices.Sort(times)
	out.Times = times
	return out
}

// At gives the time within which a share of the calls were answered, such as 0.99.
func (r Result) At(share float64) time.Duration {
	if len(r.Times) == 0 {
		return 0
	}
	return r.Times[min(int(share*float64(len(r.Times))), len(r.Times)-1)]
}
