package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// querier is what a pool, a connection and a transaction have in common.
type querier interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// Queries are the methods that only read. Those of [Queries.For] read what somebody
// may see, all others what there is.
type Queries struct {
	q querier
	// viewer is whom findings are veiled from: a user's id, empty for a stranger, nil
	// for the service itself.
	viewer *string
}

// Where findings are looked up from other tables, that is done in a lateral subquery
// with OFFSET 0, which the planner does not take apart: it would not find single
// findings by their key through the two halves of findings_for.

// For gives the queries for a person, whom findings are veiled from that the person
// reviews blind; an empty id is a stranger, whom all such findings are veiled from.
func (q Queries) For(userID string) Queries {
	q.viewer = &userID
	return q
}

// DB is the database.
type DB struct {
	Queries
	pool *pgxpool.Pool
	// replicas are the standbys that reads may go to, nil where there are none.
	replicas *Replicas
}

// New gives the database behind a pool, which the caller closes.
func New(pool *pgxpool.Pool) *DB {
	d := &DB{pool: pool}
	d.q = router{d}
	return d
}

// Tx is a transaction. Its methods write; those of [Queries] see what was written.
type Tx struct {
	Queries
	tx pgx.Tx
}

// Queue gives the transaction to the job queue, which enqueues in it.
func (t *Tx) Queue() pgx.Tx { return t.tx }

// InTx runs do in a transaction, which is kept where do gives no error and undone
// otherwise. Statements see what was committed before them.
func (d *DB) InTx(ctx context.Context, do func(*Tx) error) error {
	wrote(ctx)
	inTx := func(tx pgx.Tx) error { return do(&Tx{Queries: Queries{q: tx}, tx: tx}) }
	if outer := held(ctx); outer != nil {
		return wrap("savepoint", pgx.BeginFunc(ctx, outer, inTx))
	}
	return wrap("transaction", pgx.BeginFunc(ctx, d.pool, inTx))
}

// Snapshot runs do on one unchanging state of the database, for what is read in
// several steps that have to fit together. In a transaction that is held (see [DB.Hold])
// it reads what that has written, and what others commit meanwhile.
func (d *DB) Snapshot(ctx context.Context, do func(Queries) error) error {
	if outer := held(ctx); outer != nil {
		return wrap("snapshot", pgx.BeginFunc(ctx, outer, func(tx pgx.Tx) error { return do(Queries{q: tx}) }))
	}
	opts := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return wrap("snapshot", pgx.BeginTxFunc(ctx, d.poolFor(ctx), opts, func(tx pgx.Tx) error {
		return do(Queries{q: tx})
	}))
}

// Ping tells whether the database answers.
func (d *DB) Ping(ctx context.Context) error { return wrap("ping", d.pool.Ping(ctx)) }

// named are the arguments of a statement by name. A statement that names one that
// is missing, or the other way round, fails.
type named = pgx.StrictNamedArgs

// list runs a query and gives its rows as structs, by the names of columns and
// fields.
func list[T any](ctx context.Context, q querier, op, sql string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, wrap(op, err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowToStructByName[T])
	return out, wrap(op, err)
}

// each goes through the many rows of a query: it puts each into the same variables, in
// the order of the columns, and calls take. Looking fields up by their names, as list does,
// costs more than all else there.
func each(rows pgx.Rows, err error, into []any, take func()) error {
	if err != nil {
		return err
	}
	_, err = pgx.ForEachRow(rows, into, func() error { take(); return nil })
	return err
}

// one is list for a single row; claims.NotFound where there is none.
func one[T any](ctx context.Context, q querier, op, sql string, args ...any) (T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		var zero T
		return zero, wrap(op, err)
	}
	out, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[T])
	return out, wrap(op, err)
}

// scalar is one for a single column.
func scalar[T any](ctx context.Context, q querier, op, sql string, args ...any) (T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		var zero T
		return zero, wrap(op, err)
	}
	out, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[T])
	return out, wrap(op, err)
}

// column is list for a single column.
func column[T any](ctx context.Context, q querier, op, sql string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, wrap(op, err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowTo[T])
	return out, wrap(op, err)
}

// exec runs a statement and gives the number of rows that it touched.
func (t *Tx) exec(ctx context.Context, op, sql string, args ...any) (int64, error) {
	tag, err := t.q.Exec(ctx, sql, args...)
	return tag.RowsAffected(), wrap(op, err)
}

// insert copies rows into a table.
func (t *Tx) insert(ctx context.Context, table string, columns []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := t.tx.CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromRows(rows))
	return wrap("insert into "+table, err)
}

// batch runs one statement for each set of arguments in one round trip.
func (t *Tx) batch(ctx context.Context, op, sql string, args []named) error {
	if len(args) == 0 {
		return nil
	}
	var b pgx.Batch
	for _, a := range args {
		b.Queue(sql, a)
	}
	return wrap(op, t.tx.SendBatch(ctx, &b).Close())
}

// wrap adds the operation's name, and makes an error that callers can do
// something about a *claims.Error. An error that is one already is left alone.
func wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	if shown := shownError(err); shown != nil {
		return shown
	}
	return fmt.Errorf("store: %s: %w", op, err)
}
