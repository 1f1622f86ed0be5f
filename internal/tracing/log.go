package tracing

import (
	"context"
	"log/slog"

	"go.opentelemetry.io/otel/trace"
)

// Logger gives a logger whose lines name the trace that they belong to, where that is sent;
// the same one while tracing is off.
func (t *Tracing) Logger(log *slog.Logger) *slog.Logger {
	if t == nil {
		return log
	}
	return slog.New(traceIDs{log.Handler()})
}

// traceIDs adds the id of the trace to lines.
type traceIDs struct{ slog.Handler }

// Handle writes a line.
func (h traceIDs) Handle(ctx context.Context, r slog.Record) error {
	if at := trace.SpanContextFromContext(ctx); at.IsSampled() {
		r = r.Clone()
		r.AddAttrs(slog.String("trace_id", at.TraceID().String()))
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs gives a handler that writes these too.
func (h traceIDs) WithAttrs(attrs []slog.Attr) slog.Handler {
	return traceIDs{h.Handler.WithAttrs(attrs)}
}

// WithGroup gives a handler that writes into a group.
func (h traceIDs) WithGroup(name string) slog.Handler { return traceIDs{h.Handler.WithGroup(name)} }
