package store

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// heldKey is under what a context carries a transaction.
type heldKey struct{}

// held gives the transaction that a context carries, nil for none.
func held(ctx context.Context) pgx.Tx {
	tx, _ := ctx.Value(heldKey{}).(pgx.Tx)
	return tx
}

// Hold runs do in a transaction that its context carries: whatever it has the database do
// with that context, in one use case or in several, is kept as a whole or not at all. A
// transaction within it can still be undone alone. Only one goroutine may use the context.
func (d *DB) Hold(ctx context.Context, do func(ctx context.Context, tx *Tx) error) error {
	return d.InTx(ctx, func(tx *Tx) error { return do(context.WithValue(ctx, heldKey{}, tx.tx), tx) })
}
