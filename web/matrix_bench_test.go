package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"corroborate/internal/server/servertest"
	"corroborate/internal/store/storetest/made"
)

// BenchmarkMatrix measures how long the server takes for the matrix of a story of 50
// articles and 500 findings, from the request to the last compressed byte: its first
// page, in each order, one that is filtered, and the rows behind the first ones. What
// a server does that sends the same bytes from memory is measured beside it.
func BenchmarkMatrix(b *testing.B) {
	s := newSite(b, servertest.Options{})
	story := "/stories/" + made.Story(b, s.Pool, made.Size{Articles: 50, Findings: 500})
	first := s.get(story).want(http.StatusOK)
	for _, c := range []struct{ name, path string }{
		{"page", story}, {"told", story + "?sort=told"}, {"alone", story + "?sort=alone"}, {"newest", story + "?sort=newest"},
		{"uncertain", story + "?sort=uncertain"}, {"groups", story + "?group=kind"}, {"text", story + "?text=sandbags"},
		{"tellers", story + "?columns=telling&verdict=diverge"}, {"rows", first.attr("[rel=next]", "data-more")},
	} {
		b.Run(c.name, func(b *testing.B) { measure(b, s, s.Service, c.path) })
	}
	html := first.Body.Bytes()
	b.Run("static", func(b *testing.B) {
		measure(b, s, http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = rw.Write(html)
		}), story)
	})
}

// measure has a page answered again and again.
func measure(b *testing.B, s site, server http.Handler, path string) {
	bytes := 0
	for b.Loop() {
		r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, path, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		r.AddCookie(s.cookie)
		w := httptest.NewRecorder()
		server.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatalf("%s: status %d", path, w.Code)
		}
		bytes = w.Body.Len()
	}
	b.ReportMetric(float64(bytes), "bytes")
}
