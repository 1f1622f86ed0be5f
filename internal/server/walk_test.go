package server_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/google/go-cmp/cmp"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server"
	"corroborate/internal/server/servertest"
	"corroborate/web"
)

// unknownID is an id that nothing has.
const unknownID = "01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"

// TestEveryRouteIsListed compares the router with the table of who may use what.
func TestEveryRouteIsListed(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	var have, listed []string
	err := chi.Walk(s.Router(), func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		have = append(have, method+" "+pattern)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range s.Routes() {
		listed = append(listed, r.Method+" "+r.Pattern)
	}
	slices.Sort(have)
	slices.Sort(listed)
	if diff := cmp.Diff(listed, have); diff != "" {
		t.Errorf("routes (-listed +registered):\n%s", diff)
	}
}

// caller is somebody who tries every route.
type caller struct {
	name string
	// role is empty for callers without a session, scope for those without a key.
	role   auth.Role
	scope  auth.Scope
	cookie *http.Cookie
	key    string
	// public is true where anybody may read.
	public bool
}

func callers(s *servertest.Service, public bool) []*caller {
	all := []*caller{{name: "nobody", public: public}}
	for _, role := range auth.Roles() {
		all = append(all, &caller{name: "a " + string(role), role: role, cookie: s.SignIn(s.User(role)), public: public})
	}
	for _, scope := range auth.AllScopes() {
		all = append(all, &caller{name: "a key for " + string(scope), scope: scope, key: s.Key(scope), public: public})
	}
	return all
}

// mayOpen says by the table alone whether a caller may use a page.
func (c *caller) mayOpen(a web.Access) bool {
	need := map[web.Access]auth.Role{
		web.SignedIn: auth.Reader, web.Reader: auth.Reader, web.ReaderOrPublic: auth.Reader, web.Checker: auth.Checker, web.Editor: auth.Editor, web.Administrator: auth.Administrator,
	}
	switch {
	case a == web.Anyone, a == web.ReaderOrPublic && c.public:
		return true
	case c.role == "":
		return false
	}
	return slices.Index(auth.Roles(), c.role) >= slices.Index(auth.Roles(), need[a])
}

// mayCall says by the table alone whether a caller may make a call of the API.
func (c *caller) mayCall(needs app.Action) bool {
	scopes := map[app.Action]auth.Scope{
		app.ReadFindings: auth.Read, app.ReadTexts: auth.Read, app.ReviewFindings: auth.Review, app.EditClaims: auth.Review, app.WriteArticles: auth.Write,
		app.ManageOwn: auth.Admin, app.Administer: auth.Admin,
		app.ManageWebhooks: auth.Admin, // read and write, which of these keys that for admin alone has
	}
	if c.public && needs == app.ReadFindings {
		return true
	}
	if needs == app.KnowOneself {
		return c.scope != ""
	}
	return c.scope == auth.Admin || c.scope != "" && c.scope == scopes[needs]
}

// TestEveryRouteKeepsItsAccess calls each route as everybody and compares what
// comes back with the table.
func TestEveryRouteKeepsItsAccess(t *testing.T) {
	t.Parallel()
	for _, public := range []bool{false, true} {
		t.Run(map[bool]string{false: "private", true: "public"}[public], func(t *testing.T) {
			t.Parallel()
			s := servertest.New(t, servertest.Options{PublicRead: public})
			for _, c := range callers(s, public) {
				for _, route := range inOrder(s.Routes()) {
					checkAccess(t, s, route, c)
				}
			}
		})
	}
}

// inOrder gives the routes with those last that end a session.
func inOrder(routes []server.Route) []server.Route {
	slices.SortStableFunc(routes, func(a, b server.Route) int {
		return strings.Count(a.Pattern, "/logout") - strings.Count(b.Pattern, "/logout")
	})
	return routes
}

func checkAccess(t *testing.T, s *servertest.Service, route server.Route, c *caller) {
	t.Helper()
	w := s.Do(callOf(route, c))
	may, want := true, []int{}
	switch route.Way {
	case server.BySession:
		may, want = c.mayOpen(route.Access), refusals(c.role != "", route.Method)
	case server.ByKey:
		may, want = c.mayCall(route.Needs), []int{http.StatusUnauthorized}
		if c.scope != "" {
			want = []int{http.StatusForbidden}
		}
	}
	switch {
	case w.Code >= http.StatusInternalServerError:
		t.Errorf("%s %s as %s: status %d", route.Method, route.Pattern, c.name, w.Code)
	case may && refused(w):
		t.Errorf("%s %s as %s: refused with %d, and may", route.Method, route.Pattern, c.name, w.Code)
	case !may && (!refused(w) || !slices.Contains(want, w.Code)):
		t.Errorf("%s %s as %s: status %d, want one of %d", route.Method, route.Pattern, c.name, w.Code, want)
	}
}

// refusals are the statuses of a page for somebody who may not see it: those who
// are not signed in are sent to sign in, or told to where a form would be lost.
func refusals(signedIn bool, method string) []int {
	switch {
	case signedIn:
		return []int{http.StatusForbidden}
	case method == http.MethodGet:
		return []int{http.StatusSeeOther}
	}
	return []int{http.StatusUnauthorized}
}

func refused(w *httptest.ResponseRecorder) bool {
	toSignIn := w.Code == http.StatusSeeOther && strings.HasPrefix(w.Header().Get("Location"), "/login?then=")
	return toSignIn || w.Code == http.StatusUnauthorized || w.Code == http.StatusForbidden
}

// callOf makes a call to a route that changes nothing: ids are unknown and bodies
// lack what is needed.
func callOf(route server.Route, c *caller) servertest.Call {
	call := servertest.Call{
		Method: route.Method, Key: c.key, Cookie: c.cookie,
		Path: strings.NewReplacer("{id}", unknownID, "{file}", "none.css", "{token}", "none", "{number}", "1").Replace(route.Pattern),
	}
	if strings.HasPrefix(route.Pattern, "/api/v1/search") {
		call.Path += "?q=ferry"
	}
	switch {
	case route.Method == http.MethodPost && route.Way == server.BySession:
		call.Body, call.Header = "x=y", http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	case route.Method == http.MethodPost || route.Method == http.MethodPatch:
		call.Body = `{"no such field": 1}`
	}
	return call
}
