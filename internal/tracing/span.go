package tracing

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// Span is one step of a trace. The zero Span is of a step that is not traced.
type Span struct{ span trace.Span }

// Begin begins the first span of a request or a job here. It follows the one that the
// context carries from elsewhere, if it does.
func (t *Tracing) Begin(ctx context.Context, name string, opts ...trace.SpanStartOption) (context.Context, Span) {
	if t == nil {
		return ctx, Span{}
	}
	ctx, span := t.tracer.Start(ctx, name, opts...)
	return ctx, Span{span}
}

// Start begins a span within that of the context. Where none is recorded there, it gives
// the context back and a span of nothing.
func Start(ctx context.Context, name string, opts ...trace.SpanStartOption) (context.Context, Span) {
	outer := trace.SpanFromContext(ctx)
	if !outer.IsRecording() {
		return ctx, Span{}
	}
	ctx, span := outer.TracerProvider().Tracer(scope).Start(ctx, name, opts...)
	return ctx, Span{span}
}

// Recorded tells whether what is noted of the span is kept.
func (s Span) Recorded() bool { return s.span != nil && s.span.IsRecording() }

// Rename gives the span the name that was not known when it began.
func (s Span) Rename(name string) {
	if s.Recorded() {
		s.span.SetName(name)
	}
}

// Note adds a word about the step.
func (s Span) Note(name, word string) {
	if s.Recorded() {
		s.span.SetAttributes(attribute.String(name, word))
	}
}

// NoteNumber adds a number about the step.
func (s Span) NoteNumber(name string, n int) {
	if s.Recorded() {
		s.span.SetAttributes(attribute.Int(name, n))
	}
}

// Fail marks the step as failed. The word says how, and is one of the program's: texts of
// errors quote what was sent.
func (s Span) Fail(word string) {
	if s.Recorded() {
		s.span.SetStatus(codes.Error, "")
		s.span.SetAttributes(attribute.String("error.type", word))
	}
}

// unsent marks a span that is not worth sending.
const unsent = "corroborate.unsent"

// Discard has the span not be sent.
func (s Span) Discard() {
	if s.Recorded() {
		s.span.SetAttributes(attribute.Bool(unsent, true))
	}
}

// End ends the step.
func (s Span) End() {
	if s.span != nil {
		s.span.End()
	}
}

// carrier is one span's name in the form of W3C Trace Context.
type carrier struct{ parent string }

const parentHeader = "traceparent"

func (c *carrier) Get(name string) string {
	if name == parentHeader {
		return c.parent
	}
	return ""
}

func (c *carrier) Set(name, value string) {
	if name == parentHeader {
		c.parent = value
	}
}

func (c *carrier) Keys() []string { return []string{parentHeader} }

// Carry gives the span of the context in the form of a traceparent, empty where there is
// none.
func Carry(ctx context.Context) string {
	var c carrier
	propagation.TraceContext{}.Inject(ctx, &c)
	return c.parent
}

// Carried gives a context whose spans follow the one that a traceparent names. What is no
// traceparent names none.
func Carried(ctx context.Context, parent string) context.Context {
	return propagation.TraceContext{}.Extract(ctx, &carrier{parent})
}

// LinkTo has a span point to one that a traceparent names, without being a part of its trace.
func LinkTo(parent string) trace.SpanStartOption {
	return trace.WithLinks(trace.Link{SpanContext: trace.SpanContextFromContext(Carried(context.Background(), parent))})
}
