package app

import (
	"context"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

// Retention says how long things are kept, in days; 0 keeps them for good.
type Retention struct {
	// Articles go to the bin that many days after they arrived.
	Articles int
	// History is how long it is kept who did what.
	History int
}

// retire puts articles that are older than they may be into the bin, and forgets older
// entries of the history.
func (w worker) retire(ctx context.Context) error {
	if days := w.retention.History; days > 0 {
		err := w.change(ctx, Actor{}, func(c change) error { return c.tx.ForgetHistory(ctx, w.now().AddDate(0, 0, -days)) })
		if err != nil {
			return err
		}
	}
	if w.retention.Articles == 0 {
		return nil
	}
	before := w.now().AddDate(0, 0, -w.retention.Articles)
	for {
		ids, err := w.db.ArticlesBefore(ctx, before, erasedAtOnce)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if err := w.retireArticle(ctx, id); err != nil {
				return err
			}
		}
	}
}

// retireArticle puts one article into the bin, as the service and in nobody's name.
func (w worker) retireArticle(ctx context.Context, id string) error {
	err := w.DeleteArticle(ctx, Actor{Name: "service (RETAIN_ARTICLES)", Scopes: []auth.Scope{auth.Admin}}, id, 0)
	if claims.KindOf(err) == claims.NotFound { // somebody was faster
		return nil
	}
	return err
}
