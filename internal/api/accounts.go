package api

import (
	"context"
	"net/http"
	"strconv"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

type accountInput struct {
	IDPath
	IfMatch
}

type resetInput struct {
	IDPath
	IdempotencyKey
}

// registerAccounts adds what administrators do to the account of another person.
func (a *API) registerAccounts() {
	wrong := []problem.Kind{problem.NotFound, problem.Conflict}
	register(a, operation{
		id: "close-user", method: http.MethodPost, path: "/users/{id}/close", tag: "Users", needs: app.Administer,
		summary: "Close an account",
		about: "Ends the account's sessions, keys and links at once, and the links that it made for others. What the person did stays. " +
			"An account that is closed already, and the caller's own, give 409.",
		status: http.StatusOK, edits: true, problems: wrong,
	}, a.closeUser)
	register(a, operation{
		id: "reopen-user", method: http.MethodPost, path: "/users/{id}/reopen", tag: "Users", needs: app.Administer,
		summary: "Reopen an account",
		about:   "Opens a closed account with the password, the role and the keys that it had; its sessions are over. One that is open gives 409.",
		status:  http.StatusOK, edits: true, problems: wrong,
	}, a.reopenUser)
	register(a, operation{
		id: "remove-second-factor", method: http.MethodDelete, path: "/users/{id}/second-factor", tag: "Users", needs: app.Administer,
		summary: "Remove a second factor",
		about: "Takes the second factor off the account of somebody who has lost it, and ends the account's sessions. " +
			"An account that has none, and the caller's own, give 409.",
		status: http.StatusNoContent, edits: true, problems: wrong,
	}, a.removeSecondFactor)
	register(a, operation{
		id: "list-user-sessions", method: http.MethodGet, path: "/users/{id}/sessions", tag: "Users", needs: app.Administer,
		summary: "List where a person is signed in",
		about: "Gives the sessions of the pages that are open to the account, the one that was used last first, at most " + strconv.Itoa(app.SessionsShown) +
			" of them. What signs in with an API key has none.",
		status: http.StatusOK, problems: []problem.Kind{problem.NotFound},
	}, a.listUserSessions)
	register(a, operation{
		id: "end-user-sessions", method: http.MethodDelete, path: "/users/{id}/sessions", tag: "Users", needs: app.Administer,
		summary: "Sign a person out",
		about: "Ends all sessions of the account at once; the person may sign in again, and API keys go on. The caller's own account gives 409: " +
			"people end their own on the page of their account, with the password.",
		status: http.StatusNoContent, problems: wrong,
	}, a.endUserSessions)
	register(a, operation{
		id: "create-reset", method: http.MethodPost, path: "/users/{id}/reset", tag: "Users", needs: app.Administer,
		summary: "Make a link to a new password",
		about: "Makes a link by which the person chooses a new password; it works once and for 3 days. The old password works until then. " +
			"An earlier link ends. A closed account gives 409.",
		status: http.StatusCreated, stores: true, secret: "url", problems: wrong,
	}, a.createReset)
	register(a, operation{
		id: "revoke-reset", method: http.MethodDelete, path: "/users/{id}/reset", tag: "Users", needs: app.Administer,
		summary: "Revoke a link to a new password", about: "Ends the link that waits for the person. Where none does, the answer is 409.",
		status: http.StatusNoContent, problems: wrong,
	}, a.revokeReset)
}

// changeAccount runs a change of the account as it was seen.
func changeAccount(ctx context.Context, in *accountInput, do func(context.Context, app.Actor, string, int) (app.User, error)) (app.User, error) {
	version, err := in.version(ctx)
	if err != nil {
		return app.User{}, err
	}
	return do(ctx, actorOf(ctx), in.ID, version)
}

func (a *API) closeUser(ctx context.Context, in *accountInput) (*tagged[user], error) {
	u, err := changeAccount(ctx, in, a.app.CloseUser)
	if err != nil {
		return nil, err
	}
	return taggedWith(u.Version, newUser(u))
}

func (a *API) reopenUser(ctx context.Context, in *accountInput) (*tagged[user], error) {
	u, err := changeAccount(ctx, in, a.app.ReopenUser)
	if err != nil {
		return nil, err
	}
	return taggedWith(u.Version, newUser(u))
}

func (a *API) removeSecondFactor(ctx context.Context, in *accountInput) (*empty, error) {
	_, err := changeAccount(ctx, in, a.app.RemoveSecondFactor)
	return nil, err
}

func (a *API) listUserSessions(ctx context.Context, in *IDPath) (*plain[sessions], error) {
	s, err := a.app.SessionsOf(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &plain[sessions]{Body: sessions{Items: mapped(s.Items, newSession), More: s.More}}, nil
}

func (a *API) endUserSessions(ctx context.Context, in *IDPath) (*empty, error) {
	_, err := a.app.EndSessionsOf(ctx, actorOf(ctx), in.ID, 0)
	return nil, err
}

func (a *API) createReset(ctx context.Context, in *resetInput) (*createdPlain[resetLink], error) {
	r, token, err := a.app.MakeReset(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	url := a.address(ctx, "/reset/"+token)
	return &createdPlain[resetLink]{Location: Prefix + "/users/" + r.User.ID, Body: resetLink{UserID: r.User.ID, URL: &url, ExpiresAt: r.ExpiresAt}}, nil
}

func (a *API) revokeReset(ctx context.Context, in *IDPath) (*empty, error) {
	_, err := a.app.RevokeReset(ctx, actorOf(ctx), in.ID)
	return nil, err
}
