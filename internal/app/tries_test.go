package app_test

import (
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

// TestTriesAreCountedOverAllServers guesses at one account, now here and now there.
func TestTriesAreCountedOverAllServers(t *testing.T) {
	t.Parallel()
	now := time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)
	clock := func(c *app.Config) { c.Now = func() time.Time { return now } }
	f := newFixture(t, clock)
	servers := []*app.App{f.App, f.another(clock)}
	permitted := func(email string, tries int) (n int) {
		for i := range tries {
			if _, err := servers[i%2].Login(t.Context(), email, password); claims.KindOf(err) != claims.TooMany {
				n++
			}
		}
		return n
	}
	if got := permitted("admin@example.org", 104); got != 100 {
		t.Errorf("%d tries in an hour, want 100", got)
	}
	if got := permitted("nobody@example.org", 104); got != 100 {
		t.Errorf("%d tries at an account that is not there, want 100 as well", got)
	}
	now = now.Add(90 * time.Minute)
	if got := permitted("Admin@Example.org", 104); got != 50 {
		t.Errorf("%d tries half an hour into the next hour, want 50", got)
	}
	now = now.Add(4 * time.Hour)
	if got := permitted("admin@example.org", 2); got != 2 {
		t.Errorf("%d of 2 tries hours later", got)
	}
	f.start(f.App) // it sweeps
	for end := time.Now().Add(patience); f.count("SELECT count(*) FROM tries") != 1; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("tries of hours ago are kept")
		}
	}
}
