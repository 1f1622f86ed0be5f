package migrations

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// EnsureRole makes the role that is to serve where it is missing and the pool's role
// may make roles, and tells whether it did. Who may not make it is told so by [Grant].
func EnsureRole(ctx context.Context, pool *pgxpool.Pool, role, password string) (made bool, err error) {
	var there, may bool
	err = pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1),
		(SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user)`, role).Scan(&there, &may)
	if err != nil {
		return false, fmt.Errorf("look for the role %s: %w", role, err)
	}
	if there || !may {
		return false, nil
	}
	order := "CREATE ROLE " + pgx.Identifier{role}.Sanitize() + " LOGIN"
	if password != "" {
		order += " PASSWORD " + literal(password)
	}
	if _, err := pool.Exec(ctx, order); err != nil {
		return false, fmt.Errorf("make the role %s: %w", role, err)
	}
	return true, nil
}

// literal quotes a text for a statement that takes no arguments.
func literal(s string) string {
	return ` E'` + strings.NewReplacer(`\`, `\\`, `'`, `''`).Replace(s) + `'`
}

// MoreThanServing names what the pool's role could do beyond serving: each is a way
// from a fault of the service to more than the rows of its tables.
func MoreThanServing(ctx context.Context, pool *pgxpool.Pool) ([]string, error) {
	rows, err := pool.Query(ctx, `
		SELECT what FROM (
			SELECT 1, 'it is a superuser' FROM pg_roles WHERE rolname = current_user AND rolsuper
			UNION ALL SELECT 2, 'it may make roles' FROM pg_roles WHERE rolname = current_user AND rolcreaterole
			UNION ALL SELECT 3, 'it may make databases' FROM pg_roles WHERE rolname = current_user AND rolcreatedb
			UNION ALL SELECT 4, 'it may make tables' WHERE has_schema_privilege(current_schema(), 'CREATE')
			UNION ALL SELECT 5, 'it may change the tables' WHERE EXISTS (SELECT FROM pg_class c
				WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND pg_has_role(c.relowner, 'USAGE'))
			UNION ALL SELECT 6, 'it may read or write files of the database server, or run programs there' WHERE EXISTS (
				SELECT FROM pg_roles r WHERE r.rolname IN ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')
				AND pg_has_role(r.oid, 'MEMBER'))
		) found (place, what) ORDER BY place`)
	if err != nil {
		return nil, fmt.Errorf("look at the rights of the serving role: %w", err)
	}
	more, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("look at the rights of the serving role: %w", err)
	}
	return more, nil
}
