package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/postgres"
	"corroborate/internal/tracing"
)

const (
	// poolSize is the number of connections where DATABASE_URL does not set
	// pool_max_conns: requests and background jobs share them.
	poolSize = 20
	// poolIdle is how long a connection that nobody needs is kept where DATABASE_URL does not
	// set pool_max_conn_idle_time: what a busy moment opened goes again, as each takes some
	// megabytes of the database's memory.
	poolIdle = 2 * time.Minute
	// databaseWait is how long a database that does not answer yet is awaited.
	databaseWait = 30 * time.Second
	// databasePoll is the time between two tries.
	databasePoll = 500 * time.Millisecond
	// poolStop is how long connections that are in use are awaited at the end.
	poolStop = time.Second
	// databaseStop is how long a private cluster may take to stop in order.
	databaseStop = 30 * time.Second
)

// database is the one that DATABASE_URL names, or that of a private cluster.
type database struct {
	pool    *pgxpool.Pool
	url     string
	cluster *postgres.Cluster // nil where DATABASE_URL names the database
}

// openDatabase connects to the database, starting the private cluster where the
// settings name none.
func openDatabase(ctx context.Context, cfg config, log *slog.Logger) (*database, error) {
	if err := os.MkdirAll(cfg.DataDir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder (DATA_DIR): %w", err)
	}
	db, url := &database{}, cfg.DatabaseURL
	if url == "" {
		cluster, err := postgres.Start(ctx, postgres.Config{DataDir: cfg.DataDir, BinDir: cfg.PGBinDir, Log: log})
		if err != nil {
			return nil, err
		}
		db.cluster, url = cluster, cluster.ServiceURL()
	}
	if err := db.connect(ctx, url, cfg.manner(), log); err != nil {
		return nil, errors.Join(err, db.close())
	}
	return db, nil
}

// manner is how a pool of connections speaks to its database.
type manner struct {
	// silence is how long an answer may take to begin, for ever where it is 0.
	silence time.Duration
	// traced has statements be a part of the traces.
	traced bool
}

// manner gives how the service speaks to its databases.
func (c config) manner() manner {
	return manner{silence: c.DatabaseTimeout, traced: c.endpoint() != ""}
}

// newPool gives a pool of connections.
func newPool(ctx context.Context, url string, how manner) (*pgxpool.Pool, error) {
	cfg, err := poolConfig(url, how)
	if err != nil { // loadConfig has checked it; the error could show the password
		return nil, errors.New("DATABASE_URL: want postgres://user:password@host:5432/database")
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("connect to the database: %w", err)
	}
	return pool, nil
}

func (d *database) connect(ctx context.Context, url string, how manner, log *slog.Logger) (err error) {
	d.url = url
	if d.pool, err = newPool(ctx, url, how); err != nil {
		return err
	}
	if err := awaitDatabase(ctx, d.pool, log); err != nil {
		return err
	}
	var version int
	if err := d.pool.QueryRow(ctx, "SELECT current_setting('server_version_num')::int").Scan(&version); err != nil {
		return fmt.Errorf("ask the database for its version: %w", err)
	}
	if major := version / 10_000; major < postgres.MinMajor {
		return fmt.Errorf("the database runs PostgreSQL %d: %d or newer is needed", major, postgres.MinMajor)
	}
	return nil
}

// poolConfig reads a connection string; see [newPool].
func poolConfig(url string, how manner) (*pgxpool.Config, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(url, "pool_max_conns") {
		cfg.MaxConns = poolSize
	}
	if !strings.Contains(url, "pool_max_conn_idle_time") {
		cfg.MaxConnIdleTime = poolIdle
	}
	postgres.Patience(cfg, how.silence)
	if how.traced {
		cfg.ConnConfig.Tracer = tracing.Statements{}
	}
	return cfg, nil
}

// awaitDatabase gives a database that starts beside the server time to come up.
// One that answers and refuses is an error at once.
func awaitDatabase(ctx context.Context, pool *pgxpool.Pool, log *slog.Logger) error {
	deadline, cancel := context.WithTimeout(ctx, databaseWait)
	defer cancel()
	for told := false; ; told = true {
		err := pool.Ping(deadline)
		if err == nil {
			return nil
		}
		if refusal, ok := errors.AsType[*pgconn.PgError](err); ok && refusal.Code != "57P03" { // cannot_connect_now
			return fmt.Errorf("connect to the database: %w", err)
		}
		if !told {
			log.Info("waiting for the database", "error", err)
		}
		select {
		case <-time.After(databasePoll):
		case <-deadline.Done():
			return fmt.Errorf("connect to the database: %w", err)
		}
	}
}

// lost is closed when the private cluster has ended by itself.
func (d *database) lost() <-chan struct{} {
	if d.cluster == nil {
		return nil
	}
	return d.cluster.Done()
}

// loss says why the private cluster has ended by itself.
func (d *database) loss() error {
	if err := d.cluster.Disk(); err != nil {
		return fmt.Errorf("%w; %w", errDatabaseLost, err)
	}
	return errDatabaseLost
}

// close ends all connections and stops the private cluster.
func (d *database) close() error {
	if d.pool != nil {
		closed := make(chan struct{})
		go func() { defer close(closed); d.pool.Close() }()
		select {
		case <-closed:
		case <-time.After(poolStop): // what still runs loses its connection now
		}
	}
	if d.cluster == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), databaseStop)
	defer cancel()
	return d.cluster.Stop(ctx)
}
