package api

import (
	"context"
	"net/http"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/problem"
)

type key struct {
	ID         string     `json:"id" doc:"The key's id." example:"01977d80-1a2b-7c3d-8e4f-5a6b7c8d9e0f"`
	Name       string     `json:"name" doc:"What it is for." example:"desk dashboard"`
	Scopes     []string   `json:"scopes" enum:"read,review,write,admin" doc:"What it may be used for. admin includes all." example:"[\"read\"]"`
	CreatedAt  time.Time  `json:"created_at" doc:"When it was made." example:"2025-03-28T08:00:00Z"`
	ExpiresAt  *time.Time `json:"expires_at" doc:"When it ends; null for never." example:"2026-03-28T08:00:00Z"`
	LastUsedAt *time.Time `json:"last_used_at" doc:"When it was last used; null when it never was." example:"2025-03-28T09:00:00Z"`
	RevokedAt  *time.Time `json:"revoked_at" doc:"When it was revoked; null while it is valid." example:"2025-04-01T08:00:00Z"`
}

// KeyFields are the fields that a key has in lists too.
type KeyFields = key

type newKey struct {
	KeyFields
	Secret *string `json:"secret" doc:"The key to send. It is shown here and never again; null in an answer that is repeated." example:"ck_6vJt0a4q1rC2yZ8m"`
}

func newKeyShape(k app.APIKey) key {
	return key{
		ID: k.ID, Name: k.Name, Scopes: mapped(k.Scopes, func(s auth.Scope) string { return string(s) }),
		CreatedAt: k.CreatedAt, ExpiresAt: k.ExpiresAt, LastUsedAt: k.LastUsedAt, RevokedAt: k.RevokedAt,
	}
}

type keyBody struct {
	Name      string     `json:"name" minLength:"1" maxLength:"200" doc:"What the key is for." example:"desk dashboard"`
	Scopes    []string   `json:"scopes" enum:"read,review,write,admin" minItems:"1" maxItems:"4" uniqueItems:"true" doc:"What it may be used for. Your role bounds it." example:"[\"read\"]"`
	ExpiresAt *time.Time `json:"expires_at,omitempty" doc:"When it ends; left out for never." example:"2099-03-28T08:00:00Z"`
}

type createKeyInput struct {
	IdempotencyKey
	Body keyBody
}

type listKeysInput struct {
	PageQuery
}

func (a *API) registerKeys() {
	register(a, operation{
		id: "create-key", method: http.MethodPost, path: "/keys", tag: "Keys", needs: app.ManageOwn,
		summary: "Make an API key", about: "Makes a key of the caller's own account. Its secret is in this answer alone; the service keeps a hash.",
		status: http.StatusCreated, maxBody: smallBody, stores: true, secret: "secret",
	}, a.createKey)
	register(a, operation{
		id: "list-keys", method: http.MethodGet, path: "/keys", tag: "Keys", needs: app.ManageOwn,
		summary: "List API keys", about: "Lists the keys of the caller's own account without their secrets, the newest first.", status: http.StatusOK,
	}, a.listKeys)
	register(a, operation{
		id: "revoke-key", method: http.MethodDelete, path: "/keys/{id}", tag: "Keys", needs: app.ManageOwn,
		summary: "Revoke an API key", about: "Ends a key of the caller's own account at once. That cannot be undone, and needs no If-Match.",
		status: http.StatusNoContent, problems: []problem.Kind{problem.NotFound},
	}, a.revokeKey)
}

func (a *API) createKey(ctx context.Context, in *createKeyInput) (*createdPlain[newKey], error) {
	scopes := mapped(in.Body.Scopes, func(s string) auth.Scope { return auth.Scope(s) })
	k, secret, err := a.app.CreateKey(ctx, actorOf(ctx), app.KeyInput{Name: in.Body.Name, Scopes: scopes, ExpiresAt: in.Body.ExpiresAt})
	if err != nil {
		return nil, err
	}
	return &createdPlain[newKey]{Location: Prefix + "/keys", Body: newKey{KeyFields: newKeyShape(k), Secret: &secret}}, nil
}

func (a *API) listKeys(ctx context.Context, in *listKeysInput) (*plain[list[key]], error) {
	l, err := a.app.Keys(ctx, actorOf(ctx), in.page())
	return listOf(l, err, newKeyShape)
}

func (a *API) revokeKey(ctx context.Context, in *IDPath) (*empty, error) {
	return nil, a.app.RevokeKey(ctx, actorOf(ctx), in.ID)
}
