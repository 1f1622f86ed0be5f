package main

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"corroborate/internal/store/storetest"
)

// ask runs a statement that gives one text.
func ask(t *testing.T, databaseURL, sql string) (answer string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if err := conn.QueryRow(t.Context(), sql).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return answer
}

// change runs a statement that gives nothing.
func change(t *testing.T, databaseURL, sql string) {
	t.Helper()
	conn, err := pgx.Connect(context.WithoutCancel(t.Context()), databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	if _, err := conn.Exec(context.WithoutCancel(t.Context()), sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// roles are those that are connected to a database, by the name of the role.
const roles = "SELECT string_agg(DISTINCT usename, ' ') FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

// TestServeWithTwoRoles migrates an empty database as its owner, who makes the role
// that serves; the server then needs that role alone.
func TestServeWithTwoRoles(t *testing.T) {
	t.Parallel()
	owner := storetest.URL(t)
	change(t, owner, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
	u, err := url.Parse(owner)
	if err != nil {
		t.Fatal(err)
	}
	role := "serves_" + strings.TrimPrefix(u.Path, "/")
	u.User = url.UserPassword(role, "it's a secret")
	t.Cleanup(func() { change(t, owner, "DROP OWNED BY "+role+"; DROP ROLE "+role) })

	alone := map[string]string{"DATABASE_URL": u.String(), "DATA_DIR": t.TempDir()}
	both := map[string]string{"DATABASE_OWNER_URL": owner, "DATABASE_URL": u.String(), "DATA_DIR": t.TempDir()}
	if stdout, stderr, status := call(t, both, "migrate"); status != 0 || !strings.Contains(stdout, "up to date") || strings.Contains(stderr, "it's a secret") {
		t.Fatalf("migrate: status %d, %q, %q", status, stdout, stderr)
	}
	for name, vars := range map[string]map[string]string{"the serving role alone": alone, "both roles": both} {
		p := startServer(t, vars)
		p.checkHealth(t)
		if status, body := get(t, p.url+"/readyz", ""); status != 200 {
			t.Errorf("%s: not ready: %s", name, body)
		}
		if got := ask(t, owner, roles); got != role {
			t.Errorf("%s: connected as %q, want %q", name, got, role)
		}
		if status := p.end(t, syscall.SIGTERM); status != 0 || strings.Contains(p.said(t), "more than the service needs") {
			t.Errorf("%s: status %d: %s", name, status, p.said(t))
		}
	}
	change(t, owner, "DELETE FROM goose_db_version WHERE version_id = (SELECT max(version_id) FROM goose_db_version)")
	alone["ADDR"] = "127.0.0.1:0"
	if _, stderr, status := call(t, alone, "serve"); status != 1 || !strings.Contains(stderr, "DATABASE_OWNER_URL") {
		t.Errorf("an old schema: status %d, %q; want to be told who migrates", status, stderr)
	}
}

func TestServingRoleThatCouldDoMoreIsTold(t *testing.T) {
	t.Parallel()
	owner := storetest.URL(t)
	change(t, owner, "GRANT CREATE ON SCHEMA public TO storetest_service")
	vars := map[string]string{"DATABASE_OWNER_URL": owner, "DATABASE_URL": storetest.ServingURL(t, owner), "DATA_DIR": t.TempDir()}
	p := startServer(t, vars)
	if strings.Contains(p.said(t), "more than the service needs") {
		t.Errorf("a right that was taken away is told: %s", p.said(t))
	}
	p.end(t, syscall.SIGTERM)
	vars["DATABASE_URL"] = owner
	vars["ADDR"] = "127.0.0.1:0"
	if _, stderr, status := call(t, vars, "serve"); status != 1 || !strings.Contains(stderr, "two roles") {
		t.Errorf("one role for both: status %d, %q", status, stderr)
	}
	delete(vars, "DATABASE_URL")
	if _, stderr, status := call(t, vars, "serve"); status != 2 || !strings.Contains(stderr, "DATABASE_OWNER_URL: want DATABASE_URL as well") {
		t.Errorf("no serving role: status %d, %q", status, stderr)
	}
}

// TestPrivateDatabaseIsServedWithoutOwningIt starts a server on a private database as
// an earlier version has left it, with one role, and looks at who serves then.
func TestPrivateDatabaseIsServedWithoutOwningIt(t *testing.T) {
	t.Parallel()
	vars := privateData(t)
	first := startServer(t, vars)
	superuser := "postgres:///corroborate?user=postgres&host=" + url.QueryEscape(filepath.Join(vars["DATA_DIR"], "run"))
	first.end(t, syscall.SIGKILL)
	change(t, superuser, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'corroborate_service'`)
	change(t, superuser, "DROP OWNED BY corroborate_service")
	change(t, superuser, "DROP ROLE corroborate_service")

	p := startServer(t, vars)
	p.checkHealth(t)
	if got := ask(t, superuser, roles); got != "corroborate_service" {
		t.Errorf("connected as %q", got)
	}
	if got := ask(t, superuser, "SELECT string_agg(DISTINCT tableowner, ' ') FROM pg_tables WHERE schemaname = 'public'"); got != "corroborate" {
		t.Errorf("the tables belong to %q", got)
	}
	if _, stderr, status := call(t, vars, "key", "list"); status != 0 {
		t.Errorf("key list beside the server: status %d, %s", status, stderr)
	}
	if status := p.end(t, syscall.SIGINT); status != 0 {
		t.Errorf("status %d after an interrupt: %s", status, p.said(t))
	}
}
