package faults

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"corroborate/tests/program"
)

// worldFaults is how many faults happen in one world, upgradeEvery after how many faults an
// upgrade comes.
const (
	worldFaults  = 20
	upgradeEvery = 25
)

// Options say what a run does.
type Options struct {
	Faults int
	Seed   uint64
	// Dir is a folder for all that the run needs; the user postgres has to reach it where
	// root runs this.
	Dir string
	// Only leaves other kinds out where it is not empty.
	Only []Kind
	// Worlds leaves other worlds out where it is not empty: private, shared, upgrade.
	Worlds []string
	// Tell hears what happens.
	Tell func(format string, args ...any)
}

// Run injects faults and gives what came of it. Its error is one of the harness; what is
// wrong with the service stands in the report.
func Run(ctx context.Context, o Options) (*Report, error) {
	start := time.Now()
	r := &runner{Options: o, report: &Report{Seed: o.Seed}, random: rand.New(rand.NewPCG(o.Seed, 0))}
	o.Tell("seed %d, %d faults", o.Seed, o.Faults)
	var err error
	if r.server, err = program.Build(ctx, o.Dir, "-tags", "faults"); err != nil {
		return nil, err
	}
	err = r.worlds(ctx)
	r.report.Took = time.Since(start)
	return r.report, err
}

// runner carries a run out.
type runner struct {
	Options
	report *Report
	random *rand.Rand
	// server is the program that is tested, before the one of the version before it.
	server, before string
	skipped        map[string]bool
	made           int // worlds
}

