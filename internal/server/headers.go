package server

import (
	"net/http"
	"strings"
)

// contentPolicy allows what the pages need and nothing else: no inline script or
// style, nothing from another origin, no framing.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// twoYears is how long browsers are to keep to https, in seconds.
const twoYears = "max-age=63072000"

// secureHeaders sets the headers that keep browsers from doing more with an
// answer than is meant. HSTS is sent only where the service is reached by https.
func secureHeaders(publicURL string) func(http.Handler) http.Handler {
	https := strings.HasPrefix(publicURL, "https://")
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			h := w.Header()
			h.Set("Content-Security-Policy", contentPolicy)
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("Referrer-Policy", "same-origin")
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			h.Set("Cross-Origin-Resource-Policy", "same-origin")
			// What is the same for everybody says so itself.
			h.Set("Cache-Control", "private, no-cache")
			h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
			if https {
				h.Set("Strict-Transport-Security", twoYears)
			}
			next.ServeHTTP(w, r)
		})
	}
}
