package api_test

import (
	"net/http"
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

func TestDeletingAPersonByCall(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	p := c.newPerson("wilma", auth.Checker)
	p.call("GET", "/me", "").want(http.StatusOK)
	e := c.call("GET", "/users/"+p.id+"/erasure", "").want(http.StatusOK).object()
	if goes := e["goes"].(map[string]any); e["state"] != "kept" || e["name"] != "wilma" || goes["keys"] != 1.0 {
		t.Errorf("told beforehand: %v", e)
	}
	c.call("DELETE", "/users/"+p.id, "").want(http.StatusPreconditionRequired)
	c.call("DELETE", "/users/"+p.id, "", "If-Match", `"99.abc"`).want(http.StatusPreconditionFailed)
	c.call("DELETE", "/users/"+unknownID, "", "If-Match", "*").want(http.StatusNotFound)
	p.call("DELETE", "/users/"+p.id, "", "If-Match", "*").want(http.StatusForbidden)
	c.call("DELETE", "/users/"+c.me().UserID, "", "If-Match", "*").want(http.StatusConflict)
	e = c.call("DELETE", "/users/"+p.id, "", "If-Match", "*").want(http.StatusAccepted).object()
	if e["state"] != "deleting" || e["name"] != "Former member 1" {
		t.Errorf("deleted: %v", e)
	}
	p.call("GET", "/me", "").want(http.StatusUnauthorized)
	c.call("DELETE", "/users/"+p.id, "", "If-Match", "*").want(http.StatusAccepted)
	u := c.call("GET", "/users/"+p.id, "").want(http.StatusOK).object()
	if u["deleted_at"] == nil || u["email"] != "former-member-1@deleted.invalid" || u["role"] != "reader" {
		t.Errorf("the account: %v", u)
	}
	c.call("PATCH", "/users/"+p.id, `{"name": "Wilma"}`, "If-Match", "*").want(http.StatusConflict)
	c.call("POST", "/users/"+p.id+"/reopen", "", "If-Match", "*").want(http.StatusConflict)
}

// me gives the administrator who makes the client's calls.
func (c client) me() app.Actor {
	c.t.Helper()
	who, err := c.App.AuthenticateKey(c.t.Context(), servertest.AdminKey)
	fatal(c.t, err)
	return who
}
