package api

import (
	"context"
	"net/http"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/problem"
)

type user struct {
	ID          string     `json:"id" doc:"The account's id." example:"01977d00-0000-7000-8000-0123456789ab"`
	Email       string     `json:"email" doc:"E-mail address to sign in with." example:"ana@news.example"`
	Name        string     `json:"name" doc:"Name as it is shown." example:"Ana Reyes"`
	Role        string     `json:"role" enum:"reader,checker,editor,administrator" doc:"What the person may do; each role includes those before it." example:"checker"`
	CreatedAt   time.Time  `json:"created_at" doc:"When the account was made." example:"2025-03-01T08:00:00Z"`
	LastLoginAt *time.Time `json:"last_login_at" doc:"When the person last signed in; null for never." example:"2025-03-28T07:45:00Z"`
	DisabledAt  *time.Time `json:"disabled_at" doc:"When the account was closed; null while it is open." example:"2025-04-01T08:00:00Z"`
}

func newUser(u app.User) user {
	return user{
		ID: u.ID, Email: u.Email, Name: u.Name, Role: string(u.Role),
		CreatedAt: u.CreatedAt, LastLoginAt: u.LastLoginAt, DisabledAt: u.DisabledAt,
	}
}

type userBody struct {
	Email    string `json:"email" format:"email" minLength:"3" maxLength:"200" doc:"E-mail address to sign in with." example:"ana@news.example"`
	Name     string `json:"name" minLength:"1" maxLength:"200" doc:"Name as it is to be shown." example:"Ana Reyes"`
	Password string `json:"password" maxLength:"1000" doc:"First password; the person can change it." example:"correct horse battery staple"`
	Role     string `json:"role" enum:"reader,checker,editor,administrator" doc:"What the person may do." example:"checker"`
}

type createUserInput struct {
	Body userBody
}

type listUsersInput struct {
	PageQuery
}

func (a *API) registerUsers() {
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
}

func (a *API) createUser(ctx context.Context, in *createUserInput) (*createdPlain[user], error) {
	u, err := a.app.CreateUser(ctx, actorOf(ctx), app.UserInput{
		Email: in.Body.Email, Name: in.Body.Name, Password: in.Body.Password, Role: auth.Role(in.Body.Role),
	})
	if err != nil {
		return nil, err
	}
	return &createdPlain[user]{Location: Prefix + "/users", Body: newUser(u)}, nil
}

func (a *API) listUsers(ctx context.Context, in *listUsersInput) (*plain[list[user]], error) {
	l, err := a.app.Users(ctx, actorOf(ctx), in.page())
	return listOf(l, err, newUser)
}
