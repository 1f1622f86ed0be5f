package server

import (
	"net/http"
	"net/netip"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5/middleware"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"corroborate/internal/tracing"
)

// traceRequests makes a span of each request, named by the route's pattern. The trace that a
// caller names is gone on with where the caller is one of those in from: anybody else could
// have all their calls traced, or fill the traces of others.
func traceRequests(t *tracing.Tracing, from []netip.Prefix) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if costsNothing(r.URL.Path) { // it is asked for all day long
				next.ServeHTTP(w, r)
				return
			}
			ctx := r.Context()
			if comesFrom(r.RemoteAddr, from) {
				ctx = tracing.Carried(ctx, r.Header.Get("Traceparent"))
			}
			method := methodName(r.Method)
			ctx, span := t.Begin(ctx, method, trace.WithSpanKind(trace.SpanKindServer),
				trace.WithAttributes(attribute.String("http.request.method", method)))
			v := &visit{}
			r = r.WithContext(withVisit(ctx, v))
			ww := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
			defer func() { endRequest(span, r, ww.Status(), v.refused) }()
			next.ServeHTTP(ww, r)
		})
	}
}

// endRequest ends the span of a request. One of too many has none: to trace each would be a
// flood of its own.
func endRequest(span tracing.Span, r *http.Request, status int, refused bool) {
	if status == 0 {
		status = http.StatusOK
	}
	route := patternOf(r)
	span.Rename(methodName(r.Method) + " " + route)
	span.Note("http.route", route)
	span.NoteNumber("http.response.status_code", status)
	if status >= http.StatusInternalServerError {
		span.Fail(strconv.Itoa(status))
	}
	if refused {
		span.Discard()
	}
	span.End()
}

// methodName gives a method that HTTP knows; callers may send any word as one.
func methodName(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "_OTHER"
}

// comesFrom tells whether the other side of the connection lies in one of the ranges.
func comesFrom(remote string, ranges []netip.Prefix) bool {
	if len(ranges) == 0 {
		return false
	}
	at, err := netip.ParseAddrPort(remote)
	return err == nil && slices.ContainsFunc(ranges, func(p netip.Prefix) bool { return p.Contains(at.Addr().Unmap()) })
}
