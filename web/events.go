package web

import (
	"fmt"
	"net/http"
	"time"

	"corroborate/internal/app"
)

// keepAlive is how often a quiet stream says that it is still there, so that
// proxies do not end it.
const keepAlive = 15 * time.Second

// storyEvents tells the steps of a story's analysis as server-sent events.
func (w *Web) storyEvents(rw http.ResponseWriter, r *http.Request) error {
	steps, err := w.app.WatchStory(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return stream(rw, steps, func(p app.Progress) (step, bool) { return step{p.Done, p.Total}, p.Status != app.Working })
}

// step is how far something is.
type step struct{ done, total int }

// stream sends "progress" for each step, and "done" when there are no more. stepOf
// reads one, and tells whether it is the last.
func stream[T any](rw http.ResponseWriter, steps <-chan T, stepOf func(T) (step, bool)) error {
	rw.Header().Set("Content-Type", "text/event-stream")
	rw.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(rw)
	beat := time.NewTicker(keepAlive)
	defer beat.Stop()
	for {
		select {
		case v, open := <-steps:
			if !open {
				return nil
			}
			s, last := stepOf(v)
			fmt.Fprint(rw, s.event(last))
			if err := out.Flush(); err != nil || last {
				return nil // the reader is gone, or there is nothing more to tell
			}
		case <-beat.C:
			fmt.Fprint(rw, ": still here\n\n")
			if err := out.Flush(); err != nil {
				return nil
			}
		}
	}
}

// event writes a step as an event.
func (s step) event(last bool) string {
	name := "progress"
	if last {
		name = "done"
	}
	return fmt.Sprintf("event: %s\ndata: {\"done\":%d,\"total\":%d}\n\n", name, s.done, s.total)
}
