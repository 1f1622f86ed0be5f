package store

import (
	"context"
	"time"
)

// MostCounted bounds how many rows of a kind are counted where the count is asked often or
// shown on a page: it must cost the same however much has piled up.
const MostCounted = 10_000

// JobCount is how many jobs of a kind are in a state that is not their end, at most
// [MostCounted] in a state.
type JobCount struct {
	State string
	Kind  string
	Jobs  int
}

// JobCounts counts the background jobs that wait or run, by state and kind. The order
// keeps to the index that jobs are taken by, so that no state is searched for among the
// jobs that are done.
func (q Queries) JobCounts(ctx context.Context) ([]JobCount, error) {
	return list[JobCount](ctx, q.q, "count jobs", `
		SELECT s.state::text AS state, j.kind, count(*)::int AS jobs
		FROM unnest(ARRAY ['available', 'pending', 'retryable', 'running', 'scheduled']::river_job_state[]) s (state),
			LATERAL (SELECT kind FROM river_job r WHERE r.state = s.state
				ORDER BY queue, priority, scheduled_at, id LIMIT $1) j
		GROUP BY s.state, j.kind ORDER BY 1, 2`, MostCounted)
}

// QueueAge is how long the first job of a queue that could run has waited, in seconds.
type QueueAge struct {
	Queue   string
	Seconds float64
}

// QueueAges tells how long the oldest job of each of these queues waits, 0 for one that
// is empty. Each priority is looked up in the index that jobs are taken by.
func (q Queries) QueueAges(ctx context.Context, queues []string) ([]QueueAge, error) {
	return list[QueueAge](ctx, q.q, "queue ages", `
		SELECT u.name AS queue, greatest(extract(epoch FROM clock_timestamp() - min(j.scheduled_at)), 0)::float8 AS seconds
		FROM unnest($1::text[]) u (name) CROSS JOIN generate_series(1, 4) p
		LEFT JOIN LATERAL (SELECT scheduled_at FROM river_job r WHERE r.state = 'available' AND r.queue = u.name AND r.priority = p
			ORDER BY scheduled_at LIMIT 1) j ON true
		GROUP BY u.name ORDER BY 1`, queues)
}

// JobTroubles are jobs that did not end well.
type JobTroubles struct {
	// Discarded were given up since a moment, Hanging have run since before another one.
	Discarded, Hanging int
	// Kinds names those of the discarded ones.
	Kinds []string
}

// JobTroubles counts the jobs that were given up after since, and those that have run since
// before hanging.
func (q Queries) JobTroubles(ctx context.Context, since, hanging time.Time) (JobTroubles, error) {
	return one[JobTroubles](ctx, q.q, "job troubles", `
		WITH given_up AS (SELECT kind FROM river_job WHERE state = 'discarded' AND finalized_at >= $1 LIMIT $3)
		SELECT (SELECT count(*) FROM given_up)::int AS discarded, ARRAY(SELECT DISTINCT kind FROM given_up ORDER BY 1) AS kinds,
			(SELECT count(*) FROM river_job WHERE state = 'running' AND attempted_at < $2)::int AS hanging`, since, hanging, MostCounted)
}

// Standing says how what the service works through fares.
type Standing struct {
	// FeedsActive and FeedsFailing count feeds that are polled, and of these those whose
	// last polls failed; FeedsGone those that have ended.
	FeedsActive, FeedsFailing, FeedsGone int
	// HooksActive, HooksFailing and HooksStopped count webhooks; stopped are those that the
	// service stopped by itself.
	HooksActive, HooksFailing, HooksStopped int
	// Deliveries wait to be sent, at most [MostCounted] are counted.
	Deliveries int
	// EventsBehind wait for their place in the order of all, at most [MostCounted] are
	// counted; EventsSeconds is how long the first has waited.
	EventsBehind  int
	EventsSeconds float64
	// Imports are those that are received or stored now.
	Imports int
	// Articles and Claims are about how many rows these tables have.
	Articles, Claims int64
	Bytes            int64
}

// Standing tells how feeds, webhooks, events and imports fare, without reading any table
// that grows with the archive.
func (q Queries) Standing(ctx context.Context) (Standing, error) {
	return one[Standing](ctx, q.q, "standing", `
		SELECT f.*, w.*, e.*,
			(SELECT count(*) FROM (SELECT FROM webhook_deliveries WHERE state = 'waiting' LIMIT $1) d)::int AS deliveries,
			(SELECT count(*) FROM imports WHERE state IN ('receiving', 'running'))::int AS imports,
			(SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'articles'::regclass) AS articles,
			(SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'claims'::regclass) AS claims,
			pg_database_size(current_database()) AS bytes
		FROM (SELECT count(*) FILTER (WHERE state = 'active')::int AS feeds_active,
				count(*) FILTER (WHERE state = 'active' AND failures > 0)::int AS feeds_failing,
				count(*) FILTER (WHERE state = 'gone')::int AS feeds_gone FROM feeds) f,
			(SELECT count(*) FILTER (WHERE active)::int AS hooks_active,
				count(*) FILTER (WHERE active AND failures > 0)::int AS hooks_failing,
				count(*) FILTER (WHERE stopped NOT IN ('', 'paused'))::int AS hooks_stopped FROM webhooks) w,
			(SELECT count(*)::int AS events_behind,
				coalesce(extract(epoch FROM clock_timestamp() - min(at)), 0)::float8 AS events_seconds
				FROM (SELECT at FROM events WHERE seq IS NULL ORDER BY n LIMIT $1) v) e`, MostCounted)
}

// Workers counts the servers that work on jobs now.
func (q Queries) Workers(ctx context.Context) (int, error) {
	return scalar[int](ctx, q.q, "workers", `
		SELECT count(*)::int FROM pg_locks l JOIN pg_database d ON d.oid = l.database
		WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.granted AND l.classid = $1 AND l.objsubid = 2`, lockWorker)
}
