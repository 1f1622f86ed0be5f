package ingest

import (
	"context"
	"sync"
	"time"
)

// pacedHosts is how many hosts are remembered before those are forgotten whose
// time has come anyway.
const pacedHosts = 10_000

// pace leaves each host time between two requests.
type pace struct {
	mu sync.Mutex
	// next is when a host may be asked again.
	next map[string]time.Time
}

func newPace() *pace { return &pace{next: map[string]time.Time{}} }

// book takes the next turn of a host and gives how long it is until then. Where
// that is more than most, no turn is taken.
func (p *pace) book(host string, gap, most time.Duration) (wait time.Duration, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	at := p.next[host]
	if at.Before(now) {
		at = now
	}
	if wait = at.Sub(now); wait > most {
		return wait, false
	}
	p.set(host, at.Add(gap), now)
	return wait, true
}

// wait gives how long it is until a host may be asked again.
func (p *pace) wait(host string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return max(0, time.Until(p.next[host]))
}

// pause leaves a host alone for a while.
func (p *pace) pause(host string, d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if at := now.Add(d); at.After(p.next[host]) {
		p.set(host, at, now)
	}
}

func (p *pace) set(host string, at, now time.Time) {
	if len(p.next) >= pacedHosts {
		for h, t := range p.next {
			if t.Before(now) {
				delete(p.next, h)
			}
		}
	}
	p.next[host] = at
}

// sleep waits unless ctx ends before.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
