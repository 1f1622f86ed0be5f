package server_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
	"corroborate/internal/store"
)

func get(path string) servertest.Call { return servertest.Call{Method: http.MethodGet, Path: path} }

func TestHeadersThatProtect(t *testing.T) {
	t.Parallel()
	plain := servertest.New(t, servertest.Options{})
	secure := servertest.New(t, servertest.Options{PublicURL: "https://news.example.org"})
	for _, path := range []string{"/login", "/docs", "/healthz", "/api/v1/stories", "/nowhere", "/api/v1/nowhere"} {
		h := plain.Do(get(path)).Header()
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'", "X-Content-Type-Options": "nosniff",
			"Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if !strings.HasPrefix(h.Get(name), want) {
				t.Errorf("%s: %s is %q, want %q", path, name, h.Get(name), want)
			}
		}
		if h.Get("Strict-Transport-Security") != "" || strings.Contains(h.Get("Content-Security-Policy"), "unsafe") {
			t.Errorf("%s over http: HSTS %q, policy %q", path, h.Get("Strict-Transport-Security"), h.Get("Content-Security-Policy"))
		}
		if got := secure.Do(get(path)).Header().Get("Strict-Transport-Security"); got == "" {
			t.Errorf("%s over https: no HSTS", path)
		}
	}
}

func TestCookieOfSession(t *testing.T) {
	t.Parallel()
	plain := servertest.New(t, servertest.Options{})
	c := plain.SignIn(plain.User(auth.Reader))
	if c.Name != "session" || !c.HttpOnly || c.Secure || c.SameSite != http.SameSiteLaxMode {
		t.Errorf("over http: %+v", c)
	}
	secure := servertest.New(t, servertest.Options{PublicURL: "https://news.example.org"})
	c = secure.SignIn(secure.User(auth.Reader))
	if c.Name != "__Host-session" || !c.HttpOnly || !c.Secure || c.Path != "/" || c.Domain != "" {
		t.Errorf("over https: %+v", c)
	}
	var stored int
	if err := secure.Pool.QueryRow(t.Context(), "SELECT count(*) FROM sessions WHERE token = $1", c.Value).Scan(&stored); err != nil || stored != 0 {
		t.Errorf("the database holds the token itself %d times (%v), want its hash alone", stored, err)
	}
}

func TestSessionEndsWithItsPassword(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	cookie := s.SignIn(s.User(auth.Reader))
	home := get("/")
	home.Cookie = cookie
	if w := s.Do(home); w.Code != http.StatusOK {
		t.Fatalf("signed in: status %d", w.Code)
	}
	if _, err := s.Pool.Exec(t.Context(), "UPDATE users SET session_version = session_version + 1"); err != nil {
		t.Fatal(err)
	}
	if w := s.Do(home); w.Code != http.StatusSeeOther {
		t.Errorf("after a change of the password: status %d, want 303", w.Code)
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{PublicURL: "https://news.example.org"})
	for _, tt := range []struct {
		name   string
		header http.Header
		want   int
	}{
		{"another site", http.Header{"Sec-Fetch-Site": {"cross-site"}}, http.StatusForbidden},
		{"another origin", http.Header{"Origin": {"https://evil.example"}}, http.StatusForbidden},
		{"this site", http.Header{"Sec-Fetch-Site": {"same-origin"}}, http.StatusSeeOther},
		{"this site behind a proxy", http.Header{"Origin": {"https://news.example.org"}}, http.StatusSeeOther},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := s.Do(servertest.Call{Method: http.MethodPost, Path: "/logout", Header: tt.header})
			if w.Code != tt.want {
				t.Errorf("status %d, want %d", w.Code, tt.want)
			}
		})
	}
}

func TestSignInsAreLimited(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	attempt := func(email string) int {
		return s.Do(servertest.Call{Method: http.MethodPost, Path: "/login", Body: "email=" + email + "&password=wrong",
			Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}}).Code
	}
	for range 10 {
		if code := attempt("someone@news.example"); code != http.StatusUnprocessableEntity {
			t.Fatalf("within the limit: status %d", code)
		}
	}
	if code := attempt("SOMEONE@news.example"); code != http.StatusTooManyRequests {
		t.Errorf("over the limit: status %d, want 429", code)
	}
	if code := attempt("another@news.example"); code != http.StatusUnprocessableEntity {
		t.Errorf("another account: status %d, want 422", code)
	}
}

