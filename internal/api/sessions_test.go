package api_test

import (
	"net/http"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// TestSessionsOfAPerson lists where somebody is signed in, and signs them out.
func TestSessionsOfAPerson(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	ana := c.newPerson("ana", auth.Checker)
	at := "/users/" + ana.id + "/sessions"
	if o := c.call("GET", at, "").want(http.StatusOK).object(); len(o["items"].([]any)) != 0 || o["more"] != 0.0 {
		t.Errorf("before the first sign-in: %v", o)
	}
	cookie := c.SignIn("ana@news.example")
	if _, err := c.Pool.Exec(t.Context(), `INSERT INTO sessions (token, data, expiry, user_id, session_version, used_at)
		SELECT n, '', now() + interval '1 day', $1, 1, now() - interval '1 hour' FROM generate_series(1, 51) n`, ana.id); err != nil {
		t.Fatal(err)
	}
	o := c.call("GET", at, "").want(http.StatusOK).object()
	first := o["items"].([]any)[0].(object)
	if len(o["items"].([]any)) != 50 || o["more"] != 2.0 {
		t.Errorf("%d sessions and %v more, want 50 and 2", len(o["items"].([]any)), o["more"])
	}
	if first["address"] != "192.0.2.1" || first["browser"] != nil || first["began_at"] == nil || first["used_at"] == nil || first["expires_at"] == nil {
		t.Errorf("a session: %v", first)
	}
	ana.call("GET", at, "").want(http.StatusForbidden)
	ana.call("DELETE", at, "").want(http.StatusForbidden)
	page := servertest.Call{Method: http.MethodGet, Path: "/account", Cookie: cookie}
	if w := c.Do(page); w.Code != http.StatusOK {
		t.Fatalf("the session does not hold: status %d", w.Code)
	}
	c.call("DELETE", at, "").want(http.StatusNoContent)
	if w := c.Do(page); w.Code != http.StatusSeeOther {
		t.Errorf("the session that was ended: status %d", w.Code)
	}
	if o := c.call("GET", at, "").want(http.StatusOK).object(); len(o["items"].([]any)) != 0 {
		t.Errorf("still listed: %v", o)
	}
	ana.call("GET", "/me", "").want(http.StatusOK) // keys go on
	c.call("DELETE", at, "").want(http.StatusNoContent)
	own := c.call("GET", "/me", "").object()["user"].(object)["id"].(string)
	c.call("DELETE", "/users/"+own+"/sessions", "").want(http.StatusConflict)
	c.call("GET", "/users/01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11/sessions", "").want(http.StatusNotFound)
}
