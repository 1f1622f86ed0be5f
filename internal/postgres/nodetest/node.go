// Package nodetest gives tests PostgreSQL servers that follow one another: a primary, its
// streaming replicas, and the means to kill, freeze and promote them.
package nodetest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"corroborate/internal/postgres"
)

const (
	// upTime is how long a server may take to answer, upPoll the time between two tries.
	upTime = time.Minute
	upPoll = 20 * time.Millisecond
)

// settings are what every node runs with beside those of the test. Their memory is small,
// as several share a machine.
var settings = []string{"shared_buffers=64MB", "max_connections=150", "hot_standby_feedback=on", "wal_keep_size=256MB",
	"wal_retrieve_retry_interval=200ms", "log_min_messages=log", "unix_socket_directories=", "timezone=UTC"}

// Node is a PostgreSQL server.
type Node struct {
	// Addr is host and port.
	Addr string

	t        testing.TB
	dir      string
	settings []string
	cmd      *exec.Cmd
	ended    chan struct{}
}

// Primary makes and starts a server with some settings, such as "fsync=off". It ends with
// the test.
func Primary(t testing.TB, set ...string) *Node {
	t.Helper()
	n := newNode(t, set)
	n.run("initdb", "--pgdata="+n.data(), "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
	n.Start()
	return n
}

// Replica makes and starts a server that follows another one. Name is what
// synchronous_standby_names calls it.
func Replica(t testing.TB, of *Node, name string, set ...string) *Node {
	t.Helper()
	n := newNode(t, set)
	n.Follow(of, name)
	return n
}

// Follow makes a server that does not run a replica of another one, of a fresh copy.
func (n *Node) Follow(of *Node, name string) {
	n.t.Helper()
	if err := os.RemoveAll(n.data()); err != nil {
		n.t.Fatal(err)
	}
	host, port, _ := net.SplitHostPort(of.Addr)
	n.run("pg_basebackup", "--pgdata="+n.data(), "--write-recovery-conf", "--checkpoint=fast", "--wal-method=stream", "--no-sync",
		"--dbname=host="+host+" port="+port+" user=postgres application_name="+name)
	n.Start()
}

func newNode(t testing.TB, set []string) *Node {
	t.Helper()
	if os.Getenv("TEST_DATABASE_URL") == "" && os.Getenv("CI") == "" {
		t.Skip("TEST_DATABASE_URL is not set: run `make test`, which makes sure that PostgreSQL is there")
	}
	dir, err := os.MkdirTemp("", "node")
	if err != nil {
		t.Fatal(err)
	}
	n := &Node{Addr: freeAddr(t), t: t, dir: dir, settings: append(settings[:len(settings):len(settings)], set...)}
	t.Cleanup(func() {
		n.Kill()
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return n
}

// freeAddr gives an address that nothing listens on.
func freeAddr(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func (n *Node) data() string { return filepath.Join(n.dir, "postgres") }

// Log gives what the server wrote.
func (n *Node) Log() string {
	b, _ := os.ReadFile(filepath.Join(n.dir, "log")) // nothing, where there is none
	return string(b)
}

func (n *Node) command(program string, args ...string) *exec.Cmd {
	n.t.Helper()
	// What a test ends is ended by its node: the test's context ends before that.
	cmd, err := postgres.Command(context.Background(), postgres.Config{DataDir: n.dir, BinDir: os.Getenv("PG_BIN_DIR")}, program, args...)
	if err != nil {
		n.t.Fatal(err)
	}
	return cmd
}

// run runs one of PostgreSQL's programs to its end. The folder's new owner may write there.
func (n *Node) run(program string, args ...string) {
	n.t.Helper()
	cmd := n.command(program, args...)
	if err := os.MkdirAll(n.data(), 0o700); err != nil {
		n.t.Fatal(err)
	}
	if c := cmd.SysProcAttr.Credential; c != nil {
		if err := os.Chown(n.data(), int(c.Uid), int(c.Gid)); err != nil {
			n.t.Fatal(err)
		}
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		n.t.Fatalf("%s: %v\n%s", program, err, out)
	}
}

// Start starts the server, also one that was killed, and waits until it answers.
func (n *Node) Start() {
	n.t.Helper()
	_, port, _ := net.SplitHostPort(n.Addr)
	args := []string{"-D", n.data(), "-c", "listen_addresses=127.0.0.1", "-p", port}
	for _, s := range n.settings {
		args = append(args, "-c", s)
	}
	log, err := os.OpenFile(filepath.Join(n.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		n.t.Fatal(err)
	}
	defer log.Close()
	n.cmd = n.command("postgres", args...)
	n.cmd.Stderr = log
	if err := n.cmd.Start(); err != nil {
		n.t.Fatal(err)
	}
	n.ended = make(chan struct{})
	go func(cmd *exec.Cmd, ended chan struct{}) {
		defer close(ended)
		_ = cmd.Wait() // how it ended stands in its own log
	}(n.cmd, n.ended)
	n.Await("SELECT true")
}

// Await runs a statement until it gives true.
func (n *Node) Await(sql string) {
	n.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), upTime)
	defer cancel()
	for ctx.Err() == nil {
		if done, err := n.ask(ctx, sql); err == nil && done {
			return
		}
		time.Sleep(upPoll)
	}
	n.t.Fatalf("%s: %s did not come true; it said:\n%s", n.Addr, sql, n.Log())
}

func (n *Node) ask(ctx context.Context, sql string) (out bool, err error) {
	conn, err := pgx.Connect(ctx, n.URL("postgres"))
	if err != nil {
		return false, err
	}
	defer conn.Close(context.Background())
	return out, conn.QueryRow(ctx, sql).Scan(&out)
}

// Exec runs a statement as the superuser.
func (n *Node) Exec(sql string) {
	n.t.Helper()
	conn, err := pgx.Connect(context.Background(), n.URL("postgres"))
	if err != nil {
		n.t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(context.Background(), sql); err != nil {
		n.t.Fatalf("%s: %v", sql, err)
	}
}

// Kill ends the server as a fault of the machine would: nothing is written and nobody told.
func (n *Node) Kill() {
	if n.cmd == nil || n.ended == nil {
		return
	}
	n.signal(syscall.SIGKILL)
	<-n.ended
	n.cmd = nil
	os.Remove(filepath.Join(n.data(), "postmaster.pid")) // its id may be somebody else's soon
}

// signal reaches the server with all its processes, which form a group.
func (n *Node) signal(sig syscall.Signal) {
	for _, pid := range n.backends() {
		_ = syscall.Kill(pid, sig) // one that has ended meanwhile needs none
	}
	_ = syscall.Kill(-n.cmd.Process.Pid, sig)
}

// backends lists the processes of the server that have a group of their own.
func (n *Node) backends() []int {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", n.cmd.Process.Pid, n.cmd.Process.Pid))
	if err != nil {
		return nil
	}
	var pids []int
	for word := range strings.FieldsSeq(string(b)) {
		if pid, err := strconv.Atoi(word); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

// Freeze stops the server without ending it: connections stay open and nothing answers.
func (n *Node) Freeze() { n.signal(syscall.SIGSTOP) }

// Thaw lets a frozen server go on.
func (n *Node) Thaw() { n.signal(syscall.SIGCONT) }

// Promote makes a replica a primary.
func (n *Node) Promote() {
	n.t.Helper()
	n.Exec("SELECT pg_promote(false)")
	n.Await("SELECT NOT pg_is_in_recovery()")
}

// URL gives the superuser's connection string of a database.
func (n *Node) URL(database string) string { return URL(database, n) }

// URL gives the superuser's connection string of a database on several nodes.
func URL(database string, nodes ...*Node) string {
	var hosts []string
	for _, n := range nodes {
		hosts = append(hosts, n.Addr)
	}
	return "postgres://postgres@" + strings.Join(hosts, ",") + "/" + database + "?sslmode=disable"
}
