package app

import "context"

// Sources lists the sources by name.
func (a *App) Sources(ctx context.Context, who Actor, p Page) (List[Source], error) {
	if err := who.require(ReadFindings); err != nil {
		return List[Source]{}, err
	}
	limit, err := p.limit()
	if err != nil {
		return List[Source]{}, err
	}
	after := ""
	if err := decodeCursor(p.Cursor, &after); err != nil {
		return List[Source]{}, err
	}
	items, err := a.seen(who).Sources(ctx, after, limit+1)
	if err != nil {
		return List[Source]{}, err
	}
	return page(items, limit, func(s Source) any { return sourceKey(s.Name) }), nil
}

// Source gives one source.
func (a *App) Source(ctx context.Context, who Actor, id string) (Source, error) {
	if err := who.require(ReadFindings); err != nil {
		return Source{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return Source{}, err
	}
	return a.seen(who).Source(ctx, id)
}
