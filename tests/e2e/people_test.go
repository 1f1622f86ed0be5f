package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// newPassword is what the newcomer chooses.
const newPassword = "four words of hers"

// TestNewcomerIsInvited walks from an invitation to a sign-in with a second factor,
// with scripts and without.
func TestNewcomerIsInvited(t *testing.T) {
	t.Parallel()
	for name, on := range map[string]bool{"with JavaScript": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, servertest.Options{})
			b.scripts(on)
			link := b.invites("Ana Lima", "ana@news.example", auth.Checker)
			b.takesUp(link)
			secret, recovery := b.setsUpFactor()
			b.signOut()
			b.signsInByCode(secret)
			b.signOut()
			b.signsInByRecovery(recovery)
		})
	}
}

// looksAt looks at the page that is open, which the tour cannot reach, in every way.
// It needs scripts.
func (b *tab) looksAt(name string) {
	b.t.Helper()
	if b.eval("matchMedia('(scripting: none)').matches") == "true" {
		return
	}
	p := page{name: "newcomer-" + name, address: b.eval("location.pathname")}
	axe := engine(b.t)
	for _, l := range looks {
		b.as(l)
		b.is("document.documentElement.scrollWidth <= innerWidth", "true")
		b.accessible(axe, p, l)
		b.picture(p, l)
	}
	b.do(chromedp.EmulateViewport(1280, 900))
}

// invites has an administrator make an invitation, and gives its path.
func (b *tab) invites(name, email string, role auth.Role) string {
	b.t.Helper()
	b.signIn(b.User(auth.Administrator))
	b.visit("/admin/users")
	b.fill("name", name)
	b.fill("email", email)
	b.do(chromedp.SetValue(chromedp.CSS("#role"), string(role)))
	b.click("main form[action='/admin/invitations'] button[type=submit]")
	link := strings.TrimPrefix(b.text(".secret code"), b.url)
	if !strings.HasPrefix(link, "/invitations/") {
		b.t.Fatalf("the link is %q", b.text(".secret code"))
	}
	b.looksAt("link")
	b.signOut()
	return link
}

func (b *tab) signOut() {
	b.t.Helper()
	b.click("form[action='/logout'] button")
	b.is("location.pathname", "/login")
}

// takesUp makes the account that a link invites to, after a slip.
func (b *tab) takesUp(link string) {
	b.t.Helper()
	b.visit(link)
	b.fill("password", newPassword)
	b.fill("again", "something else")
	b.click("main button[type=submit]")
	b.sees("#again-error")
	b.looksAt("invitation")
	b.fill("password", newPassword)
	b.fill("again", newPassword)
	b.click("main button[type=submit]")
	b.is("location.pathname", "/")
	if got := b.text(".notice"); !strings.Contains(got, "Welcome, Ana Lima") {
		b.t.Errorf("the notice is %q", got)
	}
	b.sees(".who a[href='/account']")
}

// setsUpFactor turns a second factor on, and gives its secret and a recovery code.
func (b *tab) setsUpFactor() (secret, recovery string) {
	b.t.Helper()
	b.click(".who a[href='/account']")
	b.click("a[href='/account/second-factor']")
	b.fill("password", newPassword)
	b.click("main button[type=submit]")
	b.sees(".qr path")
	b.looksAt("qr")
	secret = strings.ReplaceAll(b.text(".factor-secret"), " ", "")
	b.fill("code", "000000")
	b.click("main button[type=submit]")
	b.sees("#code-error")
	b.fill("code", b.codeOf(secret, -1)) // so that this period's is left
	b.click("main button[type=submit]")
	b.is("document.querySelectorAll('.codes li').length", "10")
	recovery = b.text(".codes li")
	b.looksAt("codes")
	b.click(".actions a.button")
	return secret, recovery
}

// codeOf gives the code of a secret some periods from now.
func (b *tab) codeOf(secret string, periods int) string {
	b.t.Helper()
	code, err := auth.FactorCode(secret, time.Now().Add(time.Duration(periods)*auth.FactorPeriod))
	if err != nil {
		b.t.Fatal(err)
	}
	return code
}

// sendsPassword takes the first step of signing in.
func (b *tab) sendsPassword() {
	b.t.Helper()
	b.fill("email", "ana@news.example")
	b.fill("password", newPassword)
	b.click("main button[type=submit]")
	b.is("location.pathname", "/login/code")
}

