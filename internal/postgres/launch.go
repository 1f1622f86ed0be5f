package postgres

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// readyPoll is the time between two tries to connect to a cluster that starts.
	readyPoll = 50 * time.Millisecond
	// patience is how long a start may take before the log says what is awaited.
	patience = 5 * time.Second
	// launchTries and launchPause let the processes of a killed postmaster end:
	// until they have, PostgreSQL refuses to start over the memory they share.
	launchTries = 20
	launchPause = 500 * time.Millisecond
	// maxLogSize is the size in bytes at which postgres.log is put aside.
	maxLogSize = 10 << 20
)

// bringUp attaches to a postmaster that runs, else starts one, and waits until
// it takes connections.
func (c *Cluster) bringUp(ctx context.Context) error {
	r, found, err := readPidFile(c.dir)
	if err != nil {
		return err
	}
	if found && isPostmaster(r.pid, c.dir) {
		return c.attach(ctx, r)
	}
	if found {
		c.log.Warn("postgres was not stopped cleanly and will recover", "folder", c.dir)
		// PostgreSQL would take another process with this id for its postmaster. The
		// folder's lock says that nobody else is starting one.
		if err := os.Remove(filepath.Join(c.dir, "postmaster.pid")); err != nil {
			return fmt.Errorf("clear a stale postmaster.pid: %w", err)
		}
	}
	for try := 1; ; try++ {
		err := c.launch(ctx)
		if !errors.Is(err, errMemoryInUse) || try == launchTries {
			return err
		}
		select {
		case <-time.After(launchPause):
		case <-ctx.Done():
			return fmt.Errorf("start postgres: %w", ctx.Err())
		}
	}
}

// attach takes over a postmaster that a killed server left behind.
func (c *Cluster) attach(ctx context.Context, r running) error {
	c.log.Info("attaching to the postgres that a killed server left running", "pid", r.pid)
	c.at, c.pid, c.ended = r.at, r.pid, make(chan struct{})
	go func() {
		defer close(c.ended)
		for isPostmaster(r.pid, c.dir) {
			time.Sleep(readyPoll)
		}
	}()
	return c.waitReady(ctx)
}

// launch starts a postmaster and waits until it takes connections.
func (c *Cluster) launch(ctx context.Context) error {
	at, err := chooseEndpoint(c.runDir)
	if err != nil {
		return err
	}
	log, start, err := openLog(c.LogFile())
	if err != nil {
		return err
	}
	defer log.Close()
	args := append([]string{"-D", c.dir}, at.settings()...)
	if c.disposable {
		args = append(args, "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=300")
	}
	// The postmaster outlives ctx: it is ended by Stop, in order.
	cmd := c.command(context.WithoutCancel(ctx), "postgres", args...)
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	c.at, c.pid, c.ended = at, cmd.Process.Pid, make(chan struct{})
	go func() {
		defer close(c.ended)
		_ = cmd.Wait() // how it ended stands in its own log
	}()
	if err := c.waitReady(ctx); err != nil {
		return c.explain(err, start)
	}
	c.log.Info("postgres started", "pid", c.pid, "folder", c.dir)
	return nil
}

var (
	errEnded       = errors.New("postgres ended while it was starting")
	errMemoryInUse = errors.New("processes of an earlier postgres still run")
)

// waitReady connects until it succeeds. A postmaster that was started in vain is
// stopped.
func (c *Cluster) waitReady(ctx context.Context) error {
	slow := time.After(patience)
	for {
		conn, err := pgx.Connect(ctx, c.SuperuserURL())
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ctx.Done():
			grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), immediateGrace)
			defer cancel()
			return errors.Join(fmt.Errorf("start postgres: %w", ctx.Err()), c.end(grace, syscall.SIGINT))
		case <-c.ended:
			return errEnded
		case <-slow:
			c.log.Info("waiting for postgres to take connections; it may be recovering", "pid", c.pid, "log", c.LogFile(), "error", err)
		case <-time.After(readyPoll):
		}
	}
}

// explain adds to a failed start what the postmaster wrote since offset start of
// its log.
func (c *Cluster) explain(err error, start int64) error {
	if !errors.Is(err, errEnded) {
		return err
	}
	b, readErr := os.ReadFile(c.LogFile())
	if readErr != nil || int64(len(b)) < start {
		return fmt.Errorf("%w; see %s", err, c.LogFile())
	}
	said := strings.TrimSpace(string(b[start:]))
	if line, cause := diskCause(said); cause != nil {
		return fmt.Errorf("%w (%w): %s", err, cause, line)
	}
	// On a full disk it may not have been able to write why it ended.
	if cause := tryDisk(filepath.Dir(c.dir)); cause != nil {
		return fmt.Errorf("%w: %w", err, cause)
	}
	if strings.Contains(said, "shared memory block") {
		err = errMemoryInUse
	}
	return fmt.Errorf("%w; it said:\n%s", err, said)
}

// openLog opens the postmaster's log for appending and gives its size. A large
// one is put aside first; the one that was put aside before is dropped.
func openLog(path string) (*os.File, int64, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > maxLogSize {
		if err := os.Rename(path, path+".1"); err != nil {
			return nil, 0, fmt.Errorf("put the log of postgres aside: %w", err)
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, 0, fmt.Errorf("open the log of postgres: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("open the log of postgres: %w", err), f.Close())
	}
	return f, info.Size(), nil
}
