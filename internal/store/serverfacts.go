package store

import (
	"context"
	"time"
)

// ServerFacts say how the database and its server are set up, as far as the role that
// asks may see it.
type ServerFacts struct {
	Version string
	Role    string
	// Superuser and MayCreate are rights of the role: the first is more than the service
	// needs, the second is what migrating takes.
	Superuser, MayCreate bool
	Encoding, TimeZone   string
	// CollationMade and CollationNow are the versions of the rules of sorting that the
	// database was made with and that the system has now, empty where there are none.
	CollationMade, CollationNow string
	// MaxConnections are those for ordinary roles, Connections those that are open.
	MaxConnections, Connections int
	// Servers are those of this service that work on jobs now.
	Servers                              int
	Autovacuum, Checksums, Fsync, Commit bool
	// Standby is true for a server that only copies another one.
	Standby bool
	Bytes   int64
	// Age counts the transactions since the oldest row was frozen, of the AgeMost at which
	// the server freezes by force.
	Age, AgeMost int64
	Now          time.Time
}

// ServerFacts tells how the database is set up.
func (q Queries) ServerFacts(ctx context.Context) (ServerFacts, error) {
	return one[ServerFacts](ctx, q.q, "server facts", `
		SELECT current_setting('server_version') AS version, current_user::text AS role,
			coalesce((SELECT rolsuper FROM pg_roles WHERE rolname = current_user), false) AS superuser,
			coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may_create,
			pg_encoding_to_char(d.encoding)::text AS encoding, current_setting('TimeZone') AS time_zone,
			coalesce(d.datcollversion, '') AS collation_made,
			coalesce(pg_database_collation_actual_version(d.oid), '') AS collation_now,
			current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS max_connections,
			(SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::int AS connections,
			(SELECT count(*) FROM pg_locks l WHERE l.locktype = 'advisory' AND l.granted AND l.classid = $1 AND l.objsubid = 2
				AND l.database = d.oid)::int AS servers,
			current_setting('autovacuum')::bool AS autovacuum, current_setting('data_checksums')::bool AS checksums,
			current_setting('fsync')::bool AS fsync, current_setting('synchronous_commit') <> 'off' AS commit,
			pg_is_in_recovery() AS standby, pg_database_size(d.oid) AS bytes, age(d.datfrozenxid)::bigint AS age,
			current_setting('autovacuum_freeze_max_age')::bigint AS age_most, clock_timestamp() AS now
		FROM pg_database d WHERE d.datname = current_database()`, lockWorker)
}

// Copying says how the server's copies and its archive fare.
type Copying struct {
	// Replicas are the servers that copy this one now; Behind is how long the slowest of
	// them takes, in seconds.
	Replicas int
	Behind   float64
	// IdleSlots are places that the log is kept for and nobody reads from; IdleBytes is
	// what the one that is furthest behind holds.
	IdleSlots int
	IdleBytes int64
	// ArchiveFails is true where the last part of the log could not be put into the
	// archive; ArchivedAt is when one last was, nil for never.
	ArchiveFails bool
	ArchivedAt   *time.Time
}

// Copying tells how the server's copies and its archive fare. On a standby, which has
// neither, all is zero.
func (q Queries) Copying(ctx context.Context) (Copying, error) {
	return one[Copying](ctx, q.q, "copying", `
		SELECT (SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming')::int AS replicas,
			coalesce((SELECT extract(epoch FROM max(replay_lag)) FROM pg_stat_replication), 0)::float8 AS behind,
			s.idle_slots, s.idle_bytes,
			coalesce(a.last_failed_time > coalesce(a.last_archived_time, '-infinity'), false) AS archive_fails,
			a.last_archived_time AS archived_at
		FROM pg_stat_archiver a, (
			SELECT count(*)::int AS idle_slots, coalesce(max(CASE WHEN pg_is_in_recovery() THEN 0
				ELSE pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) END), 0)::bigint AS idle_bytes
			FROM pg_replication_slots WHERE NOT active) s`)
}

// Missing names what the role lacks: extensions that are not there, and tables that it
// may not read and write.
type Missing struct{ Extensions, Tables []string }

// Missing names what the role that asks lacks of what the service needs.
func (q Queries) Missing(ctx context.Context) (Missing, error) {
	return one[Missing](ctx, q.q, "missing", `
		SELECT ARRAY(SELECT n FROM unnest(ARRAY ['pg_trgm', 'unaccent']) n
				WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = n)) AS extensions,
			ARRAY(SELECT relname::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
				AND NOT (has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT'))
				AND relname NOT IN ('goose_db_version', 'river_migration') ORDER BY relname) AS tables`)
}
