package api

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/httprate"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

// How many calls are answered in a minute that carry no key, or a wrong one, and how many
// searches, where no setting says otherwise. A setting that is higher raises all of them.
// Calls with a key have the limit of the key.
const (
	callsOfStranger = app.DefaultCallsPerMinute / 10
	wrongKeysOfHost = app.DefaultCallsPerMinute / 200
	searchesOfOne   = app.DefaultCallsPerMinute / 50
)

const window = time.Minute

// The headers that say where a caller stands: those that most clients know, and those
// of the standard that is being written (draft-ietf-httpapi-ratelimit-headers).
const (
	limitHeader      = "RateLimit-Limit"
	remainingHeader  = "RateLimit-Remaining"
	resetHeader      = "RateLimit-Reset"
	retryHeader      = "Retry-After"
	policyHeader     = "RateLimit-Policy"
	allInOneHeader   = "RateLimit"
	policyOfKey      = "key"
	policyOfStranger = "address"
)

// limit bounds the calls of a key, and of an address where there is no key.
func (a *API) limit() func(http.Handler) http.Handler {
	ofKey := a.app.CallsPerMinute()
	strangers := min(max(callsOfStranger, ofKey/10), ofKey)
	limiter := newLimiter(strangers, httprate.ResponseHeaders{Limit: limitHeader, Remaining: remainingHeader, Reset: resetHeader, RetryAfter: retryHeader})
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			key, policy, counted := clientAddress(r.Context()), policyOfStranger, r
			if who := actorOf(r.Context()); who.SignedIn() {
				key, policy = who.KeyID, policyOfKey
				counted = r.WithContext(httprate.WithRequestLimit(r.Context(), who.CallsPerMinute))
			}
			over := limiter.OnLimit(w, counted, policy+":"+key)
			tellLimit(w.Header(), policy, over)
			if over {
				problem.New(r.Context(), problem.TooMany, "More calls than the limit of a minute.", "").Write(w)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// tellLimit completes the headers that the limiter has set: the time of the reset
// becomes the seconds that the header is meant to have, the wait ends with it, and
// the newer headers say the same.
func tellLimit(h http.Header, policy string, over bool) {
	at, err := strconv.ParseInt(h.Get(resetHeader), 10, 64)
	if err != nil {
		return
	}
	reset := strconv.Itoa(max(int(math.Ceil(time.Until(time.Unix(at, 0)).Seconds())), 1))
	h.Set(resetHeader, reset)
	if over {
		h.Set(remainingHeader, "0")
		h.Set(retryHeader, reset)
	}
	h.Set(policyHeader, fmt.Sprintf("%q;q=%s;w=%d", policy, h.Get(limitHeader), int(window.Seconds())))
	h.Set(allInOneHeader, fmt.Sprintf("%q;r=%s;t=%s", policy, h.Get(remainingHeader), reset))
}

// wholeMinutes counts the calls of each minute for itself, so that what is said to be
// left is left, and all of it is there again at the reset.
type wholeMinutes struct{ httprate.LimitCounter }

// Get gives the count of this minute, and none for the one before.
func (c wholeMinutes) Get(key string, current, previous time.Time) (int, int, error) {
	count, _, err := c.LimitCounter.Get(key, current, previous)
	return count, 0, err
}

func newLimiter(limit int, headers httprate.ResponseHeaders) *httprate.RateLimiter {
	return httprate.NewRateLimiter(limit, window, httprate.WithResponseHeaders(headers),
		httprate.WithLimitCounter(wholeMinutes{httprate.NewLocalLimitCounter(window)}))
}

// wrongKeyLimiter counts keys that are not valid by the address that sends them.
// It writes no header but that of the wait.
func wrongKeyLimiter(ofKey int) *httprate.RateLimiter {
	return httprate.NewRateLimiter(max(wrongKeysOfHost, ofKey/200), window, httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: retryHeader}))
}

// searchLimiter counts searches by who makes them. It writes no header but that of the
// wait.
func searchLimiter(ofKey int) *httprate.RateLimiter {
	return httprate.NewRateLimiter(max(searchesOfOne, ofKey/50), window, httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: retryHeader}))
}
