package migrations_test

import (
	"context"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/store/storetest"
	"corroborate/migrations"
)

// emptied gives a database that has no schema yet.
func emptied(t *testing.T) *pgxpool.Pool {
	t.Helper()
	pool := storetest.New(t)
	if _, err := pool.Exec(t.Context(), "DROP SCHEMA public CASCADE; CREATE SCHEMA public"); err != nil {
		t.Fatal(err)
	}
	return pool
}

func TestServersThatStartTogetherMigrateOnce(t *testing.T) {
	t.Parallel()
	pool := emptied(t)
	if pending, err := migrations.Pending(t.Context(), pool); err != nil || !pending {
		t.Fatalf("an empty database: pending %v, %v; want true", pending, err)
	}
	const servers = 3
	var (
		wg      sync.WaitGroup
		applied [servers][]string
		errs    [servers]error
	)
	for i := range servers {
		wg.Go(func() {
			own, err := pgxpool.NewWithConfig(t.Context(), pool.Config())
			if err != nil {
				errs[i] = err
				return
			}
			defer own.Close()
			applied[i], errs[i] = migrations.Run(t.Context(), own)
		})
	}
	wg.Wait()
	busy := 0
	for i := range servers {
		if errs[i] != nil {
			t.Errorf("server %d: %v", i, errs[i])
		}
		if len(applied[i]) > 0 {
			busy++
		}
	}
	if busy != 1 {
		t.Errorf("%d servers applied something, want 1: %q", busy, applied)
	}
	if pending, err := migrations.Pending(t.Context(), pool); err != nil || pending {
		t.Errorf("after the run: pending %v, %v; want false", pending, err)
	}
}

func TestInterruptedRunIsTakenUpAgain(t *testing.T) {
	t.Parallel()
	pool := emptied(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := migrations.Run(ctx, pool); err == nil {
		t.Fatal("a run whose context had ended gave no error")
	}
	if _, err := migrations.Run(t.Context(), pool); err != nil {
		t.Fatal(err)
	}
}

// TestPlainOwnerIsEnough runs the migrations as a role that owns its database
// and is no superuser, as the private cluster's and most providers' roles are.
func TestPlainOwnerIsEnough(t *testing.T) {
	t.Parallel()
	pool := emptied(t)
	cfg := pool.Config()
	role := "owner_of_" + cfg.ConnConfig.Database
	quoted := pgx.Identifier{role}.Sanitize()
	for _, sql := range []string{
		"CREATE ROLE " + quoted,
		"ALTER DATABASE " + cfg.ConnConfig.Database + " OWNER TO " + quoted,
		"ALTER SCHEMA public OWNER TO " + quoted,
	} {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		ctx := context.Background()
		if _, err := pool.Exec(ctx, "REASSIGN OWNED BY "+quoted+" TO CURRENT_USER; DROP OWNED BY "+quoted+"; DROP ROLE "+quoted); err != nil {
			t.Error(err)
		}
	})
	cfg.ConnConfig.RuntimeParams["role"] = role
	plain, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	if _, err := migrations.Run(t.Context(), plain); err != nil {
		t.Fatal(err)
	}
}

func TestFingerprintIsStable(t *testing.T) {
	t.Parallel()
	a, err := migrations.Fingerprint()
	if err != nil {
		t.Fatal(err)
	}
	b, err := migrations.Fingerprint()
	if err != nil {
		t.Fatal(err)
	}
	if a != b || len(a) != 64 {
		t.Errorf("fingerprints %q and %q, want one of 64 digits", a, b)
	}
}
