package tracing

import (
	"context"
	"errors"
	"io"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

// Statements makes a span of each statement that is a part of something that is traced, and
// of each wait for a connection. It is told of them by pgx.
type Statements struct{}

// noticedWait is how long getting a connection may take without a span.
const noticedWait = time.Millisecond

type statementKey struct{}

// begin begins a span unless the context has none to begin it in.
func begin(ctx context.Context, name string) context.Context {
	ctx, span := Start(ctx, name, trace.WithSpanKind(trace.SpanKindClient),
		trace.WithAttributes(attribute.String("db.system.name", "postgresql"), attribute.String("db.query.summary", name)))
	return context.WithValue(ctx, statementKey{}, span)
}

func end(ctx context.Context, err error) {
	span, ok := ctx.Value(statementKey{}).(Span)
	if !ok {
		return
	}
	if err != nil {
		if pg, is := errors.AsType[*pgconn.PgError](err); is {
			span.Note("db.response.status_code", pg.Code)
		}
		span.Fail(failureOf(err))
	}
	span.End()
}

// failureOf puts an error of the database or a connection into one word.
func failureOf(err error) string {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code
	}
	_, network := errors.AsType[net.Error](err)
	switch {
	case errors.Is(err, context.Canceled):
		return "cancelled"
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	case network, errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed):
		return "connection"
	}
	return "other"
}

// recorded tells whether anything in a context is traced: only then a name is worked out.
func recorded(ctx context.Context) bool { return trace.SpanFromContext(ctx).IsRecording() }

// TraceQueryStart begins the span of a statement.
func (Statements) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	if !recorded(ctx) {
		return ctx
	}
	return begin(ctx, nameOf(data.SQL))
}

// TraceQueryEnd ends it, when its rows were read.
func (Statements) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryEndData) {
	end(ctx, data.Err)
}

// TraceBatchStart begins the span of a batch, which is one statement for many arguments.
func (Statements) TraceBatchStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceBatchStartData) context.Context {
	if !recorded(ctx) {
		return ctx
	}
	name := "BATCH"
	if data.Batch != nil && len(data.Batch.QueuedQueries) > 0 {
		name += " " + nameOf(data.Batch.QueuedQueries[0].SQL)
	}
	return begin(ctx, name)
}

// TraceBatchQuery is told of each part of a batch, which has no span of its own.
func (Statements) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

// TraceBatchEnd ends the span of a batch.
func (Statements) TraceBatchEnd(ctx context.Context, _ *pgx.Conn, data pgx.TraceBatchEndData) {
	end(ctx, data.Err)
}

// TraceCopyFromStart begins the span of rows that are copied into a table.
func (Statements) TraceCopyFromStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceCopyFromStartData) context.Context {
	if !recorded(ctx) {
		return ctx
	}
	name := "COPY"
	if len(data.TableName) > 0 {
		name += " " + data.TableName[len(data.TableName)-1]
	}
	return begin(ctx, name)
}

// TraceCopyFromEnd ends it.
func (Statements) TraceCopyFromEnd(ctx context.Context, _ *pgx.Conn, data pgx.TraceCopyFromEndData) {
	end(ctx, data.Err)
}

type acquireKey struct{}

// TraceAcquireStart notes when a connection was asked for.
func (Statements) TraceAcquireStart(ctx context.Context, _ *pgxpool.Pool, _ pgxpool.TraceAcquireStartData) context.Context {
	if !recorded(ctx) {
		return ctx
	}
	return context.WithValue(ctx, acquireKey{}, time.Now())
}

// TraceAcquireEnd makes a span of a wait that was worth one.
func (Statements) TraceAcquireEnd(ctx context.Context, _ *pgxpool.Pool, data pgxpool.TraceAcquireEndData) {
	since, ok := ctx.Value(acquireKey{}).(time.Time)
	if !ok || data.Err == nil && time.Since(since) < noticedWait {
		return
	}
	_, span := Start(ctx, "wait for a connection", trace.WithTimestamp(since))
	if data.Err != nil {
		span.Fail(failureOf(data.Err))
	}
	span.End()
}
