package faults

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"corroborate/internal/postgres"
)

// TestClusterOnADiskThatTakesNoWrites holds what the service builds on: how PostgreSQL
// reports such a disk while it runs, that it ends at a write, what is said then, and that
// all is there when the disk is mended.
func TestClusterOnADiskThatTakesNoWrites(t *testing.T) {
	t.Parallel()
	d := newTestDisk(t)
	cfg := postgres.Config{DataDir: filepath.Join(d.dir, "data"), Log: slog.New(slog.DiscardHandler)}
	c, err := postgres.Start(t.Context(), cfg)
	if errors.Is(err, postgres.ErrNoBinaries) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer c.Stop(t.Context())
	if err := command(t.Context(), cfg.DataDir, "CREATE TABLE kept AS SELECT 1 AS n", "CREATE TABLE other AS SELECT 1 AS n", "CHECKPOINT"); err != nil {
		t.Fatal(err)
	}
	conn, err := superuser(t.Context(), cfg.DataDir, "postgres")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), "INSERT INTO kept SELECT 2"); err != nil {
		t.Fatal(err)
	}
	if err := d.spoil(); err != nil {
		t.Fatal(err)
	}
	_ = os.Mkdir(filepath.Join(d.dir, "one"), 0o700) // something to write, which may fail at once
	commit(t, d.dir)
	if err := os.Mkdir(filepath.Join(d.dir, "two"), 0o700); !errors.Is(err, syscall.EROFS) {
		t.Fatalf("make a folder on a disk that takes no writes: %v", err)
	}
	_, err = conn.Exec(t.Context(), "SELECT FROM other")
	if pg, ok := errors.AsType[*pgconn.PgError](err); !ok || pg.Code != "42501" || pg.File != "md.c" {
		t.Errorf("read a table on a read-only disk: %#v, which internal/store does not take for an outage", err)
	}
	if _, err := conn.Exec(t.Context(), "INSERT INTO kept SELECT 3"); err == nil {
		t.Error("a row was taken")
	}
	select {
	case <-c.Done():
	case <-time.After(spoiledTime):
		t.Fatal("the cluster still runs")
	}
	isBlamed(t, "the disk after the end", c.Disk(), "takes no writes", syscall.EROFS)
	if err := c.Stop(t.Context()); err != nil {
		t.Errorf("stop a cluster that has ended: %v", err)
	}
	again, err := postgres.Start(t.Context(), cfg)
	if err == nil {
		t.Fatal(errors.Join(errors.New("it was started again"), again.Stop(t.Context())))
	}
	isBlamed(t, "the next start", err, "takes no writes", syscall.EROFS)
	if err := d.mend(t.Context()); err != nil {
		t.Fatal(err)
	}
	mended, err := postgres.Start(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer mended.Stop(t.Context())
	conn, err = superuser(t.Context(), cfg.DataDir, "postgres")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	var rows int
	if err := conn.QueryRow(t.Context(), "SELECT sum(n) FROM kept").Scan(&rows); err != nil || rows != 1+2 {
		t.Errorf("the sum of what was kept is %d, want 3: %v", rows, err)
	}
}

// TestClusterOnAFullDisk starts a cluster where it cannot even write why it ends to its log.
func TestClusterOnAFullDisk(t *testing.T) {
	t.Parallel()
	d := newTestDisk(t)
	cfg := postgres.Config{DataDir: filepath.Join(d.dir, "data"), Log: slog.New(slog.DiscardHandler)}
	for _, full := range []bool{false, true, false} {
		c, err := postgres.Start(t.Context(), cfg)
		switch {
		case errors.Is(err, postgres.ErrNoBinaries):
			t.Skip(err)
		case full:
			isBlamed(t, "the start", err, "is full", syscall.ENOSPC)
			err = d.free()
		case err == nil:
			// Killed, it has to write at the next start.
			_ = syscall.Kill(postmaster(cfg.DataDir), syscall.SIGKILL)
			<-c.Done()
			err = errors.Join(c.Stop(t.Context()), d.fill())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// isBlamed looks that an error says in one line what is wrong with the disk.
func isBlamed(t *testing.T, what string, err error, wrong string, cause error) {
	t.Helper()
	if err == nil || strings.Count(err.Error(), wrong) != 1 || !errors.Is(err, cause) || strings.Contains(err.Error(), "\n") {
		t.Errorf("%s: %v", what, err)
	}
}
