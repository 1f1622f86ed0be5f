package machines

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/postgres/nodetest"
)

const (
	adminKey  = "machines-admin-key-0123456789"
	adminMail = "ed@x.example"
	adminWord = "correct-horse-9"
	factorKey = "the key of second factors of all machines"
	database  = "postgres"
)

// fleet is the service on several machines.
type fleet struct {
	t                testing.TB
	program          string
	primary, replica *nodetest.Node
	serving, working []*server
	lines            [][]byte // made-up articles, one JSON object each
}

// newFleet starts a primary and a replica, and servers on them: some that serve and leave
// the jobs alone, and some that work.
func newFleet(t testing.TB, serving, working int, replicaSettings ...string) *fleet {
	t.Helper()
	f := &fleet{t: t, program: build(t), lines: madeUp(t)}
	f.primary = nodetest.Primary(t, replicaSettings...)
	f.replica = nodetest.Replica(t, f.primary, "replica", replicaSettings...)
	for i := range serving {
		s := f.server(fmt.Sprintf("serve %d", i+1), "serve", "--no-work")
		s.start()
		f.serving = append(f.serving, s)
	}
	for i := range working {
		f.work(fmt.Sprintf("work %d", i+1))
	}
	return f
}

// madeUpArticles is how many articles are made up, more than any test sends.
const madeUpArticles = "6000"

// madeUp gives articles, the same at every call.
func madeUp(t testing.TB) [][]byte {
	t.Helper()
	out, err := exec.Command("go", "run", "../bulk", "-n", madeUpArticles).Output()
	if err != nil {
		t.Fatalf("make articles up: %v", err)
	}
	return bytes.Split(bytes.TrimSpace(out), []byte("\n"))
}

// work starts a server more that works, one job at a time on one processor, as if it had a
// small machine to itself: a comparison would use all there are.
func (f *fleet) work(name string) {
	f.t.Helper()
	s := f.server(name, "work")
	s.env = append(s.env, "GOMAXPROCS=1")
	s.start()
	f.working = append(f.working, s)
}

// server gives a server that is not started yet.
func (f *fleet) server(name string, args ...string) *server {
	f.t.Helper()
	dir := f.t.TempDir()
	at := nodetest.URL(database, f.primary, f.replica)
	s := &server{t: f.t, name: name, args: append([]string{f.program}, args...), log: filepath.Join(dir, "log"), env: []string{
		"ADDR=127.0.0.1:0", "DATA_DIR=" + dir, "DATABASE_URL=" + at + "&connect_timeout=2&target_session_attrs=read-write", "DATABASE_READ_URL=" + at,
		"SECOND_FACTOR_KEY=" + factorKey, "ADMIN_API_KEY=" + adminKey, "ADMIN_EMAIL=" + adminMail, "ADMIN_PASSWORD=" + adminWord,
		"WORKERS=1", "CALLS_PER_MINUTE=1000000", "LOG_FORMAT=text",
	}}
	f.t.Cleanup(func() {
		s.kill()
		if f.t.Failed() {
			f.t.Logf("%s said:\n%s", s.name, tail(s.said()))
		}
	})
	return s
}

// tail gives the end of a log.
func tail(log string) string { return log[max(0, len(log)-4000):] }

// next gives the address of one of the servers. Chance chooses: in turn, a client that
// writes and then reads would meet one server with all of its writes.
func (f *fleet) next() string { return f.serving[rand.IntN(len(f.serving))].url }

// pool connects to a node past the service.
func (f *fleet) pool(n *nodetest.Node) *pgxpool.Pool {
	f.t.Helper()
	pool, err := pgxpool.New(context.Background(), n.URL(database))
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(pool.Close)
	return pool
}

// synchronous has commits wait until the replica has them on its disk, or not.
func (f *fleet) synchronous(on bool) {
	f.t.Helper()
	names := ""
	if on {
		names = "replica"
	}
	f.primary.Exec("ALTER SYSTEM SET synchronous_standby_names = '" + names + "'")
	f.primary.Exec("SELECT pg_reload_conf()")
	if on {
		f.primary.Await("SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'sync'")
	}
}

// failOver kills the primary and promotes the replica, which is the primary from then on.
func (f *fleet) failOver() (took time.Duration) {
	f.t.Helper()
	began := time.Now()
	f.primary.Kill()
	f.replica.Promote()
	f.primary, f.replica = f.replica, f.primary
	return time.Since(began)
}

// path gives the path to a thing of the API.
func path(of, id string) string { return "/api/v1/" + of + "/" + url.PathEscape(id) }
