package main

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"corroborate/internal/store/storetest"
)

// createKey makes a key with the command and gives it with its id.
func createKey(t *testing.T, vars map[string]string, flags ...string) (secret, id string) {
	t.Helper()
	stdout, stderr, status := call(t, vars, append([]string{"key", "create"}, flags...)...)
	if status != 0 || !regexp.MustCompile(`^ccs_[0-9a-f]{32}_[0-9a-z]+\n$`).MatchString(stdout) {
		t.Fatalf("status %d, stdout %q, stderr %q", status, stdout, stderr)
	}
	secret = strings.TrimSpace(stdout)
	if strings.Contains(stderr, secret) {
		t.Errorf("the secret is on stderr: %q", stderr)
	}
	id = regexp.MustCompile(`made the key (\S+)`).FindStringSubmatch(stderr)[1]
	return secret, id
}

// TestKeysByCommand makes, lists and revokes keys beside a server that runs, and while
// it does not.
func TestKeysByCommand(t *testing.T) {
	t.Parallel()
	for name, settings := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			vars := settings(t)
			vars["ADMIN_EMAIL"], vars["PG_BIN_DIR"] = "ed@news.example", os.Getenv("PG_BIN_DIR")
			p := startServer(t, vars)
			running, id := createKey(t, vars, "--email", "ED@news.example", "--name", "beside", "--scopes", "read,write", "--expires", "never")
			if status, body := get(t, p.url+"/api/v1/me", running); status != http.StatusOK || !strings.Contains(body, `"beside"`) {
				t.Fatalf("status %d, %s", status, body)
			}
			if _, stderr, status := call(t, vars, "key", "revoke", id); status != 0 || !strings.Contains(stderr, "revoked the key "+id) {
				t.Errorf("revoke: status %d, %q", status, stderr)
			}
			if status, body := get(t, p.url+"/api/v1/me", running); status != http.StatusUnauthorized || !strings.Contains(body, "was revoked at") {
				t.Errorf("revoked: status %d, %s", status, body)
			}
			if status := p.end(t, syscall.SIGTERM); status != 0 {
				t.Fatalf("the server ended with %d: %s", status, p.said(t))
			}
			stopped, _ := createKey(t, vars, "--email", "ed@news.example", "--name", "stopped", "--expires", "30d")
			stdout, stderr, status := call(t, vars, "key", "list")
			if lines := strings.Split(strings.TrimSpace(stdout), "\n"); status != 0 || len(lines) != 3 ||
				!regexp.MustCompile(`ed@news.example +stopped +read +valid +20`).MatchString(lines[1]) ||
				!regexp.MustCompile(`beside +read,write +revoked +never +20`).MatchString(lines[2]) {
				t.Errorf("list: status %d, %q\n%s", status, stderr, stdout)
			}
			if stdout, _, _ := call(t, vars, "key", "list", "--state", "revoked"); strings.Contains(stdout, "stopped") {
				t.Errorf("revoked keys:\n%s", stdout)
			}
			again := startServer(t, vars)
			if status, body := get(t, again.url+"/api/v1/me", stopped); status != http.StatusOK {
				t.Errorf("a key that was made while the server was stopped: status %d, %s", status, body)
			}
			again.end(t, syscall.SIGTERM)
		})
	}
}

func TestKeyCommandsThatCannotWork(t *testing.T) {
	t.Parallel()
	given := map[string]string{"DATABASE_URL": storetest.URL(t), "DATA_DIR": t.TempDir(), "ADMIN_EMAIL": "ed@news.example"}
	behind := map[string]string{"DATABASE_URL": storetest.URL(t), "DATA_DIR": t.TempDir()}
	p := startServer(t, given)
	p.end(t, syscall.SIGTERM)
	db, err := pgx.Connect(t.Context(), behind["DATABASE_URL"])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(t.Context(), "DELETE FROM goose_db_version WHERE version_id = (SELECT max(version_id) FROM goose_db_version)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	closed := t.TempDir()
	create := []string{"key", "create", "--email", "ed@news.example", "--name", "x"}
	for _, tt := range []struct {
		name   string
		vars   map[string]string
		args   []string
		want   string
		status int
	}{
		{"no database", map[string]string{"DATA_DIR": closed}, create, "there is no database in " + closed + ": start the server once", 1},
		{"an old schema", behind, create, "run server migrate", 1},
		{"nobody's address", given, []string{"key", "create", "--email", "eve@news.example", "--name", "x"}, "has no account: eve@news.example", 2},
		{"no name", given, []string{"key", "create", "--email", "ed@news.example"}, "name is missing", 2},
		{"unknown scopes", given, append(create, "--scopes", "read,fly"), "scopes are of read", 2},
		{"a day that has passed", given, append(create, "--expires", "2001-01-01"), "expires_at has passed", 2},
		{"too many calls", given, append(create, "--calls-per-minute", "99999999"), "calls_per_minute is a number from 1 to 12000", 2},
		{"no such key", given, []string{"key", "revoke", "x"}, `no key has the id "x"`, 1},
		{"no such state", given, []string{"key", "list", "--state", "odd"}, "state is one of", 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			stdout, stderr, status := call(t, tt.vars, tt.args...)
			if status != tt.status || !strings.Contains(stderr, tt.want) || stdout != "" && tt.args[1] != "list" {
				t.Errorf("status %d, stdout %q, stderr %q; want %d and %q", status, stdout, stderr, tt.status, tt.want)
			}
		})
	}
	if files, err := os.ReadDir(closed); err != nil || len(files) > 0 {
		t.Errorf("the folder without a database has %v, %v", files, err)
	}
}

func TestExpiry(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	for in, want := range map[string]string{"1d": "2026-05-02T12:00:00Z", "365d": "2027-05-01T12:00:00Z", "2030-01-31": "2030-02-01T00:00:00Z"} {
		if got, err := expiry(in, now); err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("%s ends at %v, %v; want %s", in, got, err, want)
		}
	}
	if got, err := expiry("never", now); got != nil || err != nil {
		t.Errorf("never: %v, %v", got, err)
	}
	for _, in := range []string{"", "d", "0d", "-3d", "90", "36501d", "2030-13-01", "99999999999999999999d"} {
		if got, err := expiry(in, now); err == nil {
			t.Errorf("%q ends at %v", in, got)
		}
	}
}

func FuzzExpiry(f *testing.F) {
	for _, s := range []string{"90d", "never", "2030-01-31", "-1d", "99999999999d", "0001-01-01"} {
		f.Add(s)
	}
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		at, err := expiry(s, now)
		if err != nil && at != nil || err == nil && at == nil && s != "never" {
			t.Errorf("%q gives %v, %v", s, at, err)
		}
		if at != nil && (at.Year() < 0 || at.Year() > 10_000) {
			t.Errorf("%q ends at %v, which the database does not take", s, at)
		}
	})
}
