package doctor

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/store"
	"corroborate/internal/store/storetest"
)

func execute(t *testing.T, pool *pgxpool.Pool, sql string) {
	t.Helper()
	if _, err := pool.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// TestDatabaseLive makes what can be made of what the doctor looks for in a database, and
// has it found.
func TestDatabaseLive(t *testing.T) {
	t.Parallel()
	pool := storetest.New(t)
	q := store.New(pool).Queries
	queues := []string{"default", "web"}
	expect(t, DatabaseClock(t.Context(), q), OK, "apart")
	expect(t, Work(t.Context(), q, queues, true), Note, "no server works on jobs; 0 wait")
	expect(t, Upkeep(t.Context(), q), OK, "no long transactions")
	expect(t, Database(t.Context(), q, 1000), Warning, "may open 1002 connections")

	execute(t, pool, "DROP EXTENSION unaccent CASCADE")
	expect(t, Database(t.Context(), q, 8), Fault, "missing: unaccent")
	execute(t, pool, `INSERT INTO river_job (kind, args, max_attempts, priority, queue, scheduled_at)
		VALUES ('sweep', '{}', 5, 1, 'default', now() - interval '2 hours')`)
	execute(t, pool, `INSERT INTO river_job (kind, args, max_attempts, priority, queue, state, finalized_at)
		VALUES ('analyze_article', '{}', 5, 1, 'default', 'discarded', now() - interval '1 hour')`)
	execute(t, pool, `INSERT INTO river_job (kind, args, max_attempts, priority, queue, state, attempted_at)
		VALUES ('compare_story', '{}', 5, 1, 'default', 'running', now() - interval '1 hour')`)
	execute(t, pool, `INSERT INTO events (type, at) VALUES ('story.compared', now() - interval '1 hour')`)
	execute(t, pool, `INSERT INTO feeds (id, url, url_key, source, state, failures, failing_since, interval_seconds, next_poll_at, created_at, updated_at)
		VALUES (gen_random_uuid(), 'u', 'u', 's', 'active', 2, now(), 60, now(), now(), now()),
			(gen_random_uuid(), 'v', 'v', 's', 'gone', 0, NULL, 60, now(), now(), now())`)
	execute(t, pool, "UPDATE second_judge SET failures = 2, fault = 'timeout', failing_since = now()")
	for says, level := range map[string]Level{"1 jobs have run": Warning, "given up within a day: analyze_article": Warning,
		"no server works on jobs; 1 wait": Warning, "1 of 1 feeds fail": Warning, "1 feeds have ended": Note, "events wait for 36": Warning,
		"second judge failed 2 times": Warning} {
		expect(t, Work(t.Context(), q, queues, true), level, says)
	}
	ages, err := q.QueueAges(t.Context(), queues)
	if err != nil || len(ages) != 2 || ages[0].Seconds < 7000 || ages[1].Seconds != 0 {
		t.Errorf("the queues' ages are %+v, %v", ages, err)
	}
}

// TestUpkeepLive leaves an index half made and a transaction open.
func TestUpkeepLive(t *testing.T) {
	t.Parallel()
	pool := storetest.New(t)
	q := store.New(pool).Queries
	execute(t, pool, "CREATE TABLE twice (a integer)")
	execute(t, pool, "INSERT INTO twice VALUES (1), (1)")
	if _, err := pool.Exec(t.Context(), "CREATE UNIQUE INDEX CONCURRENTLY twice_a ON twice (a)"); err == nil {
		t.Fatal("the index was made")
	}
	expect(t, Upkeep(t.Context(), q), Fault, "twice_a of twice is not valid")

	tx, err := pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(t.Context())
	if _, err := tx.Exec(t.Context(), "SELECT 1"); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond)
	open, err := q.LongTransactions(t.Context(), 0)
	if err != nil || len(open) == 0 || open[0].State != "idle in transaction" {
		t.Errorf("open transactions: %+v, %v", open, err)
	}
}

// TestDatabaseGone asserts that what cannot be looked at is a fault with advice.
func TestDatabaseGone(t *testing.T) {
	t.Parallel()
	pool := storetest.New(t)
	q := store.New(pool).Queries
	pool.Close()
	for _, all := range [][]Finding{Database(t.Context(), q, 8), Upkeep(t.Context(), q), Work(t.Context(), q, nil, false), DatabaseClock(t.Context(), q)} {
		expect(t, all, Fault, "could not be looked at")
	}
}
