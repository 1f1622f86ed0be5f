package judge

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"corroborate/internal/tracing"
)

const (
	// maxAnswer is the most bytes of an answer that are read, its header aside.
	maxAnswer       = 256 << 10
	maxAnswerHeader = 64 << 10
	// bytesPerToken is fewer than a token of English has, so that what is set aside for a
	// call is seldom less than it takes.
	bytesPerToken = 3
)

// Config is what a [Client] is made of.
type Config struct {
	// BaseURL is the address that chat/completions is under: https://api.openai.com/v1. The
	// operator sets it, so it may lead anywhere, also into a private network.
	BaseURL string
	// Model is the model's name there.
	Model string
	// Key is sent as a bearer token, unless it is empty.
	Key string
	// Timeout is how long a call may take as a whole.
	Timeout time.Duration
	// AnswerTokens is the most tokens of an answer, those of its thinking included.
	AnswerTokens int
}

// Client asks one model. It is safe for concurrent use.
type Client struct {
	cfg    Config
	url    string
	host   string
	http   *http.Client
	meter  *Meter
	accent atomic.Int32 // the place in accents of what the endpoint takes
	known  atomic.Bool  // whether it has taken that
}

// ErrBaseURL says that an address cannot be a base.
var ErrBaseURL = errors.New("want an address such as https://api.openai.com/v1, without user, query and fragment")

// CheckBaseURL says what is wrong with the address of an endpoint.
func CheckBaseURL(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil ||
		u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return ErrBaseURL // what is wrong may hold a secret: it is not shown
	}
	return nil
}

// New gives a client. It keeps connections open until [Client.Close].
func New(cfg Config) (*Client, error) {
	if err := CheckBaseURL(cfg.BaseURL); err != nil {
		return nil, fmt.Errorf("judge: %w", err)
	}
	u, err := url.Parse(cfg.BaseURL)
	if err != nil {
		return nil, ErrBaseURL
	}
	return &Client{cfg: cfg, url: strings.TrimRight(cfg.BaseURL, "/") + "/chat/completions", host: u.Host, meter: newMeter(),
		http: &http.Client{
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			Transport: &http.Transport{
				Proxy:                  http.ProxyFromEnvironment,
				TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
				TLSHandshakeTimeout:    cfg.Timeout,
				MaxResponseHeaderBytes: maxAnswerHeader,
				IdleConnTimeout:        30 * time.Second,
				ForceAttemptHTTP2:      true,
			},
		}}, nil
}

// Close drops the connections that are kept open.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Model is the name of the model.
func (c *Client) Model() string { return c.cfg.Model }

// Host is the host of the endpoint, with its port where it has one.
func (c *Client) Host() string { return c.host }

// Timeout is the longest that [Client.Ask] may take.
func (c *Client) Timeout() time.Duration { return c.cfg.Timeout }

// Asker names the model and the prompt: with another, questions are others too.
func (c *Client) Asker() string { return PromptVersion + " " + c.cfg.Model }

// Meter gives the figures of the client's calls.
func (c *Client) Meter() *Meter { return c.meter }

// Usage is what a question has cost.
type Usage struct {
	// Calls counts requests: more than one while it is found out what the endpoint takes.
	Calls int
	// In and Out are tokens as the endpoint counted them, 0 where it did not say.
	In, Out int
}

// Estimate gives the tokens to set aside for a question: about the most that it can take.
func (c *Client) Estimate(q Question) int {
	return (len(task)+len(schema)+len(q.data()))/bytesPerToken + c.cfg.AnswerTokens
}

// Ask puts a question. Its errors are [Fault]s, or that of ctx where that has ended; what
// it has cost is given with either.
func (c *Client) Ask(ctx context.Context, q Question) (Opinion, Usage, error) {
	start := time.Now()
	within, cancel := context.WithTimeout(ctx, c.cfg.Timeout)
	defer cancel()
	var use Usage
	answer, err := c.complete(within, q, &use)
	var o Opinion
	if err == nil {
		o, err = ReadOpinion(answer)
	}
	if err != nil && ctx.Err() != nil {
		return Opinion{}, use, ctx.Err()
	}
	c.meter.note(err, use, time.Since(start))
	return o, use, err
}

// complete asks in the accent that the endpoint takes. Where that is not known yet, one
// that is refused is followed by the next.
func (c *Client) complete(ctx context.Context, q Question, use *Usage) (string, error) {
	for at := c.accent.Load(); ; at++ {
		use.Calls++
		answer, err := c.post(ctx, requestFor(c.cfg, q, accents[at]), use)
		var f *Fault
		if errors.As(err, &f) && f.Cause == Refused && f.Status != http.StatusOK && !c.known.Load() && int(at) < len(accents)-1 {
			continue
		}
		if err == nil || f.Status == http.StatusOK { // it took the request, whatever it made of it
			c.accent.Store(at)
			c.known.Store(true)
		}
		return answer, err
	}
}

// post sends a request and gives the text of the answer. Its errors are faults.
func (c *Client) post(ctx context.Context, body []byte, use *Usage) (answer string, err error) {
	ctx, span := tracing.Call(ctx, "second judge")
	defer func() { span.Answered(outcome(err)) }()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return "", &Fault{Cause: Network}
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "Corroborate")
	if c.cfg.Key != "" {
		req.Header.Set("Authorization", "Bearer "+c.cfg.Key)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return "", &Fault{Cause: networkCause(err)}
	}
	defer func() { _ = resp.Body.Close() }() // what is left of it is not wanted
	if resp.StatusCode != http.StatusOK {
		return "", &Fault{Cause: statusCause(resp.StatusCode), Status: resp.StatusCode,
			RetryAfter: retryAfter(resp.Header.Get("Retry-After"), time.Now())}
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case err != nil:
		return "", &Fault{Cause: networkCause(err), Status: resp.StatusCode}
	case len(b) > maxAnswer:
		return "", &Fault{Cause: TooLarge, Status: resp.StatusCode}
	}
	return readCompletion(b, use)
}

// outcome gives the status that came, 0 for none, and how the call failed, empty where it did
// not.
func outcome(err error) (status int, failure string) {
	if f, ok := errors.AsType[*Fault](err); ok {
		return f.Status, string(f.Cause)
	}
	return http.StatusOK, ""
}

// networkCause tells an answer that came too late from one that did not come.
func networkCause(err error) Cause {
	var slow interface{ Timeout() bool }
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &slow) && slow.Timeout() {
		return Timeout
	}
	return Network
}

// statusCause says what a status other than 200 means.
func statusCause(status int) Cause {
	switch {
	case status == http.StatusTooManyRequests:
		return RateLimited
	case status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusPaymentRequired:
		return WrongKey
	case status == http.StatusNotFound:
		return Unknown
	case status == http.StatusRequestTimeout:
		return Timeout
	case status >= 300 && status < 400:
		return Redirected
	case status >= 400 && status < 500:
		return Refused
	}
	return ServerFault
}
