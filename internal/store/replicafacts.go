package store

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

// ReplicaHosts takes the connection string of replicas apart into one for each host, with the
// name of each: host and port.
func ReplicaHosts(all *pgxpool.Config) map[string]*pgxpool.Config {
	out := map[string]*pgxpool.Config{}
	for _, host := range hostsOf(all) {
		out[hostName(host)] = host
	}
	return out
}

// ReplicaFacts are how a database stands to others of its kind.
type ReplicaFacts struct {
	// Standby is true for one that follows another, Paused where it does not at present.
	Standby, Paused bool
	// System names the cluster that it was copied from, Lineage the primary that it follows,
	// in its database.
	System, Lineage string
	// Version is that of PostgreSQL, 170002 for 17.2.
	Version int
	// At is how far it is in its log.
	At int64
	// Role is who asks, Unreadable the tables that the role may not read.
	Role       string
	Unreadable []string
}

// ReplicaFacts tells how the database that is asked stands to others.
func (q Queries) ReplicaFacts(ctx context.Context) (ReplicaFacts, error) {
	return one[ReplicaFacts](ctx, q.q, "replica facts", `
		SELECT r.standby, CASE WHEN r.standby THEN pg_is_wal_replay_paused() ELSE false END AS paused,
			(SELECT system_identifier FROM pg_control_system())::text AS system, l.id::text AS lineage,
			current_setting('server_version_num')::int AS version,
			(CASE WHEN r.standby THEN coalesce(pg_last_wal_replay_lsn(), '0/0') ELSE pg_current_wal_flush_lsn() END - '0/0'::pg_lsn)::bigint AS at,
			current_user::text AS role,
			ARRAY(SELECT relname::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
				AND NOT has_table_privilege(oid, 'SELECT') AND relname NOT IN ('goose_db_version', 'river_migration') ORDER BY relname) AS unreadable
		FROM lineage l, (SELECT pg_is_in_recovery() AS standby) r`)
}
