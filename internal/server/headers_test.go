package server_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server"
	"corroborate/internal/server/servertest"
)

// shared are the addresses whose answers are the same for everybody, so that caches
// between may keep them.
func shared(pattern string) bool {
	return strings.HasPrefix(pattern, "/static/") || pattern == "/docs" || pattern == "/docs/docs.css" || pattern == "/openapi.json"
}

// TestEveryAnswerIsGuarded looks at the headers of every answer: no cache between keeps
// what is private, no other site frames a page, no browser guesses what an answer is.
func TestEveryAnswerIsGuarded(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	for _, who := range h.viewers {
		for _, route := range h.Routes() {
			if route.Method != http.MethodGet || strings.HasSuffix(route.Pattern, "/events") {
				continue
			}
			for _, address := range h.addresses(route) {
				checkGuards(t, route, address, h.get(who, route, address))
			}
		}
	}
}

func checkGuards(t *testing.T, route server.Route, address string, w *httptest.ResponseRecorder) {
	t.Helper()
	header := w.Header()
	policy := header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "frame-ancestors 'none'") || !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("GET %s: the policy is %q", address, policy)
	}
	if header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("GET %s: a browser may guess what it is", address)
	}
	cache := header.Get("Cache-Control")
	private := strings.Contains(cache, "private") || strings.Contains(cache, "no-store")
	card := strings.HasPrefix(route.Pattern, "/cards/") && w.Code == http.StatusOK // anybody with its address may see it
	if body := w.Body.Len() > 0; body && !private && !shared(route.Pattern) && !card && route.Pattern != "/metrics" {
		t.Errorf("GET %s: status %d, Cache-Control is %q, want it private", address, w.Code, cache)
	}
	if to := header.Get("Location"); w.Code == http.StatusSeeOther && strings.HasPrefix(to, "/login") && strings.Contains(cache, "public") {
		t.Errorf("GET %s: the way to sign in may be kept for others: %q", address, cache)
	}
}

// TestTheHostThatACallerNamesIsNotBelieved asks every address under a host that is not
// ours: where the settings name ours, no page, link or header repeats the other.
func TestTheHostThatACallerNamesIsNotBelieved(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{PublicURL: "https://news.example.org", PublicRead: true})
	admin := &caller{cookie: s.SignIn(s.User(auth.Administrator)), key: servertest.AdminKey}
	for _, route := range s.Routes() {
		if strings.HasSuffix(route.Pattern, "/logout") {
			continue
		}
		for _, c := range []*caller{admin, {}} {
			call := callOf(route, c)
			r := httptest.NewRequestWithContext(t.Context(), call.Method, call.Path, strings.NewReader(call.Body))
			r.Host = "evil.example"
			r.Header = http.Header{"X-Forwarded-Host": {"evil.example"}, "X-Forwarded-Proto": {"http"}, "Forwarded": {"host=evil.example"},
				"X-Original-Url": {"/evil.example"}, "X-Rewrite-Url": {"/evil.example"}}
			if call.Body != "" {
				r.Header.Set("Content-Type", "application/json")
			}
			for k, v := range call.Header {
				r.Header[k] = v
			}
			if c.key != "" && route.Way == server.ByKey {
				r.Header.Set("Authorization", "Bearer "+c.key)
			} else if c.cookie != nil {
				r.AddCookie(c.cookie)
			}
			w := httptest.NewRecorder()
			if strings.HasSuffix(route.Pattern, "/events") {
				continue
			}
			s.ServeHTTP(w, r)
			if strings.Contains(w.Body.String(), "evil.example") {
				t.Errorf("%s %s repeats the host that the caller named", route.Method, route.Pattern)
			}
			for name, values := range w.Header() {
				if strings.Contains(strings.Join(values, " "), "evil.example") {
					t.Errorf("%s %s: the header %s is %q", route.Method, route.Pattern, name, values)
				}
			}
		}
	}
}

// TestHeadersTakeNoLines puts line ends into everything that becomes a part of a header:
// addresses, queries, names of files. No answer has a header that was not meant.
func TestHeadersTakeNoLines(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{PublicRead: true})
	admin := &caller{cookie: s.SignIn(s.User(auth.Administrator)), key: servertest.AdminKey}
	for _, evil := range []string{"%0d%0aX-Zqx:%201", "%0aX-Zqx:%201", "%E5%98%8A%E5%98%8DX-Zqx:%201", "%0d%0a%0d%0a<zqx-el>"} {
		for _, route := range s.Routes() {
			if route.Method != http.MethodGet || strings.HasSuffix(route.Pattern, "/events") {
				continue
			}
			call := servertest.Call{Method: http.MethodGet, Key: admin.key, Cookie: admin.cookie,
				Path: placeholder.ReplaceAllString(route.Pattern, evil) + "?q=" + evil + "&then=/" + evil + "&cursor=" + evil + "&from=" + evil}
			w := s.Do(call)
			for name, values := range w.Header() {
				if strings.Contains(name, "Zqx") || strings.ContainsAny(strings.Join(values, ""), "\r\n") {
					t.Errorf("GET %s: the header %s is %q", call.Path, name, values)
				}
			}
		}
	}
}
