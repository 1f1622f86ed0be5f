package server

import (
	"net/http"
	"time"

	"github.com/go-chi/cors"
)

// preflightAge is how long a browser may remember what a preflight told it.
const preflightAge = 10 * time.Minute

// crossOrigin lets scripts of other sites call the API from a browser, where a
// setting names those sites. Cookies are never part of it: such a call carries a key
// or nothing, and pages are not touched.
func crossOrigin(origins []string) func(http.Handler) http.Handler {
	if len(origins) == 0 {
		return func(next http.Handler) http.Handler { return next }
	}
	allow := cors.Handler(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPatch, http.MethodDelete},
		AllowedHeaders: []string{"Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "Last-Event-ID", "X-Request-Id"},
		ExposedHeaders: []string{"Content-Disposition", "ETag", "Idempotent-Replayed", "Link", "Location",
			"RateLimit", "RateLimit-Policy", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After", "X-Request-Id"},
		MaxAge: int(preflightAge.Seconds()),
	})
	return func(next http.Handler) http.Handler {
		shared := allow(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if inAPI(r) || r.URL.Path == "/openapi.json" {
				shared.ServeHTTP(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
