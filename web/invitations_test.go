package web_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// ana is an invitation as it is filled in.
var ana = url.Values{"name": {"Ana"}, "email": {"Ana@news.example"}, "role": {"editor"}, "days": {"7"}}

// chosen are the two fields of a new password.
func chosen(password string) url.Values {
	return url.Values{"password": {password}, "again": {password}}
}

// linkOf gives the path of the link that a page shows once.
func linkOf(p page) string {
	p.t.Helper()
	u, err := url.Parse(p.text(".secret code"))
	if err != nil || u.Host == "" || strings.Count(u.Path, "/") != 2 {
		p.t.Fatalf("the page shows the link %q, %v", p.text(".secret code"), err)
	}
	return u.Path
}

func TestInvitedPersonMakesTheAccount(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{PublicURL: "http://news.example.org"})
	s.get("/admin/users").want(http.StatusForbidden).shows("h1", "Not permitted")
	admin := s.as(auth.Administrator)
	made := admin.post("/admin/invitations", ana).want(http.StatusCreated)
	if !strings.HasPrefix(made.text(".secret code"), "http://news.example.org/invitations/") {
		t.Errorf("the link is %s", made.text(".secret code"))
	}
	link := linkOf(made)
	list := admin.get("/admin/users").want(http.StatusOK).lacks(".secret").shows(".bin", "ana@news.example · editor")
	if strings.Contains(list.Body.String(), strings.TrimPrefix(link, "/invitations/")) {
		t.Error("the token is shown again")
	}

	nobody := s.as("")
	form := nobody.get(link).want(http.StatusOK).shows("h1", "Welcome, Ana").shows("main", "As editor you read everything, review findings, and add")
	if form.Header().Get("Cache-Control") != "no-store" || form.Header().Get("Referrer-Policy") != "strict-origin" {
		t.Errorf("Cache-Control %q, Referrer-Policy %q", form.Header().Get("Cache-Control"), form.Header().Get("Referrer-Policy"))
	}
	short := nobody.post(link, url.Values{"name": {"Ana Maria"}, "password": {"short"}, "again": {"short"}}).want(http.StatusUnprocessableEntity)
	if short.shows("#password-error", "at least 8").attr("#name", "value") != "Ana Maria" || short.attr("#password", "value") != "" {
		t.Error("the form lost the name or kept the password")
	}
	nobody.post(link, url.Values{"password": {"a long password"}, "again": {"another one"}}).want(http.StatusUnprocessableEntity).shows("#again-error", "not the same")

	in := nobody.post(link, chosen("a long password of hers"))
	in.goesTo("/")
	nobody.cookie = in.Result().Cookies()[0]
	nobody.get("/").want(http.StatusOK).shows(".notice", "Welcome, Ana").shows(".who", "Ana")
	nobody.get("/stories/new").want(http.StatusOK)
	nobody.get("/admin/users").want(http.StatusForbidden)
	admin.get("/admin/users").shows(".list", "ana@news.example").lacks(".bin")

	// The link is used up; its page tells no more than that of one that never was.
	again := s.as("").get(link).want(http.StatusNotFound)
	if never := s.as("").get("/invitations/never").want(http.StatusNotFound); again.text("main") != never.text("main") {
		t.Errorf("a used link says %q, one that never was %q", again.text("main"), never.text("main"))
	}
	s.as("").post(link, chosen("a long password")).want(http.StatusNotFound)
	admin.post("/admin/invitations", ana).want(http.StatusUnprocessableEntity).shows("#email-error", "has an account already")
}

func TestInvitationIsTakenBack(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{}).as(auth.Administrator)
	link := linkOf(s.post("/admin/invitations", ana).want(http.StatusCreated))
	revoke := s.get("/admin/users").attr(".bin form", "action")
	s.post(revoke, nil).goesTo("/admin/users")
	s.as("").get(link).want(http.StatusNotFound)
	s.post(revoke, nil).goesTo("/admin/users")
	s.get("/admin/users").shows(".notice", "before").lacks(".bin")
}

func TestInvitationFormComesBack(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{}).as(auth.Administrator)
	p := s.post("/admin/invitations", url.Values{"name": {"Ana"}, "email": {"nowhere"}, "role": {"owner"}, "days": {"400"}}).want(http.StatusUnprocessableEntity)
	p.shows("#email-error", "is not an e-mail address").shows("#role-error", "is one of").shows("#days-error", "1 to 30")
	if p.attr("#name", "value") != "Ana" || p.attr("#email", "value") != "nowhere" {
		t.Error("what was entered is lost")
	}
}

func TestForgottenPasswordIsSetAnew(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	admin := s.as(auth.Administrator)
	editor := admin.get("/admin/users").attr(".list th a", "href")
	link := linkOf(admin.post(editor+"/reset", nil).want(http.StatusCreated))
	admin.get(editor).want(http.StatusOK).shows("#reset ~ p", "waits until")
	s.get("/account").want(http.StatusOK) // the old password and its sessions hold until then
	nobody := s.as("")
	nobody.get(link).want(http.StatusOK).shows("h1", "A new password for editor")
	nobody.post(link, chosen("short")).want(http.StatusUnprocessableEntity).shows("#password-error", "at least 8")
	nobody.post(link, chosen("a quite new password")).goesTo("/login")
	s.get("/account").goesTo("/login")
	nobody.get(link).want(http.StatusNotFound)
	login := url.Values{"email": {"editor@news.example"}, "password": {servertest.Password}}
	nobody.post("/login", login).want(http.StatusUnprocessableEntity)
	login.Set("password", "a quite new password")
	nobody.post("/login", login).goesTo("/")

	link = linkOf(admin.post(editor+"/reset", nil).want(http.StatusCreated))
	admin.post(editor+"/reset/revoke", nil).goesTo(editor)
	nobody.get(link).want(http.StatusNotFound)
}

// TestLogHoldsNoLinks opens links and reads the log.
func TestLogHoldsNoLinks(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := newSite(t, servertest.Options{Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	admin := s.as(auth.Administrator)
	invitation := linkOf(admin.post("/admin/invitations", ana).want(http.StatusCreated))
	reset := linkOf(admin.post(admin.get("/admin/users").attr(".list th a", "href")+"/reset", nil).want(http.StatusCreated))
	for _, link := range []string{invitation, reset} {
		s.as("").get(link).want(http.StatusOK)
		s.as("").get(link + "/").want(http.StatusNotFound)
		s.as("").post(link, chosen("a quite new password")).want(http.StatusSeeOther)
		token := link[strings.LastIndex(link, "/")+1:]
		if strings.Contains(log.String(), token) {
			t.Errorf("the log holds the token of %s", link)
		}
	}
	for _, pattern := range []string{"route=/invitations/{token}", "route=/reset/{token}"} {
		if !strings.Contains(log.String(), pattern) {
			t.Errorf("the log lacks %s", pattern)
		}
	}
}

func TestFloodOfLinksIsHeldUp(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{}).as("")
	for range 59 { // the editor's sign-in was one
		s.get("/invitations/none").want(http.StatusNotFound)
	}
	if w := s.get("/reset/none").want(http.StatusTooManyRequests); w.Header().Get("Retry-After") == "" {
		t.Error("the answer does not say when to come again")
	}
}
