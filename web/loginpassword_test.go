package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

const administrator = "administrator@news.example"

// firstPassword makes the administrator's password one that the service made some hours ago,
// and gives the site as a stranger.
func firstPassword(t *testing.T, s site, hours int) site {
	t.Helper()
	if _, err := s.Pool.Exec(t.Context(), `UPDATE users SET first_password_hash = password_hash, first_password_at = now() - make_interval(hours => $2), last_login_at = NULL
		WHERE email = $1`, administrator, hours); err != nil {
		t.Fatal(err)
	}
	return s.as("")
}

// begins sends the password, and gives the site in whose session the rest is due.
func (s site) begins(next string) site {
	s.t.Helper()
	p := s.post("/login", url.Values{"email": {administrator}, "password": {servertest.Password}, "then": {"/feeds"}})
	p.goesTo(next)
	s.cookie = p.Result().Cookies()[0]
	return s
}

func TestFirstPasswordIsExchanged(t *testing.T) {
	t.Parallel()
	const page = "/login/password"
	s := firstPassword(t, newSite(t, servertest.Options{}), 71)
	s.get(page).goesTo("/login")
	s.post(page, url.Values{"password": {"tarn-boat-lemon"}, "again": {"tarn-boat-lemon"}}).goesTo("/login")
	half := s.begins(page)
	half.get("/feeds").goesTo("/login")
	shown := half.get(page).want(http.StatusOK)
	if shown.attr("#username", "value") != administrator || shown.attr("#password", "autocomplete") != "new-password" {
		t.Errorf("the form does not tell password managers what it is about: %s", shown.text("form"))
	}
	half.post(page, url.Values{"password": {"tarn-boat-lemon"}, "again": {"tarn-boat"}}).want(http.StatusUnprocessableEntity).shows("#again-error", "is not the same")
	half.post(page, url.Values{"password": {"short"}, "again": {"short"}}).want(http.StatusUnprocessableEntity).shows("#password-error", "at least 8 characters")
	same := url.Values{"password": {servertest.Password}, "again": {servertest.Password}}
	half.post(page, same).want(http.StatusUnprocessableEntity).shows("#password-error", "choose another")
	in := half.post(page, url.Values{"password": {"tarn-boat-lemon"}, "again": {"tarn-boat-lemon"}})
	in.goesTo("/feeds")
	half.cookie = in.Result().Cookies()[0]
	half.get("/feeds").want(http.StatusOK).shows(".notice", "Your password is set")
	s.begun(t, "tarn-boat-lemon").goesTo("/")
	s.begun(t, servertest.Password).want(http.StatusUnprocessableEntity).shows(".alert", "is not right")
}

// begun sends a password of the administrator's.
func (s site) begun(t *testing.T, password string) page {
	t.Helper()
	return s.post("/login", url.Values{"email": {administrator}, "password": {password}})
}

func TestFirstPasswordThatHasEndedSaysTheWayBack(t *testing.T) {
	t.Parallel()
	s := firstPassword(t, newSite(t, servertest.Options{}), 73)
	s.begun(t, servertest.Password).want(http.StatusUnprocessableEntity).shows(".alert", "server password reset")
	s.begun(t, "something else").want(http.StatusUnprocessableEntity).shows(".alert", "is not right")
}

func TestFirstPasswordComesAfterTheCode(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{}).as(auth.Administrator)
	secret, recovery := s.enrol("/")
	stranger := firstPassword(t, s, 0)
	half := stranger.begins("/login/code")
	half.get("/login/password").goesTo("/login") // a code is due, and no password takes its place
	code := half.post("/login/code", url.Values{"code": {codeOf(t, secret, 0)}})
	code.goesTo("/login/password")
	half.cookie = code.Result().Cookies()[0]
	half.get("/login/code").goesTo("/login")
	again := stranger.begins("/login/code")
	used := again.post("/login/code", url.Values{"recovery": {recovery[0]}})
	used.goesTo("/login/password")
	again.cookie = used.Result().Cookies()[0]
	again.get("/login/password").want(http.StatusOK).shows(".notice", "recovery code is used up")
	half.post("/login/password", url.Values{"password": {"tarn-boat-lemon"}, "again": {"tarn-boat-lemon"}}).goesTo("/feeds")
	again.post("/login/password", url.Values{"password": {"lemon-boat-tarn"}, "again": {"lemon-boat-tarn"}}).goesTo("/login")
}
