package server

import (
	"cmp"
	"context"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"corroborate/internal/api"
	"corroborate/internal/claims"
)

const (
	// answerTime is how long an answer may take to be made.
	answerTime = 30 * time.Second
	// formTime is how long a form may take to arrive.
	formTime = time.Minute
	// maxForm is the most bytes of a form. Forms write some bytes as three, and a
	// text may have claims.MaxText.
	maxForm = 3*claims.MaxText + 64<<10

	gzipLevel = 5

	// signInsPerMinute bounds the attempts on one account from one address, and
	// signInsOfHost those on all accounts.
	signInsPerMinute = 10
	signInsOfHost    = 60

	// searchesPerMinute bounds the searches of a person, or of an address of strangers;
	// what is asked while somebody types counts too. feedsPerMinute bounds the looks into
	// feeds with a secret from one address.
	searchesPerMinute = 240
	feedsPerMinute    = 120
)

// compressed are the media types that shrink. Streams of events are not among
// them: they have to arrive at once.
var compressed = []string{"text/html", "text/css", "text/javascript", "text/csv", "text/markdown", "text/plain",
	"application/json", "application/problem+json", "application/atom+xml", "image/svg+xml"}

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

// inTime ends the work on an answer that takes too long. Streams of events last.
func inTime(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/events") || isImport(r) {
			next.ServeHTTP(w, r)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), answerTime)
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

// limitSignIns bounds the attempts to sign in, so that passwords cannot be
// guessed at speed.
func limitSignIns(fail failure) func(http.Handler) http.Handler {
	headers := httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"})
	account := httprate.NewRateLimiter(signInsPerMinute, time.Minute, headers)
	host := httprate.NewRateLimiter(signInsOfHost, time.Minute, headers)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodPost || r.URL.Path != "/login" {
				next.ServeHTTP(w, r)
				return
			}
			address := httprate.CanonicalizeIP(middleware.GetClientIP(r.Context()))
			// A form that cannot be read has no account; the page says what is wrong.
			email := strings.ToLower(strings.TrimSpace(r.PostFormValue("email")))
			if host.OnLimit(w, r, address) || account.OnLimit(w, r, address+" "+email) {
				fail(w, r, &claims.Error{Kind: claims.TooMany, Message: "There were too many attempts to sign in. Wait a minute and try again."})
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// limitSearches bounds what makes the database look far: searches, and the feeds of
// saved ones.
func limitSearches(caller func(context.Context) string, fail failure) func(http.Handler) http.Handler {
	headers := httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"})
	searches := httprate.NewRateLimiter(searchesPerMinute, time.Minute, headers)
	feeds := httprate.NewRateLimiter(feedsPerMinute, time.Minute, headers)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			address := httprate.CanonicalizeIP(middleware.GetClientIP(r.Context()))
			limited := false
			switch path := r.URL.Path; {
			case path == "/search" || strings.HasPrefix(path, "/search/"):
				limited = searches.OnLimit(w, r, cmp.Or(caller(r.Context()), address))
			case strings.HasPrefix(path, "/filters/feeds/"):
				limited = feeds.OnLimit(w, r, address)
			}
			if limited {
				fail(w, r, &claims.Error{Kind: claims.TooMany, Message: "There were too many searches. Wait a minute and try again."})
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
