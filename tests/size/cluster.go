package size

import (
	"context"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"corroborate/internal/postgres"
)

// settings are what docs/operations.md recommends for a large archive, and what makes
// one faster to fill.
var settings = []string{"shared_buffers = '2GB'", "effective_cache_size = '8GB'", "random_page_cost = 1.1", "work_mem = '16MB'",
	"maintenance_work_mem = '512MB'", "min_wal_size = '80MB'", "max_wal_size = '1GB'", "wal_level = 'minimal'", "max_wal_senders = 0", "jit = off"}

// stopTime is how long a cluster may take to stop.
const stopTime = 2 * time.Minute

// startCluster starts a cluster that keeps its archives in a folder for the next run.
func startCluster(t testing.TB, dir string) cluster {
	t.Helper()
	c := cluster{t: t, dir: dir}
	c.check(os.MkdirAll(dir, 0o755))
	running := c.start()
	if c.set(running) {
		c.stop(running)
		running = c.start()
	}
	t.Cleanup(func() { c.stop(running) })
	c.url = running.SuperuserURL()
	return c
}

func (c cluster) start() *postgres.Cluster {
	c.t.Helper()
	running, err := postgres.Start(c.t.Context(), postgres.Config{DataDir: c.dir, BinDir: os.Getenv("PG_BIN_DIR"), Disposable: true,
		Log: slog.New(slog.DiscardHandler)})
	c.check(err)
	return running
}

func (c cluster) stop(running *postgres.Cluster) {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	if err := running.Stop(ctx); err != nil {
		c.t.Errorf("size: %v", err)
	}
}

// set writes the settings down and tells whether the cluster has to be started again.
func (c cluster) set(running *postgres.Cluster) (changed bool) {
	c.t.Helper()
	conn, err := pgx.Connect(c.t.Context(), running.SuperuserURL())
	c.check(err)
	defer conn.Close(c.t.Context())
	for _, s := range settings {
		_, err := conn.Exec(c.t.Context(), "ALTER SYSTEM SET "+s)
		c.check(err)
	}
	var buffers string
	c.check(conn.QueryRow(c.t.Context(), "SHOW shared_buffers").Scan(&buffers))
	return !strings.HasSuffix(buffers, "GB")
}
