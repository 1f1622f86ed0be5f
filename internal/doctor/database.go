package doctor

import (
	"context"
	"fmt"
	"strings"

	"corroborate/internal/store"
)

// extraConnections are those that a server holds beside its pool: one shows that it
// lives, one hears of progress.
const extraConnections = 2

// Database looks at how the database is set up, and at its copies. pool is how many
// connections a server may open.
func Database(ctx context.Context, q store.Queries, pool int) []Finding {
	facts, err := q.ServerFacts(ctx)
	if err != nil {
		return []Finding{Unseen("database", err, "see whether the database answers: psql with DATABASE_URL")}
	}
	all := server(facts, pool)
	missing, err := q.Missing(ctx)
	if err != nil {
		return append(all, Unseen("database", err, "see the log of the database"))
	}
	all = append(all, rights(facts, missing)...)
	copying, err := q.Copying(ctx)
	if err != nil {
		return append(all, Unseen("copies", err, "see the log of the database"))
	}
	return append(all, copies(copying)...)
}

// server looks at the settings of the database's server.
func server(f store.ServerFacts, pool int) []Finding {
	a := &area{name: "database"}
	a.ok("PostgreSQL %s, %s, time zone %s", f.Version, size(f.Bytes), f.TimeZone)
	a.when(f.Standby, Fault, Finding{Says: "this database is a standby, which takes no writes",
		Do: "let DATABASE_URL name the primary, or promote this one (SELECT pg_promote())"}, "")
	connections(a, f, pool)
	a.when(!f.Autovacuum, Fault, Finding{Says: "autovacuum is off: tables grow without end",
		Do: "ALTER SYSTEM SET autovacuum = on, and SELECT pg_reload_conf()"}, "autovacuum is on")
	a.when(!f.Fsync || !f.Commit, Fault, Finding{Says: "fsync or synchronous_commit is off: what was acknowledged can be lost when the power fails",
		Do: "set both on in postgresql.conf and restart PostgreSQL"}, "what is committed is on disk")
	a.when(!f.Checksums, Note, Finding{Says: "data checksums are off: damage by a disk goes unseen",
		Do: "at a quiet time stop PostgreSQL and run pg_checksums --enable on its folder"}, "data checksums are on")
	a.when(f.Encoding != "UTF8", Fault, Finding{Says: "the database holds text as " + f.Encoding + ", which lacks letters that articles have",
		Do: "make a database with ENCODING 'UTF8', and restore a dump into it"}, "")
	a.when(f.CollationMade != f.CollationNow && f.CollationMade != "", Warning, Finding{
		Says: fmt.Sprintf("the rules of sorting are of version %s now and were of %s when indexes were built: lists may skip rows", f.CollationNow, f.CollationMade),
		Do:   "REINDEX DATABASE CONCURRENTLY, then ALTER DATABASE … REFRESH COLLATION VERSION"}, "")
	wraparound(a, f)
	return a.all
}

// connections holds what the servers may open against what the database allows.
func connections(a *area, f store.ServerFacts, pool int) {
	need := max(1, f.Servers) * (pool + extraConnections)
	do := fmt.Sprintf("raise max_connections, or lower pool_max_conns in DATABASE_URL (now %d for each server)", pool)
	switch {
	case f.Connections >= f.MaxConnections*9/10:
		a.add(Fault, fmt.Sprintf("%d of %d connections are open", f.Connections, f.MaxConnections), do)
	case need > f.MaxConnections:
		a.add(Warning, fmt.Sprintf("%d servers may open %d connections, and the database allows %d", max(1, f.Servers), need, f.MaxConnections), do)
	default:
		a.ok("%d of %d connections are open; the service takes %d at most", f.Connections, f.MaxConnections, need)
	}
}

