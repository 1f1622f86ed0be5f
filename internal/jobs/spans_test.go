package jobs

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"github.com/riverqueue/river/rivertype"

	"corroborate/internal/tracing"
	"corroborate/internal/tracing/tracetest"
)

// TestSpansOfJobs asserts where the span of a job hangs: one that was enqueued alone under
// what enqueued it, each of many in a trace of its own that points there.
func TestSpansOfJobs(t *testing.T) {
	t.Parallel()
	c := tracetest.New(t)
	tr, err := tracing.New(t.Context(), tracing.Config{Endpoint: c.URL + "/v1/traces", Service: "test", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	s := &spans{tracing: tr}
	enqueue := func(ctx context.Context, kinds ...string) (rows []*rivertype.JobRow) {
		t.Helper()
		var all []*rivertype.JobInsertParams
		for range kinds {
			all = append(all, &rivertype.JobInsertParams{})
		}
		_, err := s.InsertMany(ctx, all, func(context.Context) ([]*rivertype.JobInsertResult, error) {
			for i, kind := range kinds {
				rows = append(rows, &rivertype.JobRow{ID: int64(i + 1), Kind: kind, Attempt: 1, MaxAttempts: 3, Metadata: all[i].Metadata})
			}
			return nil, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	ctx, request := tr.Begin(t.Context(), "request")
	step, inner := tracing.Start(ctx, "step of the request")
	rows := enqueue(step, "alone")
	rows = append(rows, enqueue(step, "many", "others")...)
	rows = append(rows, enqueue(t.Context(), "untraced")...)
	inner.End()
	request.End()
	fails := errors.New("zzplantedzz")
	for _, row := range rows {
		err := s.Work(t.Context(), row, func(ctx context.Context) error {
			if row.Kind == "alone" {
				for _, next := range enqueue(ctx, "next") {
					return s.Work(t.Context(), next, func(context.Context) error { return fails })
				}
			}
			return nil
		})
		if row.Kind == "alone" && !errors.Is(err, fails) || row.Kind != "alone" && err != nil {
			t.Errorf("%s ends with %v", row.Kind, err)
		}
	}
	tr.Stop(t.Context())
	from, alone, next := c.Named(t, "step of the request"), c.Named(t, "job alone"), c.Named(t, "job next")
	if alone.Parent != from.ID || alone.Trace != from.Trace || len(alone.Links) != 0 {
		t.Errorf("%+v is not under %+v", alone, from)
	}
	if next.Parent != alone.ID || next.Trace != from.Trace || !next.Failed || next.Notes["error.type"] != failed || next.Notes["job.outcome"] != failed || next.Kind != "consumer" {
		t.Errorf("%+v is not a job that failed under %+v", next, alone)
	}
	seen := map[string]bool{from.Trace: true}
	for _, name := range []string{"job many", "job others"} {
		one := c.Named(t, name)
		if one.Parent != "" || seen[one.Trace] || len(one.Links) != 1 || one.Links[0] != from.Trace {
			t.Errorf("%+v has no trace of its own that points to %+v", one, from)
		}
		seen[one.Trace] = true
	}
	if free := c.Named(t, "job untraced"); free.Parent != "" || len(free.Links) != 0 || seen[free.Trace] {
		t.Errorf("%+v hangs somewhere", free)
	}
	if c.Holds("zzplantedzz") {
		t.Error("a span holds the text of an error")
	}
}
