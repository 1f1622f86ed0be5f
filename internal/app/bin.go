package app

import (
	"context"
	"time"

	"corroborate/internal/store"
)

// Binned is something in the bin; see the store for its fields.
type Binned = store.Binned

// BinnedUntil is when something in the bin goes for good.
func BinnedUntil(b Binned) time.Time { return b.DeletedAt.AddDate(0, 0, BinDays) }

// BinFilter chooses what is in the bin; an empty Kind chooses all.
type BinFilter struct {
	// Kind is [StoryObject], [ArticleObject] or [SourceObject].
	Kind ObjectKind
	Page
}

// Bin lists what was deleted and can be taken back, what was deleted last first.
func (a *App) Bin(ctx context.Context, who Actor, p BinFilter) (List[Binned], error) {
	if err := who.require(WriteArticles); err != nil {
		return List[Binned]{}, err
	}
	if p.Kind != "" && p.Kind != StoryObject && p.Kind != ArticleObject && p.Kind != SourceObject {
		return List[Binned]{}, invalid("kind", "is story, article or source")
	}
	limit, err := p.limit()
	if err != nil {
		return List[Binned]{}, err
	}
	var after store.BinPlace
	if err := decodeCursor(p.Cursor, &after); err != nil {
		return List[Binned]{}, err
	}
	if after.ID != "" {
		if after.ID, err = knownID(after.ID); err != nil {
			return List[Binned]{}, errBadCursor
		}
	}
	items, err := a.db.Bin(ctx, store.BinChoice{Kind: p.Kind, After: after, Limit: limit + 1})
	if err != nil {
		return List[Binned]{}, err
	}
	return page(items, limit, func(b Binned) any { return store.BinPlace{DeletedAt: b.DeletedAt, ID: b.ID} }), nil
}
