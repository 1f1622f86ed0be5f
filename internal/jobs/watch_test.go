package jobs

import (
	"context"
	"testing"
	"time"

	"corroborate/internal/store"
	"corroborate/internal/store/storetest"
	"corroborate/internal/trouble/troubletest"
)

func TestOutageIsToldOnceByTheWatch(t *testing.T) {
	t.Parallel()
	const what, many = "cannot look for jobs of servers that have ended", 5
	o := storetest.NewOutage(t)
	var log troubletest.Log
	q, err := New(Config{Pool: o.Pool, Log: log.Logger(), Clock: store.NewClock(store.New(o.Pool), nil)})
	if err != nil {
		t.Fatal(err)
	}
	q.every = 5 * time.Millisecond
	ctx, stop := context.WithCancel(t.Context())
	defer q.presence.End(context.WithoutCancel(ctx))
	defer q.loops.Wait()
	defer stop()
	q.loops.Go(func() { q.watch(ctx) })
	o.Begin()
	for ends := time.Now().Add(30 * time.Second); o.Refused() < many; time.Sleep(time.Millisecond) {
		if time.Now().After(ends) {
			t.Fatalf("it was tried %d times: %s", o.Refused(), &log)
		}
	}
	o.End()
	log.ToldOnce(t, what, "", many-1, nil) // the end may have come before the last was noted
}
