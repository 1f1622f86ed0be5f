package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Config says where a private cluster lives and how it runs.
type Config struct {
	// DataDir is the data folder; the cluster is its subfolder postgres.
	DataDir string
	// BinDir holds PostgreSQL's programs; empty means that they are looked for.
	BinDir string
	// Disposable gives up safety against power loss for speed: for tests.
	Disposable bool
	// Log is told about each step; nil means [slog.Default].
	Log *slog.Logger
}

// Cluster is a private PostgreSQL cluster that runs. It has to be stopped with
// [Cluster.Stop].
type Cluster struct {
	dir        string // the cluster's files
	runDir     string // the socket's folder
	account    account
	bin        binaries
	disposable bool
	log        *slog.Logger

	lock     *folderLock
	at       endpoint
	password string
	pid      int
	ended    chan struct{} // closed when the postmaster has ended
}

// Start makes the cluster in cfg.DataDir where there is none, starts it or
// attaches to one that a killed server left running, and returns when it takes
// connections. When ctx ends before that, what was started is stopped again. The
// error is for a person to read: it names the setting or the folder to change,
// and is [ErrNoBinaries] where PostgreSQL is not installed.
func Start(ctx context.Context, cfg Config) (*Cluster, error) {
	c, err := prepare(ctx, cfg)
	if err != nil {
		return nil, badDisk(cfg.DataDir, err)
	}
	if err := c.bringUp(ctx); err != nil {
		return nil, errors.Join(badDisk(cfg.DataDir, err), c.lock.release())
	}
	if err := c.ensureDatabase(ctx); err != nil {
		return nil, errors.Join(err, c.Stop(context.WithoutCancel(ctx)))
	}
	return c, nil
}

// URL gives the connection string of the server's database for the role that owns
// that database and nothing else. It makes the schema.
func (c *Cluster) URL() string { return c.at.url(role, database, c.password) }

// ServiceURL gives the connection string of the server's database for the role that
// the server works as. It owns nothing and may do what the owner grants it.
func (c *Cluster) ServiceURL() string { return c.at.url(service, database, c.password) }

// SuperuserURL gives the connection string of the cluster's superuser.
func (c *Cluster) SuperuserURL() string { return c.at.url(superuser, "postgres", c.password) }

// Done is closed when the postmaster has ended, whoever ended it.
func (c *Cluster) Done() <-chan struct{} { return c.ended }

// LogFile gives the path of the file that the postmaster writes to.
func (c *Cluster) LogFile() string { return filepath.Join(filepath.Dir(c.dir), "postgres.log") }

// immediateGrace is how long a postmaster may take to end once its processes
// were told to drop everything.
const immediateGrace = 10 * time.Second

// Stop ends all connections, lets the cluster write what it holds, and frees the
// data folder. When ctx ends first, the cluster is ended at once; it then
// recovers at its next start and loses nothing that was committed.
func (c *Cluster) Stop(ctx context.Context) error {
	err := c.end(ctx, syscall.SIGINT)
	if err != nil {
		c.log.Warn("postgres did not stop in time, ending it at once", "pid", c.pid)
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), immediateGrace)
		defer cancel()
		err = c.end(grace, syscall.SIGQUIT)
	}
	return errors.Join(err, c.lock.release())
}

func (c *Cluster) end(ctx context.Context, sig syscall.Signal) error {
	select {
	case <-c.ended:
		return nil
	default:
	}
	if err := signal(c.pid, sig); err != nil {
		return err
	}
	select {
	case <-c.ended:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("stop postgres: %w", ctx.Err())
	}
}

// prepare checks and locks the data folder and makes the cluster's files.
func prepare(ctx context.Context, cfg Config) (*Cluster, error) {
	c := &Cluster{disposable: cfg.Disposable, log: cfg.Log}
	if c.log == nil {
		c.log = slog.Default()
	}
	var err error
	if c.account, err = chooseAccount(filepath.Join(cfg.DataDir, "postgres")); err != nil {
		return nil, err
	}
	dataDir, err := c.account.makeDataDir(cfg.DataDir)
	if err != nil {
		return nil, err
	}
	if err := c.account.checkReach(dataDir); err != nil {
		return nil, err
	}
	c.dir, c.runDir = filepath.Join(dataDir, "postgres"), filepath.Join(dataDir, "run")
	if c.lock, err = lockFolder(dataDir); err != nil {
		return nil, err
	}
	if err := c.prepareFiles(ctx, cfg.BinDir); err != nil {
		return nil, errors.Join(err, c.lock.release())
	}
	return c, nil
}

func (c *Cluster) prepareFiles(ctx context.Context, binDir string) error {
	major, err := clusterMajor(c.dir)
	if err != nil {
		return err
	}
	if c.bin, err = findBinaries(ctx, binDir, major); err != nil {
		return err
	}
	if err := c.account.checkReach(c.bin.dir); err != nil {
		return err
	}
	if major == 0 {
		c.log.Info("making a private postgres cluster", "folder", c.dir, "version", c.bin.major)
		if err := c.initialise(ctx); err != nil {
			return err
		}
	}
	password, err := os.ReadFile(filepath.Join(c.dir, passwordFile))
	if err != nil {
		return fmt.Errorf("read the cluster's password: %w", err)
	}
	c.password = strings.TrimSpace(string(password))
	return c.account.makeFolder(c.runDir)
}

// ensureDatabase makes the server's roles and database where they are missing.
func (c *Cluster) ensureDatabase(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, c.SuperuserURL())
	if err != nil {
		return fmt.Errorf("connect to the private cluster: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for _, name := range []string{role, service} {
		if err := c.ensureRole(ctx, conn, name); err != nil {
			return err
		}
	}
	var there bool
	err = conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", database).Scan(&there)
	if err != nil {
		return fmt.Errorf("look for the database: %w", err)
	}
	if there {
		return nil
	}
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+database+" OWNER "+role); err != nil {
		return fmt.Errorf("make the database: %w", err)
	}
	return nil
}

func (c *Cluster) ensureRole(ctx context.Context, conn *pgx.Conn, name string) error {
	var there bool
	if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", name).Scan(&there); err != nil {
		return fmt.Errorf("look for the database role: %w", err)
	}
	if there {
		return nil
	}
	// The password is made of letters and digits (rand.Text).
	if _, err := conn.Exec(ctx, "CREATE ROLE "+name+" LOGIN PASSWORD '"+c.password+"'"); err != nil {
		return fmt.Errorf("make the database role: %w", err)
	}
	return nil
}
