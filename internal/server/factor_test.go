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

// TestSecondFactorComesFirst opens every page as somebody whose role asks for a
// second factor that is not set up yet.
func TestSecondFactorComesFirst(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{PublicRead: true, RequireFactor: []auth.Role{auth.Administrator}})
	c := &caller{name: "an administrator without a second factor", cookie: s.SignIn(s.User(auth.Administrator))}
	for _, route := range s.Routes() {
		if route.Way != server.BySession || route.Access == web.Anyone {
			continue
		}
		w := s.Do(callOf(route, c))
		led := w.Code == http.StatusSeeOther && strings.HasPrefix(w.Header().Get("Location"), "/account/second-factor")
		switch {
		case route.Access == web.SignedIn:
			if led && !strings.HasPrefix(route.Pattern, "/account/second-factor") || w.Code == http.StatusForbidden {
				t.Errorf("%s %s: status %d, want to get there", route.Method, route.Pattern, w.Code)
			}
		case route.Method == http.MethodGet && !led:
			t.Errorf("%s %s: status %d, want to be led to the second factor", route.Method, route.Pattern, w.Code)
		case route.Method != http.MethodGet && w.Code != http.StatusForbidden:
			t.Errorf("%s %s: status %d, want 403", route.Method, route.Pattern, w.Code)
		}
	}
}