func (b *tab) signsInByCode(secret string) {
	b.t.Helper()
	b.sendsPassword()
	b.fill("code", b.codeOf(secret, 0))
	b.click("main button[type=submit]")
	b.is("location.pathname", "/")
	b.sees(".who a[href='/account']")
}

func (b *tab) signsInByRecovery(code string) {
	b.t.Helper()
	b.sendsPassword()
	b.do(chromedp.Click(chromedp.CSS(".recovery summary")))
	b.sees("#recovery")
	b.looksAt("login-code")
	b.fill("recovery", code)
	b.click(".recovery button[type=submit]")
	b.is("location.pathname", "/account/second-factor")
	if got := b.text("main"); !strings.Contains(got, "9 recovery codes are left") {
		b.t.Errorf("the page says %q", got)
	}
	b.looksAt("factor-on")
}

// TestSessionsAreEndedInABrowser signs somebody in here and elsewhere, and ends the other
// sessions, with scripts and without.
func TestSessionsAreEndedInABrowser(t *testing.T) {
	t.Parallel()
	for name, on := range map[string]bool{"with JavaScript": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, servertest.Options{})
			b.scripts(on)
			email := b.User(auth.Checker)
			b.signIn(email)
			for range 3 {
				b.SignIn(email)
			}
			b.visit("/account")
			b.is("document.querySelectorAll('.sessions input').length", "3")
			b.looksAt("sessions")
			b.do(chromedp.Click(chromedp.CSS(".sessions label:nth-of-type(2) input")))
			b.fill("password", "wrong")
			b.click("form[action='/account/sessions/end'] button.button")
			b.sees("#sessions-password-error")
			b.is("document.querySelectorAll('.sessions input:checked').length", "1")
			b.looksAt("sessions-wrong")
			b.fill("password", servertest.Password)
			b.click("form[action='/account/sessions/end'] button.button")
			b.is("document.querySelectorAll('.sessions input').length", "2")
			b.fill("password", servertest.Password)
			b.click("form[action='/account/sessions/end'] button[name=others]")
			b.is("document.querySelectorAll('.sessions input').length", "0")
			b.is("location.pathname", "/account")
			if got := b.text(".sessions"); !strings.Contains(got, "this one") || !strings.Contains(got, "Chrome on Linux") {
				t.Errorf("the page says %q", got)
			}
			b.signOut()
			b.SignIn(email)
			b.signIn(b.User(auth.Administrator))
			b.visit("/admin/users")
			b.looksAt("people")
			b.click(".list tbody tr:first-child a")
			b.looksAt("sessions-of")
		})
	}
}

// TestFirstPasswordIsExchangedInABrowser signs the first administrator in for the first time,
// with scripts and without.
func TestFirstPasswordIsExchangedInABrowser(t *testing.T) {
	t.Parallel()
	for name, on := range map[string]bool{"with JavaScript": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t, servertest.Options{})
			b.scripts(on)
			made := func(hours int) {
				if _, err := b.Pool.Exec(t.Context(), `UPDATE users SET first_password_hash = password_hash,
					first_password_at = now() - make_interval(hours => $1), last_login_at = NULL`, hours); err != nil {
					t.Fatal(err)
				}
			}
			signsIn := func() {
				b.visit("/login?then=/admin/users")
				b.fill("email", b.User(auth.Administrator))
				b.fill("password", servertest.Password)
				b.click("main button[type=submit]")
			}
			made(73)
			signsIn()
			b.sees(".alert")
			b.looksAt("first-password-ended")
			made(1)
			signsIn()
			b.is("location.pathname", "/login/password")
			b.looksAt("first-password")
			b.fill("password", servertest.Password)
			b.fill("again", servertest.Password)
			b.click("main button[type=submit]")
			b.sees("#password-error")
			b.looksAt("first-password-same")
			b.fill("password", newPassword)
			b.fill("again", newPassword)
			b.click("main button[type=submit]")
			b.is("location.pathname", "/admin/users")
			if got := b.text(".notice"); !strings.Contains(got, "you are signed in") {
				t.Errorf("the page says %q", got)
			}
		})
	}
}
