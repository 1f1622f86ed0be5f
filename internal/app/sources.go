package app

import "context"

// Sources lists the sources by name.
func (a *App) Sources(ctx context.Context, who Actor, p Page) (List[Source], error) {
	panic("surface")
}

// Source gives one source.
func (a *App) Source(ctx context.Context, who Actor, id string) (Source, error) { panic("surface") }
