package app

import (
	"context"

	"corroborate/internal/store"
)

// change is a transaction in which somebody changes something. Its methods are
// the steps that use cases have in common.
type change struct {
	*App
	tx  *store.Tx
	who Actor
	// bulk marks a change that is one of very many: its jobs wait behind those that
	// somebody waits for.
	bulk bool
}

// change runs do in a transaction, which is kept where do gives no error and
// undone otherwise.
func (a *App) change(ctx context.Context, who Actor, do func(change) error) error {
	return a.db.InTx(ctx, func(tx *store.Tx) error { return do(change{App: a, tx: tx, who: who}) })
}

// deed is something that is noted in the audit log.
type deed struct {
	action string
	object string
	detail map[string]string
}

// record notes what is done.
func (c change) record(ctx context.Context, d deed) error {
	name := c.who.Name
	if name == "" {
		name = "service"
	}
	return c.tx.Record(ctx, AuditEntry{ID: newID(), At: c.now(), ActorID: c.who.UserID, Actor: name, KeyID: c.who.KeyID,
		Action: d.action, Object: d.object, Detail: d.detail})
}
