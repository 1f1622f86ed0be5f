package store

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// heldKey is under what a context carries a transaction.
type heldKey struct{}

// held gives the transaction that a context carries, nil for none.
func held(ctx context.Context) pgx.Tx {
	tx, _ := ctx.Value(heldKey{}).(pgx.Tx)
	return tx
}

// pooled runs statements in the transaction that their context carries, else each on a
// connection of its own.
type pooled struct{ pool *pgxpool.Pool }

// Exec runs a statement that gives no rows.
func (p pooled) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	if tx := held(ctx); tx != nil {
		return tx.Exec(ctx, sql, args...)
	}
	return p.pool.Exec(ctx, sql, args...)
}

// Query runs a statement that gives rows.
func (p pooled) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	if tx := held(ctx); tx != nil {
		return tx.Query(ctx, sql, args...)
	}
	return p.pool.Query(ctx, sql, args...)
}

// Hold runs do in a transaction that its context carries: whatever it has the database do
// with that context, in one use case or in several, is kept as a whole or not at all. A
// transaction within it can still be undone alone. Only one goroutine may use the context.
func (d *DB) Hold(ctx context.Context, do func(ctx context.Context, tx *Tx) error) error {
	return d.InTx(ctx, func(tx *Tx) error { return do(context.WithValue(ctx, heldKey{}, tx.tx), tx) })
}
