package app

import (
	"context"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// RefetchArticle has the page of a stored article read again: a changed text
// becomes its next revision, a page that is gone for good withdraws it. The article
// that is given is the one that is stored now. It fails with claims.Conflict where the
// article has no address.
func (a *App) RefetchArticle(ctx context.Context, who Actor, id string) (Article, error) {
	return a.changeArticle(ctx, who, articleChange{id: id, action: "article.refetch"},
		func(c change, art Article) error {
			if why := wrongURL(art.URL); art.URL == "" || why != "" {
				return &claims.Error{Kind: claims.Conflict, Message: "This article has no address that its page could be read from again: give it one first."}
			}
			key := addressKey(art.URL)
			if _, err := c.tx.WaitingFetch(ctx, key); claims.KindOf(err) != claims.NotFound {
				return err // it is being read already
			}
			f := store.Fetch{ID: newID(), URL: art.URL, Source: art.Source, ArticleID: art.ID, Status: Pending,
				CreatedBy: who.UserID, CreatedAt: c.now(), UpdatedAt: c.now()}
			if err := c.tx.InsertFetch(ctx, f, key); err != nil {
				return err
			}
			return c.queue.FetchArticle(ctx, c.tx, f.ID)
		})
}

// withdrawFetched notes that the page of a stored article is gone for good.
func (w worker) withdrawFetched(ctx context.Context, f store.Fetch) error {
	_, err := w.withdrawArticle(ctx, serviceActor(f), f.ArticleID, func(c change) error {
		return c.endFetch(ctx, f.ID, func(f *store.Fetch) { f.Status, f.Reason = store.Fetched, "its publisher has taken the page away" })
	})
	return err
}
