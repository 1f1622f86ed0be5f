package app_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

// colleague makes an account besides those that person makes.
func (f *fixture) colleague(email string, role auth.Role) app.Actor {
	f.t.Helper()
	u, err := f.CreateUser(f.t.Context(), f.admin, app.UserInput{Email: email, Name: email, Password: password, Role: role})
	if err != nil {
		f.t.Fatal(err)
	}
	who, err := f.SessionActor(f.t.Context(), u.ID, u.SessionVersion)
	if err != nil {
		f.t.Fatal(err)
	}
	return who
}

func TestAnAdministratorAlwaysStays(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	// Everybody is an administrator and closes or demotes the next at once.
	all := []app.Actor{f.admin, f.colleague("one@example.org", auth.Administrator), f.colleague("two@example.org", auth.Administrator)}
	editor := auth.Editor
	var running sync.WaitGroup
	for i, who := range all {
		next := all[(i+1)%len(all)].UserID
		running.Go(func() {
			if i%2 == 0 {
				_, _ = f.CloseUser(t.Context(), who, next, 0)
			} else {
				_, _ = f.EditUser(t.Context(), who, next, app.UserEdit{Role: &editor})
			}
		})
	}
	running.Wait()
	left := 0
	for _, who := range all {
		if p, err := f.Person(t.Context(), f.admin, who.UserID); err == nil && p.DisabledAt == nil && p.Role == auth.Administrator {
			left++
		}
	}
	if left < 1 {
		t.Error("no administrator is left")
	}
}

func TestKeyOfTheSettingsGoesOn(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	second := f.colleague("second@example.org", auth.Administrator)
	if f.admin.UserID == second.UserID {
		t.Fatal("the key is the second administrator's")
	}
	if _, err := f.CloseUser(t.Context(), second, f.admin.UserID, 0); err != nil {
		t.Fatal(err)
	}
	if who := f.key(f.token); who.UserID != second.UserID || !who.Can(app.Administer) {
		t.Errorf("the key of the settings is now %+v", who)
	}
}

func TestLinksEndWithWhoMadeThem(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	leaving, colleague := f.colleague("leaving@example.org", auth.Administrator), f.person(auth.Checker)
	_, invitation, err := f.Invite(t.Context(), leaving, app.InvitationInput{Email: "back@door.example", Name: "Back Door", Role: auth.Administrator})
	if err != nil {
		t.Fatal(err)
	}
	_, reset, err := f.MakeReset(t.Context(), leaving, colleague.UserID)
	if err != nil {
		t.Fatal(err)
	}
	reader := auth.Reader
	if _, err := f.EditUser(t.Context(), f.admin, leaving.UserID, app.UserEdit{Role: &reader}); err != nil {
		t.Fatal(err)
	}
	if _, err := f.AcceptInvitation(t.Context(), invitation, app.Acceptance{Password: password}); claims.KindOf(err) != claims.NotFound {
		t.Errorf("the invitation of a former administrator: %v", err)
	}
	if err := f.ResetPassword(t.Context(), reset, "another good password"); claims.KindOf(err) != claims.NotFound {
		t.Errorf("the reset of a former administrator: %v", err)
	}
	// An actor from before the change cannot go on either.
	if _, _, err := f.Invite(t.Context(), leaving, app.InvitationInput{Email: "b@door.example", Name: "B", Role: auth.Reader}); claims.KindOf(err) != claims.Forbidden {
		t.Errorf("inviting with the rights from before: %v", err)
	}
}

