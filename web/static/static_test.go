package static

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAssets(t *testing.T) {
	t.Parallel()
	a, err := New()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, media, part string }{
		{"app.css", "text/css", "@layer base, parts, pages, narrow, paper;"},
		{"app.js", "text/javascript", "EventSource"},
		{"icon.svg", "image/svg+xml", "<svg"},
	}
	for _, tt := range tests {
		w := httptest.NewRecorder()
		a.ServeHTTP(w, httptest.NewRequest(http.MethodGet, a.URL(tt.name), nil))
		h := w.Result().Header
		if w.Code != http.StatusOK || !strings.HasPrefix(h.Get("Content-Type"), tt.media) || !strings.Contains(w.Body.String(), tt.part) {
			t.Errorf("%s: status %d, %q", tt.name, w.Code, h.Get("Content-Type"))
		}
		if !strings.Contains(h.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: Cache-Control %q", tt.name, h.Get("Cache-Control"))
		}
	}
	for _, path := range []string{"/static/app.css", "/static/app-000000000000.css", "/static/", "/static/../web.go"} {
		w := httptest.NewRecorder()
		a.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d, want 404", path, w.Code)
		}
	}
}

// TestStylesAndScriptsStayInside looks for what the content security policy would
// refuse or what would load from elsewhere.
func TestStylesAndScriptsStayInside(t *testing.T) {
	t.Parallel()
	for _, name := range append([]string{"app.js"}, styles...) {
		content, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"http:", "https:", "@import", "url(", "eval(", "innerHTML"} {
			if strings.Contains(string(content), word) {
				t.Errorf("%s has %q", name, word)
			}
		}
	}
}
