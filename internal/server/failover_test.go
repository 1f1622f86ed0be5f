package server_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/auth"
	"corroborate/internal/server"
	"corroborate/internal/server/servertest"
)

// line is the way to the database, which a test can cut.
type line struct {
	mu   sync.Mutex
	cut  bool
	open []net.Conn
}

// watch has a pool connect over the line.
func (l *line) watch(cfg *pgxpool.Config) {
	dial := cfg.ConnConfig.DialFunc
	cfg.ConnConfig.DialFunc = func(ctx context.Context, network, addr string) (net.Conn, error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.cut {
			return nil, &net.OpError{Op: "dial", Err: errors.New("connection refused")}
		}
		conn, err := dial(ctx, network, addr)
		if err == nil {
			l.open = append(l.open, conn)
		}
		return conn, err
	}
}

// breakIt cuts the line, and all connections over it; mend lets new ones be made.
func (l *line) breakIt() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = true
	for _, c := range l.open {
		_ = c.Close()
	}
}

func (l *line) mend() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut, l.open = false, nil
}

// TestLostDatabaseIsAnOutage cuts the way to the database and calls every route: who needs it is told to
// come again, not that the server is broken. Signed in people stay so.
func TestLostDatabaseIsAnOutage(t *testing.T) {
	t.Parallel()
	l := &line{}
	s := servertest.New(t, servertest.Options{PublicRead: true, CallsPerMinute: unlimited, Watch: l.watch})
	admin := &caller{name: "the administrator", role: auth.Administrator, cookie: s.SignIn(s.User(auth.Administrator)), key: servertest.AdminKey}
	nobody := &caller{name: "nobody"}
	l.breakIt()
	for _, route := range s.Routes() {
		for _, c := range []*caller{nobody, admin} {
			w := s.Do(callOf(route, c))
			if !needsDatabase(route, c) {
				continue
			}
			if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" && route.Pattern != "/readyz" {
				t.Errorf("%s %s as %s: status %d, Retry-After %q", route.Method, route.Pattern, c.name, w.Code, w.Header().Get("Retry-After"))
			}
		}
	}
	l.mend()
	if w := s.Do(servertest.Call{Method: http.MethodGet, Path: "/account", Cookie: admin.cookie}); w.Code != http.StatusOK {
		t.Errorf("after the outage: status %d", w.Code)
	}
}

// TestFailoverIsAnOutage has the database answer writes as one does that is being replaced:
// every state of it is an outage to API and pages.
func TestFailoverIsAnOutage(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{CallsPerMinute: unlimited})
	editor := s.SignIn(s.User(auth.Editor))
	for _, table := range []string{"stories", "sessions"} {
		execute(t, s, "CREATE FUNCTION fail_"+table+"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted' USING ERRCODE = current_setting('test.state'); END $$")
		execute(t, s, "CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON "+table+" FOR EACH ROW EXECUTE FUNCTION fail_"+table+"()")
	}
	for i, state := range []string{"25006", "57P01", "57P02", "57P03", "57P04", "57P05", "08006", "08003", "53100", "53200", "53300", "53400", "58030", "25P03", "55P03"} {
		execute(t, s, "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET test.state = ''"+state+"''', current_database()); END $$")
		s.Serving.Reset()
		for name, call := range map[string]servertest.Call{
			"a call": {Method: http.MethodPost, Path: "/api/v1/stories", Key: servertest.AdminKey, Body: `{"title": "A bridge"}`},
			"a page": {Method: http.MethodPost, Path: "/stories", Cookie: editor, Body: "title=A+bridge", Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}},
			"a sign-in": {Method: http.MethodPost, Path: "/login", Body: "email=administrator@news.example&password=" + strings.ReplaceAll(servertest.Password, " ", "+"),
				Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}},
		} {
			if name == "a sign-in" && i > 7 {
				continue // only so many are let try
			}
			w := s.Do(call)
			if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || strings.Contains(w.Body.String(), "planted") {
				t.Errorf("%s while the database says %s: status %d, Retry-After %q: %.300s", name, state, w.Code, w.Header().Get("Retry-After"), w.Body)
			}
		}
	}
}

// TestAConnectionThatEndsWithinACall ends the connections of the service by force while a
// call waits for a lock.
func TestAConnectionThatEndsWithinACall(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	lock, err := s.Pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Rollback(context.WithoutCancel(t.Context())) //nolint:errcheck // it only holds a lock
	if _, err := lock.Exec(t.Context(), "LOCK TABLE stories IN EXCLUSIVE MODE"); err != nil {
		t.Fatal(err)
	}
	status := make(chan int)
	go func() {
		status <- s.Do(servertest.Call{Method: http.MethodPost, Path: "/api/v1/stories", Key: servertest.AdminKey, Body: `{"title": "A bridge"}`}).Code
	}()
	for n := 0; n == 0; {
		if err := s.Pool.QueryRow(t.Context(), `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
			WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&n); err != nil {
			t.Fatal(err)
		}
	}
	if got := <-status; got != http.StatusServiceUnavailable {
		t.Errorf("status %d", got)
	}
}

func execute(t *testing.T, s *servertest.Service, sql string) {
	t.Helper()
	if _, err := s.Pool.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// TestFrontAnswersWhileTheServiceStarts asserts that nobody waits for a service that starts.
func TestFrontAnswersWhileTheServiceStarts(t *testing.T) {
	t.Parallel()
	front := server.NewFront("")
	front.Doing("the database is awaited")
	for path, want := range map[string]struct {
		status      int
		holds, kind string
	}{
		"/healthz":        {http.StatusOK, "ok", "text/plain; charset=utf-8"},
		"/readyz":         {http.StatusServiceUnavailable, "not ready\nnot start: goes on: the database is awaited", "text/plain; charset=utf-8"},
		"/":               {http.StatusServiceUnavailable, "The service is starting", "text/html; charset=utf-8"},
		"/api/v1/stories": {http.StatusServiceUnavailable, "The service is starting.", "application/problem+json"},
	} {
		w := ask(t, front, path)
		if w.Code != want.status || !strings.Contains(w.Body.String(), want.holds) || w.Header().Get("Content-Type") != want.kind || w.Header().Get("X-Request-Id") == "" {
			t.Errorf("%s: status %d, %v: %s", path, w.Code, w.Header(), w.Body)
		}
		if (w.Header().Get("Retry-After") != "") != (want.status == http.StatusServiceUnavailable) {
			t.Errorf("%s: Retry-After %q", path, w.Header().Get("Retry-After"))
		}
	}
	front.Open(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	if w := ask(t, front, "/"); w.Code != http.StatusTeapot {
		t.Errorf("once it is open: status %d", w.Code)
	}
}

func ask(t *testing.T, h http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return w
}
