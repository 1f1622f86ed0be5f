package app_test

import (
	"log/slog"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/app"
	"corroborate/internal/auth"
)

func TestSearchAtScale(t *testing.T) {
	url := os.Getenv("SEARCH_DATABASE")
	if url == "" {
		t.Skip("SKIPPED: SEARCH_DATABASE is not set")
	}
	pool, err := pgxpool.New(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	engine, err := sharedEngine()
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.New(app.Config{Pool: pool, Engine: engine, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	rows, _ := pool.Query(t.Context(), "SELECT term FROM terms WHERE length(term) > 4 ORDER BY articles DESC OFFSET 100 LIMIT 3000")
	var words []string
	for rows.Next() {
		var w string
		_ = rows.Scan(&w)
		words = append(words, w)
	}
	who := app.Actor{UserID: "01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11", Scopes: []auth.Scope{auth.Read}}
	at := func(i int) string { return words[i%len(words)] }
	for _, c := range []struct {
		name  string
		query func(i int) string
	}{
		{"common word", func(i int) string { return []string{"police", "government", "minister", "court"}[i%4] }},
		{"frequent word", func(i int) string { return at(i % 20) }},
		{"word", func(i int) string { return at(i * 37) }},
		{"two words", func(i int) string { return at(i*37) + " " + at(i*53+7) }},
		{"common and rare", func(i int) string { return "police " + at(i*53+7) }},
		{"phrase of common", func(i int) string { return `"the police said"` }},
		{"or", func(i int) string { return at(i*37) + " OR " + at(i*53+7) }},
		{"not", func(i int) string { return at(i*37) + " -police" }},
		{"not alone", func(i int) string { return "-police" }},
		{"typing error", func(i int) string { return "x" + at(i*37) }},
		{"verdict", func(i int) string { return "verdict:diverge" }},
		{"kind min_origins", func(i int) string { return "kind:quote min_origins:3" }},
		{"word verdict", func(i int) string { return at(i*37) + " verdict:diverge" }},
		{"common verdict kind", func(i int) string { return "police verdict:diverge kind:quote" }},
		{"source", func(i int) string { return `source:"` + sourceName(t, pool, i) + `"` }},
		{"source word kind", func(i int) string { return `kind:number is:finding source:"` + sourceName(t, pool, i) + `"` }},
		{"old days", func(i int) string { return "after:2025-01-01 before:2025-02-01 verdict:diverge" }},
		{"word old days", func(i int) string { return at(i*37) + " after:2025-01-01 before:2025-02-01" }},
		{"common old days", func(i int) string { return "police after:2025-01-01 before:2025-02-01" }},
		{"is:finding page", func(i int) string { return "is:finding " + at(i*37) }},
		{"is:claim", func(i int) string { return "is:claim " + at(i*37) }},
		{"is:article", func(i int) string { return "is:article " + at(i*37) }},
	} {
		var took []time.Duration
		var n int
		for i := range 40 {
			q := c.query(i)
			start := time.Now()
			r, err := a.Search(t.Context(), who, app.SearchInput{Query: q})
			took = append(took, time.Since(start))
			if err != nil {
				t.Errorf("%s: %s: %v", c.name, q, err)
				break
			}
			for _, g := range r.Groups {
				n += g.Total
			}
		}
		slices.Sort(took)
		t.Logf("%-20s p50 %6.1f ms  p99 %6.1f ms  hits %d", c.name, ms(took[len(took)/2]), ms(took[len(took)-1]), n/len(took))
	}
	var took []time.Duration
	for i := range 60 {
		w := at(i * 37)
		start := time.Now()
		if _, err := a.Suggest(t.Context(), who, w[:2+i%4]); err != nil {
			t.Errorf("suggest %s: %v", w[:2+i%4], err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	t.Logf("%-20s p50 %6.1f ms  p99 %6.1f ms", "suggest", ms(took[len(took)/2]), ms(took[len(took)-1]))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func sourceName(t *testing.T, pool *pgxpool.Pool, i int) string {
	var s string
	if err := pool.QueryRow(t.Context(), "SELECT name FROM sources OFFSET $1 LIMIT 1", i).Scan(&s); err != nil {
		t.Fatal(err)
	}
	return s
}
