package migrations_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/store/storetest"
	"corroborate/migrations"
)

// refusal is the code of an error of the database, empty for none.
func refusal(err error) string {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code
	}
	return ""
}

// TestServingRoleCanDoNoMore tries what somebody would who can run any statement as
// the role that serves.
func TestServingRoleCanDoNoMore(t *testing.T) {
	t.Parallel()
	owner := storetest.New(t)
	serving := storetest.Serving(t, owner)
	if more, err := migrations.MoreThanServing(t.Context(), serving); err != nil || len(more) > 0 {
		t.Errorf("it can do more: %q, %v", more, err)
	}
	if more, err := migrations.MoreThanServing(t.Context(), owner); err != nil || len(more) < 4 {
		t.Errorf("of the owner, a superuser, only this is told: %q, %v", more, err)
	}
	for _, sql := range []string{
		"CREATE TABLE mine (id int)",
		"CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
		"CREATE ROLE mine",
		"ALTER ROLE CURRENT_USER SUPERUSER",
		"SET ROLE postgres",
		"SET SESSION AUTHORIZATION postgres",
		"ALTER TABLE users DROP COLUMN password_hash",
		"ALTER TABLE audit DISABLE TRIGGER ALL",
		"DROP TABLE articles",
		"TRUNCATE sessions",
		"UPDATE audit SET actor = 'somebody else'",
		"DELETE FROM audit",
		"DELETE FROM goose_db_version",
		"UPDATE river_migration SET version = 0",
		"SELECT pg_read_file('/etc/passwd')",
		"SELECT pg_ls_dir('.')",
		"SELECT lo_import('/etc/passwd')",
		"COPY users TO '/tmp/users'",
		"COPY users FROM PROGRAM 'id'",
		"SELECT rolpassword FROM pg_authid",
		"ALTER SYSTEM SET log_statement = 'all'",
		"SELECT pg_reload_conf()",
		"CREATE EXTENSION file_fdw",
		"CREATE PUBLICATION mine FOR ALL TABLES",
	} {
		if _, err := serving.Exec(t.Context(), sql); refusal(err) != "42501" {
			t.Errorf("%s: %v, want that it is not permitted", sql, err)
		}
	}
	for _, sql := range []string{
		"INSERT INTO audit (id, at, actor, action, object) VALUES ('01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11', now(), 'a', 'b', 'c')",
		"SELECT * FROM audit FOR KEY SHARE OF audit SKIP LOCKED", // rows cannot be locked without UPDATE
		"SELECT * FROM goose_db_version",
	} {
		_, err := serving.Exec(t.Context(), sql)
		if locks := strings.Contains(sql, "FOR KEY SHARE"); locks != (refusal(err) == "42501") {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

// TestServingRoleForgetsNothingYoung has the role that serves forget the history: what is
// younger than 30 days stays whatever it asks for.
func TestServingRoleForgetsNothingYoung(t *testing.T) {
	t.Parallel()
	owner := storetest.New(t)
	if _, err := owner.Exec(t.Context(), `INSERT INTO audit (id, at, actor, action, object)
		SELECT gen_random_uuid(), now() - n * interval '1 day', 'a', 'b', 'c' FROM generate_series(0, 59) n`); err != nil {
		t.Fatal(err)
	}
	if _, err := storetest.Serving(t, owner).Exec(t.Context(), "SELECT forget_history(now())"); err != nil {
		t.Fatal(err)
	}
	var left int
	if err := owner.QueryRow(t.Context(), "SELECT count(*) FROM audit").Scan(&left); err != nil || left != 30 && left != 31 {
		t.Errorf("%d entries of 60 days are left, want those of 30: %v", left, err)
	}
}

// TestEveryTableIsGranted looks at each table and view: the role that serves can read
// it, and write it but where rightsOf says less.
func TestEveryTableIsGranted(t *testing.T) {
	t.Parallel()
	serving := storetest.Serving(t, storetest.New(t))
	rows, err := serving.Query(t.Context(), `
		SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
		AND NOT has_table_privilege(oid, 'SELECT') OR relkind = 'v' AND relnamespace = 'public'::regnamespace AND NOT has_table_privilege(oid, 'SELECT')
		OR relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname NOT IN ('audit', 'goose_db_version', 'river_migration')
		AND NOT (has_table_privilege(oid, 'INSERT') AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE'))`)
	if err != nil {
		t.Fatal(err)
	}
	lacking, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(lacking) > 0 {
		t.Errorf("no rights on %q, %v", lacking, err)
	}
}

// TestGrantCoversWhatIsNew makes a table after the rights were given, and gives a right
// too many: the next grant mends both.
func TestGrantCoversWhatIsNew(t *testing.T) {
	t.Parallel()
	owner := storetest.New(t)
	serving := storetest.Serving(t, owner)
	role := serving.Config().ConnConfig.User
	for _, sql := range []string{"CREATE TABLE later (id int)", "GRANT DELETE, TRUNCATE ON audit TO " + role, "GRANT CREATE ON SCHEMA public TO PUBLIC"} {
		if _, err := owner.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := serving.Exec(t.Context(), "SELECT * FROM later"); refusal(err) != "42501" {
		t.Fatalf("before the grant: %v", err)
	}
	for range 2 {
		if applied, err := migrations.Run(t.Context(), owner, role); err != nil || len(applied) > 0 {
			t.Fatalf("applied %q, %v", applied, err)
		}
	}
	for sql, want := range map[string]string{"INSERT INTO later VALUES (1)": "", "DELETE FROM audit": "42501", "TRUNCATE audit": "42501", "CREATE TABLE mine (id int)": "42501"} {
		if _, err := serving.Exec(t.Context(), sql); refusal(err) != want || want == "" && err != nil {
			t.Errorf("%s: %v, want %q", sql, err, want)
		}
	}
}

func TestGrantRefusals(t *testing.T) {
	t.Parallel()
	owner := storetest.New(t)
	for role, want := range map[string]string{
		"nobody's \"role\"":            `CREATE ROLE "nobody's ""role"""`,
		owner.Config().ConnConfig.User: "two roles",
	} {
		if err := migrations.Grant(t.Context(), owner, role); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", role, err, want)
		}
	}
}

// TestEnsureRole makes a role with a password that would end its own quotes, and lets
// one that may not make roles try.
func TestEnsureRole(t *testing.T) {
	t.Parallel()
	owner := storetest.New(t)
	serving := storetest.Serving(t, owner)
	role := `made "by" ` + owner.Config().ConnConfig.Database
	if made, err := migrations.EnsureRole(t.Context(), serving, role, "x"); made || err != nil {
		t.Fatalf("who may not make roles: made %v, %v", made, err)
	}
	t.Cleanup(func() {
		if _, err := owner.Exec(context.Background(), "DROP ROLE "+pgx.Identifier{role}.Sanitize()); err != nil {
			t.Error(err)
		}
	})
	for _, want := range []bool{true, false} {
		if made, err := migrations.EnsureRole(t.Context(), owner, role, `it's \'; --`); made != want || err != nil {
			t.Errorf("made %v, %v; want %v", made, err, want)
		}
	}
	var super bool
	if err := owner.QueryRow(t.Context(), "SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = $1", role).Scan(&super); err != nil || super {
		t.Errorf("the role has rights: %v, %v", super, err)
	}
}

// TestServingRoleIsToldWhoMigrates runs the migrations of an empty database as a role
// that owns nothing.
func TestServingRoleIsToldWhoMigrates(t *testing.T) {
	t.Parallel()
	owner := emptied(t)
	serving := storetest.Serving(t, owner)
	for name, do := range map[string]func(context.Context, *pgxpool.Pool) error{
		"run":     func(ctx context.Context, p *pgxpool.Pool) error { _, err := migrations.Run(ctx, p); return err },
		"pending": func(ctx context.Context, p *pgxpool.Pool) error { _, err := migrations.Pending(ctx, p); return err },
	} {
		if err := do(t.Context(), serving); err == nil || !strings.Contains(err.Error(), "DATABASE_OWNER_URL") {
			t.Errorf("%s: %v, want to be told of DATABASE_OWNER_URL", name, err)
		}
	}
}