func TestInvitationIsGoodOnceAndInTime(t *testing.T) {
	t.Parallel()
	c := newClock()
	f := newFixture(t, func(cfg *app.Config) { cfg.Now = c.now })
	in := app.InvitationInput{Email: "Ana@Example.org", Name: "Ana", Role: auth.Editor, Days: 1}
	_, first, err := f.Invite(t.Context(), f.admin, in)
	if err != nil {
		t.Fatal(err)
	}
	_, second, err := f.Invite(t.Context(), f.admin, in)
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{first, "", strings.ToUpper(second), second + "x"} {
		if _, err := f.Invitation(t.Context(), token); claims.KindOf(err) != claims.NotFound {
			t.Errorf("the token %q: %v", token, err)
		}
	}
	// Of many who come at once with one link, one gets in.
	var mu sync.Mutex
	var made []app.User
	var running sync.WaitGroup
	for range 4 {
		running.Go(func() {
			if u, err := f.AcceptInvitation(t.Context(), second, app.Acceptance{Password: password}); err == nil {
				mu.Lock()
				defer mu.Unlock()
				made = append(made, u)
			} else if claims.KindOf(err) != claims.NotFound {
				t.Errorf("a link that is used just now: %v", err)
			}
		})
	}
	running.Wait()
	if len(made) != 1 || made[0].Email != "ana@example.org" || made[0].Role != auth.Editor || made[0].Name != "Ana" {
		t.Errorf("made %+v", made)
	}
	in.Email = "late@example.org"
	_, late, err := f.Invite(t.Context(), f.admin, in)
	if err != nil {
		t.Fatal(err)
	}
	c.pass(24 * time.Hour)
	if _, err := f.AcceptInvitation(t.Context(), late, app.Acceptance{Password: password}); claims.KindOf(err) != claims.NotFound {
		t.Errorf("a day later: %v", err)
	}
	var stored int
	if err := f.pool.QueryRow(t.Context(), `SELECT count(*) FROM invitations WHERE encode(token_hash, 'escape') IN ($1, $2)`, second, late).Scan(&stored); err != nil || stored != 0 {
		t.Errorf("the database holds %d tokens, %v", stored, err)
	}
}

func TestResetLeavesTheSecondFactor(t *testing.T) {
	t.Parallel()
	c := newClock()
	f := newFixture(t, func(cfg *app.Config) { cfg.Now = c.now })
	who := f.person(auth.Checker)
	f.enrol(who, c)
	_, token, err := f.MakeReset(t.Context(), f.admin, who.UserID)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.ResetPassword(t.Context(), token, "another good password"); err != nil {
		t.Fatal(err)
	}
	in, err := f.Login(t.Context(), "checker@example.org", "another good password")
	if err != nil || !in.CodeDue {
		t.Errorf("after a reset: %+v, %v; want a code to be due", in, err)
	}
}

// enrol turns the second factor of somebody on, and gives its secret and the
// recovery codes.
func (f *fixture) enrol(who app.Actor, c *clock) (secret string, recovery []string) {
	f.t.Helper()
	if err := f.StartSecondFactor(f.t.Context(), who, password); err != nil {
		f.t.Fatal(err)
	}
	state, err := f.SecondFactor(f.t.Context(), who)
	if err != nil || state.On || state.Secret == "" {
		f.t.Fatalf("while it is set up: %+v, %v", state, err)
	}
	code, err := auth.FactorCode(state.Secret, c.now())
	if err != nil {
		f.t.Fatal(err)
	}
	_, recovery, err = f.ConfirmSecondFactor(f.t.Context(), who, code)
	if err != nil {
		f.t.Fatal(err)
	}
	return state.Secret, recovery
}

