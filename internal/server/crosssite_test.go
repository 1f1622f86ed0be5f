package server_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server"
	"corroborate/internal/server/servertest"
)

// TestEveryFormOfAnotherSiteIsRefused sends every form of the pages as a browser does
// that another site leads there, with the session of an administrator.
func TestEveryFormOfAnotherSiteIsRefused(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{PublicURL: "https://news.example.org"})
	cookie := s.SignIn(s.User(auth.Administrator))
	walked := 0
	for _, route := range s.Routes() {
		if route.Way != server.BySession || slices.Contains([]string{http.MethodGet, http.MethodHead}, route.Method) {
			continue
		}
		walked++
		for name, header := range map[string]http.Header{
			"another site":      {"Sec-Fetch-Site": {"cross-site"}},
			"a sister site":     {"Sec-Fetch-Site": {"same-site"}, "Origin": {"https://blog.example.org"}},
			"another origin":    {"Origin": {"https://evil.example"}},
			"no origin to name": {"Origin": {"null"}},
			"another scheme":    {"Origin": {"http://news.example.org.evil.example"}},
			"another port":      {"Origin": {"https://news.example.org:8443"}},
		} {
			call := callOf(route, &caller{cookie: cookie})
			for k, v := range header {
				call.Header[k] = v
			}
			if w := s.Do(call); w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "another site") {
				t.Errorf("%s %s from %s: status %d, want 403", route.Method, route.Pattern, name, w.Code)
			}
		}
	}
	if walked < 60 {
		t.Errorf("only %d forms were sent", walked)
	}
	if !open(s, cookie) {
		t.Error("the session was ended from another site")
	}
}

// TestCallsTakeNoCookie makes every call of the API with the session of an administrator
// and without a key: a page of another site can send no more.
func TestCallsTakeNoCookie(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{CallsPerMinute: unlimited})
	cookie := s.SignIn(s.User(auth.Administrator))
	for _, route := range calls(s) {
		call := callOf(route, &caller{cookie: cookie})
		if w := s.Do(call); w.Code != http.StatusUnauthorized {
			t.Errorf("%s %s with a session and no key: status %d, want 401", route.Method, route.Pattern, w.Code)
		}
	}
}
