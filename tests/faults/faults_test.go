package faults

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"corroborate/internal/postgres"
	"corroborate/internal/store/storetest"
)

var (
	faultCount = flag.Int("faults.n", 3, "how many faults")
	seedFlag   = flag.Uint64("faults.seed", 1, "the seed of all that is random; 0 takes a new one")
	onlyFlag   = flag.String("faults.only", "", "the kinds of faults, separated by commas; empty for all")
	worldsFlag = flag.String("faults.worlds", "shared", "the worlds, separated by commas: shared, private, upgrade")
	keepFlag   = flag.Bool("faults.keep", false, "keep the folder of the run")
)

// TestMain gives the tests a view of their own on what is mounted, so that the kernel takes
// away what they mount with the last of their processes, however that ends.
func TestMain(m *testing.M) {
	if err := OwnMounts(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// interruptible gives a context that ends when somebody stops the test, so that it clears
// up. A second signal ends it at once.
func interruptible(t *testing.T) context.Context {
	t.Helper()
	// The test's own context ends with the test, before its folder is kept or removed.
	ctx, stop := signal.NotifyContext(context.WithoutCancel(t.Context()), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop)
	t.Cleanup(stop)
	// Whoever reads what is written here may have been stopped first.
	broken := make(chan os.Signal, 1)
	signal.Notify(broken, syscall.SIGPIPE)
	t.Cleanup(func() { signal.Stop(broken) })
	return ctx
}

// TestFaults injects some faults; `make faults` injects many.
func TestFaults(t *testing.T) {
	if os.Getenv("TEST_DATABASE_URL") == "" {
		storetest.URL(t) // skips or fails: where that is not set, PostgreSQL may be missing
	}
	seed := *seedFlag
	if seed == 0 {
		seed = rand.Uint64()
	}
	ctx := interruptible(t)
	o := Options{Faults: *faultCount, Seed: seed, Dir: folder(t, ctx), Tell: t.Logf, Worlds: strings.Split(*worldsFlag, ",")}
	if *onlyFlag != "" {
		for kind := range strings.SplitSeq(*onlyFlag, ",") {
			o.Only = append(o.Only, Kind(kind))
		}
	}
	report, err := Run(ctx, o)
	if errors.Is(err, postgres.ErrNoBinaries) {
		t.Skip(err)
	}
	if report != nil {
		t.Log("\n" + report.String())
	}
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	if len(report.Problems) > 0 {
		t.Errorf("seed %d: %d problems", seed, len(report.Problems))
	}
}

// folder gives a folder that the user postgres can reach. It is kept where the test fails
// without having been stopped.
func folder(t *testing.T, ctx context.Context) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "faults-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() && ctx.Err() == nil || *keepFlag {
			t.Logf("the run's folder is kept: %s", dir)
			return
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}
