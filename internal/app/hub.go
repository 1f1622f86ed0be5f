package app

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"corroborate/internal/store"
	"corroborate/internal/trouble"
)

// hub tells those who watch stories that something changed. One connection
// listens to the database for all of them.
type hub struct {
	db     *store.DB
	log    *slog.Logger
	pause  time.Duration // listenPause
	cancel context.CancelFunc
	ended  sync.WaitGroup

	mu       sync.Mutex
	watchers map[string]map[chan struct{}]struct{}
}

func newHub(db *store.DB, log *slog.Logger) *hub {
	return &hub{db: db, log: log, pause: listenPause, watchers: map[string]map[chan struct{}]struct{}{}}
}

// join gives a channel that is signalled after a story changed, and a function
// that ends it. Signals that nobody took yet become one.
func (h *hub) join(storyID string) (changed <-chan struct{}, leave func()) {
	c := make(chan struct{}, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.watchers[storyID] == nil {
		h.watchers[storyID] = map[chan struct{}]struct{}{}
	}
	h.watchers[storyID][c] = struct{}{}
	// What changed between reading the progress and joining counts as a change.
	c <- struct{}{}
	return c, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.watchers[storyID], c)
		if len(h.watchers[storyID]) == 0 {
			delete(h.watchers, storyID)
		}
	}
}

// tell signals those who watch a story, or all for an empty id.
func (h *hub) tell(storyID string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for id, watchers := range h.watchers {
		if id != storyID && storyID != "" {
			continue
		}
		for c := range watchers {
			select {
			case c <- struct{}{}:
			default: // a signal waits already
			}
		}
	}
}

// listenPause is the time between two tries to listen.
const listenPause = time.Second

// start listens until stop. When the connection breaks it listens anew.
func (h *hub) start(ctx context.Context) {
	ctx, h.cancel = context.WithCancel(context.WithoutCancel(ctx))
	broken := trouble.New(h.log, "listening for progress broke off")
	h.ended.Go(func() {
		for {
			err := h.db.ListenProgress(ctx, func(storyID string) {
				broken.Note(ctx, nil)
				h.tell(storyID)
			})
			if ctx.Err() != nil {
				return
			}
			broken.Note(ctx, err)
			select {
			case <-time.After(h.pause):
			case <-ctx.Done():
				return
			}
		}
	})
}

func (h *hub) stop() {
	if h.cancel == nil {
		return
	}
	h.cancel()
	h.ended.Wait()
}
