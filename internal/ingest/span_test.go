package ingest_test

import (
	"context"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"corroborate/internal/ingest"
	"corroborate/internal/tracing"
	"corroborate/internal/tracing/tracetest"
)

// planted stands in all that a span must not hold.
const planted = "zzplantedzz"

// hears is a site that answers by the end of the path, and notes whether it was told of a
// trace.
func hears(t *testing.T) (site *httptest.Server, told *atomic.Bool) {
	t.Helper()
	told = &atomic.Bool{}
	release := make(chan struct{})
	site = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, name := range []string{"Traceparent", "Tracestate", "Baggage"} {
			if r.Header.Get(name) != "" {
				told.Store(true)
			}
		}
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("X-Planted", planted)
		w.Header().Set("Content-Type", "text/html")
		switch {
		case strings.HasSuffix(r.URL.Path, "/hang"):
			<-release
		case strings.HasSuffix(r.URL.Path, "/away"):
			http.Redirect(w, r, "/"+planted, http.StatusTemporaryRedirect)
			return
		case strings.HasSuffix(r.URL.Path, "/gone"):
			w.WriteHeader(http.StatusGone)
		case strings.HasSuffix(r.URL.Path, "/broken"):
			w.WriteHeader(http.StatusInternalServerError)
		}
		_, _ = io.WriteString(w, "<p>"+planted)
	}))
	t.Cleanup(site.Close)
	t.Cleanup(func() { close(release) })
	return site, told
}

// within runs something within a span and gives that span and those within it.
func within(t *testing.T, do func(context.Context)) (outer tracetest.Span, inner []tracetest.Span) {
	t.Helper()
	c := tracetest.New(t)
	tr, err := tracing.New(t.Context(), tracing.Config{Endpoint: c.URL + "/v1/traces", Service: "test", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, root := tr.Begin(t.Context(), "outer")
	do(ctx)
	root.End()
	tr.Stop(t.Context())
	if c.Holds(planted) {
		t.Errorf("a span holds what is private: %+v", c.Spans())
	}
	outer = c.Named(t, "outer")
	for _, s := range c.Spans() {
		if s.Name != "outer" {
			inner = append(inner, s)
		}
	}
	return outer, inner
}

// wantCall compares the one span of a call.
func wantCall(t *testing.T, name string, outer tracetest.Span, inner []tracetest.Span, notes map[string]string) {
	t.Helper()
	if len(inner) != 1 {
		t.Errorf("%s: %d spans: %+v", name, len(inner), inner)
		return
	}
	s := inner[0]
	if s.Parent != outer.ID || s.Trace != outer.Trace || s.Kind != "client" || s.Failed != (notes["error.type"] != "") || !maps.Equal(s.Notes, notes) {
		t.Errorf("%s: %+v within %+v, want the notes %v", name, s, outer, notes)
	}
}

// TestSpansOfPosts asserts what is told of a delivery: that it was one, the status, and a word
// on how it failed. The address with its query, the header and both bodies are not, and the
// receiver is told of no trace.
func TestSpansOfPosts(t *testing.T) {
	t.Parallel()
	site, told := hears(t)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	open := []string{strings.TrimPrefix(site.URL, "http://"), strings.TrimPrefix(gone.URL, "http://")}
	p := ingest.NewPoster(ingest.PosterConfig{AllowHosts: open, Timeout: 300 * time.Millisecond})
	defer p.Close()
	for address, notes := range map[string]map[string]string{
		site.URL + "/" + planted:                 {"http.response.status_code": "int_value:200"},
		site.URL + "/" + planted + "/away":       {"http.response.status_code": "int_value:307", "error.type": "bad_redirect"},
		site.URL + "/" + planted + "/gone":       {"http.response.status_code": "int_value:410", "error.type": "gone"},
		site.URL + "/" + planted + "/broken":     {"http.response.status_code": "int_value:500", "error.type": "server_fault"},
		site.URL + "/" + planted + "/hang":       {"error.type": "timeout"},
		gone.URL + "/" + planted:                 {"error.type": "unreachable"},
		"https://127.0.0.1/" + planted + "/here": {"error.type": "blocked"},
	} {
		outer, inner := within(t, func(ctx context.Context) {
			_, _ = p.Post(ctx, address+"?token="+planted, map[string]string{"webhook-signature": planted}, []byte(planted))
		})
		if len(inner) == 1 && inner[0].Name != "webhook" {
			t.Errorf("the span is named %q", inner[0].Name)
		}
		wantCall(t, address, outer, inner, notes)
	}
	if told.Load() {
		t.Error("the receiver was told of the trace")
	}
}

// TestSpansOfFetches is TestSpansOfPosts for what is fetched.
func TestSpansOfFetches(t *testing.T) {
	t.Parallel()
	site, told := hears(t)
	f := ingest.NewFetcher(ingest.Config{AllowHosts: []string{strings.TrimPrefix(site.URL, "http://")}, Gap: time.Millisecond, Timeouts: ingest.Timeouts{Whole: 300 * time.Millisecond}})
	defer f.Close()
	// It is asked for the rules of the site first, which is a fetch too.
	if _, err := f.Get(t.Context(), ingest.Request{URL: site.URL + "/"}); err != nil {
		t.Fatal(err)
	}
	for path, notes := range map[string]map[string]string{
		"":        {"http.response.status_code": "int_value:200"},
		"/gone":   {"http.response.status_code": "int_value:410", "error.type": "gone"},
		"/broken": {"http.response.status_code": "int_value:500", "error.type": "server_fault"},
		"/hang":   {"error.type": "timeout"},
	} {
		outer, inner := within(t, func(ctx context.Context) {
			_, _ = f.Get(ctx, ingest.Request{URL: site.URL + "/" + planted + path + "?q=" + planted, ETag: planted})
		})
		if len(inner) == 1 && inner[0].Name != "fetch" {
			t.Errorf("the span is named %q", inner[0].Name)
		}
		wantCall(t, path, outer, inner, notes)
	}
	if told.Load() {
		t.Error("the site was told of the trace")
	}
}
