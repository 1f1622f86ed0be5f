package server

import (
	"net/http"
	"sync/atomic"

	"corroborate/internal/server/problem"
)

// Front stands before the service while that starts. It says at once that the program lives
// and is not ready, so that nobody waits for an answer that cannot be given yet.
type Front struct {
	doing atomic.Pointer[string]
	then  atomic.Pointer[http.Handler]
	early http.Handler
}

// NewFront gives a front for a service that is reached under publicURL.
func NewFront(publicURL string) *Front {
	f := &Front{}
	f.Doing("it begins")
	f.early = requestID(secureHeaders(publicURL)(http.HandlerFunc(f.notYet)))
	return f
}

// Doing notes what the start waits for, in words for everybody.
func (f *Front) Doing(what string) { f.doing.Store(&what) }

// Open hands all requests to the service from now on.
func (f *Front) Open(service http.Handler) { f.then.Store(&service) }

// ServeHTTP answers a request.
func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if service := f.then.Load(); service != nil {
		(*service).ServeHTTP(w, r)
		return
	}
	f.early.ServeHTTP(w, r)
}

// notYet answers while the service starts.
func (f *Front) notYet(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/healthz":
		alive(w, r)
		return
	case inAPI(r):
		problem.New(r.Context(), problem.Unavailable, "The service is starting.", "").Write(w)
		return
	}
	w.Header().Set("Retry-After", problem.ShortPause)
	if r.URL.Path == "/readyz" {
		answerReady(w, r, []checked{{Name: "start", Needed: true, Says: "goes on: " + *f.doing.Load()}})
		return
	}
	sayPlainly(w, r, http.StatusServiceUnavailable, startingPage)
}

const startingPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Starting</title></head>
<body><main><h1>The service is starting</h1>
<p>It will be there in a moment. Wait a few seconds and load the page again; what you typed into a form is sent again then.</p>
<p>If it lasts, tell whoever runs the service this id: <code>%s</code></p></main></body></html>
`
