package load

import (
	"context"
	"errors"
	"flag"
	"os"
	"os/exec"
	"testing"
	"time"

	"corroborate/internal/postgres"
	"corroborate/tests/program"
)

var (
	soakTime = flag.Duration("load.soak", 5*time.Second, "how long a newsroom's day of traffic is kept up")
	soakRate = flag.Int("load.soakrate", 20, "calls a second of it")
	warm     = flag.Int("load.warm", 30, "articles that are there when it begins")
	callers  = flag.Int("load.callers", 400, "callers of the flood")
)

const (
	// flatFrom is from which length on what the server uses has to be flat: before that
	// its memories fill.
	flatFrom = 5 * time.Minute
	// drainTime is how long jobs may take after all else has ended.
	drainTime = 10 * time.Minute
	// stopBound is far more than the ten seconds within which a server stops on a machine
	// of its own.
	stopBound = 40 * time.Second
)

// folder gives a folder that the user of the database can reach.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/var/tmp", "load")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// started starts the program, and stops it with the test.
func started(t *testing.T, path, data string) *Program {
	t.Helper()
	p, err := Start(path, data, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if p.cmd.ProcessState == nil {
			_, _ = p.Stop()
		}
	})
	return p
}

// TestDay keeps up the traffic of a newsroom, then floods the server, then stops it in
// the midst of work: nothing fails, what it uses stays flat, the flood is refused in order
// and passes, and whatever the server said it had is there and analysed after a restart.
func TestDay(t *testing.T) {
	if testing.Short() {
		t.Skip("a day takes a while")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("SKIPPED: the server cannot be built: ", err)
	}
	dir := folder(t)
	path, err := program.Build(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Start(path, dir+"/data", os.Stderr)
	if errors.Is(err, postgres.ErrNoBinaries) {
		t.Skip("SKIPPED: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	traffic := NewTraffic(p.URL, *warm+int(soakTime.Seconds()*float64(*soakRate)/10)+200)
	for range *warm / importLines {
		must(t, traffic.Import(t.Context()))
	}
	drained(t, p)
	must(t, traffic.Learn(t.Context()))

	soak(t, p, traffic)
	flood(t, p, traffic)

	for range 2 {
		must(t, traffic.Import(t.Context())) // so that there is work to be cut off
	}
	took, err := p.Stop()
	if err != nil || took > stopBound {
		t.Errorf("stopped in %v: %v", took, err)
	}
	t.Logf("stopped in %.1f s, in the midst of work", took.Seconds())
	again := started(t, path, dir+"/data")
	traffic.url = again.URL
	drained(t, again)
	lost, unread, err := traffic.Missing(t.Context())
	must(t, err)
	if len(lost)+len(unread) > 0 {
		t.Errorf("%d articles are lost: %.300q; %d are not analysed: %.300q", len(lost), lost, len(unread), unread)
	}
	t.Logf("of %d articles that were accepted %d are lost and %d not analysed", len(traffic.stored), len(lost), len(unread))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func drained(t *testing.T, p *Program) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), drainTime)
	defer cancel()
	must(t, p.Drain(ctx))
}

// soak keeps the traffic up and looks at what the server uses.
func soak(t *testing.T, p *Program, traffic *Traffic) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	looks := make(chan []Usage)
	go func() {
		all, err := p.Watch(ctx, max(*soakTime/240, 100*time.Millisecond))
		if err != nil {
			t.Error(err)
		}
		looks <- all
	}()
	go func() {
		for tick := time.NewTicker(5 * time.Second); ; {
			select {
			case <-tick.C:
				if err := traffic.Learn(ctx); err != nil && ctx.Err() == nil && !errors.Is(err, errRefused) {
					t.Error(err)
				}
			case <-ctx.Done():
				tick.Stop()
				return
			}
		}
	}()
	r := Steady(t.Context(), *soakRate, *soakTime, traffic.Do)
	cancel()
	all := <-looks
	if r.Failed > 0 {
		t.Errorf("%d of %d calls failed: %v", r.Failed, len(r.Times), r.Errors)
	}
	t.Logf("%d calls in %v: %d refused, half within %.3f s, 99 of 100 within %.3f s; %.0f jobs wait at the end",
		len(r.Times), *soakTime, traffic.Refused.Load(), r.At(0.5).Seconds(), r.At(0.99).Seconds(), all[len(all)-1].Waiting)
	for _, m := range Measured {
		q := Quarters(all, m.Of)
		t.Logf("%-22s %8.1f %8.1f %8.1f %8.1f by quarters", m.Name, q[0], q[1], q[2], q[3])
		if *soakTime >= flatFrom && Rises(q, m.Slack) {
			t.Errorf("%s rises: %.1f in the second quarter, %.1f in the last", m.Name, q[1], q[3])
		}
	}
}

// flood calls far more than can be answered.
func flood(t *testing.T, p *Program, traffic *Traffic) {
	t.Helper()
	f, err := traffic.Flood(t.Context(), *callers, max(*soakTime/20, 3*time.Second))
	must(t, err)
	u, err := p.Look(t.Context())
	must(t, err)
	t.Logf("flood of %d callers: %d answered, %d refused with Retry-After, %d failed; all well again after %.1f s; then %.0f MB, %.0f file handles, %.0f goroutines",
		*callers, f.Answered, f.Refused, f.Failed, f.Recovered.Seconds(), u.Memory/1e6, u.Files, u.Routines)
	if f.Failed > 0 {
		t.Errorf("%d calls failed: %v", f.Failed, f.Err)
	}
	if f.Refused == 0 || f.Answered == 0 {
		t.Errorf("%d answered, %d refused: want both", f.Answered, f.Refused)
	}
}

func TestJobsAreCountedOverTheirKinds(t *testing.T) {
	t.Parallel()
	figures := map[string]float64{`jobs{kind="a",state="available"}`: 1, `jobs{kind="b",state="available"}`: 2, `jobs{kind="b",state="running"}`: 4, `others{state="running"}`: 8}
	if n, m := jobsIn(figures, "available"), jobsIn(figures, "available", "running"); n != 3 || m != 7 {
		t.Errorf("%v and %v jobs, want 3 and 7", n, m)
	}
}

func TestRisesTellsGrowth(t *testing.T) {
	t.Parallel()
	all := make([]Usage, 40)
	for i := range all {
		all[i].Files = 100 + float64(i)
	}
	files := func(u Usage) float64 { return u.Files }
	q := Quarters(all, files)
	if q != [4]float64{105, 115, 125, 135} {
		t.Errorf("quarters are %v", q)
	}
	if !Rises(q, 8) || Rises(q, 9) || Rises([4]float64{1, 100, 100, 100}, 0) {
		t.Error("a rise is not told from none")
	}
}
