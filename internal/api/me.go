package api

import (
	"context"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/auth"
)

func (a *API) registerMe() {
	register(a, operation{
		id: "get-me", method: http.MethodGet, path: "/me", tag: "Keys", needs: app.KnowOneself,
		summary: "Get who makes the call", about: "Gives the person and the key of the call, what the key may do, and when it ends. It is the way to test a key.",
		status: http.StatusOK,
	}, a.getMe)
}

func (a *API) getMe(ctx context.Context, _ *struct{}) (*plain[me], error) {
	who := actorOf(ctx)
	u, err := a.app.Me(ctx, who)
	if err != nil {
		return nil, err
	}
	k, err := a.app.OwnKey(ctx, who)
	if err != nil {
		return nil, err
	}
	return &plain[me]{Body: me{User: newUser(u), Key: a.newKeyShape(k), Scopes: mapped(who.Scopes, func(s auth.Scope) string { return string(s) })}}, nil
}
