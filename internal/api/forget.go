package api

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"corroborate/internal/app"
	"corroborate/internal/server/download"
	"corroborate/internal/server/problem"
)

func (a *API) registerForget() {
	register(a, operation{
		id: "get-user-erasure", method: http.MethodGet, path: "/users/{id}/erasure", tag: "Users", needs: app.Administer,
		summary: "Count what goes with a person",
		about:   "Counts what would go and what would stay if the account were deleted for good now; nothing is changed. After the deletion it tells how far that is.",
		status:  http.StatusOK, problems: []problem.Kind{problem.NotFound},
	}, a.getUserErasure)
	register(a, operation{
		id: "delete-user", method: http.MethodDelete, path: "/users/{id}", tag: "Users", needs: app.Administer,
		summary: "Delete an account for good",
		about: "Deletes the account of a person. It cannot be taken back; to lock somebody out for a while, close the account instead. At once it loses name, e-mail address, password and role, " +
			"and nobody can sign in to it or use its keys. Then sessions, keys, searches and webhooks go, findings are handed back, and the name and the address " +
			"are taken out of the history and of notes: ask get-user-erasure until state is deleted. What others build on stays under a pseudonym such as " +
			"Former member 3: reviews, judgements, edits of claims, and what was done. Your own account gives 409: another administrator has to delete it. " +
			"Sent twice, it does nothing the second time.",
		status: http.StatusAccepted, edits: true, problems: []problem.Kind{problem.NotFound, problem.Conflict},
	}, a.deleteUser)
	const format = "The answer is one JSON document that is the same for the same data: format (corroborate-person-1), person_id, and sections, each with name, " +
		"holds (what is in it, in words) and items. The items have the fields of the database, without secrets and without what is empty. " +
		"What is veiled from the caller is left out. It is written while it is read: where it breaks off, it is no JSON, so ask again."
	register(a, operation{
		id: "export-user", method: http.MethodGet, path: "/users/{id}/export", tag: "Users", needs: app.Administer,
		summary: "Export what is held on a person", about: "Gives everything from the account to reviews, judgements and history. The history notes that it was asked for. " + format,
		status: http.StatusOK, content: "application/json", problems: []problem.Kind{problem.NotFound},
	}, a.exportUser)
	register(a, operation{
		id: "export-me", method: http.MethodGet, path: "/me/export", tag: "Keys", needs: app.ManageOwn,
		summary: "Export what is held on you", about: "Gives everything that is held on the person whom the key belongs to. " + format,
		status: http.StatusOK, content: "application/json",
	}, a.exportMe)
}

func (a *API) exportUser(ctx context.Context, in *IDPath) (*huma.StreamResponse, error) {
	e, err := a.app.ExportPerson(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		_, w := humachi.Unwrap(hc)
		download.JSON(w, a.log, "person-"+e.User.ID+".json", func(out io.Writer) error { return e.Write(hc.Context(), out) })
	}}, nil
}

func (a *API) exportMe(ctx context.Context, _ *struct{}) (*huma.StreamResponse, error) {
	return a.exportUser(ctx, &IDPath{ID: actorOf(ctx).UserID})
}

type deleteUserInput struct {
	IDPath
	IfMatch
}

func (a *API) getUserErasure(ctx context.Context, in *IDPath) (*plain[userErasure], error) {
	e, err := a.app.PersonErasure(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &plain[userErasure]{Body: newUserErasure(e)}, nil
}

func (a *API) deleteUser(ctx context.Context, in *deleteUserInput) (*plain[userErasure], error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	e, err := a.app.ForgetUser(ctx, actorOf(ctx), in.ID, version)
	if err != nil {
		return nil, err
	}
	return &plain[userErasure]{Body: newUserErasure(e)}, nil
}
