package doctor

import (
	"context"
	"fmt"
	"time"

	"corroborate/internal/store"
)

// longTransaction is how long a transaction may be open; the service's own end within
// minutes.
const longTransaction = 15 * time.Minute

// upkeepFacts are what the upkeep of the database is judged by.
type upkeepFacts struct {
	transactions []store.LongTransaction
	prepared     int
	tables       []store.TableState
	indexes      []store.IndexState
}

// Upkeep looks at transactions, tables and indexes.
func Upkeep(ctx context.Context, q store.Queries) []Finding {
	var f upkeepFacts
	var err error
	for _, look := range []func() error{
		func() error {
			f.transactions, err = q.LongTransactions(ctx, int(longTransaction.Seconds()))
			return err
		},
		func() error { f.prepared, err = q.PreparedTransactions(ctx); return err },
		func() error { f.tables, err = q.TablesBehind(ctx); return err },
		func() error { f.indexes, err = q.IdleIndexes(ctx); return err },
	} {
		if err := look(); err != nil {
			return []Finding{Unseen("upkeep", err, "see the log of the database")}
		}
	}
	return upkeep(f)
}

func upkeep(f upkeepFacts) []Finding {
	a := &area{name: "upkeep"}
	for _, t := range f.transactions {
		a.add(Warning, fmt.Sprintf("the transaction of process %d (%s, %s) has been open for %s and keeps old rows from being cleared away",
			t.PID, t.Program, t.State, time.Duration(t.Seconds*float64(time.Second)).Round(time.Minute)),
			fmt.Sprintf("end the program, or SELECT pg_terminate_backend(%d)", t.PID))
	}
	a.when(f.prepared > 0, Warning, Finding{Says: fmt.Sprintf("%d prepared transactions were left; they hold locks and old rows", f.prepared),
		Do: "see pg_prepared_xacts, and ROLLBACK PREPARED each"}, "")
	for _, t := range f.tables {
		if t.Unknown {
			a.add(Warning, "the planner has no figures of the table "+t.Name+", so its queries may be slow", "run ANALYZE "+t.Name)
		} else {
			a.add(Warning, fmt.Sprintf("the table %s has %d dead rows beside %d live ones", t.Name, t.Dead, t.Live),
				"run VACUUM (ANALYZE) "+t.Name+"; where it comes back, lower autovacuum_vacuum_scale_factor of the table")
		}
	}
	indexes(a, f.indexes)
	if len(a.all) == 0 {
		a.ok("no long transactions, no table behind, no index idle or broken")
	}
	return a.all
}

func indexes(a *area, all []store.IndexState) {
	for _, i := range all {
		if !i.Valid {
			a.add(Fault, fmt.Sprintf("the index %s of %s is not valid: its building was cut off", i.Name, i.Table),
				"REINDEX INDEX CONCURRENTLY "+i.Name)
		} else {
			a.add(Note, fmt.Sprintf("the index %s of %s takes %s and was not used since the database counts", i.Name, i.Table, size(i.Bytes)),
				"nothing, unless it stays so for weeks: then tell the developers")
		}
	}
}
