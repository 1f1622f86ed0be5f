package server

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/go-chi/chi/v5/middleware"

	"corroborate/internal/api"
	"corroborate/internal/claims"
)

const (
	// answerTime is how long an answer may take to be made.
	answerTime = 30 * time.Second
	// exportTime is how long the export of what is held on a person may take, who may have
	// done more than anybody. Who takes no part of it in for half a minute is cut off before.
	exportTime = 30 * time.Minute
	// formTime is how long a form may take to arrive.
	formTime = time.Minute
	// readTime is how long a reader may take to take an answer in. Nobody waits for
	// who reads slowly, but a connection and its buffers are held.
	readTime = 5 * time.Minute
	// maxForm is the most bytes of a form. Forms write some bytes as three, and a
	// text may have claims.MaxText.
	maxForm = 3*claims.MaxText + 64<<10

	gzipLevel = 5
)

// compressed are the media types that shrink. Streams of events are not among
// them: they have to arrive at once.
var compressed = []string{"text/html", "text/css", "text/javascript", "text/csv", "text/markdown", "text/plain",
	"application/json", "application/ld+json", "application/problem+json", "application/atom+xml", "image/svg+xml"}

// failure answers a request of a page with an error.
type failure func(http.ResponseWriter, *http.Request, error)

// clientIP finds the client's address: the peer's, unless that is a proxy that is
// trusted to name it.
func clientIP(proxies []netip.Prefix) func(http.Handler) http.Handler {
	if len(proxies) == 0 {
		return middleware.ClientIPFromRemoteAddr
	}
	names := make([]string, len(proxies))
	for i, p := range proxies {
		names[i] = p.String()
	}
	return middleware.ClientIPFromXFF(names...)
}

// isImport tells a request that brings articles in bulk. It may be longer than a form
// and take longer; the handlers have bounds of their own.
func isImport(r *http.Request) bool {
	return r.Method == http.MethodPost && (r.URL.Path == "/imports" || r.URL.Path == api.Prefix+"/imports")
}

// isStream tells a request for a stream of events.
func isStream(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/events") }

// isExport tells a request for all that is held on a person.
func isExport(r *http.Request) bool {
	return strings.HasSuffix(r.URL.Path, "/export") || strings.HasSuffix(r.URL.Path, "/export.json")
}

// inTime ends the work on an answer that takes too long, and the sending of one that
// nobody takes in. Streams of events last.
func inTime(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out := http.NewResponseController(w)
		if isStream(r) || isImport(r) {
			_ = out.SetWriteDeadline(time.Time{}) // the connection may have that of an earlier answer
			next.ServeHTTP(w, r)
			return
		}
		most := answerTime
		if isExport(r) {
			most = exportTime
		}
		_ = out.SetWriteDeadline(time.Now().Add(most + readTime)) // writers of tests have none
		ctx, cancel := context.WithTimeout(r.Context(), most)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// smallForms bounds the size of forms and the time that they take to arrive.
func smallForms(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && !isImport(r) {
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(formTime)) // writers of tests have none
			r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		}
		next.ServeHTTP(w, r)
	})
}

// sameOrigin refuses forms that another site has a browser send.
func sameOrigin(publicURL string, fail failure) (func(http.Handler) http.Handler, error) {
	protection := http.NewCrossOriginProtection()
	if publicURL != "" {
		if err := protection.AddTrustedOrigin(publicURL); err != nil {
			return nil, err
		}
	}
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fail(w, r, &claims.Error{Kind: claims.Forbidden, Message: "This form was sent from another site. Open the page here and send it again."})
	}))
	return protection.Handler, nil
}
