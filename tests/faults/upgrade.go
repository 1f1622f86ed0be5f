package faults

import (
	"context"
	"time"
)

// upgrade starts the version before, lets people write, starts this version beside it,
// which changes the schema, and ends the old one when both have worked for a while.
func (r *runner) upgrade(ctx context.Context, w *World) error {
	if err := w.withCluster(ctx); err != nil {
		return err
	}
	old, err := w.addServer("old", r.before)
	if err != nil {
		return err
	}
	if err := w.ready(ctx, firstStart); err != nil {
		return err
	}
	if err := settle(ctx, w.dataDir); err != nil {
		return err
	}
	ws := write(ctx, w, r.random.Uint64())
	pause(ctx, between(r.random, time.Second, 4*time.Second))
	w.answers.take()
	start := time.Now()
	if _, err := w.addServer("new", r.server); err != nil {
		return err
	}
	if err := w.ready(ctx, firstStart); err != nil {
		w.problem("%s: %v", TwoVersions, err)
	}
	took := time.Since(start)
	pause(ctx, between(r.random, 2*time.Second, 8*time.Second))
	before := len(w.problemsNow())
	if r.random.IntN(2) == 0 {
		err = old.Kill()
	} else {
		err = old.Stop()
	}
	w.dropServer(old)
	if err != nil {
		w.problem("%s: %v", TwoVersions, err)
	}
	if err := w.ready(ctx, recovery); err != nil {
		w.problem("%s: %v", TwoVersions, err)
	}
	if err := w.check(ctx, false); err != nil {
		w.problem("%s: check: %v", TwoVersions, err)
	}
	r.report.figures(TwoVersions).add(took, len(w.problemsNow())-before, w.answers.take())
	r.Tell("%s: the new version was ready after %.1f s", w.Name, took.Seconds())
	ws.end()
	return r.settled(ctx, w)
}
