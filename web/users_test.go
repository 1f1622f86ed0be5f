package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// userOf gives the page of somebody's account.
func (s site) userOf(name string) string {
	s.t.Helper()
	p := s.get("/admin/users").want(http.StatusOK)
	for _, a := range p.all(".list th a") {
		if a.FirstChild.FirstChild.Data == name {
			return a.Attr[0].Val
		}
	}
	s.t.Fatalf("%s is not listed: %s", name, p.text(".list"))
	return ""
}

func TestAccountIsClosedAndReopened(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	made := s.post("/account/keys", url.Values{"name": {"desk"}, "scopes": {"read"}, "expires": {"90"}}).want(http.StatusCreated)
	read := servertest.Call{Method: http.MethodGet, Path: "/api/v1/stories", Key: made.text(".secret code")}
	if w := s.Do(read); w.Code != http.StatusOK {
		t.Fatalf("the key does not work: %d", w.Code)
	}
	admin := s.as(auth.Administrator)
	editor := admin.userOf("editor")
	admin.get(editor).want(http.StatusOK).shows("h1", "editor").shows(".facts", "1 valid key")
	admin.post(editor+"/close", nil).goesTo(editor)
	admin.get(editor).want(http.StatusOK).shows(".notice", "closed").shows("#close ~ p", "Closed since").lacks("#reset")
	s.get("/account").goesTo("/login")
	if w := s.Do(read); w.Code != http.StatusUnauthorized {
		t.Errorf("the key of a closed account: %d", w.Code)
	}
	login := url.Values{"email": {"editor@news.example"}, "password": {servertest.Password}}
	s.as("").post("/login", login).want(http.StatusUnprocessableEntity)
	admin.post(editor+"/reset", nil).want(http.StatusConflict).shows("main", "reopen it first")

	admin.post(editor+"/reopen", nil).goesTo(editor)
	s.get("/account").goesTo("/login") // a session that has ended stays so
	s.as("").post("/login", login).goesTo("/")
	if w := s.Do(read); w.Code != http.StatusOK {
		t.Errorf("the key of a reopened account: %d", w.Code)
	}
}

func TestRoleChangesAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	admin := s.as(auth.Administrator)
	editor := admin.userOf("editor")
	s.get("/stories/new").want(http.StatusOK)
	admin.post(editor, url.Values{"name": {"Éditeur"}, "role": {"reader"}}).goesTo(editor)
	admin.get(editor).shows("h1", "Éditeur").shows(".facts", "reader").shows(".notice", "Éditeur is reader")
	s.get("/stories/new").want(http.StatusForbidden)
	s.get("/account").want(http.StatusOK).shows(".facts", "Éditeur")
	wrong := admin.post(editor, url.Values{"name": {" "}, "role": {"owner"}}).want(http.StatusUnprocessableEntity)
	wrong.shows("#name-error", "is missing").shows("#role-error", "is one of")
}

func TestNobodyLocksThemselvesOut(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{}).as(auth.Administrator)
	self := s.userOf("Administrator")
	s.get(self).want(http.StatusOK).lacks("form[action$='/close']").lacks("select[name=role]").lacks("form[action$='/remove']")
	s.post(self+"/close", nil).want(http.StatusConflict).shows("main", "another administrator")
	s.post(self, url.Values{"name": {"Me"}, "role": {"editor"}}).want(http.StatusUnprocessableEntity).shows("#role-error", "another administrator")
	s.post(self+"/second-factor/remove", nil).want(http.StatusConflict)
	s.post(self, url.Values{"name": {"Me"}}).goesTo(self)
	if got := s.get(self).text("h1"); !strings.Contains(got, "Me") {
		t.Errorf("the name is %q", got)
	}
	for _, form := range []string{"", "/close", "/reopen", "/reset", "/reset/revoke", "/second-factor/remove"} {
		s.post("/admin/users/"+unknownID+form, url.Values{"name": {"x"}, "role": {"reader"}}).want(http.StatusNotFound)
	}
}

func TestKeysOfEverybodyOnOnePage(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	form := url.Values{"name": {"desk"}, "scopes": {"read"}, "expires": {"30"}, "calls": {"60"}}
	made := s.post("/account/keys", form).want(http.StatusCreated)
	read := servertest.Call{Method: http.MethodGet, Path: "/api/v1/stories", Key: made.text(".secret code")}
	if w := s.Do(read); w.Code != http.StatusOK || w.Header().Get("RateLimit-Limit") != "60" {
		t.Fatalf("the key: %d, %v", w.Code, w.Header())
	}
	if _, err := s.Pool.Exec(t.Context(), "UPDATE api_keys SET expires_at = now() + interval '5 days' WHERE name = 'desk'"); err != nil {
		t.Fatal(err)
	}
	s.get("/account").shows("#keys ~ .notice", "desk").shows("#keys ~ .notice", "ends on").shows(".list", "60 calls a minute").shows(".list", "soon")
	s.get("/admin/keys").want(http.StatusForbidden)

	admin := s.as(auth.Administrator)
	all := admin.get("/admin/keys").want(http.StatusOK).shows(".list", "desk").shows(".list", "of the settings").shows(".notice", "1 key ends within 14 days")
	admin.get("/admin/keys?state=ending").want(http.StatusOK).shows(".list", "desk").shows("option[selected]", "about to end")
	admin.get("/admin/keys?state=expired").want(http.StatusOK).shows(".empty", "No key").lacks(".list")
	admin.get("/admin/keys?state=odd").want(http.StatusUnprocessableEntity)
	editor := strings.TrimPrefix(admin.userOf("editor"), "/admin/users/")
	admin.get("/admin/keys?person="+editor).want(http.StatusOK).shows(".list", "desk").lacks(".list tr:nth-child(2)")
	admin.post(all.attr(".list form", "action"), nil).goesTo("/admin/keys")
	admin.get("/admin/keys").shows(".notice", "“desk” of editor was revoked").shows(".list", "revoked")
	if w := s.Do(read); w.Code != http.StatusUnauthorized {
		t.Errorf("a revoked key: %d", w.Code)
	}
	admin.get("/history").shows(".history", "revoked the API key desk of editor")
	admin.post("/admin/keys/"+unknownID+"/revoke", nil).want(http.StatusNotFound)
}

func TestKeyFormComesBackAsItWas(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	form := url.Values{"name": {"desk"}, "scopes": {"read"}, "expires": {"7"}, "calls": {"many"}}
	wrong := s.post("/account/keys", form).want(http.StatusUnprocessableEntity)
	wrong.shows("#expires-error", "is none of the choices").shows("#calls-error", "is no number")
	if wrong.attr("#name", "value") != "desk" || wrong.attr("#calls", "value") != "many" {
		t.Errorf("the form has %q and %q", wrong.attr("#name", "value"), wrong.attr("#calls", "value"))
	}
	form.Set("expires", "never")
	form.Set("calls", "99999999")
	s.post("/account/keys", form).want(http.StatusUnprocessableEntity).shows("#calls-error", "1 to 12000")
}
