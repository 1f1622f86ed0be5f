package load

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Flood is what became of more calls than a server can answer.
type Flood struct {
	// Answered are calls that were answered, Refused those that were told to come back,
	// Failed all others, of which Err is one.
	Answered, Refused, Failed int64
	Err                       error
	// Recovered is how long it took after the flood until calls were answered again.
	Recovered time.Duration
}

// steadyAgain is how many calls in a row have to be answered before all is well again.
const steadyAgain = 20

// Flood has so many callers read as fast as they are answered, for a time, and then
// waits until the server is well again.
func (t *Traffic) Flood(ctx context.Context, callers int, length time.Duration) (Flood, error) {
	var f Flood
	var failed sync.Once
	var answered, bad atomic.Int64
	before := t.Refused.Load()
	during, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			for during.Err() == nil {
				err := t.readCall(ctx)
				switch {
				case err == nil:
					answered.Add(1)
				case !errors.Is(err, errRefused):
					bad.Add(1)
					failed.Do(func() { f.Err = err })
				}
			}
		})
	}
	all.Wait()
	f.Answered, f.Failed, f.Refused = answered.Load(), bad.Load(), t.Refused.Load()-before
	begun := time.Now()
	for row := 0; row < steadyAgain; row++ {
		got, err := t.send(ctx, request{method: http.MethodGet, path: "/api/v1/stories"})
		if err != nil {
			return f, err
		}
		if got.status != http.StatusOK {
			row = -1
			time.Sleep(10 * time.Millisecond)
		}
	}
	f.Recovered = time.Since(begun)
	return f, nil
}
