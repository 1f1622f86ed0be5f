package ingest

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"corroborate/internal/tracing"
)

const (
	// postTimeout is how long a delivery may take, its answer included.
	postTimeout = 10 * time.Second
	// MaxAnswer is how many bytes of an answer to a delivery are read.
	MaxAnswer = 1 << 10
	// maxAnswerHeader is the most bytes of the header of such an answer.
	maxAnswerHeader = 32 << 10
)

// PosterConfig is what a [Poster] is made of. Zero values have defaults that work.
type PosterConfig struct {
	// PublicURL is told to the receivers, so that they can see who calls.
	PublicURL string
	// AllowHosts are hosts, with or without a port, that may be in private networks, on
	// any port, and without TLS.
	AllowHosts []string
	// Timeout is how long a delivery may take as a whole, 10 seconds where it is 0.
	Timeout time.Duration
}

// Poster sends what other servers asked to be told. It is safe for concurrent use. It
// follows no redirects: an address that was checked must not hand on what is sent.
type Poster struct {
	client  *http.Client
	agent   string
	allowed hosts
	timeout time.Duration
}

// NewPoster makes a poster. It keeps connections open for reuse until [Poster.Close].
func NewPoster(cfg PosterConfig) *Poster {
	p := &Poster{allowed: newHosts(cfg.AllowHosts), agent: "Corroborate", timeout: or(cfg.Timeout, postTimeout)}
	if cfg.PublicURL != "" {
		p.agent += " (+" + cfg.PublicURL + ")"
	}
	p.client = &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:            p.allowed.dialer(p.timeout),
			TLSHandshakeTimeout:    p.timeout,
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
			MaxResponseHeaderBytes: maxAnswerHeader,
			MaxIdleConnsPerHost:    4,
			MaxIdleConns:           64,
			IdleConnTimeout:        30 * time.Second,
			DisableCompression:     true,
			ForceAttemptHTTP2:      true,
		},
	}
	return p
}

// Close drops the connections that are kept open.
func (p *Poster) Close() { p.client.CloseIdleConnections() }

var (
	errPlain   = errors.New("the address has to begin with https://")
	errPrivate = errors.New("the address leads into a private network; the administrator can allow its host")
)

// Check says what is wrong with an address, before anything is sent there. Where a name
// leads is looked at when something is sent, each time anew.
func (p *Poster) Check(address string) error {
	u, err := p.address(address)
	if err != nil {
		return err
	}
	host := strings.TrimSuffix(u.Hostname(), ".")
	at, err := netip.ParseAddr(host)
	private := err == nil && !isPublic(at) || host == "localhost" || strings.HasSuffix(host, ".localhost")
	if private && !p.allowed.allows(u.Hostname(), u.Port()) {
		return errPrivate
	}
	return nil
}

func (p *Poster) address(address string) (*url.URL, error) {
	u, err := p.allowed.parseAddress(address)
	if err != nil {
		return nil, err
	}
	if u.Scheme != "https" && !p.allowed.allows(u.Hostname(), u.Port()) {
		return nil, errPlain
	}
	return u, nil
}

// Posted is what a receiver answered.
type Posted struct {
	Status int
	// Answer is the first of the body as text, at most [MaxAnswer] bytes.
	Answer string
	// RetryAfter is how long the receiver asks to be left alone.
	RetryAfter time.Duration
}

// Post sends a body. Its errors are [FetchError]s and say that no answer came; every
// answer is given, whatever its status.
func (p *Poster) Post(ctx context.Context, address string, header map[string]string, body []byte) (got Posted, err error) {
	u, err := p.address(address)
	if err != nil {
		return Posted{}, &FetchError{Kind: BadAddress, URL: address, Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	ctx, span := tracing.Call(ctx, "webhook")
	defer func() { span.Answered(received(got, err)) }()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), bytes.NewReader(body))
	if err != nil {
		return Posted{}, &FetchError{Kind: BadAddress, URL: address, Err: err}
	}
	for name, value := range header {
		req.Header.Set(name, value)
	}
	req.Header.Set("User-Agent", p.agent)
	resp, err := p.client.Do(req)
	if err != nil {
		return Posted{}, &FetchError{Kind: networkKind(err), URL: address, Err: err}
	}
	defer func() { _ = resp.Body.Close() }() // what is left of it is not wanted
	// An answer that breaks off was given all the same: its status says what became of it.
	first, _ := io.ReadAll(io.LimitReader(resp.Body, MaxAnswer))
	return Posted{Status: resp.StatusCode, Answer: AnswerText(first),
		RetryAfter: retryAfter(resp.Header.Get("Retry-After"), time.Now())}, nil
}

// received is answered for a delivery, for which nothing but 2xx will do.
func received(got Posted, err error) (status int, failure string) {
	switch {
	case err != nil:
		return answered(nil, err)
	case got.Status >= 300 && got.Status < 400:
		return got.Status, string(BadRedirect)
	case got.Status >= 400:
		return got.Status, string(statusKind(got.Status))
	}
	return got.Status, ""
}

// AnswerText makes text of the first bytes of an answer: what is no UTF-8, is U+0000 or
// was cut off within a letter is left out.
func AnswerText(b []byte) string {
	return strings.Map(func(r rune) rune {
		if r == 0 || r == utf8.RuneError {
			return -1
		}
		return r
	}, string(b))
}