func TestCodeIsTakenByOneAlone(t *testing.T) {
	t.Parallel()
	c := newClock()
	f := newFixture(t, func(cfg *app.Config) { cfg.Now = c.now })
	who := f.person(auth.Checker)
	secret, recovery := f.enrol(who, c)
	in, err := f.Login(t.Context(), "checker@example.org", password)
	if err != nil || !in.CodeDue {
		t.Fatalf("%+v, %v", in, err)
	}
	c.pass(auth.FactorPeriod)
	code, err := auth.FactorCode(secret, c.now())
	if err != nil {
		t.Fatal(err)
	}
	for name, code := range map[string]string{"a code": code, "a recovery code": recovery[0]} {
		taken, running := make(chan bool, 6), sync.WaitGroup{}
		for range 6 {
			running.Go(func() {
				_, err := f.LoginCode(t.Context(), in.User.ID, in.User.SessionVersion, code)
				taken <- err == nil
			})
		}
		running.Wait()
		close(taken)
		times := 0
		for ok := range taken {
			if ok {
				times++
			}
		}
		if times != 1 {
			t.Errorf("%s was taken %d times", name, times)
		}
	}
	if _, err := f.LoginCode(t.Context(), in.User.ID, in.User.SessionVersion-1, recovery[1]); claims.KindOf(err) != claims.Unauthenticated {
		t.Errorf("with a version from before: %v", err)
	}
	if _, err := f.CloseUser(t.Context(), f.admin, who.UserID, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := f.LoginCode(t.Context(), in.User.ID, in.User.SessionVersion, recovery[2]); claims.KindOf(err) != claims.Unauthenticated {
		t.Errorf("to a closed account: %v", err)
	}
}

func TestSecretIsSealed(t *testing.T) {
	t.Parallel()
	c := newClock()
	f := newFixture(t, func(cfg *app.Config) { cfg.Now = c.now })
	who := f.person(auth.Checker)
	secret, recovery := f.enrol(who, c)
	var dump string
	if err := f.pool.QueryRow(t.Context(), `
		SELECT string_agg(encode(f.secret, 'escape') || r.codes, ' ') FROM second_factors f,
			(SELECT string_agg(encode(code_hash, 'escape'), ' ') AS codes FROM recovery_codes) r`).Scan(&dump); err != nil {
		t.Fatal(err)
	}
	for _, plain := range []string{secret, recovery[0], strings.ReplaceAll(recovery[0], "-", "")} {
		if strings.Contains(dump, plain) {
			t.Errorf("the database tells %q", plain)
		}
	}
	// With another key, as after a restore without it, recovery codes still work.
	other, err := auth.NewSealer(strings.Repeat("another key ", 4))
	if err != nil {
		t.Fatal(err)
	}
	for name, sealer := range map[string]*auth.Sealer{"another key": other, "no key": nil} {
		moved := f.another(func(cfg *app.Config) { cfg.Now, cfg.Sealer = c.now, sealer })
		in, err := moved.Login(t.Context(), "checker@example.org", password)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := moved.LoginCode(t.Context(), in.User.ID, in.User.SessionVersion, "123456"); claims.KindOf(err) != claims.Unavailable {
			t.Errorf("%s: a code: %v", name, err)
		}
		if _, err := moved.LoginCode(t.Context(), in.User.ID, in.User.SessionVersion, recovery[0]); err != nil {
			t.Errorf("%s: a recovery code: %v", name, err)
		}
		recovery = recovery[1:]
	}
}

func TestEnrolmentEnds(t *testing.T) {
	t.Parallel()
	c := newClock()
	f := newFixture(t, func(cfg *app.Config) { cfg.Now = c.now })
	who := f.person(auth.Checker)
	if err := f.StartSecondFactor(t.Context(), who, password); err != nil {
		t.Fatal(err)
	}
	state, err := f.SecondFactor(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	if in, err := f.Login(t.Context(), "checker@example.org", password); err != nil || in.CodeDue {
		t.Errorf("a code is asked for before the first was given: %+v, %v", in, err)
	}
	c.pass(15 * time.Minute)
	code, err := auth.FactorCode(state.Secret, c.now())
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.ConfirmSecondFactor(t.Context(), who, code); claims.KindOf(err) != claims.Conflict {
		t.Errorf("a quarter of an hour later: %v", err)
	}
	if state, err := f.SecondFactor(t.Context(), who); err != nil || state.Secret != "" {
		t.Errorf("the secret is still shown: %+v, %v", state, err)
	}
}

func TestRequiredFactorHoldsUpAllElse(t *testing.T) {
	t.Parallel()
	c := newClock()
	f := newFixture(t, func(cfg *app.Config) { cfg.Now, cfg.RequireFactor = c.now, []auth.Role{auth.Editor} })
	who := f.person(auth.Editor)
	if !who.FactorDue {
		t.Fatal("no second factor is asked for")
	}
	for _, do := range []app.Action{app.ReadFindings, app.ReadTexts, app.ReviewFindings, app.WriteArticles, app.Administer} {
		if who.Can(do) {
			t.Errorf("may %s before the second factor is set up", do)
		}
	}
	if _, err := f.CreateStory(t.Context(), who, app.StoryInput{Title: "A story"}); claims.KindOf(err) != claims.Forbidden {
		t.Errorf("adding a story: %v", err)
	}
	f.enrol(who, c)
	u, err := f.Me(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	if now, err := f.SessionActor(t.Context(), u.ID, u.SessionVersion); err != nil || now.FactorDue || !now.Can(app.WriteArticles) {
		t.Errorf("afterwards: %+v, %v", now, err)
	}
}
