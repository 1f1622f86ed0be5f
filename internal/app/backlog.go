package app

import (
	"context"
	"fmt"
	"sync"
	"time"

	"corroborate/internal/claims"
)

// DefaultMaxWaiting is the most articles that wait to be read unless it is set: some
// hours of work for two processors.
const DefaultMaxWaiting = 200_000

const (
	// countBacklogEvery is how long a count of what waits is believed. What comes in
	// meanwhile may go beyond the limit by as much as arrives in this time.
	countBacklogEvery = 5 * time.Second
	// backlogWait is when who was refused may try again.
	backlogWait = time.Minute
)

// backlog bounds how many articles may wait to be read: more are taken in only when
// workers have caught up, so that the queue never outgrows the disk.
type backlog struct {
	most  int
	count func(ctx context.Context, limit int) (int, error)
	now   func() time.Time

	mu      sync.Mutex
	waiting int
	counted time.Time
}

// room gives an error of the kind claims.Unavailable where too many articles wait.
func (b *backlog) room(ctx context.Context) error {
	full, err := b.full(ctx)
	if err != nil || !full {
		return err
	}
	return &claims.Error{Kind: claims.Unavailable, RetryAfter: backlogWait,
		Message: fmt.Sprintf("%d articles or more wait to be read already, so that no more are taken in for now", b.most)}
}

// full tells whether as many articles wait as may. Who asks while somebody else counts
// waits for that count.
func (b *backlog) full(ctx context.Context) (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if now := b.now(); b.counted.IsZero() || now.Sub(b.counted) >= countBacklogEvery {
		n, err := b.count(ctx, b.most)
		if err != nil {
			return false, err
		}
		b.waiting, b.counted = n, now
	}
	return b.waiting >= b.most, nil
}
