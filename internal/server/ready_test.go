package server_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"corroborate/internal/server/servertest"
)

// readyAs gives the answer of /readyz as JSON.
func readyAs(t *testing.T, h http.Handler) (status int, word string, checks map[string]string, body string) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/readyz", nil)
	r.Header.Set("Accept", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	var said struct {
		Status string
		Checks []struct {
			Name, Says, Why string
			OK, Needed      bool
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &said); err != nil || w.Header().Get("Content-Type") != "application/json" {
		t.Fatalf("%v: %s %s", err, w.Header(), w.Body)
	}
	checks = map[string]string{}
	for _, c := range said.Checks {
		checks[c.Name] = c.Says + "|" + c.Why
	}
	return w.Code, said.Status, checks, w.Body.String()
}

func TestReadyExplains(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	status, word, checks, body := readyAs(t, s)
	if status != http.StatusOK || word != "ready" || checks["database"] != "answers|" || checks["schema"] != "is up to date|" {
		t.Errorf("status %d: %s", status, body)
	}
	// Nobody works on jobs in this test; that is told and keeps nobody away.
	if checks["jobs"] != "nobody works on them|" {
		t.Errorf("jobs: %s", body)
	}
	text := s.Do(get("/readyz")).Body.String()
	if !strings.HasPrefix(text, "ready\nok  database: answers\n") || !strings.Contains(text, "\nnot jobs: nobody works on them\n") {
		t.Errorf("as text: %q", text)
	}
	if _, _, checks, _ := readyAs(t, s.Beside()); !strings.HasSuffix(checks["jobs"], "|no server works on background jobs") {
		t.Errorf("for operators: %v", checks)
	}
}

func TestReadySaysWhyNotToOperatorsAlone(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{Jobs: true})
	if _, _, checks, _ := readyAs(t, s); checks["jobs"] != "are worked on|" {
		t.Errorf("jobs: %v", checks)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := s.App.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	s.Serving.Close()
	var status int
	var body string
	for range 100 { // an answer is kept for a moment
		if status, _, _, body = readyAs(t, s); status != http.StatusOK {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if status != http.StatusServiceUnavailable || strings.Contains(body, "pool") || strings.Contains(body, "why") {
		t.Errorf("for strangers: status %d: %s", status, body)
	}
	if status, word, checks, body := readyAs(t, s.Beside()); status != http.StatusServiceUnavailable || word != "not ready" || !strings.Contains(checks["database"], "closed pool") {
		t.Errorf("for operators: status %d: %s", status, body)
	}
}
