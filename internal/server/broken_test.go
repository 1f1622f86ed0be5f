package server_test

import (
	"net/http"
	"strings"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server"
	"corroborate/internal/server/servertest"
	"corroborate/web"
)

// TestBrokenDatabase takes the database away and calls every route: each that
// needs it says that the server failed, and none says how.
func TestBrokenDatabase(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{PublicRead: true})
	admin := &caller{name: "the administrator", role: auth.Administrator, cookie: s.SignIn(s.User(auth.Administrator)), key: servertest.AdminKey}
	nobody := &caller{name: "nobody"}
	s.Serving.Close()
	for _, route := range s.Routes() {
		for _, c := range []*caller{nobody, admin} {
			w := s.Do(callOf(route, c))
			failed := w.Code == http.StatusInternalServerError || w.Code == http.StatusServiceUnavailable
			if needs := needsDatabase(route, c); failed != needs && (needs || w.Code >= http.StatusInternalServerError) {
				t.Errorf("%s %s as %s: status %d; needs the database: %v", route.Method, route.Pattern, c.name, w.Code, needs)
			}
			for _, leak := range []string{"closed pool", "pgx", "SQLSTATE", "goroutine", "store:"} {
				if strings.Contains(w.Body.String(), leak) {
					t.Errorf("%s %s as %s says %q: %s", route.Method, route.Pattern, c.name, leak, w.Body)
				}
			}
			if route.Way == server.ByKey && w.Code == http.StatusInternalServerError && w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s %s: content type %q", route.Method, route.Pattern, w.Header().Get("Content-Type"))
			}
		}
	}
}

// needsDatabase tells whether a route cannot be served without the database: all
// that look at who calls, where somebody does, and what is open to all.
func needsDatabase(route server.Route, c *caller) bool {
	if strings.HasPrefix(route.Pattern, "/static/") {
		return false
	}
	switch route.Way {
	case server.BySession:
		signsInOrOut := route.Access == web.Anyone && route.Method == http.MethodPost
		opensLink := strings.Contains(route.Pattern, "/{token}")
		return c.cookie != nil || route.Access == web.ReaderOrPublic || signsInOrOut || opensLink
	case server.ByKey:
		return c.key != "" || route.Needs == "read_findings"
	}
	return route.Pattern == "/readyz" || strings.HasPrefix(route.Pattern, "/cards/")
}
