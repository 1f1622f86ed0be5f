package storetest_test

import (
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/store/storetest"
	"corroborate/migrations"
)

func name(t *testing.T, pool *pgxpool.Pool) (name string) {
	t.Helper()
	if err := pool.QueryRow(t.Context(), "SELECT current_database()").Scan(&name); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestEachTestHasItsOwnDatabase(t *testing.T) {
	t.Parallel()
	one, two := storetest.New(t), storetest.New(t)
	if name(t, one) == name(t, two) {
		t.Fatal("two databases have one name")
	}
	if _, err := one.Exec(t.Context(), "CREATE TABLE mine (id int)"); err != nil {
		t.Fatal(err)
	}
	var exists bool
	if err := two.QueryRow(t.Context(), "SELECT to_regclass('mine') IS NOT NULL").Scan(&exists); err != nil {
		t.Fatal(err)
	}
	if exists {
		t.Error("a table of one database is seen in the other")
	}
}

func TestDatabaseIsUpToDate(t *testing.T) {
	t.Parallel()
	pool := storetest.New(t)
	pending, err := migrations.Pending(t.Context(), pool)
	if err != nil {
		t.Fatal(err)
	}
	if pending {
		t.Error("a fresh database lacks migrations")
	}
	applied, err := migrations.Run(t.Context(), pool)
	if err != nil {
		t.Fatal(err)
	}
	if len(applied) != 0 {
		t.Errorf("a second run applied %q", applied)
	}
}

func TestDatabaseEndsWithItsTest(t *testing.T) {
	t.Parallel()
	keeper := storetest.New(t)
	var gone string
	t.Run("short", func(t *testing.T) {
		gone = name(t, storetest.New(t))
	})
	var exists bool
	err := keeper.QueryRow(t.Context(), "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", gone).Scan(&exists)
	if err != nil {
		t.Fatal(err)
	}
	if exists {
		t.Errorf("database %s is still there", gone)
	}
}
