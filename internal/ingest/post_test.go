package ingest_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"corroborate/internal/ingest"
)

// TestPostRefusesWhereItMayNotGo tries what a webhook's address must not reach.
func TestPostRefusesWhereItMayNotGo(t *testing.T) {
	t.Parallel()
	reached := false
	site := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer site.Close()
	p := ingest.NewPoster(ingest.PosterConfig{Timeout: time.Second})
	for address, kind := range map[string]ingest.FetchKind{
		site.URL:                      ingest.BadAddress, // a port that is not of the web
		"https://127.0.0.1/":          ingest.Blocked,
		"https://localhost/":          ingest.Blocked,
		"https://[::1]/":              ingest.Blocked,
		"https://[::ffff:127.0.0.1]/": ingest.Blocked,
		"https://169.254.169.254/":    ingest.Blocked,
		"http://example.org/":         ingest.BadAddress,
		"https://a:b@example.org/":    ingest.BadAddress,
		"gopher://example.org/":       ingest.BadAddress,
	} {
		_, err := p.Post(t.Context(), address, nil, []byte("{}"))
		var fetch *ingest.FetchError
		if !errors.As(err, &fetch) || fetch.Kind != kind {
			t.Errorf("%s: %v, want %s", address, err, kind)
		}
	}
	if reached {
		t.Error("a server on this machine was reached")
	}
}

// TestPostTakesWhatIsAnswered sends to a server that is allowed.
func TestPostTakesWhatIsAnswered(t *testing.T) {
	t.Parallel()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hang" {
			<-r.Context().Done()
			return
		}
		w.Header().Set("Location", "/hang")
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(http.StatusTemporaryRedirect)
		_, _ = w.Write([]byte(strings.Repeat("ab", ingest.MaxAnswer)))
	}))
	defer site.Close()
	p := ingest.NewPoster(ingest.PosterConfig{AllowHosts: []string{strings.TrimPrefix(site.URL, "http://")}, Timeout: 300 * time.Millisecond})
	defer p.Close()
	got, err := p.Post(t.Context(), site.URL, map[string]string{"webhook-id": "1"}, []byte("{}"))
	if err != nil || got.Status != http.StatusTemporaryRedirect || len(got.Answer) != ingest.MaxAnswer || got.RetryAfter != 7*time.Second {
		t.Errorf("%+v, %v", got, err)
	}
	var fetch *ingest.FetchError
	if _, err := p.Post(t.Context(), site.URL+"/hang", nil, nil); !errors.As(err, &fetch) || fetch.Kind != ingest.Timeout {
		t.Errorf("a server that hangs: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Post(ended, site.URL, nil, nil); err == nil {
		t.Error("sent after the end")
	}
}

// FuzzAnswerText has any bytes come back as text that the database takes.
func FuzzAnswerText(f *testing.F) {
	f.Add([]byte("ok"))
	f.Add([]byte("\x00\xff\xe2\x82"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s := ingest.AnswerText(b)
		if !utf8.ValidString(s) || strings.ContainsRune(s, 0) || len(s) > len(b) {
			t.Errorf("%q becomes %q", b, s)
		}
	})
}
