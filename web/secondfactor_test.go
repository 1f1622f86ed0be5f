package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// codeOf gives the code of a secret some periods from now.
func codeOf(t testing.TB, secret string, periods int) string {
	t.Helper()
	code, err := auth.FactorCode(strings.ReplaceAll(secret, " ", ""), time.Now().Add(time.Duration(periods)*auth.FactorPeriod))
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// enrol sets up a second factor and gives its secret and the recovery codes. The
// session goes on as a new one.
func (s *site) enrol(then string) (secret string, recovery []string) {
	s.t.Helper()
	s.post("/account/second-factor", url.Values{"password": {servertest.Password}, "then": {then}}).goesTo("/account/second-factor")
	p := s.get("/account/second-factor?then=" + url.QueryEscape(then)).want(http.StatusOK)
	secret = p.text(".factor-secret")
	if p.attr(".qr path", "d") == "" || !strings.Contains(p.attr("a[href^='otpauth:']", "href"), "secret="+strings.ReplaceAll(secret, " ", "")) {
		s.t.Fatalf("the page lacks the QR code or the address for %q", secret)
	}
	// The code of the period before leaves this one's and the next for signing in.
	on := s.post("/account/second-factor/confirm", url.Values{"code": {codeOf(s.t, secret, -1)}, "then": {then}}).want(http.StatusCreated)
	for _, c := range on.all(".codes code") {
		recovery = append(recovery, c.FirstChild.Data)
	}
	if on.Header().Get("Cache-Control") != "no-store" || on.attr(".actions a", "href") != then {
		s.t.Errorf("Cache-Control %q, leads on to %q, want %q", on.Header().Get("Cache-Control"), on.attr(".actions a", "href"), then)
	}
	s.cookie = on.Result().Cookies()[0]
	return secret, recovery
}

// logIn sends the password, and gives the site in whose session the code is due.
func (s site) logIn(email, then string) site {
	s.t.Helper()
	s.cookie = nil
	p := s.post("/login", url.Values{"email": {email}, "password": {servertest.Password}, "then": {then}})
	p.goesTo("/login/code")
	s.cookie = p.Result().Cookies()[0]
	return s
}

func TestCodeIsAskedForAtSignIn(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	other := s
	other.cookie = s.SignIn("editor@news.example")
	s.get("/account").shows("#second-factor ~ p", "Off")
	secret, recovery := s.enrol("/")
	if len(recovery) != auth.RecoveryCodes {
		t.Errorf("%d recovery codes", len(recovery))
	}
	other.get("/account").goesTo("/login")
	s.get("/account").want(http.StatusOK).shows("#second-factor ~ p", "On")
	s.get("/account/second-factor").want(http.StatusOK).shows("main", "10 recovery codes are left").lacks(".factor-secret")

	half := s.logIn("editor@news.example", "/feeds")
	half.get("/feeds").goesTo("/login") // the password alone opens nothing
	half.get("/login/code").want(http.StatusOK).shows("main", "The password is right, editor")
	half.post("/login/code", url.Values{"code": {"000000"}}).want(http.StatusUnprocessableEntity).shows("#code-error", "is not right")
	code := codeOf(t, secret, 0)
	in := half.post("/login/code", url.Values{"code": {code[:3] + " " + code[3:]}})
	in.goesTo("/feeds")
	half.cookie = in.Result().Cookies()[0]
	half.get("/feeds").want(http.StatusOK)

	// The same code again is refused; a recovery code is good once.
	replay := s.logIn("editor@news.example", "/")
	replay.post("/login/code", url.Values{"code": {code}}).want(http.StatusUnprocessableEntity)
	upper := strings.ToUpper(strings.ReplaceAll(recovery[3], "-", " "))
	replay.post("/login/code", url.Values{"recovery": {upper}}).goesTo("/account/second-factor")
	again := s.logIn("editor@news.example", "/")
	again.post("/login/code", url.Values{"recovery": {recovery[3]}}).want(http.StatusUnprocessableEntity).shows("details[open] .field-error", "used already")
}

func TestCodeNeedsThePasswordFirst(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{}).as("")
	s.get("/login/code").goesTo("/login")
	s.post("/login/code", url.Values{"code": {"123456"}}).goesTo("/login")
}

