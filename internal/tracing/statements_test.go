package tracing_test

import (
	"context"
	"maps"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/store/storetest"
	"corroborate/internal/tracing"
	"corroborate/internal/tracing/tracetest"
)

// TestStatementsHoldNoParameters asserts what the spans of statements hold: what is done to
// which table, and the SQLSTATE where that failed. Parameters, rows and what the database
// says of them stay here.
func TestStatementsHoldNoParameters(t *testing.T) {
	t.Parallel()
	const planted = "zzplantedzz"
	c := tracetest.New(t)
	tr, _ := begin(t, c.URL+"/v1/traces", nil)
	pool := storetest.Open(t, storetest.URL(t), func(cfg *pgxpool.Config) { cfg.ConnConfig.Tracer = tracing.Statements{} })
	do := func(ctx context.Context, sql string, args ...any) error {
		_, err := pool.Exec(ctx, sql, args...)
		return err
	}
	if err := do(t.Context(), "CREATE TABLE plants (name text PRIMARY KEY)"); err != nil {
		t.Fatal(err)
	}
	ctx, root := tr.Begin(t.Context(), "root")
	if err := do(ctx, "INSERT INTO plants (name) VALUES ($1)", planted); err != nil {
		t.Fatal(err)
	}
	if err := do(ctx, "INSERT INTO plants (name) VALUES ($1)", planted); err == nil { // its detail quotes the value
		t.Fatal("a key was taken twice")
	}
	if err := do(ctx, "SELECT $1::text::int", planted); err == nil { // its message does
		t.Fatal("no number was read as one")
	}
	var got string
	if err := pool.QueryRow(ctx, "SELECT name FROM plants WHERE name = $1", planted).Scan(&got); err != nil || got != planted {
		t.Fatalf("%q, %v", got, err)
	}
	batch := &pgx.Batch{}
	batch.Queue("UPDATE plants SET name = name || $1", planted)
	batch.Queue("DELETE FROM plants WHERE name = $1", planted)
	if err := pool.SendBatch(ctx, batch).Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := pool.CopyFrom(ctx, pgx.Identifier{"plants"}, []string{"name"}, pgx.CopyFromRows([][]any{{planted}})); err != nil {
		t.Fatal(err)
	}
	root.End()
	stop(tr, 5*time.Second)
	outer := c.Named(t, "root")
	want := map[string][]string{ // the SQLSTATEs of all by their names
		"INSERT plants": {"", "23505"}, "SELECT": {"22P02"}, "SELECT plants": {""}, "BATCH UPDATE plants": {""}, "COPY plants": {""},
	}
	for _, s := range c.Spans() {
		if s.Name == "root" || s.Name == "wait for a connection" {
			continue
		}
		if len(want[s.Name]) == 0 {
			t.Errorf("there is a span %+v", s)
			continue
		}
		code := want[s.Name][0]
		want[s.Name] = want[s.Name][1:]
		notes := map[string]string{"db.system.name": "postgresql", "db.query.summary": s.Name}
		if code != "" {
			notes["db.response.status_code"], notes["error.type"] = code, code
		}
		if s.Parent != outer.ID || s.Kind != "client" || s.Failed != (code != "") || !maps.Equal(s.Notes, notes) {
			t.Errorf("%+v, want the notes %v", s, notes)
		}
	}
	for name, left := range want {
		if len(left) > 0 {
			t.Errorf("%d spans %q are missing", len(left), name)
		}
	}
	if c.Holds(planted) {
		t.Errorf("a span holds a parameter: %+v", c.Spans())
	}
}
