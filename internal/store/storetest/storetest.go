// Package storetest gives each test a PostgreSQL database of its own, with the
// whole schema and nothing in it.
//
// The cluster is the one at TEST_DATABASE_URL, a superuser's connection string;
// `make test` starts one for the whole run. The schema is made once per cluster,
// in a template database that is named by a fingerprint of the migrations, and
// each test's database is a copy of its files, which takes some 30 ms.
package storetest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/migrations"
)

const (
	// templateLock is the advisory lock under which the template is made; the
	// number means nothing.
	templateLock = 7_316_904_412
	// serving is the role that the service works as in tests, and its password.
	serving = "storetest_service"
	// maxConns bounds a test's pool: many tests run at once against one cluster.
	maxConns = 8
)

// New makes a database for the test and gives a pool of connections to it. Both
// end with the test.
func New(t testing.TB) *pgxpool.Pool {
	t.Helper()
	return Open(t, URL(t), nil)
}

// Serving gives a pool of connections to the database of another pool as the role that
// the service works as: it can read and write rows, and has no other right.
func Serving(t testing.TB, owner *pgxpool.Pool) *pgxpool.Pool {
	t.Helper()
	return Open(t, ServingURL(t, owner.Config().ConnString()), nil)
}

// Grant gives the role that the service works as its rights in a database that was made
// elsewhere than by [URL].
func Grant(t testing.TB, owner *pgxpool.Pool) {
	t.Helper()
	if _, err := migrations.EnsureRole(t.Context(), owner, serving, serving); err != nil {
		t.Fatalf("storetest: %v", err)
	}
	if err := migrations.Grant(t.Context(), owner, serving); err != nil {
		t.Fatalf("storetest: %v", err)
	}
}

// ServingURL gives the connection string of the role that the service works as for a
// database of [URL].
func ServingURL(t testing.TB, databaseURL string) string {
	t.Helper()
	u, err := url.Parse(databaseURL)
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	u.User = url.UserPassword(serving, serving)
	if q := u.Query(); q.Has("user") || q.Has("password") {
		q.Set("user", serving)
		q.Set("password", serving)
		u.RawQuery = q.Encode()
	}
	return u.String()
}

// Open gives a pool of connections to a database. It ends with the test. change, unless
// it is nil, changes how it connects.
func Open(t testing.TB, databaseURL string, change func(*pgxpool.Config)) *pgxpool.Pool {
	t.Helper()
	cfg, err := pgxpool.ParseConfig(databaseURL)
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	cfg.MaxConns = maxConns
	if change != nil {
		change(cfg)
	}
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// URL makes a database for the test and gives its connection string. The
// database is dropped with the test, whoever is still connected. Where there is
// no cluster the test is skipped, or, when CI is set, fails.
func URL(t testing.TB) string {
	t.Helper()
	clusterURL := os.Getenv("TEST_DATABASE_URL")
	if clusterURL == "" {
		const help = "TEST_DATABASE_URL is not set: run `make test`, which starts a PostgreSQL cluster for the tests, " +
			"or `go run ./internal/postgres/pgtest go test ./...`"
		if os.Getenv("CI") != "" {
			t.Fatal(help)
		}
		t.Skip(help)
	}
	template, err := ensureTemplate(t.Context(), clusterURL)
	if err != nil {
		t.Fatalf("storetest: make the template: %v", err)
	}
	name := "t_" + strings.ToLower(rand.Text())
	err = execute(t.Context(), clusterURL, "CREATE DATABASE "+name+" TEMPLATE "+template+" STRATEGY FILE_COPY")
	if err != nil {
		t.Fatalf("storetest: make a database: %v", err)
	}
	t.Cleanup(func() {
		// The test's own context has ended by now.
		if err := execute(context.Background(), clusterURL, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("storetest: drop the test's database: %v", err)
		}
	})
	databaseURL, err := inDatabase(clusterURL, name)
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	return databaseURL
}

// ensureTemplate makes the template database where it is missing and gives its
// name. It appears by a rename, so a killed run leaves no half-made template.
func ensureTemplate(ctx context.Context, clusterURL string) (string, error) {
	fingerprint, err := migrations.Fingerprint()
	if err != nil {
		return "", err
	}
	name := "template_served_" + fingerprint[:16]
	conn, err := pgx.Connect(ctx, clusterURL)
	if err != nil {
		return "", fmt.Errorf("connect: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", templateLock); err != nil {
		return "", fmt.Errorf("lock: %w", err)
	}
	var exists bool
	err = conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&exists)
	if err != nil || exists {
		return name, err
	}
	unfinished := name + "_unfinished"
	for _, sql := range []string{"DROP DATABASE IF EXISTS " + unfinished + " WITH (FORCE)", "CREATE DATABASE " + unfinished} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return "", err
		}
	}
	if err := migrate(ctx, clusterURL, unfinished); err != nil {
		return "", err
	}
	_, err = conn.Exec(ctx, "ALTER DATABASE "+unfinished+" RENAME TO "+name)
	return name, err
}

func migrate(ctx context.Context, clusterURL, database string) error {
	databaseURL, err := inDatabase(clusterURL, database)
	if err != nil {
		return err
	}
	pool, err := pgxpool.New(ctx, databaseURL)
	if err != nil {
		return err
	}
	defer pool.Close()
	if _, err := migrations.EnsureRole(ctx, pool, serving, serving); err != nil {
		return err
	}
	_, err = migrations.Run(ctx, pool, serving)
	return err
}

func execute(ctx context.Context, clusterURL, sql string) error {
	conn, err := pgx.Connect(ctx, clusterURL)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, sql)
	return err
}

// inDatabase gives the connection string of another database of the cluster.
func inDatabase(clusterURL, database string) (string, error) {
	u, err := url.Parse(clusterURL)
	if err != nil || u.Scheme == "" {
		return "", fmt.Errorf("TEST_DATABASE_URL has to be a URL: postgres://…")
	}
	u.Path = "/" + database
	return u.String(), nil
}