func TestWrongCodesArePaused(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	secret, recovery := s.enrol("/")
	half := s.logIn("editor@news.example", "/")
	for range 10 {
		half.post("/login/code", url.Values{"code": {"000000"}}).want(http.StatusUnprocessableEntity)
	}
	for _, form := range []url.Values{{"code": {codeOf(t, secret, 0)}}, {"recovery": {recovery[0]}}} {
		half.post("/login/code", form).want(http.StatusTooManyRequests).shows("main", "quarter of an hour")
	}
	if _, err := s.Pool.Exec(t.Context(), "UPDATE second_factors SET failed_at = failed_at - interval '15 minutes'"); err != nil {
		t.Fatal(err)
	}
	half.post("/login/code", url.Values{"code": {codeOf(t, secret, 0)}}).goesTo("/")
}

func TestSecondFactorTakesThePassword(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	page := "/account/second-factor"
	s.post(page, url.Values{"password": {"wrong"}}).want(http.StatusUnprocessableEntity).shows("#password-error", "is wrong")
	s.get(page).want(http.StatusOK).lacks(".factor-secret")
	s.post(page+"/confirm", url.Values{"code": {"123456"}}).want(http.StatusUnprocessableEntity).shows(".alert", "begin again")
	secret, recovery := s.enrol("/")
	s.post(page, url.Values{"password": {servertest.Password}}).want(http.StatusUnprocessableEntity)
	s.post(page+"/codes", url.Values{"password": {"wrong"}, "code": {codeOf(t, secret, 0)}}).want(http.StatusUnprocessableEntity).shows("#codes-password-error", "is wrong")
	s.post(page+"/off", url.Values{"password": {servertest.Password}, "code": {"000000"}}).want(http.StatusUnprocessableEntity).shows("#off-code-error", "is not right")
	made := s.post(page+"/codes", url.Values{"password": {servertest.Password}, "code": {codeOf(t, secret, 0)}}).want(http.StatusCreated)
	if made.text(".codes li:first-child") == recovery[0] {
		t.Error("the recovery codes are the old ones")
	}
	s.post(page+"/off", url.Values{"password": {servertest.Password}, "code": {recovery[0]}}).want(http.StatusUnprocessableEntity)
	s.post(page+"/off", url.Values{"password": {servertest.Password}, "code": {made.text(".codes li:first-child")}}).goesTo(page)
	s.get("/account").shows("#second-factor ~ p", "Off")
}

func TestAdministratorTakesASecondFactorOff(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	s.enrol("/")
	admin := s.as(auth.Administrator)
	editor := admin.userOf("editor")
	admin.get("/admin/users").shows(".list", "editor on")
	admin.post(editor+"/second-factor/remove", nil).goesTo(editor)
	admin.get(editor).shows("#factor ~ p", "None")
	s.get("/account").goesTo("/login")
	s.as("").post("/login", url.Values{"email": {"editor@news.example"}, "password": {servertest.Password}}).goesTo("/")
}

func TestRequiredSecondFactorIsSetUpFirst(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{RequireFactor: []auth.Role{auth.Editor}, PublicRead: true})
	to := s.get("/feeds?cursor=").goesTo("/account/second-factor?then=")
	s.get(to).want(http.StatusOK).shows(".alert", "As editor you need a second factor")
	s.get("/account").goesTo("/account/second-factor")
	s.get("/").goesTo("/account/second-factor")
	s.post("/stories", url.Values{"title": {"A storm"}}).want(http.StatusForbidden).shows("main", "second factor")
	s.as(auth.Checker).get("/").want(http.StatusOK)
	if w := s.Do(servertest.Call{Method: http.MethodGet, Path: "/api/v1/stories", Key: servertest.AdminKey}); w.Code != http.StatusOK {
		t.Errorf("a key is held up: %d", w.Code)
	}
	s.enrol("/feeds?cursor=")
	s.get("/feeds").want(http.StatusOK)
}
