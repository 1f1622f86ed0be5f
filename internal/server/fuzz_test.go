package server

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/go-chi/chi/v5/middleware"
)

// FuzzClient reads X-Forwarded-For behind a proxy that is trusted: what counts as the
// client is an address, and never one that the proxy did not see.
func FuzzClient(f *testing.F) {
	f.Add("203.0.113.9")
	f.Add("198.51.100.1, 203.0.113.9, 10.0.0.7")
	f.Add("unknown, , ::1, [2001:db8::1]:80, 127.0.0.1\x00")
	h := clientIP([]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")})
	f.Fuzz(func(t *testing.T, forwarded string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = "10.1.1.1:80"
		r.Header["X-Forwarded-For"] = []string{forwarded, "203.0.113.9"} // the last is what the proxy added
		got := ""
		h(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = middleware.GetClientIP(r.Context()) })).ServeHTTP(httptest.NewRecorder(), r)
		if got != "203.0.113.9" {
			t.Errorf("%q makes the client %q", forwarded, got)
		}
	})
}

// FuzzRequestID holds that an id that a caller brings is repeated only where it is
// harmless in a log and a header.
func FuzzRequestID(f *testing.F) {
	f.Add("desk-7")
	f.Add("a\r\nX-Zqx: 1")
	f.Fuzz(func(t *testing.T, id string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header[requestIDHeader] = []string{id}
		w := httptest.NewRecorder()
		requestID(http.NotFoundHandler()).ServeHTTP(w, r)
		for _, c := range w.Header().Get(requestIDHeader) {
			if c <= ' ' || c > '~' || c == '"' || c == '<' {
				t.Errorf("%q is repeated", id)
			}
		}
	})
}
