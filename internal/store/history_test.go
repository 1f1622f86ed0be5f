package store_test

import (
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"corroborate/internal/store"
	"corroborate/internal/store/storetest"
)

// TestHistoryUpToATimeIsInPages reads what was done before a time page by page: each entry
// once, the newest first, also where two were noted at once or one later than it was done.
func TestHistoryUpToATimeIsInPages(t *testing.T) {
	t.Parallel()
	pool := storetest.New(t)
	db := store.New(pool)
	exec(t, pool, `INSERT INTO audit (id, at, actor, action, object)
		SELECT lpad(i::text, 32, '0')::uuid, timestamptz '2026-03-01 00:00Z' + i / 2 * interval '1 minute' + CASE i WHEN 7 THEN interval '3 minutes' ELSE '0' END,
		       'x', CASE i % 3 WHEN 0 THEN 'story.edit' WHEN 1 THEN 'story.add' ELSE 'key.add' END, '' FROM generate_series(1, 40) i`)
	to := time.Date(2026, 3, 1, 0, 15, 0, 0, time.UTC)
	for _, action := range []string{"", "story", "key.add"} {
		sql := "SELECT id::text FROM audit WHERE at < $1 AND starts_with(action, $2) ORDER BY at DESC, id DESC"
		rows, err := pool.Query(t.Context(), sql, to, action)
		if err != nil {
			t.Fatal(err)
		}
		want, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for before := ""; ; {
			page, err := db.History(t.Context(), store.HistoryChoice{Action: action, To: to, Before: before, Limit: 4})
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range page {
				got = append(got, e.ID)
			}
			if len(page) < 4 {
				break
			}
			before = got[len(got)-1]
		}
		if !slices.Equal(got, want) || len(want) < 9 {
			t.Errorf("%q: %v, want %v", action, got, want)
		}
	}
}
