package jobs_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"corroborate/internal/jobs"
	"corroborate/internal/store"
	"corroborate/internal/store/storetest"
)

// book is a log that a test reads.
type book struct {
	lock sync.Mutex
	text bytes.Buffer
}

// Write takes a line.
func (b *book) Write(p []byte) (int, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.text.Write(p)
}

// await gives the line of the first job that ended in some way.
func (b *book) await(t *testing.T, kind, outcome string) map[string]any {
	t.Helper()
	for range 500 {
		b.lock.Lock()
		text := b.text.String()
		b.lock.Unlock()
		for line := range strings.Lines(text) {
			var fields map[string]any
			if err := json.Unmarshal([]byte(line), &fields); err != nil {
				t.Fatal(err)
			}
			if fields["msg"] == "job" && fields["kind"] == kind && fields["outcome"] == outcome {
				return fields
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("no line on %s that ended as %s:\n%s", kind, outcome, b.text.String())
	return nil
}

// TestEachJobHasALine runs jobs that end in every way and reads the log and the figures.
func TestEachJobHasALine(t *testing.T) {
	t.Parallel()
	s, log, pool := newScript(), &book{}, storetest.New(t)
	s.read = func(int) error { return errors.New("the fault of the reading") }
	s.compare = func(int) error { panic("the panic of the comparison") }
	s.fetch = func(attempt int) error {
		if attempt == 1 {
			return &jobs.Later{After: time.Hour}
		}
		return nil
	}
	q, err := jobs.New(jobs.Config{Pool: pool, Work: s, Log: slog.New(slog.NewJSONHandler(log, nil)), Workers: 1, Clock: ahead(pool)})
	if err != nil {
		t.Fatal(err)
	}
	err = store.New(pool).InTx(jobs.CausedBy(t.Context(), "request-7"), func(tx *store.Tx) error {
		return q.AnalyzeArticle(jobs.CausedBy(t.Context(), "request-7"), tx, "article-1")
	})
	if err != nil {
		t.Fatal(err)
	}
	enqueue(t, pool, q.CompareStory, "story-1")
	enqueue(t, pool, q.FetchArticle, "fetch-1")
	enqueue(t, pool, q.ImportArticles, "import-1")
	start(t, q)

	line := log.await(t, "analyze_article", "failed")
	for name, want := range map[string]any{"article_id": "article-1", "request_id": "request-7", "queue": "default", "attempt": 1.0,
		"error": "the fault of the reading", "level": "ERROR"} {
		if line[name] != want {
			t.Errorf("%s is %v, want %v: %v", name, line[name], want, line)
		}
	}
	if line["took"] == nil || line["waited"] == nil || line["job"] == nil {
		t.Errorf("the line lacks times or the id: %v", line)
	}
	log.await(t, "compare_story", "panicked")
	if line := log.await(t, "fetch_article", "later"); line["fetch_id"] != "fetch-1" || line["queue"] != "web" || line["level"] != "INFO" {
		t.Errorf("a job that waits: %v", line)
	}
	if line := log.await(t, "import_articles", "done"); line["import_id"] != "import-1" || line["request_id"] != nil {
		t.Errorf("a job that is done: %v", line)
	}
	figures := read(t, q.Meter())
	for _, want := range []string{"job_panics_total 1", `job_duration_seconds_count{kind="analyze_article",outcome="failed"} 1`,
		`job_duration_seconds_count{kind="fetch_article",outcome="later"} 1`, `job_wait_seconds_count{kind="import_articles"} 1`} {
		if !strings.Contains(figures, want) {
			t.Errorf("the figures lack %s:\n%s", want, figures)
		}
	}
}

// read gives figures as they are served.
func read(t *testing.T, figures prometheus.Collector) string {
	t.Helper()
	registry := prometheus.NewRegistry()
	registry.MustRegister(figures)
	w := httptest.NewRecorder()
	promhttp.HandlerFor(registry, promhttp.HandlerOpts{}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return w.Body.String()
}

// TestJobsCarryTheirCause asserts that a job that is enqueued by a job bears the request
// of the first.
func TestJobsCarryTheirCause(t *testing.T) {
	t.Parallel()
	log, pool := &book{}, storetest.New(t)
	s := &chain{script: newScript(), db: store.New(pool)}
	q, err := jobs.New(jobs.Config{Pool: pool, Work: s, Log: slog.New(slog.NewJSONHandler(log, nil)), Workers: 1, Clock: ahead(pool)})
	if err != nil {
		t.Fatal(err)
	}
	s.queue = q
	ctx := jobs.CausedBy(t.Context(), "request-8")
	if err := s.db.InTx(ctx, func(tx *store.Tx) error { return q.AnalyzeArticles(ctx, tx, []string{"article-2"}) }); err != nil {
		t.Fatal(err)
	}
	start(t, q)
	if line := log.await(t, "compare_story", "done"); line["request_id"] != "request-8" || line["story_id"] != "of article-2" {
		t.Errorf("the second job: %v", line)
	}
}

// chain is work whose reading calls for a comparison.
type chain struct {
	*script
	db    *store.DB
	queue *jobs.Queue
}

// ReadArticle enqueues a comparison.
func (c *chain) ReadArticle(ctx context.Context, id string, _ bool) error {
	return c.db.InTx(ctx, func(tx *store.Tx) error { return c.queue.CompareStory(ctx, tx, "of "+id) })
}
