package server

import (
	"cmp"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

const (
	// triesPerMinute bounds the attempts at one secret from one address: the password
	// of an account, its second factor, a link.
	triesPerMinute = 10
	// triesOfHost bounds the attempts of one address at all of them.
	triesOfHost = 60
	// searchesPerMinute bounds the searches of a person, or of an address of strangers;
	// what is asked while somebody types counts too. feedsPerMinute bounds the looks of
	// one address into feeds of saved searches.
	searchesPerMinute = 240
	feedsPerMinute    = 120
	// cardsPerMinute bounds the looks of one address at cards: a newsroom's readers may
	// share an address.
	cardsPerMinute = 600
)

// errTries is the answer to too many attempts.
var errTries = &claims.Error{Kind: claims.TooMany, Message: "There were too many attempts. Wait and try again."}

// limitTries bounds the attempts at secrets, so that they cannot be guessed at speed.
// caller tells who is signed in, empty for nobody.
func limitTries(fail failure, caller func(*http.Request) string) func(http.Handler) http.Handler {
	headers := httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"})
	one := httprate.NewRateLimiter(triesPerMinute, time.Minute, headers)
	host := httprate.NewRateLimiter(triesOfHost, time.Minute, headers)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			t := tryOf(r, caller)
			address := httprate.CanonicalizeIP(middleware.GetClientIP(r.Context()))
			if t.ofHost && host.OnLimit(w, r, address) || t.at != "" && one.OnLimit(w, r, address+" "+t.at) {
				fail(w, r, errTries)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// try is an attempt at a secret; the zero value is none.
type try struct {
	// at names the secret, empty where its attempts are bounded by address alone.
	at string
	// ofHost is true where attempts of one address are counted together.
	ofHost bool
}

// tryOf tells what secret a request tries.
func tryOf(r *http.Request, caller func(*http.Request) string) try {
	path := r.URL.Path
	post := r.Method == http.MethodPost
	switch {
	case strings.HasPrefix(path, "/invitations/"), strings.HasPrefix(path, "/reset/"):
		return try{ofHost: true} // tokens are too long to be guessed; this is against floods
	case post && path == "/login":
		// A form that cannot be read has no account; the page says what is wrong.
		return try{at: "account " + app.AccountKey(r.PostFormValue("email")), ofHost: true} // tries of all addresses are counted by the account
	case post && path == "/login/code":
		return try{ofHost: true} // the account itself counts wrong codes
	case post && path == "/login/password":
		return try{ofHost: true} // nothing can be guessed there; passwords take work to hash
	case post && (path == "/account/password" || strings.HasPrefix(path, "/account/second-factor") ||
		path == "/account/sessions/end" || path == "/admin/sessions/end"):
		if id := caller(r); id != "" {
			return try{at: "own " + id}
		}
	}
	return try{}
}

// limitSearches bounds what makes the database look far: searches, and the feeds of
// saved ones.
func limitSearches(fail failure, caller func(*http.Request) string) func(http.Handler) http.Handler {
	headers := httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"})
	searches := httprate.NewRateLimiter(searchesPerMinute, time.Minute, headers)
	feeds := httprate.NewRateLimiter(feedsPerMinute, time.Minute, headers)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			address := httprate.CanonicalizeIP(middleware.GetClientIP(r.Context()))
			limited := false
			switch path := r.URL.Path; {
			case path == "/search" || strings.HasPrefix(path, "/search/"):
				limited = searches.OnLimit(w, r, cmp.Or(caller(r), address))
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

// limitCards bounds the looks at cards of one address, so that secrets cannot be tried
// at speed. fail answers in the frame of a card.
func limitCards(fail func(w http.ResponseWriter, r *http.Request, status int, message string)) func(http.Handler) http.Handler {
	cards := httprate.NewRateLimiter(cardsPerMinute, time.Minute, httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"}))
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if cards.OnLimit(w, r, httprate.CanonicalizeIP(middleware.GetClientIP(r.Context()))) {
				fail(w, r, http.StatusTooManyRequests, "There were too many calls. Wait a minute and try again.")
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
