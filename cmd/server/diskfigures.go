package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sys/unix"

	"corroborate/internal/server"
	"corroborate/internal/trouble"
)

// diskFigures tell how much room the disk of a folder has.
type diskFigures struct {
	folder      string
	failing     *trouble.Trouble
	free, total *prometheus.Desc
}

// newDiskFigures gives the figures of the data folder's disk. Where the database is
// private it lies there too.
func newDiskFigures(folder string, log *slog.Logger) *diskFigures {
	desc := func(name, help string) *prometheus.Desc {
		return prometheus.NewDesc(name, help, nil, prometheus.Labels{"folder": folder})
	}
	return &diskFigures{folder: folder, failing: trouble.New(log, "look at the disk for metrics"), free: desc("disk_free_bytes", "Room that is free on the disk of the data folder."),
		total: desc("disk_bytes", "Size of the disk of the data folder.")}
}

// Describe lists the figures.
func (f *diskFigures) Describe(out chan<- *prometheus.Desc) { out <- f.free; out <- f.total }

// Collect reads the figures; those of a disk that cannot be looked at are left out.
func (f *diskFigures) Collect(out chan<- prometheus.Metric) {
	var s unix.Statfs_t
	if err := unix.Statfs(f.folder, &s); err != nil {
		f.failing.Note(context.Background(), err)
		return
	}
	f.failing.Note(context.Background(), nil)
	unit := float64(s.Bsize)
	out <- prometheus.MustNewConstMetric(f.free, prometheus.GaugeValue, float64(s.Bavail)*unit)
	out <- prometheus.MustNewConstMetric(f.total, prometheus.GaugeValue, float64(s.Blocks)*unit)
}

// leastRoom is the room in bytes that the disk of the data folder has to have.
const leastRoom = 1 << 30

// diskCheck looks for room on the disk of the data folder. A server whose disk is nearly
// full still answers, so that it is not needed.
func diskCheck(folder string) server.Check {
	return server.Check{Name: "disk", Look: func(context.Context) (string, error) {
		var s unix.Statfs_t
		if err := unix.Statfs(folder, &s); err != nil {
			return "cannot be looked at", err
		}
		if free := s.Bavail * uint64(s.Bsize); free < leastRoom {
			return "is nearly full", fmt.Errorf("%d MiB are free at %s", free>>20, folder)
		}
		return "has room", nil
	}}
}
