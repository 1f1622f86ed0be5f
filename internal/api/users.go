package api

import (
	"context"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/problem"
)

type createUserInput struct {
	Body userBody
}

type listUsersInput struct {
	Query string `query:"q" maxLength:"200" doc:"Only people with this part of a name or an e-mail address, in any case." example:"reyes"`
	Role  string `query:"role" enum:"reader,checker,editor,administrator" doc:"Only people with this role." example:"editor"`
	State string `query:"state" enum:"open,closed" doc:"Only accounts that are open, or closed." example:"open"`
	PageQuery
}

func (in *listUsersInput) filter() app.UserFilter {
	f := app.UserFilter{Part: in.Query, Role: auth.Role(in.Role), Page: in.page()}
	if in.State != "" {
		f.Open = new(in.State == "open")
	}
	return f
}

type editUserInput struct {
	IDPath
	IfMatch
	Body userEdit
}

func (a *API) registerUsers() {
	notFound := []problem.Kind{problem.NotFound}
	// No Idempotency-Key here: it would keep a hash of a body with a password, and
	// the address already makes sure that an account is made once.
	register(a, operation{
		id: "create-user", method: http.MethodPost, path: "/users", tag: "Users", needs: app.Administer,
		summary: "Make an account", about: "Makes an account for a person. Sent twice, it makes one account: the address is taken then.",
		status: http.StatusCreated, maxBody: smallBody, problems: []problem.Kind{problem.Conflict},
	}, a.createUser)
	register(a, operation{
		id: "list-users", method: http.MethodGet, path: "/users", tag: "Users", needs: app.Administer,
		summary: "List accounts", about: "Lists the accounts, the newest first.", status: http.StatusOK,
	}, a.listUsers)
	register(a, operation{
		id: "get-user", method: http.MethodGet, path: "/users/{id}", tag: "Users", needs: app.Administer,
		summary: "Get an account", about: "Gives one account with the number of its valid keys.", status: http.StatusOK, tagged: true, problems: notFound,
	}, a.getUser)
	register(a, operation{
		id: "edit-user", method: http.MethodPatch, path: "/users/{id}", tag: "Users", needs: app.Administer,
		summary: "Change an account", about: "Changes the fields that are sent. What the person may do changes at once, and that of their keys too.",
		status: http.StatusOK, maxBody: smallBody, edits: true, problems: []problem.Kind{problem.NotFound, problem.Conflict},
	}, a.editUser)
}

func (a *API) createUser(ctx context.Context, in *createUserInput) (*created[user], error) {
	u, err := a.app.CreateUser(ctx, actorOf(ctx), app.UserInput{
		Email: in.Body.Email, Name: in.Body.Name, Password: in.Body.Password, Role: auth.Role(in.Body.Role),
	})
	if err != nil {
		return nil, err
	}
	body := newUser(u)
	etag, err := etagOf(u.Version, body)
	if err != nil {
		return nil, err
	}
	return &created[user]{Status: http.StatusCreated, Location: Prefix + "/users/" + u.ID, ETag: etag, Body: body}, nil
}

func (a *API) listUsers(ctx context.Context, in *listUsersInput) (*plain[list[user]], error) {
	l, err := a.app.Users(ctx, actorOf(ctx), in.filter())
	return listOf(l, err, newUser)
}

func (a *API) getUser(ctx context.Context, in *getInput) (*tagged[person], error) {
	p, err := a.app.Person(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return taggedWith(p.Version, newPerson(p))
}

func (a *API) editUser(ctx context.Context, in *editUserInput) (*tagged[user], error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	u, err := a.app.EditUser(ctx, actorOf(ctx), in.ID, app.UserEdit{Name: in.Body.Name, Role: (*auth.Role)(in.Body.Role), Version: version})
	if err != nil {
		return nil, err
	}
	return taggedWith(u.Version, newUser(u))
}
