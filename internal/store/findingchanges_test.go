package store_test

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// TestChangesComeInTheirOrder reads the findings by when they changed while some of them
// change: each is listed, and those that change meanwhile come again at the end.
func TestChangesComeInTheirOrder(t *testing.T) {
	t.Parallel()
	pool, db, story := madeStory(t)
	c := store.ChangeChoice{FindingChoice: store.FindingChoice{StoryID: story, Limit: 7}}
	times, changed := map[string]int{}, 0
	last := time.Time{}
	for {
		var err error
		if c.Until, err = db.SettledUntil(t.Context()); err != nil {
			t.Fatal(err)
		}
		part, err := db.FindingChanges(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range part {
			if f.UpdatedAt.Before(last) {
				t.Fatalf("%v comes after %v", f.UpdatedAt, last)
			}
			times[f.ID]++
			last = f.UpdatedAt
		}
		if len(part) < c.Limit {
			break
		}
		c.After = &store.ChangePlace{At: last, ID: part[len(part)-1].ID}
		if changed++; changed <= 5 {
			if _, err := pool.Exec(t.Context(), "UPDATE findings SET summary = summary || '!' WHERE id = $1", part[0].ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	again := 0
	for _, n := range times {
		again += n - 1
	}
	if len(times) != 120 || again != 5 {
		t.Errorf("%d findings are listed, %d of them again; want 120 and 5", len(times), again)
	}
}

// TestOnlyWhatIsShownTouchesAFinding writes to a finding without a change, and with one.
func TestOnlyWhatIsShownTouchesAFinding(t *testing.T) {
	t.Parallel()
	pool, db, _ := madeStory(t)
	for sql, want := range map[string]int{
		"UPDATE findings SET summary = summary, worth = worth":                                                  0,
		"UPDATE findings SET outcome = 'confirmed' WHERE id = (SELECT min(id::text)::uuid FROM findings)":       1,
		"UPDATE findings SET reviewed_verdict = 'single' WHERE id = (SELECT max(id::text)::uuid FROM findings)": 1,
		"UPDATE stories SET deleted_at = now()":                                                                 0,
		"UPDATE stories SET deleted_at = NULL":                                                                  120,
	} {
		var since time.Time
		if err := pool.QueryRow(t.Context(), "SELECT clock_timestamp()").Scan(&since); err != nil {
			t.Fatal(err)
		}
		if sql == "UPDATE stories SET deleted_at = NULL" {
			exec(t, pool, "UPDATE stories SET deleted_at = now()")
		}
		exec(t, pool, sql)
		until, err := db.SettledUntil(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got, err := db.FindingChanges(t.Context(), store.ChangeChoice{Until: until, FindingChoice: store.FindingChoice{UpdatedSince: since, Limit: 200}})
		if err != nil || len(got) != want {
			t.Errorf("%s changes %d findings, %v; want %d", sql, len(got), err, want)
		}
		exec(t, pool, "UPDATE stories SET deleted_at = NULL")
	}
}

func exec(t *testing.T, pool *pgxpool.Pool, sql string, args ...any) {
	t.Helper()
	if _, err := pool.Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

// TestChangesAtScale measures the list of changes among as many findings as
// CHANGES_SCALE says: CHANGES_SCALE=500000 takes a minute.
func TestChangesAtScale(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("CHANGES_SCALE"))
	if err != nil {
		t.Skip("SKIPPED: CHANGES_SCALE is not set")
	}
	pool, db, story := madeStory(t)
	exec(t, pool, `INSERT INTO findings (id, story_id, summary, verdict, corroborated, sources, origins, created_at, updated_at, kinds)
		SELECT gen_random_uuid(), $1, 'made up ' || i, (ARRAY['agree', 'diverge', 'single'])[1 + i % 3], true, 1 + i % 9, 1 + i % 5, now(), now(),
		       CASE WHEN i % 3 = 1 THEN ARRAY['number'] ELSE '{}' END
		FROM generate_series(1, $2) i`, story, n)
	exec(t, pool, "ANALYZE findings")
	var middle time.Time
	if err := pool.QueryRow(t.Context(), "SELECT touched_at FROM findings ORDER BY touched_at OFFSET $1 LIMIT 1", n/2).Scan(&middle); err != nil {
		t.Fatal(err)
	}
	until, err := db.SettledUntil(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]store.ChangeChoice{
		"first": {}, "latest": {Latest: true}, "from the middle": {After: &store.ChangePlace{At: middle, ID: story}},
		"since the middle": {FindingChoice: store.FindingChoice{UpdatedSince: middle}}, "nothing new": {FindingChoice: store.FindingChoice{UpdatedSince: until}},
		"divergences in numbers": {FindingChoice: store.FindingChoice{Verdicts: []claims.Verdict{claims.Diverge}, Kinds: []claims.Kind{claims.KindNumber}, MinOrigins: 3}},
		"nothing fits":           {FindingChoice: store.FindingChoice{Kinds: []claims.Kind{claims.KindQuote}, MinOrigins: 50}},
		"of a source":            {FindingChoice: store.FindingChoice{Sources: []string{"marrow gazette"}}},
	} {
		c.Until, c.Limit = until, 51
		for viewer, q := range map[string]store.Queries{"the service": db.Queries, "a stranger": db.For("")} {
			var took []time.Duration
			found := 0
			for range 20 {
				took = append(took, timed(func() {
					part, err := q.FindingChanges(t.Context(), c)
					if err != nil {
						t.Fatal(err)
					}
					found = len(part)
				}))
			}
			t.Logf("%s, for %s: %d findings, %s", name, viewer, found, spread(took))
		}
	}
}

// TestEachKindHasAnIndex holds that a list of the findings with one kind goes along the
// index of that kind.
func TestEachKindHasAnIndex(t *testing.T) {
	pool, _, _ := madeStory(t)
	for _, kind := range claims.Kinds() {
		rows, err := pool.Query(t.Context(), "EXPLAIN SELECT f.id FROM findings f WHERE '"+string(kind)+"' = ANY (f.kinds) ORDER BY f.touched_at, f.id LIMIT 51")
		if err != nil {
			t.Fatal(err)
		}
		plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(plan, "\n"); !strings.Contains(got, "findings_of_"+string(kind)) {
			t.Errorf("%s: %s", kind, got)
		}
	}
}

// TestKindsAreChosen holds that one kind and several choose the findings that have them.
func TestKindsAreChosen(t *testing.T) {
	pool, db, story := madeStory(t)
	exec(t, pool, `INSERT INTO findings (id, story_id, summary, verdict, corroborated, sources, origins, created_at, updated_at, kinds)
		SELECT gen_random_uuid(), $1, k.kinds::text, 'diverge', false, 2, 2, now(), now(), k.kinds
		FROM (VALUES ('{number}'::text[]), ('{time,number}'), ('{place}'), ('{}')) k (kinds)`, story)
	until, err := db.SettledUntil(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for want, kinds := range map[string][]claims.Kind{
		"{number} {time,number}":         {claims.KindNumber},
		"{place}":                        {claims.KindPlace},
		"{number} {place} {time,number}": {claims.KindNumber, claims.KindPlace},
		"{time,number}":                  {claims.KindTime},
		"":                               {"' OR true --"},
	} {
		part, err := db.FindingChanges(t.Context(), store.ChangeChoice{FindingChoice: store.FindingChoice{Kinds: kinds, StoryID: story, Limit: 50}, Until: until.Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range part {
			if strings.HasPrefix(f.Summary, "{") {
				got = append(got, f.Summary)
			}
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("%q chooses %q, not %q", kinds, got, want)
		}
	}
}
