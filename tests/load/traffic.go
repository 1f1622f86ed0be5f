package load

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"corroborate/tests/size/papers"
)

// Traffic is what a newsroom does all day: people read pages and search, programs read
// the API and follow its events, articles come in one by one and in bulk, are edited,
// deleted and restored, drafts are checked and findings reviewed. It is safe for
// concurrent use.
type Traffic struct {
	url      string
	callers  []*http.Client
	articles []papers.Article
	next     atomic.Int64
	// Refused counts answers 429 and 503 that say when to come back.
	Refused atomic.Int64

	mu                     sync.Mutex
	stories, findings, ids []string
	stored                 map[string]bool // by external id
}

// callerAddresses is how many addresses of this machine the traffic comes from.
const callerAddresses = 8

// NewTraffic gives traffic for a server with so many articles to send.
func NewTraffic(url string, articles int) *Traffic {
	t := &Traffic{url: url, stored: map[string]bool{},
		articles: papers.All(papers.Options{Articles: articles, Seed: 3, From: time.Date(2026, 1, 5, 6, 0, 0, 0, time.UTC), Days: 90})}
	for i := range callerAddresses {
		from := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(2+i))}}
		t.callers = append(t.callers, &http.Client{Timeout: time.Minute,
			Transport: &http.Transport{DialContext: from.DialContext, MaxIdleConnsPerHost: 64}})
	}
	return t
}

// answer is what came back.
type answer struct {
	status int
	body   []byte
	header http.Header
}

// request is one call; media is that of the body, ifMatch the version that it is for.
type request struct {
	method, path, media, ifMatch string
	body                         []byte
}

// send makes one call; what is no page takes the key.
func (t *Traffic) send(ctx context.Context, c request) (answer, error) {
	r, err := http.NewRequestWithContext(ctx, c.method, t.url+c.path, bytes.NewReader(c.body))
	if err != nil {
		return answer{}, err
	}
	if strings.HasPrefix(c.path, "/api/") {
		r.Header.Set("Authorization", "Bearer "+adminKey)
	}
	if c.body != nil {
		r.Header.Set("Content-Type", c.media)
	}
	if c.ifMatch != "" {
		r.Header.Set("If-Match", c.ifMatch)
	}
	res, err := t.callers[rand.IntN(len(t.callers))].Do(r)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = res.Body.Close() }() // it was read
	b, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, b, res.Header}, err
}

// errRefused is a refusal in order: come back later.
var errRefused = errors.New("refused")

// call makes one call and tells what nobody should get: an answer of the server's fault,
// and a refusal that does not say when to come back.
func (t *Traffic) call(ctx context.Context, method, path string, in any) (answer, error) {
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return answer{}, err
		}
	}
	return t.judged(t.send(ctx, request{method: method, path: path, media: "application/json", body: body}))
}

func (t *Traffic) judged(a answer, err error) (answer, error) {
	switch {
	case err != nil:
		return a, err
	case a.status == http.StatusTooManyRequests, a.status == http.StatusServiceUnavailable:
		if _, err := strconv.Atoi(a.header.Get("Retry-After")); err != nil {
			return a, fmt.Errorf("status %d that does not say when to come back: %.200s", a.status, a.body)
		}
		t.Refused.Add(1)
		return a, errRefused
	case a.status >= http.StatusInternalServerError, a.status == http.StatusUnprocessableEntity, a.status == http.StatusBadRequest:
		return a, fmt.Errorf("status %d: %.300s", a.status, a.body)
	}
	return a, nil
}

// Learn reads which stories, findings and articles there are, the newest of each.
func (t *Traffic) Learn(ctx context.Context) error {
	var lists [3][]string
	for i, path := range []string{"/stories?limit=100", "/findings?limit=200", "/articles?limit=200"} {
		a, err := t.call(ctx, http.MethodGet, "/api/v1"+path, nil)
		if err != nil {
			return err
		}
		var page struct{ Items []struct{ ID string } }
		if err := json.Unmarshal(a.body, &page); err != nil {
			return fmt.Errorf("%s: %w: %.200s", path, err, a.body)
		}
		for _, item := range page.Items {
			lists[i] = append(lists[i], item.ID)
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.stories, t.findings, t.ids = lists[0], lists[1], lists[2]
	return nil
}

// one gives one of a list, empty where there is none.
func (t *Traffic) one(of *[]string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(*of) == 0 {
		return ""
	}
	return (*of)[rand.IntN(len(*of))]
}

// Do makes the i-th call.
func (t *Traffic) Do(ctx context.Context, i int) error {
	err := t.pick(rand.IntN(1000))(ctx)
	if errors.Is(err, errRefused) {
		return nil // it is counted
	}
	return err
}

// pick gives what is done, by a number under a thousand: mostly reading.
func (t *Traffic) pick(n int) func(context.Context) error {
	switch {
	case n < 400:
		return t.readPage
	case n < 900:
		return t.readCall
	case n < 915:
		return t.AddArticle
	case n < 925:
		return t.edit
	case n < 935:
		return t.removeAndRestore
	case n < 960:
		return t.review
	case n < 970:
		return t.check
	case n < 973:
		return t.Import
	}
	return t.follow
}
