package app_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

// chosen is what the first administrator takes in place of the first password.
const chosen = "another good password"

// firstStart is a service that has just made its administrator's password.
type firstStart struct {
	*fixture
	clock *clock
	dir   string
	// file is where the password lies, first is the password.
	file, first string
}

const firstEmail = "first@example.org"

func newFirstStart(t *testing.T) *firstStart {
	t.Helper()
	s := &firstStart{clock: newClock(), dir: filepath.Join(t.TempDir(), "data")}
	s.fixture = newFixture(t, s.here)
	s.exec("TRUNCATE users CASCADE")
	got := s.starts(app.Bootstrap{Email: "First@Example.org"})
	if !got.AdministratorMade || got.FirstPassword == nil {
		t.Fatalf("first start: %+v", got)
	}
	s.file = got.FirstPassword.File
	secret, err := os.ReadFile(s.file)
	if err != nil {
		t.Fatal(err)
	}
	s.first = strings.TrimSpace(string(secret))
	return s
}

// here sets a service up as the one that made the password.
func (s *firstStart) here(cfg *app.Config) { cfg.Now, cfg.DataDir = s.clock.now, s.dir }

// starts starts the service and says what it found.
func (s *firstStart) starts(b app.Bootstrap) app.BootstrapResult {
	s.t.Helper()
	got, err := s.Bootstrap(s.t.Context(), b)
	if err != nil {
		s.t.Fatal(err)
	}
	return got
}

// waits starts the service again and gives the password that waits, nil for none.
func (s *firstStart) waits() *app.FirstPassword {
	s.t.Helper()
	got := s.starts(app.Bootstrap{})
	if got.AdministratorMade {
		s.t.Error("a later start made an administrator")
	}
	return got.FirstPassword
}

func (s *firstStart) signIn(secret string) app.SignIn {
	s.t.Helper()
	in, err := s.Login(s.t.Context(), firstEmail, secret)
	if err != nil {
		s.t.Fatal(err)
	}
	return in
}

// lies tells whether the file is there.
func (s *firstStart) lies() bool {
	s.t.Helper()
	_, err := os.Stat(s.file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		s.t.Fatal(err)
	}
	return err == nil
}

func TestFirstStartMakesAnAdministrator(t *testing.T) {
	t.Parallel()
	s := newFirstStart(t)
	want := app.FirstPassword{Email: firstEmail, File: filepath.Join(s.dir, "first-password"), Until: s.clock.now().Add(72 * time.Hour)}
	if got := s.waits(); got == nil || got.Email != want.Email || got.File != want.File || !got.Until.Equal(want.Until) || got.Ended {
		t.Errorf("second start: %+v, want %+v", got, want)
	}
	info, err := os.Stat(s.file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has the mode %v, %v", info.Mode(), err)
	}
	if u := s.signIn(s.first).User; u.Role != auth.Administrator {
		t.Errorf("signed in as %+v", u)
	}
	s.exec("TRUNCATE users CASCADE")
	without := s.another()
	if _, err := without.Bootstrap(t.Context(), app.Bootstrap{Email: firstEmail}); err == nil {
		t.Error("a password was made that nobody can read")
	}
	got, err := without.Bootstrap(t.Context(), app.Bootstrap{Email: firstEmail, Password: password})
	if err != nil || !got.AdministratorMade || got.FirstPassword != nil {
		t.Errorf("with a password of the operator's: %+v, %v", got, err)
	}
	if in := s.signIn(password); in.PasswordDue {
		t.Error("the operator's password has to be exchanged")
	}
}

