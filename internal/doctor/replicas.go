package doctor

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/store"
)

const (
	// catchUp is how long a replica may take to have what the primary had, replicaPause the
	// time between two looks.
	catchUp      = 2 * time.Second
	replicaPause = 50 * time.Millisecond
	// versionStep is the part of a version number that says which PostgreSQL it is.
	versionStep = 10_000
)

// Replicas looks at the replicas that reads may go to, by their names.
func Replicas(ctx context.Context, primary store.Queries, hosts map[string]*pgxpool.Config) []Finding {
	of, err := primary.ReplicaFacts(ctx)
	if err != nil {
		return []Finding{Unseen("replicas", err, "see whether the database answers")}
	}
	var all []Finding
	for _, name := range slices.Sorted(maps.Keys(hosts)) {
		is, err := askReplica(ctx, hosts[name], of)
		if err != nil {
			all = append(all, Finding{Area: "replicas", Level: Warning, Says: fmt.Sprintf("%s cannot be looked at, so that reads go to the primary: %v", name, err),
				Do: "see that it runs and takes connections, and host, port, user and password of DATABASE_READ_URL"})
			continue
		}
		all = append(all, replica(name, is, of)...)
	}
	return all
}

// askReplica gives where a replica is once it has what the primary had, or when it takes too
// long for that.
func askReplica(ctx context.Context, host *pgxpool.Config, primary store.ReplicaFacts) (store.ReplicaFacts, error) {
	host = host.Copy()
	host.MaxConns = 1
	pool, err := pgxpool.NewWithConfig(ctx, host)
	if err != nil {
		return store.ReplicaFacts{}, err
	}
	defer pool.Close()
	for end := time.Now().Add(catchUp); ; time.Sleep(replicaPause) {
		is, err := store.New(pool).ReplicaFacts(ctx)
		if err != nil || !is.Standby || is.Paused || is.At >= primary.At || time.Now().After(end) {
			return is, err
		}
	}
}

// replica judges one replica by what its primary is like.
func replica(name string, is, of store.ReplicaFacts) []Finding {
	a := &area{name: "replicas"}
	a.when(len(is.Unreadable) > 0, Warning, Finding{
		Says: fmt.Sprintf("the role %s may not read %s on %s, so that reads fail there and are done again on the primary", is.Role, strings.Join(is.Unreadable, ", "), name),
		Do:   "GRANT SELECT on them to the role at the primary, from where it comes to the replica"}, "")
	a.when(is.Version/versionStep != of.Version/versionStep, Warning, Finding{
		Says: fmt.Sprintf("%s runs PostgreSQL %d and the primary %d", name, is.Version/versionStep, of.Version/versionStep),
		Do:   "upgrade both to one version: a streaming replica can follow no other"}, "")
	again := "build it again with pg_basebackup from the primary, or take it out of DATABASE_READ_URL"
	switch {
	case !is.Standby && is.System == of.System && is.Lineage == of.Lineage:
		a.add(Warning, name+" takes writes itself: it is the primary, and no replica", "let DATABASE_READ_URL name standbys alone")
	case !is.Standby:
		a.add(Warning, name+" takes writes itself: it was promoted, or was never a replica", again)
	case is.System != of.System:
		a.add(Warning, name+" is the copy of another cluster", again)
	case is.Lineage != of.Lineage:
		a.add(Warning, name+" follows another primary, or DATABASE_READ_URL names another database there", "name the same database as DATABASE_URL; else "+again)
	case is.Paused:
		a.add(Warning, name+" has stopped following the primary, as somebody asked it to", "SELECT pg_wal_replay_resume() there")
	case is.At < of.At:
		a.add(Warning, fmt.Sprintf("%s is %s behind the primary after %s", name, size(of.At-is.At), catchUp), "see its log, its disk and its network, and whether a long query there holds it up")
	default:
		a.ok("%s follows the primary and is in time", name)
	}
	return a.all
}
