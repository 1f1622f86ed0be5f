package store

import "context"

// LongTransaction is one that holds back the clearing away of old rows.
type LongTransaction struct {
	PID     int
	Seconds float64
	State   string
	Program string
}

// LongTransactions lists the transactions in this database that have been open for longer
// than some seconds, the oldest first. What they run is left out: it may hold words of
// articles.
func (q Queries) LongTransactions(ctx context.Context, seconds int) ([]LongTransaction, error) {
	return list[LongTransaction](ctx, q.q, "long transactions", `
		SELECT pid, extract(epoch FROM clock_timestamp() - xact_start)::float8 AS seconds, coalesce(state, '') AS state,
			coalesce(application_name, '') AS program
		FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < clock_timestamp() - make_interval(secs => $1)
		  AND backend_type = 'client backend'
		ORDER BY xact_start LIMIT 10`, seconds)
}

// PreparedTransactions counts those that were prepared for a commit in two steps and
// left.
func (q Queries) PreparedTransactions(ctx context.Context) (int, error) {
	return scalar[int](ctx, q.q, "prepared transactions",
		"SELECT count(*)::int FROM pg_prepared_xacts WHERE database = current_database()")
}

// TableState is a table whose upkeep is behind.
type TableState struct {
	Name string
	// Dead rows were changed or deleted and still take room beside the Live ones.
	Live, Dead int64
	// Unknown is true where the planner has no figures of it.
	Unknown bool
}

// TablesBehind lists the tables with many dead rows or without figures for the planner.
func (q Queries) TablesBehind(ctx context.Context) ([]TableState, error) {
	return list[TableState](ctx, q.q, "tables behind", `
		SELECT relname::text AS name, n_live_tup AS live, n_dead_tup AS dead, unknown FROM (
			SELECT *, n_live_tup > 10000 AND last_analyze IS NULL AND last_autoanalyze IS NULL AS unknown
			FROM pg_stat_user_tables WHERE schemaname = current_schema()) t
		WHERE unknown OR n_dead_tup > 10000 + n_live_tup * 0.4
		ORDER BY n_dead_tup DESC LIMIT 10`)
}

// IndexState is an index that does not serve.
type IndexState struct {
	Name  string
	Table string
	Bytes int64
	// Valid is false for one whose building was cut off: it costs writes and is not read.
	Valid bool
}

// IdleIndexes lists the indexes that are not valid, and large ones that no statement has
// used since the server counts. Those that keep rows unique have their use.
func (q Queries) IdleIndexes(ctx context.Context) ([]IndexState, error) {
	return list[IndexState](ctx, q.q, "idle indexes", `
		SELECT s.indexrelname::text AS name, s.relname::text AS "table", pg_relation_size(s.indexrelid) AS bytes,
			i.indisvalid AND i.indisready AS valid
		FROM pg_stat_user_indexes s JOIN pg_index i ON i.indexrelid = s.indexrelid
		WHERE s.schemaname = current_schema() AND (NOT i.indisvalid OR NOT i.indisready
			OR s.idx_scan = 0 AND NOT i.indisunique AND pg_relation_size(s.indexrelid) > 100 * 1024 * 1024)
		ORDER BY valid, bytes DESC LIMIT 20`)
}
