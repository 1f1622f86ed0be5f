package server

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"unicode"

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

// FuzzBrowser holds that a User-Agent gives short plain words, whatever it says.
func FuzzBrowser(f *testing.F) {
	f.Add("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0")
	f.Add("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1")
	f.Add("<script>alert(1)</script>/1 (\x00; \u202e)")
	f.Fuzz(func(t *testing.T, userAgent string) {
		got := browserOf(userAgent)
		if len(got) > 80 {
			t.Errorf("%q gives %d bytes", userAgent, len(got))
		}
		for _, c := range got {
			if c > '~' || !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune(" .+-", c) {
				t.Errorf("%q gives %q", userAgent, got)
			}
		}
	})
}

// TestBrowserIsNamedInPlainWords reads what browsers send.
func TestBrowserIsNamedInPlainWords(t *testing.T) {
	t.Parallel()
	const webkit = "AppleWebKit/537.36 (KHTML, like Gecko) "
	for userAgent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0":                                                "Firefox on Linux",
		"Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0":                                        "Firefox on Linux",
		"Mozilla/5.0 (X11; FreeBSD amd64; rv:133.0) Gecko/20100101 Firefox/133.0":                                               "Firefox",
		"Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0":                                                  "Firefox on Android",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) " + webkit + "Chrome/131.0.0.0 Safari/537.36":                                "Chrome on Windows",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) " + webkit + "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0":                  "Edge on Windows",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) " + webkit + "Chrome/131.0.0.0 Safari/537.36 OPR/116.0.0.0":                  "Opera on Windows",
		"Mozilla/5.0 (Linux; Android 14; SM-S921B) " + webkit + "SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36":     "Samsung Browser on Android",
		"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) " + webkit + "Chrome/131.0.0.0 Safari/537.36":                                 "Chrome on ChromeOS",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15": "Safari on macOS",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1":   "Safari on iPhone",
		"Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 FxiOS/133.0 Mobile/15E148 Safari/605.1.15":          "Firefox on iPad",
		"Mozilla/5.0 (X11; Linux x86_64) Gecko <img src=x>/1.0":                                                                 "A browser on Linux",
		"curl/8.5.0":                 "curl",
		"<script>alert(1)</script>":  "",
		strings.Repeat("a", 100_000): "",
		"":                           "",
		"\xff\xfe/1":                 "",
	} {
		if got := browserOf(userAgent); got != want {
			t.Errorf("%.120q gives %q, want %q", userAgent, got, want)
		}
	}
}

// TestAddressIsKeptAsOne reads what clients come from.
func TestAddressIsKeptAsOne(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{"203.0.113.7": "203.0.113.7", "::ffff:203.0.113.7": "203.0.113.7", "2001:db8::7": "2001:db8::7", "fe80::1%eth0": "fe80::1",
		"": "", "somewhere": "", "203.0.113.7:80": ""} {
		if got := keptAddress(address); got != want {
			t.Errorf("%q is kept as %q, want %q", address, got, want)
		}
	}
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
