package ingest

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"corroborate/internal/tracing"
)

const (
	// maxRedirects is how many redirects are followed.
	maxRedirects = 5
	// defaultBytes is the most of a body where a request does not say.
	defaultBytes = 8 << 20
	// maxHeader is the most bytes of an answer's header.
	maxHeader = 256 << 10
	// maxRetryAfter is the longest pause that a site may ask for.
	maxRetryAfter = 24 * time.Hour
	// pageTypes is what we would like to get where a request does not say.
	pageTypes = "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.8,*/*;q=0.1"
)

// Config is what a [Fetcher] is made of. Zero values have defaults that work.
type Config struct {
	// PublicURL is told to the sites, so that they can see who reads them.
	PublicURL string
	// AllowHosts are hosts, with or without a port, that may be in private networks
	// and on any port.
	AllowHosts []string
	// Timeouts bound each request.
	Timeouts Timeouts
	// Gap is the time between two requests to one host, a second where it is 0.
	Gap time.Duration
	// MaxWait is the longest wait for a host's turn, 20 seconds where it is 0.
	MaxWait time.Duration
}

// Timeouts bound the parts of one request and the whole of it; zero values have
// defaults.
type Timeouts struct {
	Dial, TLS, Header, Whole time.Duration
}

// Fetcher fetches addresses. It is safe for concurrent use.
type Fetcher struct {
	client  *http.Client
	agent   string
	allowed hosts
	whole   time.Duration
	gap     time.Duration
	maxWait time.Duration
	pace    *pace
	robots  *robots
}

// NewFetcher makes a fetcher. It keeps connections open for reuse until
// [Fetcher.Close].
func NewFetcher(cfg Config) *Fetcher {
	f := &Fetcher{allowed: newHosts(cfg.AllowHosts), agent: "Corroborate", pace: newPace(), robots: newRobots()}
	if cfg.PublicURL != "" {
		f.agent += " (+" + cfg.PublicURL + ")"
	}
	f.gap, f.maxWait = or(cfg.Gap, time.Second), or(cfg.MaxWait, 20*time.Second)
	f.whole = or(cfg.Timeouts.Whole, 30*time.Second)
	f.client = &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:            f.allowed.dialer(or(cfg.Timeouts.Dial, 10*time.Second)),
			TLSHandshakeTimeout:    or(cfg.Timeouts.TLS, 10*time.Second),
			ResponseHeaderTimeout:  or(cfg.Timeouts.Header, 15*time.Second),
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
			MaxResponseHeaderBytes: maxHeader,
			MaxIdleConns:           32,
			IdleConnTimeout:        30 * time.Second,
			DisableCompression:     true, // we unpack ourselves, within bounds
			ForceAttemptHTTP2:      true,
		},
	}
	return f
}

// Close drops the connections that are kept open.
func (f *Fetcher) Close() { f.client.CloseIdleConnections() }

func or(d, preset time.Duration) time.Duration {
	if d == 0 {
		return preset
	}
	return d
}

// Request says what to fetch.
type Request struct {
	URL string
	// ETag and LastModified are those of the answer before: the site then only tells
	// that nothing has changed.
	ETag, LastModified string
	// Accept names the content types, pages where it is empty.
	Accept string
	// MaxBytes is the most bytes of the body, packed or unpacked, 8 MiB where it is 0.
	MaxBytes int64
}

// Response is what came.
type Response struct {
	Status int
	// URL is the address after redirects.
	URL string
	// Permanent is the new address where the site has moved it for good, else empty.
	Permanent string
	// Body is the text in UTF-8, Raw the unpacked bytes as they came.
	Body, Raw []byte
	// ContentType is as it was sent, Charset the one that the bytes were in.
	ContentType, Charset string
	ETag, LastModified   string
	// NotModified says that the body is still the one before.
	NotModified bool
	// RetryAfter is how long the site asks to be left alone.
	RetryAfter time.Duration
}

// Get fetches an address. Its errors are [FetchError]s.
func (f *Fetcher) Get(ctx context.Context, r Request) (*Response, error) {
	u, err := f.allowed.parseAddress(r.URL)
	if err != nil {
		return nil, &FetchError{Kind: BadAddress, URL: r.URL, Err: err}
	}
	if r.MaxBytes <= 0 {
		r.MaxBytes = defaultBytes
	}
	if r.Accept == "" {
		r.Accept = pageTypes
	}
	return f.follow(ctx, trip{req: r, at: u, polite: true})
}

// errRobots says that a site answers, but not with its robots.txt.
var errRobots = errors.New("its robots.txt is not to be had")

// trip is a request on its way through redirects.
type trip struct {
	req Request
	at  *url.URL
	// polite asks robots.txt and waits for the host's turn at each hop; robots.txt
	// itself is fetched without.
	polite bool
	// moved says that all redirects so far were for good.
	moved bool
}

// follow fetches an address and what it redirects to, each hop checked like the
// first.
func (f *Fetcher) follow(ctx context.Context, t trip) (*Response, error) {
	t.moved = true
	for hop := 0; ; hop++ {
		if t.polite {
			if err := f.mayAsk(ctx, t.at); err != nil {
				return nil, err
			}
		}
		got, next, err := f.once(ctx, t)
		if err != nil {
			return nil, err
		}
		if next == "" {
			if hop > 0 && t.moved {
				got.Permanent = got.URL
			}
			return got, nil
		}
		if hop == maxRedirects {
			return nil, &FetchError{Kind: BadRedirect, URL: t.at.String(), Status: got.Status}
		}
		t.moved = t.moved && (got.Status == http.StatusMovedPermanently || got.Status == http.StatusPermanentRedirect)
		if t.at, err = f.hop(t.at, next); err != nil {
			return nil, err
		}
	}
}