// worlds makes one world after the other until all faults have been.
func (r *runner) worlds(ctx context.Context) error {
	upgrades := 0
	if r.wants("upgrade") && r.wanted(TwoVersions) {
		upgrades = r.prepareUpgrades(ctx)
	}
	left := r.Faults - upgrades
	for turn := 0; left > 0 && ctx.Err() == nil; turn++ {
		name, faults := "private", privateFaults
		if turn%2 == 0 && r.wants("shared") || !r.wants("private") {
			name, faults = "shared", sharedFaults
		}
		n := min(worldFaults, left)
		if err := r.in(ctx, name, func(w *World) error { return r.many(ctx, w, faults, n) }); err != nil {
			return err
		}
		left -= n
	}
	for range upgrades {
		if err := r.in(ctx, "upgrade", func(w *World) error { return r.upgrade(ctx, w) }); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// prepareUpgrades builds the version before and gives how many upgrades are to be.
func (r *runner) prepareUpgrades(ctx context.Context) int {
	n := r.Faults / upgradeEvery
	if !r.wants("shared") && !r.wants("private") {
		n = r.Faults
	}
	if n == 0 {
		return 0
	}
	program, commit, err := BuildBefore(ctx, r.Dir)
	if err != nil {
		r.skip("upgrades: " + err.Error())
		if n == r.Faults {
			r.Faults = 0 // there is nothing else to do
		}
		return 0
	}
	r.Tell("the version before is commit %.12s", commit)
	r.before = program
	return n
}

func (r *runner) wants(world string) bool { return len(r.Worlds) == 0 || contains(r.Worlds, world) }

func (r *runner) wanted(k Kind) bool { return len(r.Only) == 0 || contains(r.Only, k) }

func contains[T comparable](all []T, x T) bool {
	for _, a := range all {
		if a == x {
			return true
		}
	}
	return false
}

// skip notes once what cannot be tried here.
func (r *runner) skip(what string) {
	if r.skipped == nil {
		r.skipped = map[string]bool{}
	}
	if !r.skipped[what] {
		r.skipped[what] = true
		r.report.Skipped = append(r.report.Skipped, what)
		r.Tell("SKIPPED: %s", what)
	}
}

// in makes a world, does something in it, and ends it. The logs of one with a problem stay.
func (r *runner) in(ctx context.Context, kind string, do func(*World) error) error {
	r.made++
	w, err := newWorld(ctx, fmt.Sprintf("%s-%d", kind, r.made), r.Dir, r.Tell)
	if err != nil {
		return err
	}
	err = do(w)
	w.mu.Lock()
	problems := w.problems
	w.mu.Unlock()
	r.report.Problems = append(r.report.Problems, problems...)
	r.report.Acked.Add(w.ledger.Acked())
	keep := len(problems) > 0 || err != nil
	if keep {
		r.Tell("the logs of %s are in %s", w.Name, w.dir)
		err = errors.Join(err, copyFile(filepath.Join(w.dataDir, "postgres.log"), filepath.Join(w.dir, "postgres.log")))
	}
	if failed := w.end(keep); failed != nil {
		r.report.Problems = append(r.report.Problems, w.Name+": "+failed.Error())
	}
	return err
}

// copyFile copies a file, if there is one.
func copyFile(from, to string) error {
	b, err := os.ReadFile(from)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o600)
}

// many injects n faults into a world.
func (r *runner) many(ctx context.Context, w *World, faults []fault, n int) error {
	if err := r.begin(ctx, w); err != nil {
		return err
	}
	ws := write(ctx, w, r.random.Uint64())
	var deck []fault
	for i := range n {
		if len(deck) == 0 {
			deck = r.shuffled(faults)
		}
		if len(deck) == 0 {
			ws.end()
			return errors.New("no kind of fault is left to try in the world " + w.Name)
		}
		f := deck[0]
		deck = deck[1:]
		pause(ctx, between(r.random, 200*time.Millisecond, 2500*time.Millisecond))
		if !r.one(ctx, w, f, i) {
			break
		}
	}
	ws.end()
	return r.settled(ctx, w)
}

// begin starts the servers of a world.
func (r *runner) begin(ctx context.Context, w *World) error {
	names := []string{"a"}
	if w.Name[0] == 's' { // shared
		if err := w.withCluster(ctx); err != nil {
			return err
		}
		names = append(names, "b")
	}
	for _, name := range names {
		if _, err := w.addServer(name, r.server); err != nil {
			return err
		}
	}
	if err := w.ready(ctx, firstStart); err != nil {
		return err
	}
	return settle(ctx, w.dataDir)
}

// shuffled gives the kinds of faults in a random order, so that each comes about as often
// as the others.
func (r *runner) shuffled(faults []fault) []fault {
	var out []fault
	for _, f := range faults {
		if r.wanted(f.kind) {
			out = append(out, f)
		}
	}
	r.random.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// one injects a fault, waits until the service has recovered, and checks. It is false
// where the service has not.
func (r *runner) one(ctx context.Context, w *World, f fault, i int) bool {
	before := len(w.problemsNow())
	w.answers.take()
	err := f.do(ctx, w, r.random)
	if out, ok := errors.AsType[leftOut](err); ok {
		r.skip(string(f.kind) + ": " + out.why)
		return true
	}
	if err != nil {
		w.problem("%s: the fault could not be made: %v", f.kind, err)
	}
	start := time.Now()
	if err := w.ready(ctx, recovery); err != nil {
		w.problem("%s: %v", f.kind, err)
		r.report.figures(f.kind).add(time.Since(start), len(w.problemsNow())-before, w.answers.take())
		return false
	}
	took, answers := time.Since(start), w.answers.take()
	if err := w.check(ctx, false); err != nil {
		w.problem("%s: check: %v", f.kind, err)
	}
	problems := len(w.problemsNow()) - before
	r.report.figures(f.kind).add(took, problems, answers)
	r.Tell("%s %2d %s: recovered in %.1f s, answers %s", w.Name, i+1, f.kind, took.Seconds(), counted(answers))
	return true
}

func (w *World) problemsNow() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.problems
}

// settled waits until all work is done, and checks for the last time.
func (r *runner) settled(ctx context.Context, w *World) error {
	start := time.Now()
	if err := w.rest(ctx); err != nil {
		w.problem("at rest: %v", err)
	}
	if err := w.check(ctx, true); err != nil {
		w.problem("at rest: check: %v", err)
	}
	r.Tell("%s at rest after %.1f s: %+v", w.Name, time.Since(start).Seconds(), w.ledger.Acked())
	return ctx.Err()
}
