package app_test

import (
	"log/slog"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/app"
	"corroborate/internal/auth"
)

// TestSearchAtScale measures searches in the database that SEARCH_DATABASE names,
// such as one that was filled with what tests/bulk writes. It only reads. What it
// measured last is in docs/operations.md.
func TestSearchAtScale(t *testing.T) {
	address := os.Getenv("SEARCH_DATABASE")
	if address == "" {
		t.Skip("SKIPPED: SEARCH_DATABASE is not set")
	}
	pool, err := pgxpool.New(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	f := &fixture{t: t, pool: pool}
	engine, err := sharedEngine()
	if err != nil {
		t.Fatal(err)
	}
	if f.App, err = app.New(app.Config{Pool: pool, Engine: engine, Log: slog.New(slog.DiscardHandler)}); err != nil {
		t.Fatal(err)
	}
	common := f.names("SELECT term FROM terms WHERE term <> '' ORDER BY articles DESC LIMIT 20")
	words := f.names("SELECT term FROM terms WHERE length(term) > 4 ORDER BY articles DESC OFFSET 100 LIMIT 2000")
	sources := f.names("SELECT name FROM sources ORDER BY id LIMIT 100")
	word := func(i int) string { return words[i*37%len(words)] }
	other := func(i int) string { return words[(i*53+7)%len(words)] }
	often := func(i int) string { return common[i%len(common)] }
	for _, c := range []struct {
		name  string
		query func(i int) string
	}{
		{"a common word", often},
		{"a word", word},
		{"two words", func(i int) string { return word(i) + " " + other(i) }},
		{"two common words", func(i int) string { return often(i) + " " + often(i+1) }},
		{"a phrase of common words", func(i int) string { return `"` + often(i) + " " + often(i+1) + `"` }},
		{"one of two words", func(i int) string { return word(i) + " OR " + other(i) }},
		{"a word without another", func(i int) string { return word(i) + " -" + often(i) }},
		{"a typing error", func(i int) string { return word(i) + "xq" }},
		{"a verdict", func(int) string { return "verdict:diverge" }},
		{"a kind and origins", func(int) string { return "kind:quote min_origins:3" }},
		{"a word and a verdict", func(i int) string { return word(i) + " verdict:diverge" }},
		{"a common word, verdict, kind", func(i int) string { return often(i) + " verdict:diverge kind:quote" }},
		{"a source and a word", func(i int) string { return `source:"` + sources[i%len(sources)] + `" ` + word(i) }},
		{"a source and a kind", func(i int) string { return `source:"` + sources[i%len(sources)] + `" kind:number` }},
		{"a word in a month", func(i int) string { return word(i) + " after:2025-01 before:2025-02" }},
	} {
		f.measure(c.name, func(who app.Actor, i int) error {
			_, err := f.Search(t.Context(), who, app.SearchInput{Query: c.query(i)})
			return err
		})
	}
	f.measure("while typing", func(who app.Actor, i int) error {
		_, err := f.Suggest(t.Context(), who, word(i)[:2+i%3])
		return err
	})
}

func (f *fixture) names(sql string) []string {
	f.t.Helper()
	var out []string
	if err := f.pool.QueryRow(f.t.Context(), "SELECT array_agg(n) FROM ("+sql+") x (n)").Scan(&out); err != nil || len(out) == 0 {
		f.t.Fatalf("%d names, %v", len(out), err)
	}
	return out
}

// measure searches again and again, and tells how long it took.
func (f *fixture) measure(name string, do func(app.Actor, int) error) {
	f.t.Helper()
	const times = 30
	who := app.Actor{UserID: uuid.NewString(), Scopes: auth.Reader.Scopes()}
	var took []time.Duration
	for i := range times {
		start := time.Now()
		if err := do(who, i); err != nil {
			f.t.Errorf("%s: %v", name, err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	f.t.Logf("%-30s median %7s, longest %7s", name, took[times/2].Round(time.Millisecond), took[times-1].Round(time.Millisecond))
}
