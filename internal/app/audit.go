package app

import (
	"context"

	"corroborate/internal/store"
)

// deed is something that is noted in the audit log.
type deed struct {
	action string
	object string
	detail map[string]string
}

// record notes in the transaction what somebody does.
func (a *App) record(ctx context.Context, tx *store.Tx, who Actor, d deed) error {
	name := who.Name
	if name == "" {
		name = "service"
	}
	return tx.Record(ctx, AuditEntry{ID: newID(), At: a.now(), ActorID: who.UserID, Actor: name, KeyID: who.KeyID,
		Action: d.action, Object: d.object, Detail: d.detail})
}

// Audit lists what was done, the newest first.
func (a *App) Audit(ctx context.Context, who Actor, p Page) (List[AuditEntry], error) {
	if err := who.require(Administer); err != nil {
		return List[AuditEntry]{}, err
	}
	return byID(p, func(before string, limit int) ([]AuditEntry, error) { return a.db.Audit(ctx, before, limit) },
		func(e AuditEntry) string { return e.ID })
}