// TestLogHoldsNoSecrets reads the line of a call in the log.
func TestLogHoldsNoSecrets(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := servertest.New(t, servertest.Options{Log: slog.New(slog.NewJSONHandler(&log, nil))})
	log.Reset()
	cookie := &http.Cookie{Name: "session", Value: "cookie-secret"}
	s.Do(servertest.Call{Method: http.MethodPost, Path: "/api/v1/stories?q=query-secret", Body: `{"title": "body-secret"}`, Key: servertest.AdminKey, Cookie: cookie})
	w := s.Do(servertest.Call{Method: http.MethodGet, Path: "/api/v1/stories/" + unknownID, Key: servertest.AdminKey,
		Header: http.Header{"X-Request-Id": {"desk-7"}}})
	if got := w.Header().Get("X-Request-Id"); got != "desk-7" {
		t.Errorf("X-Request-Id is %q, want the one that was sent", got)
	}
	for _, secret := range []string{servertest.AdminKey, "cookie-secret", "query-secret", "body-secret"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %q:\n%s", secret, &log)
		}
	}
	var line struct {
		Method, Route, Caller string
		Status                int
		RequestID             string `json:"request_id"`
	}
	lines := bytes.Split(bytes.TrimSpace(log.Bytes()), []byte("\n"))
	if err := json.Unmarshal(lines[len(lines)-1], &line); err != nil {
		t.Fatal(err)
	}
	if line.Method != "GET" || line.Route != "/api/v1/stories/{id}" || line.Status != 404 || line.RequestID != "desk-7" || !strings.HasPrefix(line.Caller, "key:") {
		t.Errorf("the line is %+v", line)
	}
}

func TestHarmfulRequestIDIsReplaced(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	for _, id := range []string{"a b", "<b>", "a\tb", strings.Repeat("a", 65)} {
		call := get("/healthz")
		call.Header = http.Header{"X-Request-Id": {id}}
		if got := s.Do(call).Header().Get("X-Request-Id"); got == id || got == "" {
			t.Errorf("%q was answered with %q", id, got)
		}
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	for _, path := range []string{"/healthz", "/readyz"} {
		if w := s.Do(get(path)); w.Code != http.StatusOK {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
	if _, err := s.Pool.Exec(t.Context(), "DELETE FROM goose_db_version WHERE version_id = (SELECT max(version_id) FROM goose_db_version)"); err != nil {
		t.Fatal(err)
	}
	for range 100 { // an answer is kept for a moment
		if s.Do(get("/readyz")).Code == http.StatusServiceUnavailable {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("/readyz with an old schema does not become 503")
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	s.Do(get("/api/v1/stories/" + unknownID))
	s.Do(servertest.Call{Method: http.MethodPost, Path: "/api/v1/articles", Key: servertest.AdminKey, Body: `{"text": "The bridge was closed.", "source": "Post"}`})
	call := get("/metrics")
	call.Key = servertest.AdminKey
	body := s.Do(call).Body.String()
	for _, want := range []string{
		`http_request_duration_seconds_count{method="GET",route="/api/v1/stories/{id}",status="401"} 1`,
		"db_pool_connections ", "go_goroutines ", `jobs{kind="analyze_article",state="available"} 1`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the figures lack %s", want)
		}
	}
	if strings.Contains(body, unknownID) {
		t.Error("the figures hold an id")
	}
}

func TestAnswersAreCompressed(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	call := get("/openapi.json")
	plain := s.Do(call).Body.String()
	call.Header = http.Header{"Accept-Encoding": {"gzip"}}
	w := s.Do(call)
	if w.Header().Get("Content-Encoding") != "gzip" {
		t.Fatalf("the encoding is %q", w.Header().Get("Content-Encoding"))
	}
	unzipped, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(unzipped); err != nil || string(got) != plain {
		t.Errorf("%d bytes, %v; want the %d of the plain answer", len(got), err, len(plain))
	}
}

func TestUnknownAddressesAreToldInTheirTree(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	for path, want := range map[string]string{"/nowhere": "text/html; charset=utf-8", "/api/v1/nowhere": "application/problem+json", "/api/v1": "application/problem+json"} {
		w := s.Do(get(path))
		if w.Code != http.StatusNotFound || w.Header().Get("Content-Type") != want {
			t.Errorf("%s: status %d as %s, want 404 as %s", path, w.Code, w.Header().Get("Content-Type"), want)
		}
	}
	w := s.Do(servertest.Call{Method: http.MethodPut, Path: "/api/v1/stories"})
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, POST" {
		t.Errorf("PUT: status %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
	if w := s.Do(servertest.Call{Method: http.MethodHead, Path: "/healthz"}); w.Code != http.StatusOK {
		t.Errorf("HEAD /healthz: status %d", w.Code)
	}
}

func TestOldSessionsAreForgotten(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	s.SignIn(s.User(auth.Reader))
	if _, err := s.Pool.Exec(t.Context(), "INSERT INTO sessions (token, data, expiry) VALUES ('old', '', now() - interval '1 minute')"); err != nil {
		t.Fatal(err)
	}
	db := store.New(s.Pool)
	if err := db.InTx(t.Context(), func(tx *store.Tx) error { return tx.ForgetSessions(t.Context(), time.Now()) }); err != nil {
		t.Fatal(err)
	}
	var left int
	if err := s.Pool.QueryRow(t.Context(), "SELECT count(*) FROM sessions").Scan(&left); err != nil || left != 1 {
		t.Errorf("%d sessions are left (%v), want the one that lasts", left, err)
	}
}
