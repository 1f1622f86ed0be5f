package store_test

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/claims"
	"corroborate/internal/postgres/nodetest"
	"corroborate/internal/store"
	"corroborate/migrations"
)

// pair is a database on a primary whose reads go to a replica.
type pair struct {
	*store.DB
	t                *testing.T
	primary, replica *nodetest.Node
	pool             *pgxpool.Pool
	replicas         *store.Replicas
	version          int // the one that was written last
}

func newPair(t *testing.T) *pair {
	t.Helper()
	p := &pair{t: t, primary: nodetest.Primary(t, "fsync=off")}
	p.pool = connect(t, p.primary.URL("postgres"))
	if _, err := migrations.Run(t.Context(), p.pool); err != nil {
		t.Fatal(err)
	}
	// Without the delay a replica on the same machine is hardly ever late.
	p.replica = nodetest.Replica(t, p.primary, "replica", "fsync=off", "recovery_min_apply_delay=5ms")
	p.follow(p.replica)
	p.await(true)
	return p
}

func connect(t *testing.T, url string) *pgxpool.Pool {
	t.Helper()
	pool, err := pgxpool.New(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// follow reads from some nodes beside the primary.
func (p *pair) follow(nodes ...*nodetest.Node) {
	p.t.Helper()
	hosts, err := pgxpool.ParseConfig(nodetest.URL("postgres", nodes...))
	if err != nil {
		p.t.Fatal(err)
	}
	if p.replicas, err = store.NewReplicas(store.ReplicaConfig{Hosts: hosts, Log: slog.New(slog.DiscardHandler)}); err != nil {
		p.t.Fatal(err)
	}
	p.DB = store.New(p.pool)
	p.DB.ReadFrom(p.replicas)
	p.replicas.Start(p.t.Context(), p.DB)
	p.t.Cleanup(p.replicas.Stop)
}

// await waits until the first replica is used or is not, and gives why not.
func (p *pair) await(used bool) string {
	p.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if s := p.replicas.States()[0]; s.Used == used {
			return s.Why
		}
	}
	p.t.Fatalf("the replica did not become used=%v: %+v\n%s", used, p.replicas.States(), p.replica.Log())
	return ""
}

const someone = "01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"

// write gives somebody's account a version.
func (p *pair) write(version int) {
	p.t.Helper()
	if _, err := p.pool.Exec(p.t.Context(), `
		INSERT INTO users (id, email, name, role, password_hash, created_at, session_version) VALUES ($1, 'a@b', 'A', 'reader', 'x', now(), $2)
		ON CONFLICT (id) DO UPDATE SET session_version = excluded.session_version`, someone, version); err != nil {
		p.t.Fatal(err)
	}
}

// read gives the version within a read.
func (p *pair) read() int {
	p.t.Helper()
	version := 0
	if err := p.Read(p.t.Context(), func(ctx context.Context) error {
		u, err := p.User(ctx, someone)
		version = u.SessionVersion
		return err
	}); err != nil {
		p.t.Fatal(err)
	}
	return version
}

// check writes and reads some times: what was written is read. It gives who answered.
func (p *pair) check(times int) store.ReadCounts {
	p.t.Helper()
	before := p.replicas.Reads()
	for range times {
		p.version++
		p.write(p.version)
		if got := p.read(); got != p.version {
			p.t.Fatalf("read version %d after %d was written", got, p.version)
		}
	}
	now := p.replicas.Reads()
	return store.ReadCounts{Replica: now.Replica - before.Replica, Primary: now.Primary - before.Primary,
		Late: now.Late - before.Late, Again: now.Again - before.Again}
}

// TestReadsOnReplicas goes through what may become of a replica. Whatever that is, reads go
// on and see what was written.
func TestReadsOnReplicas(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	steps := []struct {
		name string
		do   func(*pair, *testing.T)
	}{
		{"a replica that is in time answers", (*pair).inTime},
		{"without the rule old states are read", (*pair).withoutTheRule},
		{"one that is behind is set aside", (*pair).behind},
		{"what a read wrote it reads where it wrote", (*pair).ownWrites},
		{"a read that a replica broke off is done again", (*pair).brokenOff},
		{"what is still being written is asked of the primary", (*pair).onPrimary},
		{"one that freezes holds nobody up for long", (*pair).frozen},
		{"one that is killed is used again when it is back", (*pair).killed},
		{"one that was promoted is used no more", (*pair).promoted},
	}
	for _, s := range steps {
		if !t.Run(s.name, func(t *testing.T) { p.t = t; s.do(p, t) }) {
			return // the next ones begin where this one ended
		}
	}
}

func (p *pair) inTime(t *testing.T) {
	if c := p.check(100); c.Replica < 80 {
		t.Errorf("of 100 reads %d were answered by the replica: %+v", c.Replica, c)
	}
}

// withoutTheRule shows that the test could fail: it reads on the replica as it is.
func (p *pair) withoutTheRule(t *testing.T) {
	at := connect(t, p.replica.URL("postgres"))
	old := 0
	for range 100 {
		p.version++
		p.write(p.version)
		u, err := store.New(at).User(t.Context(), someone)
		if err != nil {
			t.Fatal(err)
		}
		if u.SessionVersion < p.version {
			old++
		}
	}
	if old == 0 {
		t.Error("a replica was in time for 100 reads by itself: this test sees no difference")
	}
	t.Logf("%d of 100 reads that did not wait for the replica saw an old state", old)
}

func (p *pair) behind(t *testing.T) {
	p.replica.Exec("SELECT pg_wal_replay_pause()")
	c := p.check(3)
	if why := p.await(false); !strings.Contains(why, "behind") || c.Late == 0 {
		t.Errorf("it is not used as %q; reads %+v", why, c)
	}
	if c := p.check(20); c.Replica > 0 || c.Primary < 19 {
		t.Errorf("reads while it is behind: %+v", c)
	}
	p.replica.Exec("SELECT pg_wal_replay_resume()")
	p.await(true)
	if c := p.check(20); c.Replica == 0 {
		t.Errorf("reads after it caught up: %+v", c)
	}
}

func (p *pair) ownWrites(t *testing.T) {
	err := p.Read(t.Context(), func(ctx context.Context) error {
		if _, err := p.User(ctx, someone); err != nil {
			return err
		}
		p.replica.Exec("SELECT pg_wal_replay_pause()")
		defer p.replica.Exec("SELECT pg_wal_replay_resume()")
		if err := p.InTx(ctx, func(tx *store.Tx) error { return tx.EndSessions(ctx, someone) }); err != nil {
			return err
		}
		u, err := p.User(ctx, someone)
		if p.version++; u.SessionVersion != p.version {
			t.Errorf("read version %d after %d was written in the same read", u.SessionVersion, p.version)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func (p *pair) brokenOff(t *testing.T) {
	p.await(true)
	for _, cause := range []error{&pgconn.PgError{Code: "40001"}, &pgconn.PgError{Code: "57P01"}, io.ErrUnexpectedEOF} {
		runs := 0
		err := p.Read(t.Context(), func(ctx context.Context) error {
			if _, err := p.User(ctx, someone); err != nil {
				return err
			}
			if runs++; runs == 1 {
				return cause
			}
			return nil
		})
		if err != nil || runs != 2 {
			t.Errorf("after %v: %v, %d runs", cause, err, runs)
		}
	}
	missing := p.Read(t.Context(), func(ctx context.Context) error {
		_, err := p.User(ctx, "01977d5e-7a80-7cc1-8f5e-000000000000")
		return err
	})
	if claims.KindOf(missing) != claims.NotFound {
		t.Errorf("what there is not: %v", missing)
	}
}

// onPrimary: a replica does not know which transactions still write on the primary.
func (p *pair) onPrimary(t *testing.T) {
	tx, err := p.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(context.Background())
	began := time.Now()
	if _, err := tx.Exec(t.Context(), "UPDATE users SET name = name"); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond)
	err = p.Read(t.Context(), func(ctx context.Context) error {
		until, err := p.SettledUntil(store.OnPrimary(ctx))
		if err == nil && until.After(began.Add(40*time.Millisecond)) {
			t.Errorf("all changes are said to be known up to %s, and one that began at %s is being written", until, began)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func (p *pair) frozen(t *testing.T) {
	p.await(true)
	began := time.Now()
	err := p.Read(t.Context(), func(ctx context.Context) error {
		if _, err := p.User(ctx, someone); err != nil {
			return err
		}
		if p.replicas.Reads().Again == 3 { // the first run
			p.replica.Freeze()
		}
		_, err := p.User(ctx, someone)
		return err
	})
	if took := time.Since(began); err != nil || took > 10*time.Second {
		t.Errorf("a read on a replica that froze: %v after %s", err, took)
	}
	if c := p.check(20); c.Replica > 0 {
		t.Errorf("reads while it is frozen: %+v", c)
	}
	p.replica.Thaw()
	p.await(true)
}

func (p *pair) killed(t *testing.T) {
	p.replica.Kill()
	if c := p.check(50); c.Replica > 0 {
		t.Errorf("reads while it is down: %+v", c)
	}
	p.await(false)
	p.replica.Start()
	p.await(true)
	if c := p.check(20); c.Replica == 0 {
		t.Errorf("reads after it came back: %+v", c)
	}
}

func (p *pair) promoted(t *testing.T) {
	p.replica.Promote()
	if why := p.await(false); !strings.Contains(why, "takes writes") {
		t.Errorf("it is not used as %q", why)
	}
	if c := p.check(20); c.Replica > 0 {
		t.Errorf("reads after it was promoted: %+v", c)
	}
}

// TestReplicaOfTheOldPrimary promotes one of two replicas. The other one still follows the
// old primary, of which it has more than the new one took over: by positions alone it
// would look as if it had everything.
func TestReplicaOfTheOldPrimary(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	other := nodetest.Replica(t, p.primary, "other", "fsync=off")
	p.replica.Exec("SELECT pg_wal_replay_pause()")
	p.write(1)
	p.primary.Exec("SELECT pg_logical_emit_message(false, 'filler', repeat('x', 1000000))")
	p.write(2)
	other.Await("SELECT session_version = 2 FROM users")
	p.primary.Kill()
	p.replica.Exec("SELECT pg_wal_replay_resume()")
	// What the new primary had received it keeps; the old one's last writes may be there.
	p.replica.Promote()
	p.pool = connect(t, p.replica.URL("postgres"))
	p.follow(other)
	p.version = 10
	if c := p.check(20); c.Replica > 0 {
		t.Errorf("reads went to a replica of the old primary: %+v", c)
	}
	time.Sleep(3 * time.Second) // some trials
	if s := p.replicas.States()[0]; s.Used || !strings.Contains(s.Why, "another primary") {
		t.Errorf("the replica of the old primary: %+v", s)
	}
}
