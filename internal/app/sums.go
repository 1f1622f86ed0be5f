package app

import (
	"context"

	"corroborate/internal/store"
)

// sumBatch is how many changes of figures are added up in one transaction.
const sumBatch = 20_000

// FoldSums adds up what changed of the figures over the whole archive. It may be cut off
// at any point.
func (a *App) FoldSums(ctx context.Context) error {
	for {
		folded := 0
		err := a.db.InTx(ctx, func(tx *store.Tx) (err error) {
			folded, err = tx.FoldSums(ctx, sumBatch)
			return err
		})
		if err != nil || folded < sumBatch {
			return err
		}
	}
}
