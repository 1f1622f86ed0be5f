package app

import (
	"context"

	"corroborate/internal/store"
)

// ReplicaState is how a replica fares that reads may go to.
type ReplicaState = store.ReplicaState

// ReadCounts says which database answered reads.
type ReadCounts = store.ReadCounts

// Read runs a use case that only reads, which may go to a replica of the database: one
// that has all that was stored when it began. Where the replica fails over it, do runs
// again on the primary, so it must have answered nothing where it gives an error.
func (a *App) Read(ctx context.Context, do func(context.Context) error) error {
	return a.db.Read(ctx, do)
}

// Replicas gives how the replicas fare, none where there are none.
func (a *App) Replicas() []ReplicaState {
	if a.replicas == nil {
		return nil
	}
	return a.replicas.States()
}

// Reads counts the reads that might have gone to replicas by which database answered them.
func (a *App) Reads() ReadCounts {
	if a.replicas == nil {
		return ReadCounts{}
	}
	return a.replicas.Reads()
}
