package server

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

// visit gathers what is known of a request only while it is served.
type visit struct {
	// caller is "user:ID", "key:ID", or empty for nobody.
	caller string
	// refused is true for one of too many, which the figures count: a line for each would
	// be a flood of its own.
	refused bool
}

type visitKey struct{}

// withVisit gives a context that gathers into v.
func withVisit(ctx context.Context, v *visit) context.Context {
	return context.WithValue(ctx, visitKey{}, v)
}

// setCaller notes who made the request, for its line in the log.
func setCaller(ctx context.Context, caller string) {
	if v, ok := ctx.Value(visitKey{}).(*visit); ok {
		v.caller = caller
	}
}

// setRefused notes that a request was one of too many.
func setRefused(ctx context.Context) {
	if v, ok := ctx.Value(visitKey{}).(*visit); ok {
		v.refused = true
	}
}

// observe writes one line for each request when it has ended and counts it. The
// line holds the route's pattern and not the address: queries and ids may be
// private, and bodies, cookies and keys are never written.
func observe(log *slog.Logger, m *metrics) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			start := time.Now()
			v, given := r.Context().Value(visitKey{}).(*visit)
			if !given {
				v = &visit{}
				r = r.WithContext(withVisit(r.Context(), v))
			}
			ww := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
			m.running.Inc()
			defer func() {
				m.running.Dec()
				status := ww.Status()
				if status == 0 {
					status = http.StatusOK
				}
				took := time.Since(start)
				pattern := patternOf(r)
				m.observe(r.Method, pattern, status, took)
				log.LogAttrs(r.Context(), levelOf(status, v.refused), "request",
					slog.String("method", r.Method), slog.String("route", pattern), slog.Int("status", status),
					slog.Duration("took", took), slog.Int("bytes", ww.BytesWritten()), slog.String("caller", v.caller),
					slog.String("client", middleware.GetClientIP(r.Context())),
					slog.String("request_id", middleware.GetReqID(r.Context())))
			}()
			next.ServeHTTP(ww, r)
		})
	}
}

func levelOf(status int, refused bool) slog.Level {
	switch {
	case refused:
		return slog.LevelDebug
	case status >= http.StatusInternalServerError:
		return slog.LevelError
	}
	return slog.LevelInfo
}

// patternOf gives the pattern of the route that served the request, one word for
// all addresses that have none.
func patternOf(r *http.Request) string {
	if c := chi.RouteContext(r.Context()); c != nil {
		if p := c.RoutePattern(); p != "" && p != "/*" {
			return p
		}
	}
	return "unmatched"
}

// recoverer turns a panic into an answer and a line in the log; one panic costs
// one request. count is told of each.
func recoverer(log *slog.Logger, count func(), fail http.HandlerFunc) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer func() {
				p := recover()
				if p == nil {
					return
				}
				if p == http.ErrAbortHandler { // the documented way to drop a connection
					panic(p)
				}
				count()
				log.LogAttrs(r.Context(), slog.LevelError, "panic", slog.Any("panic", p),
					slog.String("request_id", middleware.GetReqID(r.Context())), slog.String("stack", string(debug.Stack())))
				if ww, ok := w.(middleware.WrapResponseWriter); !ok || ww.Status() == 0 {
					fail(w, r)
				}
			}()
			next.ServeHTTP(w, r)
		})
	}
}
