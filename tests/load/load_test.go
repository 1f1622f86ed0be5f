package load

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/server/servertest"
	"corroborate/internal/store/storetest/made"
)

var (
	rate   = flag.Int("load.rate", 200, "calls a second")
	length = flag.Duration("load.time", 10*time.Second, "how long to call")
)

func TestSteadyKeepsItsRateAndCountsWaits(t *testing.T) {
	t.Parallel()
	var one sync.Mutex
	broken := errors.New("broken")
	r := Steady(t.Context(), 100, 200*time.Millisecond, func(_ context.Context, i int) error {
		one.Lock() // one at a time, so that later calls wait
		defer one.Unlock()
		time.Sleep(20 * time.Millisecond)
		if i == 3 {
			return broken
		}
		return nil
	})
	if len(r.Times) != 20 || r.Failed != 1 || len(r.Errors) != 1 || !errors.Is(r.Errors[0], broken) {
		t.Errorf("%d calls, %d failed: %v", len(r.Times), r.Failed, r.Errors)
	}
	if r.At(1) < 100*time.Millisecond || r.At(0) < 20*time.Millisecond || r.At(0.5) > r.At(0.99) {
		t.Errorf("the times are %v", r.Times)
	}
}

// statement is one that the service had the database run.
type statement struct {
	sql  string
	args []any
}

// recorder notes the statements while it is on.
type recorder struct {
	mu   sync.Mutex
	on   bool
	seen []statement
}

// TraceQueryStart notes a statement.
func (r *recorder) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.on {
		r.seen = append(r.seen, statement{data.SQL, data.Args})
	}
	return ctx
}

// TraceQueryEnd does nothing.
func (r *recorder) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// of gives the statements that a call runs.
func (r *recorder) of(call func() error) ([]statement, error) {
	r.mu.Lock()
	r.on, r.seen = true, nil
	r.mu.Unlock()
	err := call()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.on = false
	return r.seen, err
}

// BenchmarkMixedReads calls the API at a steady rate with what a dashboard reads of a
// story of 50 articles and 1,500 findings, over HTTP on this machine: lists, single
// things and now and then the whole report, not compressed. The same statements are then run at the same
// rate by pgx alone, which reads every row and makes nothing of it.
func BenchmarkMixedReads(b *testing.B) {
	trace := &recorder{}
	s := servertest.New(b, servertest.Options{Trace: trace, CallsPerMinute: 10_000_000})
	story := made.Story(b, s.Pool, made.Size{Articles: 50, Findings: 1500})
	if _, err := s.Pool.Exec(b.Context(), "ANALYZE"); err != nil {
		b.Fatal(err)
	}
	web := httptest.NewServer(s)
	b.Cleanup(web.Close)
	c := caller{base: web.URL + "/api/v1", http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256, DisableCompression: true}}}
	paths := mix(b, s.Pool, story)
	statements := make([][]statement, len(paths))
	for i, path := range paths {
		var err error
		if statements[i], err = trace.of(func() error { return c.get(b.Context(), path) }); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		api := Steady(b.Context(), *rate, *length, func(ctx context.Context, i int) error { return c.get(ctx, paths[i%len(paths)]) })
		alone := Steady(b.Context(), *rate, *length, func(ctx context.Context, i int) error { return run(ctx, s.Pool, statements[i%len(paths)]) })
		report(b, api, alone)
	}
	b.ReportMetric(0, "ns/op") // both runs together, which tells nothing
}

func report(b *testing.B, api, alone Result) {
	if api.Failed+alone.Failed > 0 {
		b.Fatalf("%d of %d calls and %d of the statements failed: %v %v", api.Failed, len(api.Times), alone.Failed, api.Errors, alone.Errors)
	}
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	for _, m := range []struct {
		name  string
		share float64
	}{{"p50", 0.5}, {"p99", 0.99}} {
		b.ReportMetric(ms(api.At(m.share)), m.name+"-ms")
		b.ReportMetric(ms(alone.At(m.share)), m.name+"-sql-ms")
		b.ReportMetric(ms(api.At(m.share))/ms(alone.At(m.share)), m.name+"-ratio")
	}
	b.ReportMetric(float64(len(api.Times)), "calls")
}

// mix gives the addresses of 400 calls in a random order that is the same each time.
func mix(b *testing.B, pool *pgxpool.Pool, story string) []string {
	b.Helper()
	findings, articles := ids(b, pool, "findings", story), ids(b, pool, "articles", story)
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(of []string) string { return of[random.IntN(len(of))] }
	var paths []string
	add := func(n int, path func() string) {
		for range n {
			paths = append(paths, path())
		}
	}
	add(120, func() string { return "/findings/" + pick(findings) })
	add(60, func() string { return "/stories/" + story + "/findings?limit=50" })
	add(40, func() string { return "/stories/" + story + "/findings?verdict=diverge&kind=number" })
	add(60, func() string { return "/articles/" + pick(articles) })
	add(40, func() string { return "/articles/" + pick(articles) + "/claims" })
	add(30, func() string { return "/stories/" + story })
	add(20, func() string { return "/stories" })
	add(10, func() string { return "/sources" })
	add(18, func() string { return "/stories/" + story + "/cleared" })
	add(2, func() string { return "/stories/" + story + "/report" })
	random.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	return paths
}

func ids(b *testing.B, pool *pgxpool.Pool, table, story string) []string {
	b.Helper()
	rows, err := pool.Query(b.Context(), fmt.Sprintf("SELECT id::text FROM %s WHERE story_id = $1 ORDER BY id", table), story)
	if err != nil {
		b.Fatal(err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(all) == 0 {
		b.Fatalf("%d %s, %v", len(all), table, err)
	}
	return all
}

// caller makes calls of the API.
type caller struct {
	base string
	http *http.Client
}

func (c caller) get(ctx context.Context, path string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+servertest.AdminKey)
	res, err := c.http.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }() // it was read
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: status %d", path, res.StatusCode)
	}
	return nil
}

// run runs the statements of one call in their order on one connection.
func run(ctx context.Context, pool *pgxpool.Pool, all []statement) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	for _, s := range all {
		rows, err := conn.Query(ctx, s.sql, s.args...)
		if err != nil {
			return err
		}
		for rows.Next() {
			rows.RawValues()
		}
		if rows.Close(); rows.Err() != nil {
			return fmt.Errorf("%.80s: %w", s.sql, rows.Err())
		}
	}
	return nil
}
