package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/store"
	"corroborate/internal/store/storetest"
)

// TestCopiesAtScale measures look-ups and inserts among as many made-up articles as
// COPIES_SCALE says, and shows the plan: COPIES_SCALE=1000000 takes some minutes and
// 5 GB of disk. What it measured last is in docs/engine.md.
func TestCopiesAtScale(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("COPIES_SCALE"))
	if err != nil {
		t.Skip("SKIPPED: COPIES_SCALE is not set")
	}
	pool := storetest.New(t)
	fillSketches(t, pool, n)
	db := store.New(pool)
	rnd := rand.New(rand.NewPCG(1, 2))
	var puts, looks []time.Duration
	found := 0
	for i := range 400 {
		// Every second one shares half of its marks with an article that is stored.
		s := store.Sketch{ArticleID: articleAt(n + i), RevisionID: revisionID, Version: "marks/1", Marks: randomMarks(rnd)}
		original := 1 + rnd.IntN(n)
		if i%2 == 0 {
			var marks []int32
			if err := pool.QueryRow(t.Context(), "SELECT marks FROM copy_sketches WHERE number = $1", original).Scan(&marks); err != nil {
				t.Fatal(err)
			}
			s.Marks = append(s.Marks[:marksEach/2], marks[:marksEach/2]...)
		}
		puts = append(puts, timed(func() {
			do(t, db, func(tx *store.Tx) error { return tx.PutSketch(t.Context(), s, at) })
		}))
		var got []string
		looks = append(looks, timed(func() {
			if got, err = db.CopyCandidates(t.Context(), s, 2, 20); err != nil {
				t.Fatal(err)
			}
		}))
		if i%2 == 0 && slices.Contains(got, articleAt(original-1)) {
			found++
		}
	}
	t.Logf("%d articles: insert %s, look-up %s, %d of 200 copies found", n, spread(puts), spread(looks), found)
	logSizes(t, pool)
	logPlan(t, pool)
	if found != 200 || median(looks) > 50*time.Millisecond || median(puts) > 50*time.Millisecond {
		t.Errorf("found %d of 200, look-up %v, insert %v", found, median(looks), median(puts))
	}
}

// marksEach is the number of marks of an article of some 500 words.
const marksEach = 32

// articleAt gives the id of made-up article i.
func articleAt(i int) string {
	var id uuid.UUID
	for k := range 8 {
		id[15-k] = byte(i >> (8 * k))
	}
	return id.String()
}

func randomMarks(rnd *rand.Rand) []int32 {
	out := make([]int32, marksEach)
	for i := range out {
		out[i] = int32(rnd.Uint32())
	}
	return out
}

// fillSketches stores n articles. Three marks in a hundred are among a thousand that
// many articles have, as houses repeat themselves.
func fillSketches(t *testing.T, pool *pgxpool.Pool, n int) {
	t.Helper()
	started := time.Now()
	for _, sql := range []string{
		"ALTER TABLE copy_sketches DISABLE TRIGGER copy_sketches_have_marks",
		"ALTER TABLE copy_marks DROP CONSTRAINT copy_marks_pkey",
		"INSERT INTO sources (id, name, name_key, created_at) VALUES ('" + sourceID + "', 'A', 'a', now())",
		fmt.Sprintf(`WITH made AS (INSERT INTO articles (id, source_id, status, revision_id, content_hash, created_at, updated_at)
			SELECT lpad(to_hex(i), 32, '0')::uuid, '%s', 'ready', lpad(to_hex(i), 32, '0')::uuid,
			       sha256(i::text::bytea), now(), now() FROM generate_series(0, %d) i
			RETURNING id)
			INSERT INTO revisions (id, article_id, number, raw, sha256, created_at)
			SELECT id, id, 1, '', sha256(''), now() FROM made`, sourceID, n+500),
		fmt.Sprintf(`INSERT INTO copy_sketches (article_id, revision_id, version, marks, sketched_at)
			SELECT lpad(to_hex(i), 32, '0')::uuid, lpad(to_hex(i), 32, '0')::uuid, 'marks/1',
			       (SELECT array_agg(DISTINCT CASE WHEN random() < 0.03 THEN (random() * 1000)::int
			                ELSE ((random() - 0.5) * 4294967290)::bigint::int END) FROM generate_series(1, %d) WHERE i >= 0),
			       now() FROM generate_series(0, %d) i ORDER BY i`, marksEach, n-1),
		"INSERT INTO copy_marks SELECT m, number FROM copy_sketches, unnest(marks) m",
		"ALTER TABLE copy_marks ADD PRIMARY KEY (mark, number)",
		"ALTER TABLE copy_sketches ENABLE TRIGGER copy_sketches_have_marks",
		"ANALYZE",
	} {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	t.Logf("%d articles were made in %v", n, time.Since(started).Round(time.Second))
}

func timed(do func()) time.Duration {
	start := time.Now()
	do()
	return time.Since(start)
}

func median(ds []time.Duration) time.Duration {
	ds = slices.Sorted(slices.Values(ds))
	return ds[len(ds)/2]
}

func spread(ds []time.Duration) string {
	ds = slices.Sorted(slices.Values(ds))
	at := func(q float64) time.Duration { return ds[int(q*float64(len(ds)-1))].Round(10 * time.Microsecond) }
	return fmt.Sprintf("median %v, 95 %% under %v, at most %v", at(0.5), at(0.95), at(1))
}

func logSizes(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	var table, index, sketches string
	err := pool.QueryRow(t.Context(), `SELECT pg_size_pretty(pg_table_size('copy_marks')), pg_size_pretty(pg_indexes_size('copy_marks')),
		pg_size_pretty(pg_total_relation_size('copy_sketches'))`).Scan(&table, &index, &sketches)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("marks %s, their index %s, sketches %s", table, index, sketches)
}

func logPlan(t *testing.T, pool *pgxpool.Pool) {
	t.Helper()
	rows, err := pool.Query(context.Background(), `EXPLAIN (ANALYZE, BUFFERS, COSTS off)
		SELECT n.number, count(*) FROM unnest((SELECT marks FROM copy_sketches WHERE number = 7)) m
		CROSS JOIN LATERAL (SELECT c.number FROM copy_marks c WHERE c.mark = m ORDER BY c.number DESC LIMIT 60) n
		GROUP BY n.number HAVING count(*) >= 2`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		t.Log(line)
	}
}
