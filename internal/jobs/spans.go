package jobs

import (
	"context"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"corroborate/internal/tracing"
)

const (
	// followField is where a job's metadata hold the span that the job is a part of,
	// pointField the one that it only points to.
	followField = "traceparent"
	pointField  = "trace_origin"
)

// spans makes a span of each try of a job. It belongs to the trace of what enqueued the job;
// of many that were enqueued in one go, as by an import, each begins a trace of its own that
// points there, as no trace can be read that has thousands of jobs.
type spans struct {
	river.MiddlewareDefaults
	tracing *tracing.Tracing
}

// middlewareOf puts together what surrounds each job: spans before the journal, whose line
// names the trace.
func middlewareOf(t *tracing.Tracing, own, cause, journal rivertype.Middleware) []rivertype.Middleware {
	if t == nil {
		return []rivertype.Middleware{own, cause, journal}
	}
	return []rivertype.Middleware{own, cause, &spans{tracing: t}, journal}
}

// InsertMany keeps with jobs what they are enqueued by.
func (*spans) InsertMany(ctx context.Context, all []*rivertype.JobInsertParams, insert func(context.Context) ([]*rivertype.JobInsertResult, error)) ([]*rivertype.JobInsertResult, error) {
	at, name := tracing.Carry(ctx), followField
	if len(all) > 1 {
		name = pointField
	}
	if at != "" {
		for _, p := range all {
			var err error
			if p.Metadata, err = withField(p.Metadata, name, at); err != nil {
				return nil, err
			}
		}
	}
	return insert(ctx)
}

// Work runs a job within a span.
func (s *spans) Work(ctx context.Context, job *rivertype.JobRow, do func(context.Context) error) (err error) {
	opts := []trace.SpanStartOption{trace.WithSpanKind(trace.SpanKindConsumer),
		trace.WithAttributes(attribute.String("job.kind", job.Kind), attribute.Int64("job.id", job.ID), attribute.Int("job.attempt", job.Attempt))}
	if origin := field(job.Metadata, pointField); origin != "" {
		opts = append(opts, tracing.LinkTo(origin))
	}
	ctx, span := s.tracing.Begin(tracing.Carried(ctx, field(job.Metadata, followField)), "job "+job.Kind, opts...)
	how := panicked // unless do returns
	defer func() {
		span.Note("job.outcome", how)
		if failedFor(how) {
			span.Fail(how)
		}
		span.End()
	}()
	err = do(ctx)
	how = howEnded(job, err)
	return err
}
