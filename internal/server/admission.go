package server

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"
	"github.com/prometheus/client_golang/prometheus"

	"corroborate/internal/server/problem"
)

const (
	// lineWait is how long a request waits for its turn.
	lineWait = 5 * time.Second
	// lineLength is how many requests may wait for each one that is worked on.
	lineLength = 16
	// shareOfOne is the part of the places that requests from one address may take, in
	// thirds: who reads slowly or asks much leaves the rest to others.
	shareOfOne = 2
	// minPlaces is how many requests are worked on at once at the least.
	minPlaces = 4
	// uploadPlaces is how many imports may be received at once.
	uploadPlaces = 4
	// exportPlaces is how many exports of what is held on a person are made at once, and of
	// how many for one address: each may take long, and holds a connection.
	exportPlaces = 2
	exportsOfOne = 1
	// streamPlaces and streamsOfOne bound the streams of events, which last as long as a
	// page is open: of all, and of one address, which a newsroom may share.
	streamPlaces = 2_000
	streamsOfOne = 200
)

// errBusy says that too many others wait.
var errBusy = errors.New("the server is busy")

// admission bounds how many requests are worked on at once, so that a flood uses up
// neither memory nor the connections to the database, of which the jobs need some too.
// Further requests wait for their turn, and what the line cannot hold is refused at once.
type admission struct {
	places chan struct{}
	// ofOne is how many places one address may have, line how many requests may be here
	// at all, waiting ones included, and lineOfOne how many of one address.
	ofOne, line, lineOfOne int
	wait                   time.Duration

	mu        sync.Mutex
	here      int
	addresses map[string]*lane

	refused prometheus.Counter
}

// lane is the part of the places that the requests of one address share.
type lane struct {
	places chan struct{}
	here   int
}

func newAdmission(what string, places, ofOne, line int) *admission {
	return &admission{places: make(chan struct{}, places), ofOne: ofOne, line: places + line, lineOfOne: ofOne + line*shareOfOne/3,
		wait: lineWait, addresses: map[string]*lane{},
		refused: prometheus.NewCounter(prometheus.CounterOpts{Name: "http_requests_refused_total",
			Help:        "Requests that were refused because too many others waited, by what they were.",
			ConstLabels: prometheus.Labels{"kind": what}})}
}

// forWork gives the admission of requests that need the database, so that a quarter of
// its connections is left to jobs.
func forWork(connections int32) *admission {
	places := max(minPlaces, int(connections)*3/4)
	return newAdmission("page or call", places, max(1, places*shareOfOne/3), places*lineLength)
}

// enter waits for a place, and gives what frees it, which may be called more than once.
func (a *admission) enter(ctx context.Context, address string) (leave func(), err error) {
	of, err := a.join(address)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, a.wait, errBusy)
	defer cancel()
	if err := take(ctx, of.places); err != nil {
		a.part(address, of)
		return nil, err
	}
	if err := take(ctx, a.places); err != nil {
		<-of.places
		a.part(address, of)
		return nil, err
	}
	return sync.OnceFunc(func() {
		<-a.places
		<-of.places
		a.part(address, of)
	}), nil
}

func take(ctx context.Context, places chan struct{}) error {
	select {
	case places <- struct{}{}:
		return nil
	default:
	}
	select {
	case places <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// join counts a request that has come, unless there are too many already.
func (a *admission) join(address string) (*lane, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	of := a.addresses[address]
	if a.here >= a.line || of != nil && of.here >= a.lineOfOne {
		return nil, errBusy
	}
	if of == nil {
		of = &lane{places: make(chan struct{}, a.ofOne)}
		a.addresses[address] = of
	}
	a.here++
	of.here++
	return of, nil
}

// part takes a request off the count.
func (a *admission) part(address string, of *lane) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.here--
	if of.here--; of.here == 0 {
		delete(a.addresses, address)
	}
}

// admissions are those of the kinds of request.
type admissions struct{ work, uploads, exports, streams *admission }

func newAdmissions(connections int32) *admissions {
	return &admissions{work: forWork(connections),
		uploads: newAdmission("import", uploadPlaces, uploadPlaces, uploadPlaces),
		exports: newAdmission("export", exportPlaces, exportsOfOne, exportPlaces),
		streams: newAdmission("stream", streamPlaces, streamsOfOne, 0)}
}

// of gives the admission of a request, nil for one that costs nothing or has to be
// answered whatever else goes on.
func (a *admissions) of(r *http.Request) *admission {
	switch {
	case costsNothing(r.URL.Path):
		return nil
	case isImport(r):
		return a.uploads
	case isExport(r):
		return a.exports
	case isStream(r):
		return a.streams
	}
	return a.work
}

// costsNothing tells whether an address needs next to no work, or has to be answered whatever
// else goes on.
func costsNothing(path string) bool {
	return strings.HasPrefix(path, "/static/") || path == "/healthz" || path == "/readyz" || path == "/metrics"
}

// admit has requests wait for their turn. It needs a context that ends with the time that
// an answer may take: from then on only bytes are sent, and the place is free.
func (a *admissions) admit(busy http.HandlerFunc) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			at := a.of(r)
			if at == nil {
				next.ServeHTTP(w, r)
				return
			}
			leave, err := at.enter(r.Context(), httprate.CanonicalizeIP(middleware.GetClientIP(r.Context())))
			switch {
			case errors.Is(err, errBusy):
				at.refused.Inc()
				setRefused(r.Context())
				busy(w, r)
				return
			case err != nil: // the caller has gone
				return
			}
			defer leave()
			defer context.AfterFunc(r.Context(), leave)()
			next.ServeHTTP(w, r)
		})
	}
}

// collectors gives the figures: requests that are worked on or wait, and refused ones.
func (a *admissions) collectors() []prometheus.Collector {
	out := []prometheus.Collector{a.work.refused, a.uploads.refused, a.exports.refused, a.streams.refused}
	gauge := func(name, help string, value func() int) {
		out = append(out, prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return float64(value()) }))
	}
	gauge("http_requests_at_work", "Pages and calls that are worked on.", func() int { return len(a.work.places) })
	gauge("http_requests_waiting", "Pages and calls that wait for their turn.", func() int { return a.work.present() - len(a.work.places) })
	gauge("http_streams", "Streams of events that are open.", func() int { return len(a.streams.places) })
	return out
}

func (a *admission) present() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.here
}

// busy answers a request that was not admitted.
func (s *Server) busy(w http.ResponseWriter, r *http.Request) {
	if inAPI(r) {
		problem.New(r.Context(), problem.Unavailable, "Too many calls wait for an answer.", "").Write(w)
		return
	}
	w.Header().Set("Retry-After", problem.ShortPause)
	sayPlainly(w, r, http.StatusServiceUnavailable, busyPage)
}

const busyPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Too busy right now</title></head>
<body><main><h1>Too busy right now</h1>
<p>More people ask than can be answered at once. Nothing is lost. Wait a few seconds and load the page again; what you typed into a form is sent again then.</p>
<p>If it lasts, tell whoever runs the service this id: <code>%s</code></p></main></body></html>
`
