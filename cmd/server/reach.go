package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"corroborate/internal/app"
	"corroborate/internal/postgres"
	"corroborate/migrations"
)

// withApp gives a command the use cases over the database that the settings name,
// whether its server runs or not. It analyses nothing and changes no schema.
func withApp(ctx context.Context, env environment, do func(*app.App) error) (err error) {
	cfg, err := loadConfig(env.vars)
	if err != nil {
		return err
	}
	log := quietLogger(cfg, env.stderr)
	db, err := reachDatabase(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	switch pending, err := migrations.Pending(ctx, db.pool); {
	case err != nil:
		return err
	case pending:
		return errors.New("the database is not of this version: start the server, or run server migrate, first")
	}
	uses, err := app.New(app.Config{Pool: db.pool, Log: log, CallsPerMinute: cfg.CallsPerMinute})
	if err != nil {
		return err
	}
	return do(uses)
}

// quietLogger tells of what goes wrong alone.
func quietLogger(cfg config, w io.Writer) *slog.Logger {
	cfg.LogLevel = max(cfg.LogLevel, slog.LevelWarn)
	return newLogger(cfg, w)
}

// reachDatabase connects to the database that is there: the one of the settings, else
// the private one. That is used beside the server where it runs, and started for as
// long as it takes where it does not.
func reachDatabase(ctx context.Context, cfg config, log *slog.Logger) (*database, error) {
	if cfg.DatabaseURL != "" {
		return connected(ctx, cfg.DatabaseURL, cfg.manner(), log)
	}
	url, running, err := postgres.Reach(cfg.DataDir)
	switch {
	case errors.Is(err, postgres.ErrNoCluster):
		return nil, fmt.Errorf("there is no database in %s: start the server once, or set DATA_DIR or DATABASE_URL as the server has it (%w)", cfg.DataDir, err)
	case errors.Is(err, os.ErrPermission):
		return nil, fmt.Errorf("%w: run this as the user that the server runs as", err)
	case err != nil:
		return nil, err
	case running:
		return connected(ctx, url, cfg.manner(), log)
	}
	return openDatabase(ctx, cfg, log)
}

// connected gives the database behind a connection string.
func connected(ctx context.Context, url string, how manner, log *slog.Logger) (*database, error) {
	db := &database{}
	if err := db.connect(ctx, url, how, log); err != nil {
		return nil, errors.Join(err, db.close())
	}
	return db, nil
}
