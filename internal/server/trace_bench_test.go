package server_test

import (
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"corroborate/internal/app"
	"corroborate/internal/sample"
	"corroborate/internal/server/servertest"
	"corroborate/internal/tracing"
	"corroborate/internal/tracing/tracetest"
)

// BenchmarkTraced reads the findings of a story from services side by side, in turns, so
// that what else the machine does meets them alike: without tracing, with traces that are
// not sampled, and with all traces sent to a collector on this machine.
func BenchmarkTraced(b *testing.B) {
	c := tracetest.New(b)
	with := func(sampler sdktrace.Sampler) *tracing.Tracing {
		tr, err := tracing.New(b.Context(), tracing.Config{Endpoint: c.URL + "/v1/traces", Service: "bench", Sampler: sampler, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { tr.Stop(b.Context()) })
		return tr
	}
	names := []string{"off", "unsampled", "sent"}
	services := []*servertest.Service{
		servertest.New(b, servertest.Options{Jobs: true}),
		servertest.New(b, servertest.Options{Jobs: true, Tracing: with(sdktrace.NeverSample()), Trace: tracing.Statements{}}),
		servertest.New(b, servertest.Options{Jobs: true, Tracing: with(sdktrace.AlwaysSample()), Trace: tracing.Statements{}}),
	}
	calls := make([]servertest.Call, len(services))
	for i, s := range services {
		calls[i] = servertest.Call{Method: http.MethodGet, Path: "/api/v1/stories/" + sampleStory(b, s) + "/findings", Key: servertest.AdminKey}
	}
	took := make([][]float64, len(services))
	for b.Loop() {
		for i, s := range services {
			began := time.Now()
			if w := s.Do(calls[i]); w.Code != http.StatusOK {
				b.Fatalf("status %d: %s", w.Code, w.Body)
			}
			took[i] = append(took[i], time.Since(began).Seconds())
		}
	}
	for i, name := range names {
		slices.Sort(took[i])
		b.ReportMetric(took[i][len(took[i])/2]*1e6, name+"-median-µs")
		b.ReportMetric(took[i][len(took[i])*9/10]*1e6, name+"-p90-µs")
	}
}

// sampleStory loads the sample, waits until it is compared and gives its id.
func sampleStory(b *testing.B, s *servertest.Service) string {
	b.Helper()
	loaded, err := sample.Load()
	if err != nil {
		b.Fatal(err)
	}
	in := app.StoryInput{Title: loaded.Title}
	for _, a := range loaded.Articles {
		in.Articles = append(in.Articles, app.ArticleInput{Text: a.Text, Source: a.Source, Title: a.Title, URL: a.URL, PublishedAt: a.PublishedAt, ExternalID: a.ID})
	}
	if _, err := s.App.LoadSample(b.Context(), in); err != nil {
		b.Fatal(err)
	}
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		var id string
		err := s.Pool.QueryRow(b.Context(), "SELECT story_id::text FROM findings LIMIT 1").Scan(&id)
		if err == nil {
			return id
		}
		if !errors.Is(err, pgx.ErrNoRows) {
			b.Fatal(err)
		}
	}
	b.Fatal("the sample is not compared in time")
	return ""
}
