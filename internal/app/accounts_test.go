package app_test

import (
	"strings"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
)

func TestConfiguredKeyFollowsTheSettings(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	start := func(key string) {
		t.Helper()
		if _, err := f.Bootstrap(t.Context(), app.Bootstrap{APIKey: key}); err != nil {
			t.Fatal(err)
		}
	}
	holds := func(key string, want bool) {
		t.Helper()
		who, err := f.AuthenticateKey(t.Context(), key)
		if (err == nil) != want || want && !who.Can(app.Administer) {
			t.Errorf("key %q: %+v, %v; want it to hold: %v", key, who, err, want)
		}
	}
	const other = "another key of 16 or more"
	holds(f.token, true)
	start(f.token)
	holds(f.token, true)
	start(other)
	holds(f.token, false)
	holds(other, true)
	start("")
	holds(other, false)
	if _, err := f.Bootstrap(t.Context(), app.Bootstrap{APIKey: "too short"}); claims.KindOf(err) != claims.Invalid {
		t.Errorf("a short key: %v", err)
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	who := f.person(auth.Checker)
	for _, c := range []struct{ email, password string }{
		{"checker@example.org", "a wrong password"}, {"checker@example.org", ""}, {"nobody@example.org", password},
		{"", ""}, {"checker@example.org", strings.Repeat("x", 100_000)}, {"checker@example.org' OR '1'='1", password},
	} {
		if _, err := f.Login(t.Context(), c.email, c.password); claims.KindOf(err) != claims.Unauthenticated {
			t.Errorf("%q with %.20q: %v", c.email, c.password, err)
		}
	}
	in, err := f.Login(t.Context(), "checker@example.org", password)
	if err != nil || in.CodeDue {
		t.Fatalf("sign-in %+v, %v", in, err)
	}
	u := in.User
	const changed = "another good password"
	if _, err := f.ChangePassword(t.Context(), who, "a wrong password", changed); claims.KindOf(err) != claims.Invalid {
		t.Errorf("changing with a wrong password: %v", err)
	}
	now, err := f.ChangePassword(t.Context(), who, password, changed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.SessionActor(t.Context(), u.ID, u.SessionVersion); claims.KindOf(err) != claims.Unauthenticated {
		t.Errorf("a session from before the change: %v", err)
	}
	if _, err := f.SessionActor(t.Context(), u.ID, now.SessionVersion); err != nil {
		t.Errorf("a session from after the change: %v", err)
	}
	if _, err := f.Login(t.Context(), "checker@example.org", password); err == nil {
		t.Error("the old password still works")
	}
	f.exec("UPDATE users SET disabled_at = now() WHERE id = $1", u.ID)
	if _, err := f.Login(t.Context(), "checker@example.org", changed); claims.KindOf(err) != claims.Unauthenticated {
		t.Errorf("signing in to a closed account: %v", err)
	}
	if _, err := f.SessionActor(t.Context(), u.ID, now.SessionVersion); claims.KindOf(err) != claims.Unauthenticated {
		t.Errorf("a session of a closed account: %v", err)
	}
}

func TestAddressHasOneAccount(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	_, err := f.CreateUser(t.Context(), f.admin, app.UserInput{Email: "ADMIN@example.org", Name: "Me", Password: password, Role: auth.Reader})
	wantKind(t, err, claims.Conflict)
}

func TestKeyEnds(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	f := newFixture(t, func(c *app.Config) { c.Now = func() time.Time { return now } })
	hour := now.Add(time.Hour)
	ending, secret, err := f.CreateKey(t.Context(), f.admin, app.KeyInput{Name: "For an hour", Scopes: []auth.Scope{auth.Read}, ExpiresAt: &hour})
	if err != nil || !strings.HasPrefix(secret, "ccs_"+strings.ReplaceAll(ending.ID, "-", "")+"_") {
		t.Fatalf("key %+v, %v", ending, err)
	}
	f.key(secret)
	keys, err := f.Keys(t.Context(), f.admin, app.Page{})
	if err != nil || len(keys.Items) != 2 || keys.Items[0].LastUsedAt == nil || !keys.Items[0].LastUsedAt.Equal(now) {
		t.Errorf("keys %+v, %v; want the newest to be used just now", keys.Items, err)
	}
	later := f.another(func(c *app.Config) { c.Now = func() time.Time { return hour } })
	if _, err := later.AuthenticateKey(t.Context(), secret); claims.KindOf(err) != claims.Unauthenticated {
		t.Errorf("an expired key: %v", err)
	}
	if err := f.RevokeKey(t.Context(), f.person(auth.Editor), ending.ID); claims.KindOf(err) != claims.NotFound {
		t.Errorf("revoking the key of somebody else: %v", err)
	}
	if err := f.RevokeKey(t.Context(), f.admin, ending.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := f.AuthenticateKey(t.Context(), secret); claims.KindOf(err) != claims.Unauthenticated {
		t.Errorf("a revoked key: %v", err)
	}
}

func TestKeyGoesNoFurtherThanItsOwner(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	editor := f.person(auth.Editor)
	if _, _, err := f.CreateKey(t.Context(), editor, app.KeyInput{Name: "Too much", Scopes: []auth.Scope{auth.Admin}}); claims.KindOf(err) != claims.Invalid {
		t.Errorf("an editor's key for administration: %v", err)
	}
	_, secret, err := f.CreateKey(t.Context(), editor, app.KeyInput{Name: "Writes", Scopes: []auth.Scope{auth.Write, auth.Read}})
	if err != nil {
		t.Fatal(err)
	}
	if !f.key(secret).Can(app.WriteArticles) {
		t.Error("the key cannot write")
	}
	f.exec("UPDATE users SET role = 'reader' WHERE id = $1", editor.UserID)
	if who := f.key(secret); who.Can(app.WriteArticles) || !who.Can(app.ReadTexts) {
		t.Errorf("the key of an editor who became a reader: %+v", who)
	}
}

func TestAuditTellsWhoDidWhat(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	editor := f.person(auth.Editor)
	s, err := f.CreateStory(t.Context(), editor, app.StoryInput{Title: "A story"})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.DeleteStory(t.Context(), f.admin, s.ID, s.Version); err != nil {
		t.Fatal(err)
	}
	l, err := f.History(t.Context(), f.admin, app.HistoryFilter{Page: app.Page{Limit: 2}})
	if err != nil || len(l.Items) != 2 || l.NextCursor == "" {
		t.Fatalf("%d entries, %v", len(l.Items), err)
	}
	deleted, added := l.Items[0], l.Items[1]
	if deleted.Action != "story.delete" || deleted.Object != s.ID || deleted.KeyID != f.admin.KeyID {
		t.Errorf("newest entry %+v", deleted)
	}
	if added.Action != "story.add" || added.ActorID != editor.UserID || added.Actor != "A editor" || added.KeyID != "" {
		t.Errorf("entry before %+v", added)
	}
}
