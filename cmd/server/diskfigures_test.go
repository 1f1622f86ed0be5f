package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"corroborate/internal/trouble/troubletest"
)

// TestDiskThatIsAwayIsToldOnce asks for figures of a folder that is away for a while.
func TestDiskThatIsAwayIsToldOnce(t *testing.T) {
	t.Parallel()
	var log troubletest.Log
	folder := filepath.Join(t.TempDir(), "data")
	f := newDiskFigures(folder, log.Logger())
	figures := func() int {
		out := make(chan prometheus.Metric, 10)
		f.Collect(out)
		return len(out)
	}
	for range 5 {
		if n := figures(); n != 0 {
			t.Errorf("%d figures of a disk that is away", n)
		}
	}
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if n := figures(); n != 2 {
			t.Errorf("%d figures, want 2", n)
		}
	}
	log.ToldOnce(t, "look at the disk for metrics", "", 5, nil)
}
