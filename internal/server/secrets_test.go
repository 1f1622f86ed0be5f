package server_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server"
	"corroborate/internal/server/servertest"
)

// diary is a log that many goroutines write.
type diary struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write adds a line.
func (d *diary) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.b.Write(p)
}

// String gives what was written.
func (d *diary) String() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.b.String()
}

// TestNoAddressWritesASecretIntoTheLog sends secrets wherever a request can hold one, to
// every address, with a database and without: the log, which tells all that it can,
// holds none of them, and each line is one line.
func TestNoAddressWritesASecretIntoTheLog(t *testing.T) {
	t.Parallel()
	var log diary
	s := servertest.New(t, servertest.Options{PublicRead: true, CallsPerMinute: unlimited,
		Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	cookie := s.SignIn(s.User(auth.Administrator))
	lines := 0
	for _, broken := range []bool{false, true} {
		if broken {
			s.Serving.Close()
		}
		for i, route := range s.Routes() {
			if strings.HasSuffix(route.Pattern, "/events") || strings.HasSuffix(route.Pattern, "/logout") {
				continue
			}
			lines++
			s.ServeHTTP(httptest.NewRecorder(), revealing(t, route, cookie, i))
		}
	}
	told := log.String()
	for _, secret := range []string{"zqsecret", servertest.AdminKey, cookie.Value, servertest.Password} {
		if i := strings.Index(told, secret); i >= 0 {
			t.Errorf("the log holds %q: %s", secret, around(told, i))
		}
	}
	if n := strings.Count(told, "msg=request"); n < lines {
		t.Errorf("the log has %d lines of requests, want %d", n, lines)
	}
	for line := range strings.Lines(told) {
		if !strings.HasPrefix(line, "time=") {
			t.Errorf("a line of the log was made by a request: %q", line)
		}
	}
}

// revealing makes a request that holds secrets in its address, query, headers and body.
func revealing(t *testing.T, route server.Route, cookie *http.Cookie, n int) *http.Request {
	t.Helper()
	path := placeholder.ReplaceAllString(route.Pattern, "zqsecret-path%0atime=forged")
	body := `{"password": "zqsecret-body", "text": "zqsecret-text", "url": "https://u:zqsecret-url@site.invalid/?key=zqsecret"}`
	kind := "application/json"
	if route.Way == server.BySession {
		body, kind = "password=zqsecret-form&email=zqsecret%40x.example&code=zqsecret&old=zqsecret&new=zqsecret&url=https%3A%2F%2Fsite.invalid%2Fzqsecret", "application/x-www-form-urlencoded"
	}
	r := httptest.NewRequestWithContext(t.Context(), route.Method, path+"?q=zqsecret-query&cursor=zqsecret%0atime=forged", strings.NewReader(body))
	r.RemoteAddr = fmt.Sprintf("198.51.100.%d:1", n%250)
	r.Header = http.Header{"Content-Type": {kind}, "If-Match": {`"zqsecret-tag"`}, "Idempotency-Key": {"zqsecret-idem"}, "User-Agent": {"zqsecret-agent\ttime=forged"},
		"X-Forwarded-For": {"zqsecret-xff"}, "Referer": {"https://news.example/zqsecret"}, "X-Request-Id": {"zqsecret id\n"}}
	r.AddCookie(cookie)
	if route.Way == server.ByKey {
		r.Header.Set("Authorization", "Bearer "+servertest.AdminKey)
	}
	return r
}
