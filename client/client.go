// Package client calls the REST API of a Corroborate service.
//
//	c, err := client.New("https://news.example.org", client.Config{Key: key})
//	story, err := c.CreateStory(ctx, client.StoryTitle{Title: "Harbour bridge closed"})
//	for f, err := range c.AllFindings(ctx, story.Value.ID, client.ListFindingsQuery{Verdict: []string{"diverge"}}) { … }
//
// Types and calls are generated from the service's OpenAPI document; the names are those
// of its fields and operations. A call that stores something carries an Idempotency-Key
// of its own, so that it is safe to repeat, and is repeated where the service answers 429
// or 503. An error that the service gives is a [*Problem].
package client

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Config says how a [Client] calls; the zero value calls without a key.
type Config struct {
	// Key is the API key.
	Key string
	// HTTP makes the calls; nil takes http.DefaultClient.
	HTTP *http.Client
	// Tries is how often a call is made that the service has no room for, 3 where it is 0.
	Tries int
}

// Client makes calls. It is safe for concurrent use.
type Client struct {
	base string
	cfg  Config
}

// New gives a client of the service at an address such as https://news.example.org.
func New(address string, cfg Config) (*Client, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("client: %q is no address such as https://news.example.org", address)
	}
	cfg.HTTP, cfg.Tries = cmp.Or(cfg.HTTP, http.DefaultClient), cmp.Or(cfg.Tries, 3)
	return &Client{base: strings.TrimRight(address, "/"), cfg: cfg}, nil
}

// Tagged is a thing with its ETag, which an edit of it needs.
type Tagged[T any] struct {
	Value T
	ETag  string
}

// Error gives what was wrong and how to mend it.
func (p *Problem) Error() string {
	text := fmt.Sprintf("%d %s: %s", p.Status, p.Title, p.Detail)
	for _, f := range p.Errors {
		text += "; " + f.Location + " " + f.Message
	}
	return text
}

// request is a call.
type request struct {
	method, path string
	query        url.Values
	etag         string
	// after is the id of the last event that was seen.
	after string
	// body is sent as JSON; file is sent as it is, with its media type.
	body  any
	file  io.Reader
	media string
	// once is true for a call with an Idempotency-Key.
	once bool
}

// do makes a call and gives the answer where it is one of success.
func (c *Client) do(ctx context.Context, r request) (*http.Response, error) {
	body, err := r.read()
	if err != nil {
		return nil, err
	}
	key := ""
	if r.once {
		key = rand.Text()
	}
	for try := 1; ; try++ {
		res, err := c.send(ctx, r, body, key)
		if err != nil {
			return nil, err
		}
		if res.StatusCode < http.StatusMultipleChoices {
			return res, nil
		}
		problem := problemOf(res)
		wait, again := r.wait(res)
		if !again || try >= c.cfg.Tries {
			return nil, problem
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), problem)
		}
	}
}

// read gives the body, which may have to be sent again.
func (r request) read() ([]byte, error) {
	switch {
	case r.file != nil:
		return io.ReadAll(r.file)
	case r.body != nil:
		return json.Marshal(r.body)
	}
	return nil, nil
}

func (c *Client) send(ctx context.Context, r request, body []byte, key string) (*http.Response, error) {
	address := c.base + r.path
	if len(r.query) > 0 {
		address += "?" + r.query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, r.method, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	set := func(name, value string) {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	if c.cfg.Key != "" {
		set("Authorization", "Bearer "+c.cfg.Key)
	}
	if body != nil {
		set("Content-Type", cmp.Or(r.media, "application/json"))
	}
	set("If-Match", r.etag)
	set("Last-Event-ID", r.after)
	set("Idempotency-Key", key)
	return c.cfg.HTTP.Do(req)
}

// maxWait is the longest that a client waits before it makes a call again.
const maxWait = time.Minute

// wait says whether a call may be made again, and after which time.
func (r request) wait(res *http.Response) (time.Duration, bool) {
	busy := res.StatusCode == http.StatusTooManyRequests || res.StatusCode == http.StatusServiceUnavailable
	if !busy || !r.once && r.method != http.MethodGet {
		return 0, false
	}
	seconds, err := strconv.Atoi(res.Header.Get("Retry-After"))
	if err != nil {
		seconds = 1
	}
	return min(time.Duration(seconds)*time.Second, maxWait), true
}

// maxProblem is how many bytes of an error are read.
const maxProblem = 1 << 20

// problemOf reads an error; what is no problem document comes from something before the
// service.
func problemOf(res *http.Response) error {
	defer func() { _ = res.Body.Close() }() // it was read
	text, err := io.ReadAll(io.LimitReader(res.Body, maxProblem))
	if err != nil {
		return err
	}
	p := &Problem{}
	if json.Unmarshal(text, p) != nil || p.Status == 0 {
		return fmt.Errorf("client: %s: %.200s", res.Status, text)
	}
	return p
}

// tagged makes a call whose answer has an ETag.
func tagged[T any](ctx context.Context, c *Client, r request) (Tagged[T], error) {
	var out Tagged[T]
	res, err := c.do(ctx, r)
	if err != nil {
		return out, err
	}
	out.ETag = res.Header.Get("ETag")
	return out, decode(res, &out.Value)
}

// plain makes a call whose answer has none.
func plain[T any](ctx context.Context, c *Client, r request) (T, error) {
	var out T
	res, err := c.do(ctx, r)
	if err != nil {
		return out, err
	}
	return out, decode(res, &out)
}

func decode(res *http.Response, into any) error {
	defer func() { _ = res.Body.Close() }() // it was read
	if err := json.NewDecoder(res.Body).Decode(into); err != nil {
		return fmt.Errorf("client: read the answer: %w", err)
	}
	return nil
}

// nothing makes a call whose answer has no body.
func (c *Client) nothing(ctx context.Context, r request) error {
	res, err := c.do(ctx, r)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

// file makes a call whose answer is a file.
func (c *Client) file(ctx context.Context, r request) ([]byte, error) {
	res, err := c.do(ctx, r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }() // it was read
	return io.ReadAll(res.Body)
}
