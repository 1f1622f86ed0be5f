package migrations

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// rightsOf names what a role that serves may do with a table where that is less than
// reading and writing its rows: the history is only added to, and which migrations
// were made is the owner's to say.
var rightsOf = map[string]string{
	"audit":            "SELECT, INSERT",
	"goose_db_version": "SELECT",
	"river_migration":  "SELECT",
}

// functionsOf are the functions that a role that serves may call and others may not: they
// do with the owner's rights what the service may not do itself.
var functionsOf = []string{"erase_in_history(uuid[])", "erase_titles_in_history(uuid[])", "forget_history(timestamptz)",
	"forget_person_in_history(uuid, uuid, integer)"}

// Grant gives a role what the service needs in the schema that [Run] made, and takes
// from it everything else there: it may read and write rows, and neither make, change
// nor drop a table. The pool has to be that of the schema's owner. It may be called
// at any time; tables that came since are covered then.
func Grant(ctx context.Context, pool *pgxpool.Pool, role string) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		var schema string
		var there, owns, makes bool
		err := tx.QueryRow(ctx, `SELECT current_schema(), EXISTS (SELECT FROM pg_roles WHERE rolname = $1),
			current_user = $1, has_schema_privilege('public', current_schema(), 'CREATE')`, role).Scan(&schema, &there, &owns, &makes)
		switch {
		case err != nil:
			return fmt.Errorf("look at the role %s: %w", role, err)
		case !there:
			return fmt.Errorf("there is no role %s: have an administrator of the database run CREATE ROLE %s LOGIN PASSWORD '…'", role, pgx.Identifier{role}.Sanitize())
		case owns:
			return fmt.Errorf("the role %s is to own the schema and to serve: DATABASE_URL and DATABASE_OWNER_URL have to name two roles", role)
		}
		g := granting{tx: tx, schema: schema, role: pgx.Identifier{role}.Sanitize()}
		if err := g.onSchema(ctx, makes); err != nil {
			return err
		}
		return g.onTables(ctx)
	})
}

// granting gives rights to one role, whose name is quoted.
type granting struct {
	tx           pgx.Tx
	schema, role string
}

// onSchema lets the role use the schema. Where everybody may make tables in it, as in
// databases that were made before PostgreSQL 15, nobody but the owner may from now on.
func (g granting) onSchema(ctx context.Context, everybodyMakes bool) error {
	schema := pgx.Identifier{g.schema}.Sanitize()
	orders := []string{
		"REVOKE ALL ON SCHEMA " + schema + " FROM " + g.role,
		"GRANT USAGE ON SCHEMA " + schema + " TO " + g.role,
		"GRANT USAGE ON ALL SEQUENCES IN SCHEMA " + schema + " TO " + g.role,
	}
	for _, f := range functionsOf {
		orders = append(orders, "GRANT EXECUTE ON FUNCTION "+schema+"."+f+" TO "+g.role)
	}
	if everybodyMakes {
		orders = append(orders, "REVOKE CREATE ON SCHEMA "+schema+" FROM PUBLIC")
	}
	return g.run(ctx, orders)
}

// onTables gives the rights on each table and view that the owner has there.
func (g granting) onTables(ctx context.Context) error {
	type relation struct {
		Name string
		View bool
	}
	rows, err := g.tx.Query(ctx, `
		SELECT c.relname AS name, c.relkind = 'v' AS view FROM pg_class c
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v')
		  AND pg_has_role(c.relowner, 'USAGE')
		  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
		ORDER BY c.relname`)
	if err != nil {
		return fmt.Errorf("list the tables: %w", err)
	}
	relations, err := pgx.CollectRows(rows, pgx.RowToStructByName[relation])
	if err != nil {
		return fmt.Errorf("list the tables: %w", err)
	}
	var orders []string
	for _, r := range relations {
		rights := rightsOf[r.Name]
		switch {
		case r.View:
			rights = "SELECT"
		case rights == "":
			rights = "SELECT, INSERT, UPDATE, DELETE"
		}
		name := pgx.Identifier{g.schema, r.Name}.Sanitize()
		orders = append(orders, "REVOKE ALL ON "+name+" FROM "+g.role, "GRANT "+rights+" ON "+name+" TO "+g.role)
	}
	return g.run(ctx, orders)
}

func (g granting) run(ctx context.Context, orders []string) error {
	for _, sql := range orders {
		if _, err := g.tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%s: %w", sql, err)
		}
	}
	return nil
}

// What PostgreSQL answers to whom it does not let do something, or see the schema.
const (
	insufficientPrivilege = "42501"
	invalidSchema         = "3F000"
)

// errNotOwner says how to get migrations made that the serving role may not make.
var errNotOwner = errors.New("the database is not of this version, and the role of DATABASE_URL may not change it: " +
	"run server migrate with DATABASE_OWNER_URL, or set that for the server too")

// explain words a refusal of the database as what to do about it.
func explain(err error) error {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && (pg.Code == insufficientPrivilege || pg.Code == invalidSchema) {
		return fmt.Errorf("%w: %w", errNotOwner, err)
	}
	return err
}
