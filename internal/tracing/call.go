package tracing

import (
	"context"

	"go.opentelemetry.io/otel/trace"
)

// Call begins the span of a call to another server, named by what it is for. Neither its
// address nor the name of the trace is told: the one may be private, and the other is
// nothing to strangers.
func Call(ctx context.Context, what string) (context.Context, Span) {
	return Start(ctx, what, trace.WithSpanKind(trace.SpanKindClient))
}

// Answered ends the span of a call: with the status that came, 0 where none did, and a
// word for how it failed, empty where it did not.
func (s Span) Answered(status int, failure string) {
	if status != 0 {
		s.NoteNumber("http.response.status_code", status)
	}
	if failure != "" {
		s.Fail(failure)
	}
	s.End()
}
