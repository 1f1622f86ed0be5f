package faults

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// apiKey is the key of the administrator, with which everything is called.
	apiKey = "faults-0123456789abcdef"
	// callTime is how long any single call may take, whatever is broken. The service itself
	// ends the work on an answer after 30 seconds.
	callTime = 40 * time.Second
	// againPause is the time between two tries.
	againPause = 250 * time.Millisecond
)

// Client calls the servers of a world, one after the other, as a careful program would: a
// call is sent again until it is answered.
type Client struct {
	http  *http.Client
	urls  func() []string
	turn  atomic.Int64
	told  func(status string) // hears of each answer, and of each try without one
	stuck func(what string)   // hears of calls that got no answer in time
}

func newClient(urls func() []string, told, stuck func(string)) *Client {
	return &Client{http: &http.Client{Timeout: callTime, Transport: &http.Transport{MaxIdleConnsPerHost: 8}}, urls: urls, told: told, stuck: stuck}
}

// call is one call of the API.
type call struct {
	method, path string
	media        string // application/json where it is empty
	body         string
	key          string // the Idempotency-Key
	ifMatch      string
}

// answer is what came back.
type answer struct {
	status int
	etag   string
	body   []byte
	// tries is how often the call was sent until it was answered.
	tries int
}

// into reads the body.
func (a answer) into(v any) error {
	if err := json.Unmarshal(a.body, v); err != nil {
		return fmt.Errorf("read an answer of status %d: %w: %.200s", a.status, err, a.body)
	}
	return nil
}

// do sends a call again until it is answered with something that trying again does not
// change, or ctx ends.
func (c *Client) do(ctx context.Context, x call) (answer, error) {
	var err error
	for tries := 1; ; tries++ {
		var a answer
		if a, err = c.once(ctx, c.next(), x); err == nil && !passes(a) {
			a.tries = tries
			return a, nil
		}
		if pause(ctx, againPause); ctx.Err() != nil {
			return answer{}, fmt.Errorf("%s %s: %w; last %d %v %.200s", x.method, x.path, ctx.Err(), a.status, err, a.body)
		}
	}
}

// passes tells whether an answer says to try again.
func passes(a answer) bool {
	running := a.status == http.StatusConflict && bytes.Contains(a.body, []byte("still runs"))
	return a.status >= http.StatusInternalServerError || a.status == http.StatusTooManyRequests || running
}

// next gives the server to call next.
func (c *Client) next() string {
	urls := c.urls()
	return urls[int(c.turn.Add(1))%len(urls)]
}

// once sends a call to one server.
func (c *Client) once(ctx context.Context, base string, x call) (answer, error) {
	r, err := http.NewRequestWithContext(ctx, x.method, base+x.path, strings.NewReader(x.body))
	if err != nil {
		return answer{}, err
	}
	r.Header.Set("Authorization", "Bearer "+apiKey)
	for name, value := range map[string]string{"Idempotency-Key": x.key, "If-Match": x.ifMatch} {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	if x.body != "" {
		r.Header.Set("Content-Type", "application/json")
		if x.media != "" {
			r.Header.Set("Content-Type", x.media)
		}
	}
	start := time.Now()
	a, err := c.send(r)
	switch {
	case err == nil:
		c.told(fmt.Sprint(a.status))
	case ctx.Err() == nil:
		if time.Since(start) >= callTime {
			c.stuck(fmt.Sprintf("%s %s had no answer within %v", x.method, x.path, callTime))
		}
		c.told("no answer")
	}
	return a, err
}

func (c *Client) send(r *http.Request) (answer, error) {
	w, err := c.http.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	return answer{status: w.StatusCode, etag: w.Header.Get("ETag"), body: body}, err
}

// tally counts words.
type tally struct {
	mu     sync.Mutex
	counts map[string]int
}

func (t *tally) add(word string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counts == nil {
		t.counts = map[string]int{}
	}
	t.counts[word]++
}

// take gives the counts and begins anew.
func (t *tally) take() map[string]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := t.counts
	t.counts = nil
	return out
}
