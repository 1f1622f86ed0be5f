package store

import (
	"slices"
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
	for _, index := range []string{"articles_external", "articles_url", "revisions_content"} {
		if !slices.ContainsFunc(plan, func(line string) bool { return strings.Contains(line, index) }) {
			t.Errorf("the index %s is not used:\n%s", index, strings.Join(plan, "\n"))
		}
	}
}
