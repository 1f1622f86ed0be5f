package postgres

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

// newDataDir gives a folder that the user postgres can reach: those of
// [testing.T.TempDir] lie in one that is closed to others.
func newDataDir(t *testing.T) string {
	t.Helper()
	if _, err := findBinaries(t.Context(), os.Getenv("PG_BIN_DIR"), 0); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	dir, err := os.MkdirTemp("", "pg")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func config(dir string) Config {
	return Config{DataDir: dir, BinDir: os.Getenv("PG_BIN_DIR"), Disposable: true, Log: slog.New(slog.DiscardHandler)}
}

func start(t *testing.T, dir string) *Cluster {
	t.Helper()
	c, err := Start(t.Context(), config(dir))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		select {
		case <-c.Done():
		default:
			_ = signal(c.pid, syscall.SIGQUIT)
			<-c.Done()
		}
	})
	return c
}

func stop(t *testing.T, c *Cluster) {
	t.Helper()
	if err := c.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func mustExec(t *testing.T, url, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

func query(t *testing.T, url, sql string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	var s string
	if err := conn.QueryRow(t.Context(), sql).Scan(&s); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStartStop(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	c := start(t, dir)
	mustExec(t, c.URL(), "CREATE TABLE kept (id int)")
	for sql, want := range map[string]string{
		"SHOW server_encoding":                      "UTF8",
		"SHOW listen_addresses":                     "",
		"SHOW data_checksums":                       "on",
		"SELECT current_user || current_database()": "corroboratecorroborate",
		"SELECT lower('ÉŽ')":                        "éž",
		"SELECT rolsuper::text FROM pg_roles WHERE rolname=current_user": "false",
	} {
		if got := query(t, c.URL(), sql); got != want {
			t.Errorf("%s: got %q, want %q", sql, got, want)
		}
	}
	for _, folder := range []string{"run", "postgres"} {
		info, err := os.Stat(filepath.Join(dir, folder))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != 0o700 {
			t.Errorf("mode of %s is %v, want 0700", folder, got)
		}
	}
	stop(t, c)
	if _, found, _ := readPidFile(c.dir); found {
		t.Error("a stopped cluster left its postmaster.pid: it was not stopped cleanly")
	}
	again := start(t, dir)
	if got := query(t, again.URL(), "SELECT count(*)::text FROM kept"); got != "0" {
		t.Errorf("kept has %s rows, want 0", got)
	}
	stop(t, again)
}

func TestKilledPostmasterRecovers(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	c := start(t, dir)
	mustExec(t, c.URL(), "CREATE TABLE kept AS SELECT 1 AS id")
	if err := signal(c.pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-c.Done()
	stop(t, c)
	again := start(t, dir)
	if got := query(t, again.URL(), "SELECT count(*)::text FROM kept"); got != "1" {
		t.Errorf("kept has %s rows, want 1", got)
	}
	stop(t, again)
}

func TestAttachAfterKilledServer(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	killed := start(t, dir)
	// The kernel drops a killed server's lock; nothing else of it is left.
	if err := killed.lock.release(); err != nil {
		t.Fatal(err)
	}
	c := start(t, dir)
	if c.pid != killed.pid {
		t.Errorf("started process %d beside process %d that ran already", c.pid, killed.pid)
	}
	mustExec(t, c.URL(), "CREATE TABLE kept (id int)")
	stop(t, c)
	<-killed.Done()
	stop(t, start(t, dir))
}

func TestSecondServerIsRefused(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	c := start(t, dir)
	_, err := Start(t.Context(), config(dir))
	if err == nil || !strings.Contains(err.Error(), "process "+strconv.Itoa(os.Getpid())) || !strings.Contains(err.Error(), "DATA_DIR") {
		t.Errorf("second server: %v, want an error that names the process and DATA_DIR", err)
	}
	mustExec(t, c.URL(), "SELECT 1")
	stop(t, c)
}

func TestLongPathListensOnLoopback(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(newDataDir(t), strings.Repeat("long", 25))
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	c := start(t, dir)
	if got := query(t, c.URL(), "SHOW listen_addresses"); got != "127.0.0.1" {
		t.Errorf("listens on %q, want 127.0.0.1", got)
	}
	if _, err := pgx.Connect(t.Context(), c.at.url(role, database, "wrong")); err == nil {
		t.Error("a wrong password was let in over loopback")
	}
	if err := c.lock.release(); err != nil {
		t.Fatal(err)
	}
	attached := start(t, dir)
	mustExec(t, attached.URL(), "SELECT 1")
	stop(t, attached)
}

func TestLeftoversAreCleared(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	unfinished := filepath.Join(dir, "postgres.new", "base")
	if err := os.MkdirAll(unfinished, 0o700); err != nil {
		t.Fatal(err)
	}
	c := start(t, dir)
	stop(t, c)
	if _, err := os.Stat(filepath.Dir(unfinished)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the unfinished cluster is still there: %v", err)
	}
	// After a restart of the machine another process has the old id: here, this one.
	pidfile := strconv.Itoa(os.Getpid()) + "\n" + c.dir + "\n1\n5432\n" + c.runDir + "\n\n"
	if err := os.WriteFile(filepath.Join(c.dir, "postmaster.pid"), []byte(pidfile), 0o600); err != nil {
		t.Fatal(err)
	}
	again := start(t, dir)
	mustExec(t, again.URL(), "SELECT 1")
	stop(t, again)
}

func TestSymlinkedFolderIsTheSameFolder(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	killed := start(t, dir)
	if err := killed.lock.release(); err != nil {
		t.Fatal(err)
	}
	c := start(t, link)
	if c.pid != killed.pid {
		t.Errorf("started process %d beside process %d that ran already", c.pid, killed.pid)
	}
	stop(t, c)
}

func TestCancelledStartLeavesNothingRunning(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	stop(t, start(t, dir))
	ctx, cancel := context.WithCancel(t.Context())
	c, err := prepare(ctx, config(dir))
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := c.bringUp(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled start: %v, want context.Canceled", err)
	}
	<-c.Done()
	if err := c.lock.release(); err != nil {
		t.Fatal(err)
	}
}

func TestStopInHurryRecovers(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	c := start(t, dir)
	mustExec(t, c.URL(), "CREATE TABLE kept AS SELECT 1 AS id")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	again := start(t, dir)
	if got := query(t, again.URL(), "SELECT count(*)::text FROM kept"); got != "1" {
		t.Errorf("kept has %s rows, want 1", got)
	}
	stop(t, again)
}
