package app

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"corroborate/internal/claims"
)

// forever is work that goes on until it is stopped.
func forever(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func TestOnlySoMuchIsCheckedAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newCheckDesk(4)
		ctx, end := context.WithCancel(t.Context())
		ended := make(chan error, 20)
		for range 2 + checkQueue { // two work, the others wait
			go func() { ended <- d.do(ctx, forever) }()
		}
		synctest.Wait()
		begun := time.Now()
		err := d.do(ctx, forever)
		if claims.KindOf(err) != claims.TooMany || time.Since(begun) > 0 {
			t.Errorf("behind a full queue: %v after %v", err, time.Since(begun))
		}
		if e, ok := errors.AsType[*claims.Error](err); !ok || e.RetryAfter <= 0 {
			t.Errorf("it is not said when to try again: %v", err)
		}
		time.Sleep(checkWait + time.Second)
		synctest.Wait()
		if n := len(ended); n != checkQueue {
			t.Fatalf("%d of those that waited were sent away, want %d", n, checkQueue)
		}
		for range checkQueue {
			if err := <-ended; claims.KindOf(err) != claims.TooMany {
				t.Errorf("one that waited: %v", err)
			}
		}
		end()
		for range 2 {
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Errorf("work goes on after the caller has gone: %v", err)
			}
		}
		if err := d.do(t.Context(), func(context.Context) error { return nil }); err != nil {
			t.Errorf("afterwards there is no turn: %v", err)
		}
	})
}

func TestWhatTakesTooLongIsStopped(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newCheckDesk(1)
		begun := time.Now()
		err := d.do(t.Context(), forever)
		if claims.KindOf(err) != claims.Unavailable || time.Since(begun) != checkTime {
			t.Errorf("%v after %v", err, time.Since(begun))
		}
		ctx, end := context.WithCancel(t.Context())
		end()
		if err := d.do(ctx, forever); !errors.Is(err, context.Canceled) {
			t.Errorf("for a caller who has gone: %v", err)
		}
	})
}
