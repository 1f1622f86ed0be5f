package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"corroborate/internal/server/servertest"
)

func TestAnArticleComesBackWhenTooMuchWaits(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{MaxWaiting: 1})
	if _, err := s.Pool.Exec(t.Context(), `INSERT INTO imports (id, state, lines, created_at) VALUES ($1, 'running', 1, now())`, unknownID); err != nil {
		t.Fatal(err)
	}
	p := s.post("/articles", url.Values{"source": {"The Ledger"}, "title": {"Pier"}, "text": {"The pier was closed on Monday."}})
	p.want(http.StatusServiceUnavailable).shows(".alert", "wait to be read").shows("textarea", "The pier was closed")
	if p.Header().Get("Retry-After") != "60" {
		t.Error("the page does not say when to try again")
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/v1/articles", strings.NewReader(`{"source":"The Ledger","text":"The pier was closed."}`))
	r.Header.Set("Authorization", "Bearer "+servertest.AdminKey)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.Server.ServeHTTP(w, r)
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "60" || !strings.Contains(w.Body.String(), "wait to be read") {
		t.Errorf("the call got %d, Retry-After %q: %s", w.Code, w.Header().Get("Retry-After"), w.Body)
	}
}
