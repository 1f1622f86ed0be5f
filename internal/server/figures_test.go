package server_test

import (
	"context"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"corroborate/internal/server/servertest"
)

// statements is told of each statement and keeps it with its arguments.
type statements struct {
	lock sync.Mutex
	all  map[string][]any
}

// TraceQueryStart keeps a statement.
func (s *statements) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.all != nil {
		s.all[d.SQL] = d.Args
	}
	return ctx
}

// TraceQueryEnd does nothing.
func (*statements) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// growing are the tables that grow with the archive or the work.
var growing = regexp.MustCompile(`Seq Scan on (river_job|articles|claims|findings|events|webhook_deliveries|audit|revisions|texts)\b`)

// TestFiguresReadNoGrowingTable has the database plan every statement of a scrape, with
// many jobs, events and deliveries in it: none may read a whole table.
func TestFiguresReadNoGrowingTable(t *testing.T) {
	t.Parallel()
	asked := &statements{}
	s := servertest.New(t, servertest.Options{Trace: asked})
	for _, sql := range []string{
		`INSERT INTO river_job (kind, args, max_attempts, priority, queue, state, finalized_at)
			SELECT 'sweep', '{}', 5, 1, 'default', 'completed', now() FROM generate_series(1, 20000)`,
		`INSERT INTO river_job (kind, args, max_attempts, priority, queue) SELECT 'analyze_article', '{}', 5, 3, 'default' FROM generate_series(1, 12000)`,
		`INSERT INTO events (type, seq) SELECT 'story.compared', n FROM generate_series(1, 20000) n`,
		"ANALYZE river_job, events",
	} {
		if _, err := s.Pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	asked.lock.Lock()
	asked.all = map[string][]any{}
	asked.lock.Unlock()
	body := scrape(t, s)
	asked.lock.Lock()
	ran := maps.Clone(asked.all)
	asked.lock.Unlock()
	if len(ran) < 4 {
		t.Fatalf("a scrape runs %d statements", len(ran))
	}
	for sql, args := range ran {
		rows, err := s.Pool.Query(t.Context(), "EXPLAIN "+sql, args...)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatalf("%v: %s", err, sql)
		}
		if whole := growing.FindString(strings.Join(plan, "\n")); whole != "" {
			t.Errorf("%s:\n%s\n%s", whole, sql, strings.Join(plan, "\n"))
		}
	}
	for _, want := range []string{`jobs{kind="analyze_article",state="available"} 10000`, `queue_oldest_job_seconds{queue="default"}`} {
		if !strings.Contains(body, want) {
			t.Errorf("the figures lack %s", want)
		}
	}
	if strings.Contains(body, `jobs{kind="sweep"`) {
		t.Error("jobs that are done are counted")
	}
}

// scrape gives the figures of a service.
func scrape(t *testing.T, s *servertest.Service) string {
	t.Helper()
	w := s.Do(servertest.Call{Method: http.MethodGet, Path: "/metrics", Key: servertest.AdminKey})
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

// TestFiguresOfABrokenDatabase asserts that the others are served.
func TestFiguresOfABrokenDatabase(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	before := metricNames(scrape(t, s))
	if _, err := s.Pool.Exec(t.Context(), "ALTER TABLE feeds RENAME TO feeds_gone"); err != nil {
		t.Fatal(err)
	}
	body := scrape(t, s)
	if !strings.Contains(body, "figures_failures_total 1") || !strings.Contains(body, "db_pool_connections ") {
		t.Errorf("figures: %s", body)
	}
	if after := metricNames(body); len(after) >= len(before) || !slices.Contains(before, "feeds") || slices.Contains(after, "feeds") {
		t.Errorf("before %v, after %v", before, after)
	}
}

var typeLine = regexp.MustCompile(`(?m)^# TYPE (\S+) `)

// metricNames gives the names of the figures.
func metricNames(body string) []string {
	var out []string
	for _, m := range typeLine.FindAllStringSubmatch(body, -1) {
		out = append(out, m[1])
	}
	return out
}