func TestFirstPasswordOpensNothingButTheChoiceOfAnother(t *testing.T) {
	t.Parallel()
	s := newFirstStart(t)
	in := s.signIn(s.first)
	if !in.PasswordDue || in.User.LastLoginAt != nil {
		t.Fatalf("sign-in %+v", in)
	}
	u := in.User
	session := func(version int) error {
		_, err := s.SessionActor(t.Context(), u.ID, version)
		return err
	}
	if err := session(u.SessionVersion); claims.KindOf(err) != claims.Unauthenticated {
		t.Errorf("a session with the first password: %v", err)
	}
	for _, c := range []struct {
		name, id, password string
		version            int
		want               claims.ErrorKind
	}{
		{"the same", u.ID, s.first, u.SessionVersion, claims.Invalid},
		{"a short one", u.ID, "short", u.SessionVersion, claims.Invalid},
		{"its own address", u.ID, firstEmail, u.SessionVersion, claims.Invalid},
		{"of a session from before", u.ID, chosen, u.SessionVersion - 1, claims.Unauthenticated},
		{"of nobody", anID, chosen, u.SessionVersion, claims.Unauthenticated},
		{"of what is no id", "x", chosen, u.SessionVersion, claims.Unauthenticated},
	} {
		if _, err := s.ChooseFirstPassword(t.Context(), c.id, c.version, c.password); claims.KindOf(err) != c.want {
			t.Errorf("%s: %v, want the kind %q", c.name, err, c.want)
		}
	}
	if !s.lies() || !s.signIn(s.first).PasswordDue {
		t.Fatal("the first password is gone before another was chosen")
	}
	now, err := s.ChooseFirstPassword(t.Context(), u.ID, u.SessionVersion, chosen)
	if err != nil || session(now.SessionVersion) != nil || now.LastLoginAt == nil {
		t.Fatalf("chosen: %+v, %v, %v", now, err, session(now.SessionVersion))
	}
	if s.lies() {
		t.Error("the file still lies there")
	}
	if _, err := s.Login(t.Context(), firstEmail, s.first); claims.KindOf(err) != claims.Unauthenticated {
		t.Errorf("the first password: %v", err)
	}
	if in := s.signIn(chosen); in.PasswordDue {
		t.Error("the chosen password has to be exchanged")
	}
	if _, err := s.ChooseFirstPassword(t.Context(), u.ID, now.SessionVersion, "a third good password"); claims.KindOf(err) != claims.Unauthenticated {
		t.Errorf("chosen once more: %v", err)
	}
	if got := s.waits(); got != nil {
		t.Errorf("a later start finds %+v", got)
	}
	var done []string
	if err := s.pool.QueryRow(t.Context(), "SELECT array_agg(action ORDER BY id) FROM audit WHERE actor_id = $1 AND object = $1::text", u.ID).Scan(&done); err != nil || strings.Join(done, " ") != "user.password user.login user.login" {
		t.Errorf("the history has %q, %v", done, err)
	}
}

// TestFirstPasswordIsChosenByOneAlone sends two passwords at once.
func TestFirstPasswordIsChosenByOneAlone(t *testing.T) {
	t.Parallel()
	s := newFirstStart(t)
	u := s.signIn(s.first).User
	ended := make(chan error)
	for _, p := range []string{chosen, "a third good password"} {
		go func() {
			_, err := s.ChooseFirstPassword(t.Context(), u.ID, u.SessionVersion, p)
			ended <- err
		}()
	}
	one, two := <-ended, <-ended
	if (one == nil) == (two == nil) || claims.KindOf(errors.Join(one, two)) != claims.Unauthenticated {
		t.Errorf("%v and %v: want one of them alone", one, two)
	}
}

func TestFirstPasswordEnds(t *testing.T) {
	t.Parallel()
	s := newFirstStart(t)
	for _, c := range []struct {
		name  string
		pass  time.Duration
		used  bool
		ended bool
	}{
		{"at once", 0, false, false},
		{"just before its end", 72*time.Hour - time.Second, false, false},
		{"at its end", time.Second, false, true},
		{"weeks later", 500 * time.Hour, false, true},
		{"used before an upgrade", 0, true, false},
	} {
		s.clock.pass(c.pass)
		if c.used {
			s.exec("UPDATE users SET last_login_at = now()")
		}
		in, err := s.Login(t.Context(), firstEmail, s.first)
		if c.ended && (claims.KindOf(err) != claims.Conflict || !strings.Contains(err.Error(), "server password reset")) {
			t.Errorf("%s: %+v, %v; want to be told the way back", c.name, in, err)
		}
		if !c.ended && (err != nil || !in.PasswordDue) {
			t.Errorf("%s: %+v, %v", c.name, in, err)
		}
		if got := s.waits(); got == nil || got.Ended != c.ended || got.Until.IsZero() != c.used {
			t.Errorf("%s: a start finds %+v", c.name, got)
		}
		// A wrong password is not told that another has ended.
		if _, err := s.Login(t.Context(), firstEmail, "wrong"); claims.KindOf(err) != claims.Unauthenticated {
			t.Errorf("%s: a wrong password: %v", c.name, err)
		}
	}
}

