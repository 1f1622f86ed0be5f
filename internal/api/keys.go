package api

import (
	"context"
	"net/http"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/problem"
)

type createKeyInput struct {
	IdempotencyKey
	Body keyBody
}

// The owners of keys that have a name of their own in a filter.
const (
	ownersOwn = "me"
	allOwners = "all"
)

type listKeysInput struct {
	Owner       string    `query:"owner" default:"me" maxLength:"100" doc:"Whose keys: me for the caller's own, all, or the id of a person." example:"all"`
	State       string    `query:"state" enum:"valid,ending,expired,revoked" doc:"Only keys that stand like this. valid includes ending." example:"ending"`
	Scope       string    `query:"scope" enum:"read,review,write,admin" doc:"Only keys with this scope." example:"admin"`
	UnusedSince time.Time `query:"unused_since" doc:"Only keys that were not used at or after this time, or never." example:"2025-01-01T00:00:00Z"`
	PageQuery
}

// filter gives what is asked for, by somebody.
func (in *listKeysInput) filter(who app.Actor) app.KeyFilter {
	f := app.KeyFilter{Owner: in.Owner, State: app.KeyState(in.State), Scope: auth.Scope(in.Scope), UnusedSince: in.UnusedSince, Page: in.page()}
	switch in.Owner {
	case ownersOwn:
		f.Owner = who.UserID
	case allOwners:
		f.Owner = ""
	}
	return f
}

func (a *API) registerKeys() {
	notFound := []problem.Kind{problem.NotFound}
	register(a, operation{
		id: "create-key", method: http.MethodPost, path: "/keys", tag: "Keys", needs: app.ManageOwn,
		summary: "Make an API key", about: "Makes a key of the caller's own account. Its secret is in this answer alone; the service keeps a hash.",
		status: http.StatusCreated, maxBody: smallBody, stores: true, secret: "secret",
	}, a.createKey)
	register(a, operation{
		id: "list-keys", method: http.MethodGet, path: "/keys", tag: "Keys", needs: app.ManageOwn,
		summary: "List API keys", about: "Lists keys without their secrets, the newest first: the caller's own, or those of others as owner says.", status: http.StatusOK,
	}, a.listKeys)
	register(a, operation{
		id: "get-key", method: http.MethodGet, path: "/keys/{id}", tag: "Keys", needs: app.ManageOwn,
		summary: "Get an API key", about: "Gives one key of anybody without its secret.", status: http.StatusOK, problems: notFound,
	}, a.getKey)
	register(a, operation{
		id: "revoke-key", method: http.MethodDelete, path: "/keys/{id}", tag: "Keys", needs: app.ManageOwn,
		summary: "Revoke an API key", about: "Ends a key of anybody at once, also the one that makes the call. That cannot be undone and needs no If-Match. " +
			"A key that was revoked before gives 409. Whoever sends the key then is told that it was revoked, and when.",
		status: http.StatusNoContent, problems: append(notFound, problem.Conflict),
	}, a.revokeKey)
}

func (a *API) createKey(ctx context.Context, in *createKeyInput) (*createdPlain[newKey], error) {
	k, secret, err := a.app.CreateKey(ctx, actorOf(ctx), app.KeyInput{
		Name: in.Body.Name, Scopes: mapped(in.Body.Scopes, func(s string) auth.Scope { return auth.Scope(s) }),
		ExpiresAt: in.Body.ExpiresAt, CallsPerMinute: in.Body.CallsPerMinute,
	})
	if err != nil {
		return nil, err
	}
	return &createdPlain[newKey]{Location: Prefix + "/keys/" + k.ID, Body: newKey{KeyFields: a.newKeyShape(k), Secret: &secret}}, nil
}

func (a *API) listKeys(ctx context.Context, in *listKeysInput) (*plain[list[key]], error) {
	who := actorOf(ctx)
	l, err := a.app.AllKeys(ctx, who, in.filter(who))
	return listOf(l, err, a.newKeyShape)
}

func (a *API) getKey(ctx context.Context, in *IDPath) (*plain[key], error) {
	k, err := a.app.Key(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &plain[key]{Body: a.newKeyShape(k)}, nil
}

func (a *API) revokeKey(ctx context.Context, in *IDPath) (*empty, error) {
	return nil, a.app.RevokeKey(ctx, actorOf(ctx), in.ID)
}
