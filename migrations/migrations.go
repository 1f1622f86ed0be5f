// Package migrations holds the numbered changes of the database's schema and
// brings a database up to date with them.
//
// A file NNNNN_name.sql is one change, in the form of the goose library; the
// tables of the job queue, River, follow after them from that library. A file
// that was released is never edited: a further one mends it. Each has to work
// while the server of the release before is still running.
package migrations

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed *.sql
var files embed.FS

const (
	// lockProbe and lockProbes say how often, in seconds, and how many times a
	// server asks for the lock that another one holds while it migrates.
	lockProbe  = 1
	lockProbes = 600
)

// Run applies what the database behind pool lacks and gives the names of what it
// applied, in order. The roles that serve get their rights, see [Grant]. Servers that
// start together take turns: the whole runs under one lock of the database. The pool
// must allow two connections.
func Run(ctx context.Context, pool *pgxpool.Pool, serving ...string) (applied []string, err error) {
	db := stdlib.OpenDBFromPool(pool)
	defer func() { err = errors.Join(err, db.Close()) }()
	unlock, err := takeLock(ctx, db)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if applied, err = up(ctx, db, pool); err != nil {
		return applied, explain(err)
	}
	for _, role := range serving {
		if err := Grant(ctx, pool, role); err != nil {
			return applied, fmt.Errorf("give the serving role its rights: %w", err)
		}
	}
	return applied, nil
}

// up applies the changes and those of the job queue.
func up(ctx context.Context, db *sql.DB, pool *pgxpool.Pool) (applied []string, err error) {
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files)
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	results, err := provider.Up(ctx)
	for _, r := range results {
		applied = append(applied, r.Source.Path)
	}
	if err != nil {
		return applied, fmt.Errorf("migrate: %w", err)
	}
	queue, err := queueMigrator(pool)
	if err != nil {
		return applied, err
	}
	done, err := queue.Migrate(ctx, rivermigrate.DirectionUp, nil)
	if err != nil {
		return applied, fmt.Errorf("migrate the job queue: %w", err)
	}
	for _, v := range done.Versions {
		applied = append(applied, fmt.Sprintf("river %d: %s", v.Version, v.Name))
	}
	return applied, nil
}

// Pending says whether the database behind pool lacks a change that this program
// knows.
func Pending(ctx context.Context, pool *pgxpool.Pool) (pending bool, err error) {
	db := stdlib.OpenDBFromPool(pool)
	defer func() { err = errors.Join(err, db.Close()) }()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files)
	if err != nil {
		return false, fmt.Errorf("read the migrations: %w", err)
	}
	if pending, err = provider.HasPending(ctx); err != nil || pending {
		return pending, explain(err)
	}
	queue, err := queueMigrator(pool)
	if err != nil {
		return false, err
	}
	result, err := queue.Validate(ctx, nil)
	if err != nil {
		return false, fmt.Errorf("look at the job queue's tables: %w", err)
	}
	return !result.OK, nil
}

// Fingerprint identifies the schema that [Run] makes: two programs with the same
// fingerprint make the same one.
func Fingerprint() (string, error) {
	h := sha256.New()
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return "", fmt.Errorf("list the migrations: %w", err)
	}
	for _, name := range names {
		b, err := files.ReadFile(name)
		if err != nil {
			return "", fmt.Errorf("read the migrations: %w", err)
		}
		fmt.Fprintf(h, "%s %d\n%s", name, len(b), b)
	}
	queue, err := queueMigrator(nil)
	if err != nil {
		return "", err
	}
	for _, v := range queue.AllVersions() {
		fmt.Fprintf(h, "river %d\n%s", v.Version, v.SQLUp)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// takeLock waits for the lock under which databases are migrated. The lock
// belongs to a connection and ends with it.
func takeLock(ctx context.Context, db *sql.DB) (unlock func() error, err error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(lockProbe, lockProbes))
	if err != nil {
		return nil, fmt.Errorf("lock the schema: %w", err)
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect to migrate: %w", err)
	}
	if err := locker.SessionLock(ctx, conn); err != nil {
		return nil, errors.Join(fmt.Errorf("lock the schema: %w", err), conn.Close())
	}
	return func() error {
		return errors.Join(locker.SessionUnlock(context.WithoutCancel(ctx), conn), conn.Close())
	}, nil
}

func queueMigrator(pool *pgxpool.Pool) (*rivermigrate.Migrator[pgx.Tx], error) {
	m, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("read the job queue's migrations: %w", err)
	}
	return m, nil
}
