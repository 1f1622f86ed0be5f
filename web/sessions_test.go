package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// TestSessionsAreEndedOnThePageOfTheAccount ends sessions by the form.
func TestSessionsAreEndedOnThePageOfTheAccount(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	const page, form = "/account", "/account/sessions/end"
	s.get(page).want(http.StatusOK).shows(".sessions", "this one").lacks(".sessions input").lacks("#sessions-password")
	phone, tablet := s, s
	phone.cookie, tablet.cookie = s.SignIn("editor@news.example"), s.SignIn("editor@news.example")
	p := s.get(page).want(http.StatusOK)
	if n := len(p.all(".sessions label input[type=checkbox]")); n != 2 {
		t.Fatalf("offers to end %d sessions, want 2", n)
	}
	first := p.attr(".sessions input", "value")
	for name, tt := range map[string]struct {
		form   url.Values
		field  string
		says   string
		chosen int
	}{
		"a wrong password":     {url.Values{"password": {"wrong"}, "session": {first}}, "#sessions-password-error", "is wrong", 1},
		"no password":          {url.Values{"session": {first}}, "#sessions-password-error", "is wrong", 1},
		"a long password":      {url.Values{"password": {strings.Repeat("x", 2000)}, "session": {first}}, "#sessions-password-error", "is wrong", 1},
		"nothing chosen":       {url.Values{"password": {servertest.Password}}, "#session-error", "choose at least one", 0},
		"all, and a wrong one": {url.Values{"password": {"wrong"}, "others": {"1"}}, "#sessions-password-error", "is wrong", 0},
	} {
		p := s.post(form, tt.form).want(http.StatusUnprocessableEntity).shows(tt.field, tt.says)
		if n := len(p.all(".sessions input[checked]")); n != tt.chosen {
			t.Errorf("%s: %d are still chosen, want %d", name, n, tt.chosen)
		}
	}
	phone.get(page).want(http.StatusOK)
	tablet.get(page).want(http.StatusOK)
	s.post(form, url.Values{"password": {servertest.Password}, "session": {first}}).goesTo(page)
	p = s.get(page).want(http.StatusOK).shows(".notice", "The session has ended.")
	if n := len(p.all(".sessions input")); n != 1 {
		t.Errorf("%d other sessions are left, want 1", n)
	}
	s.post(form, url.Values{"password": {servertest.Password}, "session": {first}}).goesTo(page)
	s.get(page).shows(".notice", "had ended already")
	all := s.post(form, url.Values{"password": {servertest.Password}, "others": {"1"}})
	all.goesTo(page)
	s.cookie = all.Result().Cookies()[0]
	s.get(page).want(http.StatusOK).shows(".notice", "signed out everywhere else").lacks(".sessions input")
	for _, other := range []site{phone, tablet} {
		other.get(page).goesTo("/login")
	}
	boss := s.as(auth.Administrator)
	boss.get("/history").want(http.StatusOK).shows("main", "ended 1 of their own sessions").shows("main", "ended all other sessions of their own")
}

// TestPasswordAloneEndsSessions of an account with a second factor, as it has to be quick.
func TestPasswordAloneEndsSessions(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	secret, _ := s.enrol("/")
	half := s.logIn("editor@news.example", "/")
	waiting := s.logIn("editor@news.example", "/") // the password is given, the code is not
	in := half.post("/login/code", url.Values{"code": {codeOf(t, secret, 0)}})
	in.goesTo("/")
	other := s
	other.cookie = in.Result().Cookies()[0]
	p := s.get("/account").want(http.StatusOK)
	if n := len(p.all(".sessions input")); n != 1 {
		t.Fatalf("offers to end %d sessions, want the one that is open", n)
	}
	s.post("/account/sessions/end", url.Values{"password": {"wrong"}, "session": {p.attr(".sessions input", "value")}}).want(http.StatusUnprocessableEntity)
	other.get("/account").want(http.StatusOK)
	all := s.post("/account/sessions/end", url.Values{"password": {servertest.Password}, "others": {"1"}})
	all.goesTo("/account")
	other.get("/account").goesTo("/login")
	waiting.post("/login/code", url.Values{"code": {codeOf(t, secret, 1)}}).goesTo("/login")
}

// TestAdministratorEndsSessions of one person, and of everybody.
func TestAdministratorEndsSessions(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	checker, boss := s.as(auth.Checker), s.as(auth.Administrator)
	editor := boss.userOf("editor")
	boss.get(editor).want(http.StatusOK).shows("#sessions ~ .bin", "from 192.0.2.1").lacks("#sessions ~ .bin input")
	boss.post(editor+"/sessions/end", nil).goesTo(editor)
	boss.get(editor).shows(".notice", "editor is signed out everywhere").shows("#sessions ~ p", "Not signed in anywhere.")
	s.get("/account").goesTo("/login")
	checker.get("/account").want(http.StatusOK)
	own := boss.userOf("Administrator")
	boss.get(own).want(http.StatusOK).shows("#sessions ~ .bin", "this one").shows("#sessions ~ p", "the page of your account")
	boss.post(own+"/sessions/end", nil).want(http.StatusConflict)
	boss.get("/history").shows("main", "ended the sessions of editor")

	s.cookie = s.SignIn("editor@news.example")
	boss.post("/admin/sessions/end", url.Values{"password": {"wrong"}}).want(http.StatusUnprocessableEntity).shows("#everybody-password-error", "is wrong")
	s.get("/account").want(http.StatusOK)
	done := boss.post("/admin/sessions/end", url.Values{"password": {servertest.Password}})
	done.goesTo("/admin/users")
	boss.get("/account").goesTo("/login") // under the name before
	boss.cookie = done.Result().Cookies()[0]
	boss.get("/admin/users").want(http.StatusOK).shows(".notice", "Everybody else is signed out.")
	s.get("/account").goesTo("/login")
	checker.get("/account").goesTo("/login")
	boss.get("/history").shows("main", "ended the sessions of everybody")
	if w := s.Do(servertest.Call{Method: http.MethodGet, Path: "/api/v1/stories", Key: servertest.AdminKey}); w.Code != http.StatusOK {
		t.Errorf("a key is out too: status %d", w.Code)
	}
}
