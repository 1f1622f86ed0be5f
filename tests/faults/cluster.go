package faults

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"corroborate/internal/postgres"
)

// socket gives the socket of the cluster in a data folder.
func socket(dataDir string) string { return filepath.Join(dataDir, "run", ".s.PGSQL.5432") }

// superuser connects to a cluster as the one who may do everything.
func superuser(ctx context.Context, dataDir, database string) (*pgx.Conn, error) {
	q := url.Values{"host": {filepath.Join(dataDir, "run")}, "port": {"5432"}, "sslmode": {"disable"}, "connect_timeout": {"5"}}
	u := url.URL{Scheme: "postgres", User: url.User("postgres"), Path: "/" + database, RawQuery: q.Encode()}
	conn, err := pgx.Connect(ctx, u.String())
	if err != nil {
		return nil, err
	}
	// The database may be made read-only, which is not meant for the harness.
	if _, err := conn.Exec(ctx, "SET default_transaction_read_only = off"); err != nil {
		return nil, errors.Join(err, conn.Close(ctx))
	}
	return conn, nil
}

// command has the superuser carry out statements, each on its own.
func command(ctx context.Context, dataDir string, statements ...string) error {
	conn, err := superuser(ctx, dataDir, "postgres")
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for _, s := range statements {
		if _, err := conn.Exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// settle gives a cluster settings that fit a small disk.
func settle(ctx context.Context, dataDir string) error {
	return command(ctx, dataDir, "ALTER SYSTEM SET max_wal_size = '96MB'", "ALTER SYSTEM SET min_wal_size = '32MB'", "SELECT pg_reload_conf()")
}

// postmaster gives the process that leads the cluster in a data folder, 0 for none.
func postmaster(dataDir string) int {
	b, err := os.ReadFile(filepath.Join(dataDir, "postgres", "postmaster.pid"))
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(b), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		return 0
	}
	return pid
}

// keptCluster is a cluster that is started again whenever it ends.
type keptCluster struct {
	dataDir string
	log     *slog.Logger
	quit    context.CancelFunc
	ended   chan struct{}
}

// keepCluster makes a cluster and keeps it running until [keptCluster.stop].
func keepCluster(ctx context.Context, dataDir string, log *slog.Logger) (*keptCluster, error) {
	first, err := postgres.Start(ctx, postgres.Config{DataDir: dataDir, Log: log})
	if err != nil {
		return nil, err
	}
	k := &keptCluster{dataDir: dataDir, log: log}
	k.run(ctx, first)
	return k, nil
}

// run keeps a cluster running. With nil it is started first.
func (k *keptCluster) run(ctx context.Context, c *postgres.Cluster) {
	ctx, k.quit = context.WithCancel(context.WithoutCancel(ctx))
	k.ended = make(chan struct{})
	go k.keep(ctx, c)
}

func (k *keptCluster) keep(ctx context.Context, c *postgres.Cluster) {
	defer close(k.ended)
	if c == nil {
		c = k.again(ctx)
	}
	for c != nil {
		select {
		case <-c.Done():
		case <-ctx.Done():
		}
		stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
		err := c.Stop(stopping)
		cancel()
		if err != nil {
			k.log.Warn("stop the cluster", "error", err)
		}
		c = k.again(ctx)
	}
}

// again starts the cluster until that succeeds; nil where it is no longer wanted.
func (k *keptCluster) again(ctx context.Context) *postgres.Cluster {
	for ctx.Err() == nil {
		c, err := postgres.Start(ctx, postgres.Config{DataDir: k.dataDir, Log: k.log})
		if err == nil {
			return c
		}
		k.log.Warn("start the cluster again", "error", err)
		pause(ctx, restartPause)
	}
	return nil
}

// stop stops the cluster and starts it no more until [keptCluster.run].
func (k *keptCluster) stop() {
	k.quit()
	<-k.ended
}

// dialSocket gives what connects to the cluster in a data folder.
func dialSocket(dataDir string) func() (net.Conn, error) {
	return func() (net.Conn, error) { return net.DialTimeout("unix", socket(dataDir), 5*time.Second) }
}
