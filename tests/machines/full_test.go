package machines

import (
	"context"
	"fmt"
	"testing"
	"time"
)

const (
	// faultTime is how long the clients go on after a fault, before the next.
	faultTime = 6 * time.Second
	// downTime is how long a process is gone before it is started again.
	downTime = time.Second
	// failOvers is how many times an asynchronous replica is promoted.
	failOvers = 5
	// cutTime is how long the replica receives nothing before the primary is killed.
	cutTime = time.Second
)

// TestFaults is the full form: each fault while clients write and read, with what it cost.
func TestFaults(t *testing.T) {
	if !*full {
		t.Skip("the short form is asked for")
	}
	f := newFleet(t, 2, 2)
	f.checkSession()
	c := newClients(f)
	time.Sleep(faultTime)
	reads, old := c.oldWithoutRule(1<<30, faultTime)
	t.Logf("without the rule %d of %d reads on the replica were older than what was told", old, reads)
	c.longest()
	for _, s := range append(f.serving[:2:2], f.working...) {
		c.fault("kill -9 of "+s.name, func() { s.kill(); time.Sleep(downTime); s.start() })
	}
	c.fault("kill -9 of the replica", func() { f.replica.Kill(); time.Sleep(downTime); f.replica.Start() })
	c.fault("the replica freezes", func() { f.replica.Freeze(); time.Sleep(2 * downTime); f.replica.Thaw() })
	c.tellReads()
	f.synchronous(true)
	c.fault("kill -9 of the primary, synchronous replica", func() { f.failOver() })
	c.losses("synchronous")
	f.rejoin()
	f.synchronous(true)
	c.fault("the same, a second after the replica was cut off", func() { f.cutOver() })
	c.losses("synchronous, cut off")
	for range failOvers {
		f.rejoin()
		c.fault("kill -9 of the primary, asynchronous replica", func() { f.failOver() })
		c.losses("asynchronous")
	}
	f.rejoin()
	c.fault("the same, a second after the replica was cut off", func() { f.cutOver() })
	c.losses("asynchronous, cut off")
	c.end()
	c.settled()
	c.check()
	t.Logf("%d writes, %d reads, %d calls without an answer, %d old reads", c.writes.Load(), c.reads.Load(), c.failed.Load(), len(c.old))
}

// fault makes a fault and tells what it cost.
func (c *clients) fault(name string, do func()) {
	c.t.Helper()
	c.longest()
	writes, reads, failed := c.writes.Load(), c.reads.Load(), c.failed.Load()
	do()
	time.Sleep(faultTime)
	c.t.Logf("%-50s %4d writes, %5d reads, %4d calls without an answer, %d old reads so far; longest time without a write %s", name,
		c.writes.Load()-writes, c.reads.Load()-reads, c.failed.Load()-failed, len(c.old), c.longest().Round(10*time.Millisecond))
}

// cutOver kills the primary after its replica has received nothing for a time. A replica
// that is only frozen would find what was sent to it meanwhile.
func (f *fleet) cutOver() {
	f.t.Helper()
	f.replica.Exec("ALTER SYSTEM SET primary_conninfo = ''")
	f.replica.Exec("SELECT pg_reload_conf()")
	f.replica.Await("SELECT count(*) = 0 FROM pg_stat_wal_receiver")
	time.Sleep(cutTime)
	f.failOver()
}

// rejoin makes the server that was killed a replica of the one that was promoted, and waits
// until reads go there.
func (f *fleet) rejoin() {
	f.t.Helper()
	f.replica.Follow(f.primary, "replica")
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if f.figure(f.serving[0], fmt.Sprintf("db_replica_used{replica=%q}", f.replica.Addr)) == 1 {
			return
		}
	}
	f.t.Fatal("reads do not go to the new replica")
}

// tellReads tells which database answered reads.
func (c *clients) tellReads() {
	c.t.Helper()
	for _, s := range c.serving {
		line := s.name + ": reads answered by"
		for _, answer := range []string{"replica", "primary", "late", "again"} {
			line += fmt.Sprintf(" %s %.0f,", answer, c.figure(s, fmt.Sprintf("db_reads_total{answer=%q}", answer)))
		}
		c.t.Log(line)
	}
}

// losses tells what was told and is gone since the primary was killed. A synchronous
// replica may have lost nothing; of an asynchronous one what is gone is forgotten, so that
// the next loss is counted by itself.
func (c *clients) losses(how string) {
	c.t.Helper()
	c.end()
	lost := c.lost()
	if len(lost) > 0 && how[0] == 's' {
		c.t.Errorf("%s: lost %q", how, lost)
	}
	c.t.Logf("%s: %d things that were told are gone: %q", how, len(lost), lost)
	if how[0] == 'a' {
		c.forget()
	}
	c.begin()
}

// forget takes what there is for what was told. What readers saw meanwhile counts no more.
func (c *clients) forget() {
	c.t.Helper()
	db := c.pool(c.primary)
	var kept []article
	for _, a := range c.articles {
		var there bool
		if err := db.QueryRow(context.Background(), "SELECT EXISTS (SELECT FROM articles WHERE external_id = $1)", a.externalID).Scan(&there); err != nil {
			c.t.Fatal(err)
		}
		if there {
			kept = append(kept, a)
		}
	}
	c.articles = kept
	for _, one := range c.counters {
		number, tag, err := c.number(context.Background(), one)
		if err != nil {
			c.t.Fatal(err)
		}
		one.told.Store(number)
		one.tag = tag
	}
	c.old = nil
}
