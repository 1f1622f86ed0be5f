package api_test

import (
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// person is somebody with an account and a key.
type person struct {
	client
	id string
	// as are the headers of that person's calls.
	as []string
}

// newPerson makes somebody with a role, and a key with some scopes or those of the role.
func (c client) newPerson(name string, role auth.Role, scopes ...auth.Scope) person {
	c.t.Helper()
	admin, err := c.App.AuthenticateKey(c.t.Context(), servertest.AdminKey)
	fatal(c.t, err)
	u, err := c.App.CreateUser(c.t.Context(), admin, app.UserInput{Email: name + "@news.example", Name: name, Password: servertest.Password, Role: role})
	fatal(c.t, err)
	who, err := c.App.SessionActor(c.t.Context(), u.ID, u.SessionVersion)
	fatal(c.t, err)
	if scopes == nil {
		scopes = role.Scopes()
	}
	_, key, err := c.App.CreateKey(c.t.Context(), who, app.KeyInput{Name: "work", Scopes: scopes})
	fatal(c.t, err)
	return person{client: c, id: u.ID, as: []string{"Authorization", "Bearer " + key}}
}

// call makes a call with the person's key.
func (p person) call(method, path, body string, header ...string) answer {
	p.t.Helper()
	return p.client.call(method, path, body, append(header, p.as...)...)
}

func fatal(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
