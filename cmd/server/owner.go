package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/migrations"
)

// openMigrated is openDatabase for a database of this version: one that is not is
// migrated first, by the role that owns the schema where the settings name it or the
// cluster is our own. The role that serves then needs no right to change tables.
func openMigrated(ctx context.Context, cfg config, log *slog.Logger) (*database, error) {
	if cfg.DatabaseOwner != "" {
		if err := migrateAsOwner(ctx, cfg.DatabaseOwner, cfg.DatabaseURL, log); err != nil {
			return nil, err
		}
	}
	db, err := openDatabase(ctx, cfg, log)
	if err != nil {
		return nil, err
	}
	if db.cluster != nil {
		err = migrateAsOwner(ctx, db.cluster.URL(), db.cluster.ServiceURL(), log)
	} else {
		err = db.migrate(ctx, log)
	}
	if err == nil && cfg.DatabaseOwner != "" {
		err = db.warnOfRights(ctx, log)
	}
	if err != nil {
		return nil, errors.Join(err, db.close())
	}
	return db, nil
}

// migrateAsOwner brings the schema up to date as its owner, and gives the role that
// serves its rights; that role is made where the owner may make roles. The owner's
// connections end with it.
func migrateAsOwner(ctx context.Context, owner, serving string, log *slog.Logger) (err error) {
	role, err := pgxpool.ParseConfig(serving)
	if err != nil { // loadConfig has checked it; the error could show the password
		return errors.New("DATABASE_URL: want postgres://user:password@host:5432/database")
	}
	db, err := connected(ctx, owner, manner{}, log)
	if err != nil {
		return fmt.Errorf("as the owner of the schema: %w", err)
	}
	defer func() { err = errors.Join(err, db.close()) }()
	made, err := migrations.EnsureRole(ctx, db.pool, role.ConnConfig.User, role.ConnConfig.Password)
	if err != nil {
		return err
	}
	if made {
		log.Info("made the database role that serves", "role", role.ConnConfig.User)
	}
	applied, err := migrations.Run(ctx, db.pool, role.ConnConfig.User)
	tellApplied(log, applied)
	return err
}

// migrate brings the schema up to date as the role that serves. One that may not
// change the schema can serve a database that needs no change.
func (d *database) migrate(ctx context.Context, log *slog.Logger) error {
	pending, err := migrations.Pending(ctx, d.pool)
	if err != nil || !pending {
		return err
	}
	// A change of a large table may take long, so that answers are awaited for ever.
	pool, err := newPool(ctx, d.url, manner{})
	if err != nil {
		return err
	}
	defer pool.Close()
	applied, err := migrations.Run(ctx, pool)
	tellApplied(log, applied)
	return err
}

func tellApplied(log *slog.Logger, applied []string) {
	for _, name := range applied {
		log.Info("migrated", "migration", name)
	}
}

// warnOfRights tells where the role that serves could do more than serve.
func (d *database) warnOfRights(ctx context.Context, log *slog.Logger) error {
	more, err := migrations.MoreThanServing(ctx, d.pool)
	for _, what := range more {
		log.Warn("the role of DATABASE_URL could do more than the service needs", "why", what)
	}
	return err
}
