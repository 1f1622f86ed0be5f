package machines

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// pause is the time between two calls of a client, retryPause after one that failed.
	pause      = 5 * time.Millisecond
	retryPause = 50 * time.Millisecond
	counters   = 2
	// articlePause is the time between two articles, whose analysis shares the machine.
	articlePause = 100 * time.Millisecond
)

// counter is a story whose title is a number that goes up.
type counter struct {
	id  string
	tag string
	// told is the last number that a write was answered for.
	told atomic.Int64
}

// article is one that a write was answered for.
type article struct{ id, externalID string }

// clients write and read, and hold what they read against what they were told.
type clients struct {
	*fleet
	counters []*counter
	stop     context.CancelFunc
	running  sync.WaitGroup

	mu       sync.Mutex
	articles []article
	// old are the reads that gave an older state than was told, wrong what must not be.
	old, wrong []string
	// lastWrite is when a write was last answered, gap the longest time between two.
	lastWrite time.Time
	gap       time.Duration

	writes, reads, failed atomic.Int64
}

// newClients makes the things that are written, and begins.
func newClients(f *fleet) *clients {
	f.t.Helper()
	c := &clients{fleet: f}
	for range counters {
		got, err := f.call(context.Background(), http.MethodPost, "/api/v1/stories", map[string]string{"title": "0"})
		var made struct{ ID string }
		if err == nil {
			err = got.into(http.StatusCreated, &made)
		}
		if err != nil {
			f.t.Fatal(err)
		}
		c.counters = append(c.counters, &counter{id: made.ID, tag: got.tag})
	}
	c.begin()
	return c
}

// begin lets the clients go on.
func (c *clients) begin() {
	ctx, stop := context.WithCancel(context.Background())
	c.stop, c.lastWrite = stop, time.Now()
	for _, one := range c.counters {
		c.loop(ctx, func() error { return c.count(ctx, one) })
		c.loop(ctx, func() error { return c.look(ctx, one) })
	}
	c.loop(ctx, func() error { return c.add(ctx) })
}

// end stops the clients.
func (c *clients) end() {
	c.stop()
	c.running.Wait()
}

func (c *clients) loop(ctx context.Context, do func() error) {
	c.running.Go(func() {
		for ctx.Err() == nil {
			wait := pause
			switch err := do(); {
			case err == nil || ctx.Err() != nil:
			case errors.Is(err, errNoAnswer):
				c.failed.Add(1)
				wait = retryPause
			default:
				c.note(&c.wrong, err.Error())
			}
			time.Sleep(wait)
		}
	})
}

func (c *clients) note(list *[]string, what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	*list = append(*list, what)
}

// wrote notes that a write was answered.
func (c *clients) wrote() {
	c.writes.Add(1)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gap = max(c.gap, time.Since(c.lastWrite))
	c.lastWrite = time.Now()
}

// longest gives the longest time between two answered writes since it was last asked for.
func (c *clients) longest() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	gap := max(c.gap, time.Since(c.lastWrite))
	c.gap, c.lastWrite = 0, time.Now()
	return gap
}

// count writes the next number, if the tag that is held still fits, and reads it.
func (c *clients) count(ctx context.Context, one *counter) error {
	next := one.told.Load() + 1
	got, err := c.call(ctx, http.MethodPatch, path("stories", one.id), map[string]string{"title": fmt.Sprint(next)}, "If-Match", one.tag)
	if err == nil && got.status == http.StatusOK {
		one.tag = got.tag
		one.told.Store(next)
		c.wrote()
		return c.look(ctx, one)
	}
	// Nobody knows whether it was written, or a try before it was after all.
	if err == nil && got.status != http.StatusPreconditionFailed {
		return fmt.Errorf("number %d: status %d: %.200s", next, got.status, got.body)
	}
	now, tag, errRead := c.number(ctx, one)
	if errRead != nil {
		return errRead
	}
	if now > next {
		return fmt.Errorf("the number is %d and %d was never written", now, next+1)
	}
	one.tag = tag
	if now == next {
		one.told.Store(next)
	}
	return err
}

// look reads a number through a server that may be another: it is no older than what was told before.
func (c *clients) look(ctx context.Context, one *counter) error {
	_, _, err := c.number(ctx, one)
	return err
}

func (c *clients) number(ctx context.Context, one *counter) (number int64, tag string, err error) {
	told := one.told.Load()
	got, err := c.call(ctx, http.MethodGet, path("stories", one.id), nil)
	if err != nil {
		return 0, "", err
	}
	c.reads.Add(1)
	var story struct{ Title string }
	if err := got.into(http.StatusOK, &story); err != nil {
		return 0, "", err
	}
	if _, err := fmt.Sscan(story.Title, &number); err != nil {
		return 0, "", err
	}
	if number < told {
		c.note(&c.old, fmt.Sprintf("read %d after %d was told", number, told))
	}
	return number, got.tag, nil
}

// add sends the next article and, once it is answered, reads it through a server that may be another.
func (c *clients) add(ctx context.Context) error {
	c.mu.Lock()
	line := c.lines[len(c.articles)]
	c.mu.Unlock()
	var in map[string]string
	if err := json.Unmarshal(line, &in); err != nil {
		return err
	}
	name := in["external_id"]
	got, err := c.call(ctx, http.MethodPost, "/api/v1/articles", in, "Idempotency-Key", name)
	if err == nil && got.status == http.StatusConflict { // the try before still runs, or its server was killed
		got, err = c.call(ctx, http.MethodPost, "/api/v1/articles", in)
	}
	if err != nil {
		return err
	}
	if got.status != http.StatusOK && got.status != http.StatusAccepted {
		return fmt.Errorf("article %s: status %d: %.200s", name, got.status, got.body)
	}
	var made struct{ ID string }
	if err := got.into(got.status, &made); err != nil {
		return err
	}
	c.wrote()
	c.mu.Lock()
	c.articles = append(c.articles, article{id: made.ID, externalID: name})
	c.mu.Unlock()
	err = c.read(ctx, made.ID)
	time.Sleep(articlePause)
	return err
}

func (c *clients) read(ctx context.Context, id string) error {
	got, err := c.call(ctx, http.MethodGet, path("articles", id), nil)
	if err != nil {
		return err
	}
	c.reads.Add(1)
	if got.status == http.StatusNotFound {
		c.note(&c.old, "article "+id+" was told and is not there")
		return nil
	}
	if got.status != http.StatusOK {
		return fmt.Errorf("article %s: status %d: %.200s", id, got.status, got.body)
	}
	return nil
}
