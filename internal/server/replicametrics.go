package server

import (
	"github.com/prometheus/client_golang/prometheus"

	"corroborate/internal/app"
)

// replicaCollector tells how the replicas of the database fare, and which database
// answered reads.
type replicaCollector struct {
	app                       *app.App
	used, late, behind, reads *prometheus.Desc
}

func newReplicaCollector(a *app.App) *replicaCollector {
	of := []string{"replica"}
	return &replicaCollector{app: a,
		used:   prometheus.NewDesc("db_replica_used", "1 where reads go to the replica, else 0.", of, nil),
		late:   prometheus.NewDesc("db_replica_late_seconds", "How long the replica took at the last look to have what the primary had.", of, nil),
		behind: prometheus.NewDesc("db_replica_behind_bytes", "How many bytes of the primary's log the replica lacked after it.", of, nil),
		reads: prometheus.NewDesc("db_reads_total", "Reads by which database answered them: replica, primary (no replica was fit), "+
			"late (none was in time), again (a replica failed over it).", []string{"answer"}, nil)}
}

// Describe lists the figures.
func (c *replicaCollector) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{c.used, c.late, c.behind, c.reads} {
		out <- d
	}
}

// Collect reads the figures.
func (c *replicaCollector) Collect(out chan<- prometheus.Metric) {
	for _, r := range c.app.Replicas() {
		gauge := func(d *prometheus.Desc, v float64) {
			out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, r.Name)
		}
		used := 0.0
		if r.Used {
			used = 1
		}
		gauge(c.used, used)
		gauge(c.late, r.Late.Seconds())
		gauge(c.behind, float64(r.Behind))
	}
	reads := c.app.Reads()
	for answer, n := range map[string]uint64{"replica": reads.Replica, "primary": reads.Primary, "late": reads.Late, "again": reads.Again} {
		out <- prometheus.MustNewConstMetric(c.reads, prometheus.CounterValue, float64(n), answer)
	}
}