// hop gives the address that a redirect names.
func (f *Fetcher) hop(from *url.URL, location string) (*url.URL, error) {
	to, err := from.Parse(location)
	if err != nil {
		return nil, &FetchError{Kind: BadRedirect, URL: from.String(), Err: err}
	}
	checked, err := f.allowed.parseAddress(to.String())
	if err != nil {
		return nil, &FetchError{Kind: BadAddress, URL: to.Redacted(), Err: err}
	}
	if *checked == *from {
		return nil, &FetchError{Kind: BadRedirect, URL: from.String()}
	}
	return checked, nil
}

// mayAsk asks robots.txt and waits for the host's turn.
func (f *Fetcher) mayAsk(ctx context.Context, u *url.URL) error {
	if wait := f.pace.wait(u.Host); wait > f.maxWait {
		return &FetchError{Kind: TooMany, URL: u.String(), RetryAfter: wait}
	}
	rules, err := f.rulesFor(ctx, u)
	switch {
	case err != nil:
		return err
	case rules.silent:
		return &FetchError{Kind: ServerFault, URL: u.String(), Err: errRobots}
	case !rules.allows(u.RequestURI()):
		return &FetchError{Kind: RobotsDenied, URL: u.String()}
	}
	wait, ok := f.pace.book(u.Host, max(f.gap, rules.delay), f.maxWait)
	if !ok {
		return &FetchError{Kind: TooMany, URL: u.String(), RetryAfter: wait}
	}
	if err := sleep(ctx, wait); err != nil {
		return &FetchError{Kind: Timeout, URL: u.String(), Err: err}
	}
	return nil
}

// once makes one request. next is the address that it redirects to, if it does.
func (f *Fetcher) once(ctx context.Context, t trip) (got *Response, next string, err error) {
	ctx, cancel := context.WithTimeout(ctx, f.whole)
	defer cancel()
	ctx, span := tracing.Call(ctx, "fetch")
	defer func() { span.Answered(answered(got, err)) }()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, t.at.String(), nil)
	if err != nil {
		return nil, "", &FetchError{Kind: BadAddress, URL: t.at.String(), Err: err}
	}
	f.setHeader(req.Header, t.req)
	resp, err := f.client.Do(req)
	if err != nil {
		return nil, "", &FetchError{Kind: networkKind(err), URL: t.at.String(), Err: err}
	}
	defer func() { _ = resp.Body.Close() }() // everything wanted was read
	got = &Response{Status: resp.StatusCode, URL: t.at.String(), ContentType: resp.Header.Get("Content-Type"),
		ETag: resp.Header.Get("ETag"), LastModified: resp.Header.Get("Last-Modified"),
		RetryAfter: retryAfter(resp.Header.Get("Retry-After"), time.Now())}
	if got.RetryAfter > 0 && resp.StatusCode >= 400 {
		f.pace.pause(t.at.Host, got.RetryAfter)
	}
	switch status := resp.StatusCode; {
	case status == http.StatusNotModified && (t.req.ETag != "" || t.req.LastModified != ""):
		got.NotModified = true
		return got, "", nil
	case status >= 300 && status < 400 && resp.Header.Get("Location") != "":
		return got, resp.Header.Get("Location"), nil
	case status < 200 || status >= 300:
		return nil, "", &FetchError{Kind: statusKind(status), URL: got.URL, Status: status, RetryAfter: got.RetryAfter}
	}
	return got, "", got.read(resp, t.req.MaxBytes)
}

// answered gives the status that came, 0 for none, and how the fetch failed, empty where it
// did not.
func answered(got *Response, err error) (status int, failure string) {
	if failed, ok := errors.AsType[*FetchError](err); ok {
		return failed.Status, string(failed.Kind)
	}
	if got == nil {
		return 0, ""
	}
	return got.Status, ""
}

func (f *Fetcher) setHeader(h http.Header, r Request) {
	h.Set("User-Agent", f.agent)
	h.Set("Accept", r.Accept)
	h.Set("Accept-Encoding", acceptEncoding)
	if r.ETag != "" {
		h.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		h.Set("If-Modified-Since", r.LastModified)
	}
}

// read takes in the body and makes it UTF-8.
func (r *Response) read(resp *http.Response, most int64) error {
	fail := func(kind FetchKind, err error) error {
		return &FetchError{Kind: kind, URL: r.URL, Err: err}
	}
	if resp.ContentLength > most {
		return fail(TooLarge, errTooLarge)
	}
	body, err := readBody(resp.Body, resp.Header.Get("Content-Encoding"), most)
	switch {
	case errors.Is(err, errTooLarge):
		return fail(TooLarge, err)
	case err != nil && networkKind(err) == Timeout:
		return fail(Timeout, err)
	case err != nil:
		return fail(BadBody, err)
	case !isText(body, r.ContentType):
		return fail(NotText, nil)
	}
	r.Raw = body
	r.Body, r.Charset = toUTF8(body, r.ContentType)
	return nil
}

// retryAfter reads a pause in seconds or up to a moment, within bounds.
func retryAfter(s string, now time.Time) time.Duration {
	if s == "" {
		return 0
	}
	d := time.Duration(0)
	if seconds, err := strconv.Atoi(s); err == nil {
		d = time.Duration(min(max(seconds, 0), int(maxRetryAfter.Seconds()))) * time.Second
	} else if at, err := http.ParseTime(s); err == nil {
		d = at.Sub(now)
	}
	return min(max(d, 0), maxRetryAfter)
}
