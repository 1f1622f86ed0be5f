package postgres

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

const (
	// superuser owns the cluster; role owns the server's database and makes its schema;
	// the server itself works as service, which owns nothing.
	superuser    = "postgres"
	role         = "corroborate"
	service      = "corroborate_service"
	database     = "corroborate"
	passwordFile = "corroborate.password"
)

// initialSettings go to the end of postgresql.conf when a cluster is made. They
// may be tuned there; where the cluster listens is decided at each start.
const initialSettings = `
# Set by Corroborate when it made this cluster; change what you like.
shared_buffers = 128MB
wal_compression = on
random_page_cost = 1.1
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = log          # a failed statement is reported by the server itself,
log_error_verbosity = terse     # and its values belong in no log
log_checkpoints = off
log_autovacuum_min_duration = -1
`

// clusterMajor gives the major version that made the cluster in dir, or 0 where
// there is none yet.
func clusterMajor(dir string) (int, error) {
	b, err := os.ReadFile(filepath.Join(dir, "PG_VERSION"))
	if err == nil {
		major, err := strconv.Atoi(strings.TrimSpace(string(b)))
		if err != nil {
			return 0, fmt.Errorf("read the version of the cluster in %s: %w", dir, err)
		}
		return major, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return 0, fmt.Errorf("read the version of the cluster: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, fmt.Errorf("look for a cluster: %w", err)
	}
	if len(entries) > 0 {
		return 0, fmt.Errorf("%s is not empty and holds no PostgreSQL cluster: move it away, or choose another DATA_DIR", dir)
	}
	return 0, nil
}

// initialise makes the cluster beside its place and moves it there in one step.
func (c *Cluster) initialise(ctx context.Context) error {
	fresh := c.dir + ".new"
	pwfile := fresh + ".password"
	for _, leftover := range []string{fresh, pwfile} {
		if err := os.RemoveAll(leftover); err != nil {
			return fmt.Errorf("clear an unfinished cluster: %w", err)
		}
	}
	if err := c.account.makeFolder(fresh); err != nil {
		return err
	}
	if err := os.WriteFile(pwfile, []byte(rand.Text()+"\n"), 0o600); err != nil {
		return fmt.Errorf("write the cluster's password: %w", err)
	}
	if err := c.account.own(pwfile); err != nil {
		return err
	}
	if err := c.initdb(ctx, fresh, pwfile); err != nil {
		return err
	}
	if err := os.Rename(pwfile, filepath.Join(fresh, passwordFile)); err != nil {
		return fmt.Errorf("keep the cluster's password: %w", err)
	}
	if err := appendSettings(filepath.Join(fresh, "postgresql.conf")); err != nil {
		return err
	}
	if err := os.Rename(fresh, c.dir); err != nil {
		return fmt.Errorf("move the new cluster to its place: %w", err)
	}
	return syncFolder(filepath.Dir(c.dir))
}

func (c *Cluster) initdb(ctx context.Context, dir, pwfile string) error {
	args := []string{
		"--pgdata=" + dir, "--username=" + superuser, "--pwfile=" + pwfile,
		"--auth-local=trust", "--auth-host=scram-sha-256",
		"--encoding=UTF8", "--locale=" + initLocale(), "--lc-messages=C", "--data-checksums", "--no-instructions",
	}
	if c.disposable {
		args = append(args, "--no-sync")
	}
	cmd := c.command(ctx, "initdb", args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, bytes.TrimSpace(out.Bytes()))
	}
	return nil
}

// initLocale gives a locale that knows the case of every letter and sorts by
// code point. macOS has it only by another name.
func initLocale() string {
	if runtime.GOOS == "darwin" {
		return "en_US.UTF-8"
	}
	return "C.UTF-8"
}

func appendSettings(path string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("write the cluster's settings: %w", err)
	}
	_, err = f.WriteString(initialSettings)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write the cluster's settings: %w", err)
	}
	return nil
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}

// command prepares one of PostgreSQL's programs to run as the account. It gets
// next to nothing of the server's environment, which may hold secrets.
func (c *Cluster) command(ctx context.Context, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, c.bin.path(program), args...)
	cmd.Dir = filepath.Dir(c.dir)
	cmd.Env = []string{"PATH=" + c.bin.dir + ":/usr/bin:/bin", "LC_ALL=C"}
	cmd.SysProcAttr = c.account.attributes()
	return cmd
}