// wraparound looks at how near the database is to freezing by force, and to its end.
func wraparound(a *area, f store.ServerFacts) {
	const stop = 2_000_000_000 // PostgreSQL takes no writes some millions later
	do := "look for long transactions below, then run VACUUM (FREEZE) as the owner of the database"
	switch {
	case f.Age > stop*3/4:
		a.add(Fault, fmt.Sprintf("%d transactions since rows were frozen: PostgreSQL stops writing at two thousand million", f.Age), do)
	case f.Age > f.AgeMost*3/2:
		a.add(Warning, fmt.Sprintf("%d transactions since rows were frozen, more than autovacuum_freeze_max_age (%d)", f.Age, f.AgeMost), do)
	default:
		a.ok("%d transactions since rows were frozen", f.Age)
	}
}

// rights looks at what the role may do.
func rights(f store.ServerFacts, m store.Missing) []Finding {
	a := &area{name: "database"}
	a.when(f.Superuser, Note, Finding{Says: "the role " + f.Role + " is a superuser, which the service does not need",
		Do: "make a role of its own that owns the database, and name that in DATABASE_URL"}, "")
	if !f.Superuser {
		a.when(f.MayCreate, Note, Finding{Says: "the role " + f.Role + " may change tables, which serving does not need",
			Do: "give it to DATABASE_OWNER_URL, and another role to DATABASE_URL: docs/operations.md, Two roles"},
			"the role "+f.Role+" may change no tables: their owner migrates")
	}
	a.when(len(m.Tables) > 0, Fault, Finding{Says: "the role " + f.Role + " may not read or write " + strings.Join(m.Tables, ", "),
		Do: "GRANT SELECT, INSERT, UPDATE, DELETE on them, as their owner"}, "the role "+f.Role+" may read and write all tables")
	a.when(len(m.Extensions) > 0, Fault, Finding{Says: "these extensions are missing: " + strings.Join(m.Extensions, ", "),
		Do: "install postgresql-contrib, and CREATE EXTENSION as the owner of the database"}, "all extensions are there")
	return a.all
}

const (
	// lagging is how many seconds a copy may be behind.
	lagging = 60
	// heldBytes is how much of the log a slot that nobody reads may hold.
	heldBytes = 1 << 30
)

// copies looks at replicas and at the archive of the log.
func copies(c store.Copying) []Finding {
	a := &area{name: "copies"}
	a.when(c.ArchiveFails, Fault, Finding{Says: "the last part of the write-ahead log could not be archived: a restore ends before it, and the disk fills",
		Do: "see the log of the database for what archive_command said"}, "")
	if c.ArchivedAt != nil && !c.ArchiveFails {
		a.ok("the write-ahead log was last archived at %s", c.ArchivedAt.UTC().Format("2006-01-02 15:04 UTC"))
	}
	a.when(c.IdleSlots > 0, level(c.IdleBytes > heldBytes, Fault, Warning), Finding{
		Says: fmt.Sprintf("%d replication slots are read by nobody, and hold %s of the write-ahead log", c.IdleSlots, size(c.IdleBytes)),
		Do:   "start the replica again, or SELECT pg_drop_replication_slot(…)"}, "")
	a.when(c.Behind > lagging, Warning, Finding{Says: fmt.Sprintf("the slowest replica is %.0f seconds behind", c.Behind),
		Do: "see its disk and network, and whether a long query there holds it up"}, "")
	if c.Replicas > 0 && c.Behind <= lagging {
		a.ok("%d replicas follow, the slowest %.1f seconds behind", c.Replicas, c.Behind)
	}
	if len(a.all) == 0 {
		a.add(Note, "there are no replicas and no archive of the write-ahead log: a restore goes back to the last dump",
			"see docs/operations.md, Backup and restore")
	}
	return a.all
}

func level(worse bool, then, otherwise Level) Level {
	if worse {
		return then
	}
	return otherwise
}

// size writes a number of bytes for a person.
func size(bytes int64) string {
	switch {
	case bytes >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(bytes)/(1<<30))
	case bytes >= 1<<20:
		return fmt.Sprintf("%.0f MiB", float64(bytes)/(1<<20))
	}
	return fmt.Sprintf("%.0f KiB", float64(bytes)/(1<<10))
}
