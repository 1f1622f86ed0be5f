package store

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"corroborate/internal/store/storetest"
)

// TestKnownArticlesAreFoundByIndex forbids the planner to read whole tables: it then
// does so only where no index fits.
func TestKnownArticlesAreFoundByIndex(t *testing.T) {
	t.Parallel()
	pool := storetest.New(t)
	var plan []string
	err := pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), "SET LOCAL enable_seqscan = off"); err != nil {
			return err
		}
		rows, err := tx.Query(t.Context(), "EXPLAIN "+knownSelect, []string{"a"}, []string{"b"}, []string{"c"}, [][]byte{{1}})
		if err != nil {
			return err
		}
		plan, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range plan {
		if strings.Contains(line, "Seq Scan on articles") || strings.Contains(line, "Seq Scan on revisions") {
			t.Errorf("a whole table is read: %s", strings.TrimSpace(line))
		}
	}
	if len(plan) == 0 {
		t.Error("there is no plan")
	}
}
