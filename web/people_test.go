package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

func TestSignInLeadsBack(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{}).as("")
	to := s.get("/stories/" + unknownID + "?verdict=agree").goesTo("/login?then=")
	p := s.get(to).want(http.StatusOK)
	then := p.attr("input[name=then]", "value")
	if want := "/stories/" + unknownID + "?verdict=agree"; then != want {
		t.Fatalf("then = %q, want %q", then, want)
	}
	email := s.User(auth.Checker)
	wrong := s.post("/login", url.Values{"email": {email}, "password": {"wrong"}, "then": {then}}).want(http.StatusUnprocessableEntity)
	wrong.shows(".alert", "is not right")
	if got := wrong.attr("#email", "value"); got != email {
		t.Errorf("address %q is lost", email)
	}
	if got := wrong.attr("#password", "value"); got != "" {
		t.Error("the password was sent back")
	}
	s.post("/login", url.Values{"email": {email}, "password": {servertest.Password}, "then": {then}}).goesTo(then)
}

func TestSignInLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{}).as("")
	email := s.User(auth.Checker)
	for _, then := range []string{"https://elsewhere.example/", "//elsewhere.example", `/\elsewhere.example`, "javascript:alert(1)", "stories", "/\t/elsewhere.example", ""} {
		form := url.Values{"email": {email}, "password": {servertest.Password}, "then": {then}}
		if to := s.post("/login", form).goesTo("/"); to != "/" {
			t.Errorf("then %q leads to %q", then, to)
		}
	}
}

func TestSignOutEndsTheSession(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	s.get("/account").want(http.StatusOK)
	s.post("/logout", nil).goesTo("/login")
	s.get("/account").goesTo("/login?then=")
}

func TestKeyIsShownOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	made := s.post("/account/keys", url.Values{"name": {"desk"}, "scopes": {"read"}, "expires": {"90"}}).want(http.StatusCreated)
	secret := made.text(".secret code")
	if secret == "" || made.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("secret %q, Cache-Control %q", secret, made.Header().Get("Cache-Control"))
	}
	again := s.get("/account").want(http.StatusOK).shows(".list", "desk").lacks(".secret")
	if strings.Contains(again.Body.String(), secret) {
		t.Error("the secret is shown again")
	}
	s.post(again.attr(".list form", "action"), nil).goesTo("/account")
	s.get("/account").shows(".list", "revoked")
	s.post("/account/keys", url.Values{"name": {""}, "scopes": {"admin"}, "expires": {"never"}}).want(http.StatusUnprocessableEntity).shows(".alert", "")
}

func TestPasswordChangeKeepsThisSession(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	s.post("/account/password", url.Values{"old": {"wrong"}, "new": {"another long password"}}).want(http.StatusUnprocessableEntity).shows("#old-error", "is wrong")
	changed := s.post("/account/password", url.Values{"old": {servertest.Password}, "new": {"another long password"}})
	changed.goesTo("/account")
	s.get("/account").goesTo("/login") // the token from before has ended
	for _, c := range changed.Result().Cookies() {
		s.cookie = c
	}
	s.get("/account").want(http.StatusOK).shows(".notice", "was changed")
}

func TestNobodySeesWhatIsPublic(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{PublicRead: true})
	story := s.post("/stories", url.Values{"title": {"A storm"}}).goesTo("/stories/")
	s.post("/articles", url.Values{"text": {"The storm hit on Monday."}, "source": {"City Gazette"}, "story_id": {strings.TrimPrefix(story, "/stories/")}}).goesTo(story)
	article := s.get(story).attr(".articles a", "href")
	nobody := s.as("")
	nobody.get(story).want(http.StatusOK).shows("h1", "A storm").lacks("a[href='" + story + "/edit']").lacks("form[method=post]")
	p := nobody.get(article).want(http.StatusOK).shows(".alert", "signed in").lacks(".text")
	if strings.Contains(p.Body.String(), "hit on Monday") {
		t.Error("a publisher's text is shown to everybody")
	}
}
