package server

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5/middleware"
)

func TestPanicCostsOneRequest(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	fail := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }
	h := requestID(recoverer(slog.New(slog.NewTextHandler(&log, nil)), func() {}, fail)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		panic("the secret of the panic")
	})))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
	for _, want := range []string{"the secret of the panic", "net_test.go", w.Header().Get("X-Request-Id")} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %q: %s", want, &log)
		}
	}
}

func TestDroppedConnectionIsNoPanicOfOurs(t *testing.T) {
	t.Parallel()
	defer func() {
		if p := recover(); p != http.ErrAbortHandler {
			t.Errorf("recovered %v, want the panic that drops a connection", p)
		}
	}()
	h := recoverer(slog.New(slog.DiscardHandler), nil, nil)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		panic(http.ErrAbortHandler)
	}))
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
}

func TestClientIsThePeerOrWhomATrustedProxyNames(t *testing.T) {
	t.Parallel()
	proxy := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, tt := range []struct {
		name      string
		proxies   []netip.Prefix
		peer, xff string
		want      string
	}{
		{"no proxy", nil, "192.0.2.7:80", "203.0.113.9", "192.0.2.7"},
		{"a trusted proxy", proxy, "10.1.1.1:80", "203.0.113.9", "203.0.113.9"},
		{"a forged name before the proxy's", proxy, "10.1.1.1:80", "198.51.100.1, 203.0.113.9", "203.0.113.9"},
		{"a peer that is no proxy", proxy, "192.0.2.7:80", "203.0.113.9", "192.0.2.7"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := ""
			h := clientIP(tt.proxies)(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = middleware.GetClientIP(r.Context()) }))
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.RemoteAddr = tt.peer
			r.Header.Set("X-Forwarded-For", tt.xff)
			h.ServeHTTP(httptest.NewRecorder(), r)
			if got != tt.want {
				t.Errorf("the client is %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAnswersHaveATimeAndStreamsHaveNone(t *testing.T) {
	t.Parallel()
	for path, most := range map[string]time.Duration{"/stories/1": answerTime, "/stories/1/events": 0, "/account/export.json": exportTime,
		"/api/v1/me/export": exportTime} {
		var ctx context.Context
		inTime(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { ctx = r.Context() })).
			ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil))
		until, limited := ctx.Deadline()
		if limited != (most > 0) || limited && (time.Until(until) > most || time.Until(until) < most/2) {
			t.Errorf("%s: limited %v until %v", path, limited, until)
		}
	}
}