// TestFirstPasswordOfTheReleaseBefore starts the service where an earlier one, or a server
// with another folder, made the password.
func TestFirstPasswordOfTheReleaseBefore(t *testing.T) {
	t.Parallel()
	const unnoted = "UPDATE users SET first_password_hash = NULL, first_password_at = NULL"
	other := "'" + auth.HashPassword(chosen) + "'"
	for name, c := range map[string]struct {
		sql   string
		given bool // the settings have the password that is in the file
		gone  bool // the file was deleted by hand
		// What the start finds: the password waits, without an end, it is what the file has;
		// the file still lies there.
		waits, lasts, filed, lies bool
	}{
		"never used":                         {sql: unnoted, waits: true, filed: true, lies: true},
		"used":                               {sql: unnoted + ", last_login_at = now()", waits: true, lasts: true, filed: true, lies: true},
		"exchanged, the file was forgotten":  {sql: unnoted + ", password_hash = " + other, lies: true},
		"the operator's":                     {sql: unnoted, given: true, lies: true},
		"the file was deleted":               {sql: unnoted, gone: true},
		"another server has the file":        {sql: "SELECT 1", gone: true, waits: true},
		"exchanged at another server":        {sql: "UPDATE users SET password_hash = " + other},
		"exchanged at a server of before":    {sql: "UPDATE users SET session_version = 2, password_hash = " + other},
		"the file is one of another service": {sql: "UPDATE users SET password_hash = " + other + ", first_password_hash = " + other, waits: true, lies: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newFirstStart(t)
			s.exec(c.sql)
			b := app.Bootstrap{}
			if c.given {
				b.Password = s.first
			}
			if c.gone {
				if err := os.Remove(s.file); err != nil {
					t.Fatal(err)
				}
			}
			s.clock.pass(time.Hour)
			got := s.starts(b).FirstPassword
			if (got != nil) != c.waits || s.lies() != c.lies {
				t.Fatalf("found %+v, the file still lies: %v", got, s.lies())
			}
			if got == nil {
				return
			}
			if got.Until.IsZero() != c.lasts || got.Ended {
				t.Errorf("it ends at %v, ended: %v", got.Until, got.Ended)
			}
			if (got.File != "") != c.filed {
				t.Errorf("it lies in %q", got.File)
			}
			var id string
			var version int
			if err := s.pool.QueryRow(t.Context(), "SELECT id::text, session_version FROM users").Scan(&id, &version); err != nil {
				t.Fatal(err)
			}
			if _, err := s.SessionActor(t.Context(), id, version); claims.KindOf(err) != claims.Unauthenticated {
				t.Errorf("a session from before the upgrade: %v", err)
			}
		})
	}
}

// TestOperatorMakesAWayBack makes a link where the first password has ended.
func TestOperatorMakesAWayBack(t *testing.T) {
	t.Parallel()
	s := newFirstStart(t)
	s.clock.pass(100 * time.Hour)
	u, token, err := s.MakeResetFor(t.Context(), s.Operator(), " FIRST@example.org")
	if err != nil || !u.ExpiresAt.Equal(s.clock.now().Add(app.ResetDays*24*time.Hour)) {
		t.Fatalf("%+v, %v", u, err)
	}
	if err := s.ResetPassword(t.Context(), token, s.first); claims.KindOf(err) != claims.Invalid || !s.lies() {
		t.Errorf("the first password once more: %v, the file still lies: %v", err, s.lies())
	}
	if err := s.ResetPassword(t.Context(), token, chosen); err != nil || s.lies() {
		t.Errorf("%v, the file still lies: %v", err, s.lies())
	}
	if in := s.signIn(chosen); in.PasswordDue {
		t.Error("the chosen password has to be exchanged")
	}
	for name, c := range map[string]struct {
		who   app.Actor
		email string
		want  claims.ErrorKind
	}{
		"a stranger":         {s.Anonymous(), firstEmail, claims.Unauthenticated},
		"an administrator":   {app.Actor{UserID: u.User.ID, Scopes: auth.AllScopes()}, firstEmail, claims.Forbidden},
		"nobody's address":   {s.Operator(), "eve@example.org", claims.Invalid},
		"for closed account": {s.Operator(), "closed@example.org", claims.Conflict},
	} {
		s.exec("INSERT INTO users (id, email, name, role, password_hash, created_at, disabled_at) VALUES (gen_random_uuid(), 'closed@example.org', 'C', 'reader', '', now(), now()) ON CONFLICT DO NOTHING")
		if _, token, err := s.MakeResetFor(t.Context(), c.who, c.email); claims.KindOf(err) != c.want || token != "" {
			t.Errorf("%s: %v, want the kind %q", name, err, c.want)
		}
	}
}

// TestFirstPasswordTakesTheCodeToo signs in where the release before let somebody set up a
// second factor with the first password.
func TestFirstPasswordTakesTheCodeToo(t *testing.T) {
	t.Parallel()
	c := newClock()
	f := newFixture(t, func(cfg *app.Config) { cfg.Now = c.now })
	who := f.person(auth.Checker)
	_, recovery := f.enrol(who, c)
	f.exec("UPDATE users SET first_password_hash = password_hash, first_password_at = $2 WHERE id = $1", who.UserID, c.now())
	in, err := f.Login(t.Context(), "checker@example.org", password)
	if err != nil || !in.CodeDue || !in.PasswordDue {
		t.Fatalf("%+v, %v", in, err)
	}
	in, err = f.LoginCode(t.Context(), in.User.ID, in.User.SessionVersion, recovery[0])
	if err != nil || !in.PasswordDue || in.User.LastLoginAt != nil {
		t.Fatalf("after the code: %+v, %v", in, err)
	}
	u, err := f.ChooseFirstPassword(t.Context(), in.User.ID, in.User.SessionVersion, chosen)
	if err != nil || !u.SecondFactor {
		t.Errorf("%+v, %v", u, err)
	}
}
