package app_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// checkSums holds that the figures over the whole archive, which are kept up to date by
// small changes, are what comes out when everything is counted anew. Each test of this
// package ends with it, so that whatever any of them does is counted right.
func checkSums(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	rows, err := pool.Query(context.Background(), `
		SELECT concat_ws(' ', part, about, key, 'is', coalesce(s.n, 0), 'and counted', coalesce(c.n, 0))
		FROM sums_counted c FULL JOIN sums_now s USING (part, about, key) WHERE c.n IS DISTINCT FROM s.n
		UNION ALL SELECT concat_ws(' ', 'decisions on', stratum, 'in', story_id, 'are', o.confirmed, o.rejected, 'and counted', c.confirmed, c.rejected)
		FROM count_decisions(NULL, ARRAY (SELECT id FROM stories)) c FULL JOIN story_decisions o USING (story_id, stratum)
		WHERE (c.confirmed, c.rejected) IS DISTINCT FROM (o.confirmed, o.rejected) ORDER BY 1`)
	if err != nil {
		t.Errorf("figures: %v", err)
		return
	}
	wrong, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Errorf("figures: %v", err)
	}
	for _, w := range wrong {
		t.Errorf("a figure of the archive: %s", w)
	}
}

// TestFiguresAreMended holds that a wrong figure is found and set right, and that adding
// up changes no figure.
func TestFiguresAreMended(t *testing.T) {
	t.Parallel()
	f := started(t)
	f.story(gazette, courier, herald)
	figure := func() (n int) {
		err := f.pool.QueryRow(t.Context(), "SELECT coalesce(sum(n), 0) FROM sums_now WHERE part = 'source' AND key = 'articles'").Scan(&n)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := figure()
	if before != 3 {
		t.Errorf("%d articles are counted, want 3", before)
	}
	if err := f.FoldSums(t.Context()); err != nil || figure() != before {
		t.Errorf("added up: %d, %v", figure(), err)
	}
	f.exec("INSERT INTO sum_changes (part, about, key, n) SELECT part, about, key, 7 FROM sums WHERE part = 'source' AND key = 'articles' LIMIT 1")
	f.exec("SELECT mend_sums()")
	if figure() != before {
		t.Errorf("mended: %d, want %d", figure(), before)
	}
}
