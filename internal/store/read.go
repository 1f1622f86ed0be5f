package store

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/claims"
)

// ReadCounts says which database answered reads.
type ReadCounts struct {
	// Replica were answered by a replica, Primary by the primary because no replica was
	// fit, Late because none was in time, Again because a replica failed over it.
	Replica, Primary, Late, Again uint64
}

type readCounts struct{ replica, primary, late, again atomic.Uint64 }

// Reads counts reads by which database answered them.
func (r *Replicas) Reads() ReadCounts {
	c := &r.reads
	return ReadCounts{Replica: c.replica.Load(), Primary: c.primary.Load(), Late: c.late.Load(), Again: c.again.Load()}
}

// ReadFrom has the reads within [DB.Read] go to replicas. It is called before the
// database is used.
func (d *DB) ReadFrom(r *Replicas) {
	d.replicas = r
}

// router runs a statement in the transaction that its context carries, else where the read
// of its context leads, on a connection of its own.
type router struct{ db *DB }

// Exec runs a statement without rows.
func (r router) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	if tx := held(ctx); tx != nil {
		return tx.Exec(ctx, sql, args...)
	}
	return r.db.poolFor(ctx).Exec(ctx, sql, args...)
}

// Query runs a statement with rows.
func (r router) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	if tx := held(ctx); tx != nil {
		return tx.Query(ctx, sql, args...)
	}
	return r.db.poolFor(ctx).Query(ctx, sql, args...)
}

// poolFor gives the pool of the replica that a read goes to, else that of the primary.
func (d *DB) poolFor(ctx context.Context) *pgxpool.Pool {
	if r, ok := ctx.Value(readKey{}).(*read); ok && r != nil {
		if pool := r.choose(ctx); pool != nil {
			return pool
		}
	}
	return d.pool
}

type readKey struct{}

// OnPrimary gives a context whose reads go to the primary: those that ask what goes on
// there, and those that go on after what they were begun for.
func OnPrimary(ctx context.Context) context.Context {
	return context.WithValue(ctx, readKey{}, (*read)(nil))
}

// wrote notes that something was written in a read: what follows is read where it was
// written.
func wrote(ctx context.Context) {
	if r, ok := ctx.Value(readKey{}).(*read); ok && r != nil {
		r.wrote.Store(true)
	}
}

// Read runs do, whose reads, made with its context, may go to a replica: to one that has
// all that anybody could see on the primary when the first of them began. So whoever reads
// sees what was written before, by whomever, and never goes back in time; nothing has to
// be remembered for callers. Where no replica is in time, or one fails, the primary
// answers; do may run twice, so it must do nothing but read before it fails.
func (d *DB) Read(ctx context.Context, do func(context.Context) error) error {
	if d.replicas == nil {
		return do(ctx)
	}
	r := &read{db: d}
	within, cancel := context.WithCancel(context.WithValue(ctx, readKey{}, r))
	defer cancel()
	r.cancel = cancel
	err := do(within)
	if r.release() && err != nil && ctx.Err() == nil && brokeOff(err, within) {
		d.replicas.reads.again.Add(1)
		d.replicas.log.InfoContext(ctx, "a read is done again on the primary", "error", err)
		return do(ctx)
	}
	return err
}

// brokeOff tells whether a read failed for a reason of the replica's.
func brokeOff(err error, within context.Context) bool {
	if within.Err() != nil {
		return true // the replica was given up meanwhile
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch pg.Code[:2] {
		case "08", "25", "40", "53", "57", "58", "XX":
			return pg.Code != queryCanceled
		}
		return false
	}
	return claims.KindOf(err) == "" || claims.KindOf(err) == claims.Unavailable
}

// read is one read as it goes on.
type read struct {
	db     *DB
	cancel context.CancelFunc
	wrote  atomic.Bool

	mu     sync.Mutex
	chosen bool
	from   *replica
	leave  func() bool // stops listening to the end of the replica
}

// choose gives the pool to read from, nil for the primary. The first statement chooses for
// all.
func (r *read) choose(ctx context.Context) *pgxpool.Pool {
	if r.wrote.Load() {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.chosen {
		r.from, r.chosen = r.db.replicas.forRead(ctx, r.db), true
		if r.from != nil {
			r.leave = context.AfterFunc(r.from.standing().life, r.cancel)
		}
	}
	if r.from == nil {
		return nil
	}
	return r.from.pool
}

// release ends the read and tells whether a replica answered it.
func (r *read) release() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.from == nil {
		return false
	}
	r.leave()
	return true
}

// forRead gives a replica that has all that the primary has now, nil where none is in time.
func (r *Replicas) forRead(ctx context.Context, primary *DB) *replica {
	fit := r.fit()
	if len(fit) == 0 {
		r.reads.primary.Add(1)
		return nil
	}
	want, err := primary.position(ctx)
	if err != nil || !want.Named {
		r.reads.primary.Add(1)
		return nil
	}
	for _, one := range fit { // one that has it already is better than one to wait for
		if one.standing().has(want) {
			r.reads.replica.Add(1)
			return one
		}
	}
	if fit[0].reaches(ctx, want) {
		r.reads.replica.Add(1)
		return fit[0]
	}
	r.reads.late.Add(1)
	return nil
}
