package app

import "context"

// Audit lists what was done, the newest first.
func (a *App) Audit(ctx context.Context, who Actor, p Page) (List[AuditEntry], error) {
	if err := who.require(Administer); err != nil {
		return List[AuditEntry]{}, err
	}
	return byID(p, func(before string, limit int) ([]AuditEntry, error) { return a.db.Audit(ctx, before, limit) },
		func(e AuditEntry) string { return e.ID })
}
