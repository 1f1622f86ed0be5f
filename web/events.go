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

// storyEvents tells the steps of a story's analysis as server-sent events:
// "progress" for each, and "done" when it has ended.
func (w *Web) storyEvents(rw http.ResponseWriter, r *http.Request) error {
	steps, err := w.app.WatchStory(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	rw.Header().Set("Content-Type", "text/event-stream")
	rw.Header().Set("Cache-Control", "no-store")
	stream := http.NewResponseController(rw)
	beat := time.NewTicker(keepAlive)
	defer beat.Stop()
	for {
		select {
		case p, open := <-steps:
			if !open {
				return nil
			}
			fmt.Fprint(rw, eventOf(p))
			if err := stream.Flush(); err != nil || p.Status != app.Working {
				return nil // the reader is gone, or there is nothing more to tell
			}
		case <-beat.C:
			fmt.Fprint(rw, ": still here\n\n")
			if err := stream.Flush(); err != nil {
				return nil
			}
		}
	}
}

// eventOf writes one step as an event.
func eventOf(p app.Progress) string {
	name := "progress"
	if p.Status != app.Working {
		name = "done"
	}
	return fmt.Sprintf("event: %s\ndata: {\"done\":%d,\"total\":%d}\n\n", name, p.Done, p.Total)
}
