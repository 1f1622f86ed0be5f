package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/httprate"

	"corroborate/internal/server/problem"
)

// How many calls are answered in a minute where no setting says otherwise. A setting
// that is higher raises all of them.
const (
	callsOfKey      = 12_000
	callsOfStranger = callsOfKey / 10
	wrongKeysOfHost = callsOfKey / 200
	searchesOfOne   = callsOfKey / 50
)

// resetHeader says in how many seconds the count begins anew.
const resetHeader = "RateLimit-Reset"

var limitHeaders = httprate.ResponseHeaders{
	Limit: "RateLimit-Limit", Remaining: "RateLimit-Remaining", Reset: resetHeader, RetryAfter: "Retry-After",
}

// limit bounds the calls of a key, and of an address where there is no key.
func (a *API) limit() func(http.Handler) http.Handler {
	ofKey := a.perMinute
	keys := httprate.NewRateLimiter(ofKey, time.Minute, httprate.WithResponseHeaders(limitHeaders))
	strangers := httprate.NewRateLimiter(min(ofKey, max(callsOfStranger, ofKey/10)), time.Minute, httprate.WithResponseHeaders(limitHeaders))
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			limiter, key := strangers, clientAddress(r.Context())
			if who := actorOf(r.Context()); who.SignedIn() {
				limiter, key = keys, who.KeyID
			}
			over := limiter.OnLimit(w, r, key)
			secondsUntilReset(w.Header())
			if over {
				problem.New(r.Context(), problem.TooMany, "More calls than the limit of a minute.", "").Write(w)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// secondsUntilReset turns the time of the limiter's header into the seconds that
// the header is meant to have.
func secondsUntilReset(h http.Header) {
	at, err := strconv.ParseInt(h.Get(resetHeader), 10, 64)
	if err != nil {
		return
	}
	seconds := int64(time.Until(time.Unix(at, 0)).Seconds()) + 1
	h.Set(resetHeader, strconv.FormatInt(max(seconds, 0), 10))
}

// wrongKeyLimiter counts keys that are not valid by the address that sends them.
// It writes no header but that of the wait.
func wrongKeyLimiter(ofKey int) *httprate.RateLimiter {
	return httprate.NewRateLimiter(max(wrongKeysOfHost, ofKey/200), time.Minute,
		httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"}))
}

// searchLimiter counts searches by who makes them. It writes no header but that of the
// wait.
func searchLimiter(ofKey int) *httprate.RateLimiter {
	return httprate.NewRateLimiter(max(searchesOfOne, ofKey/50), time.Minute,
		httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"}))
}
