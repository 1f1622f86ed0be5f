package jobs

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Meter has the figures of the jobs that this process has worked on, for Prometheus.
type Meter struct {
	tries  *prometheus.HistogramVec
	waits  *prometheus.HistogramVec
	panics prometheus.Counter
}

func newMeter() *Meter {
	return &Meter{
		tries: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "job_duration_seconds",
			Help:    "Time that tries of jobs took, by kind and outcome: done, later, handed_back, failed, given_up, panicked.",
			Buckets: []float64{.005, .025, .1, .25, .5, 1, 2.5, 5, 15, 60, 300, 1200},
		}, []string{"kind", "outcome"}),
		waits: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "job_wait_seconds",
			Help:    "Time that jobs waited for a worker since they were due, by kind.",
			Buckets: []float64{.05, .25, 1, 5, 15, 60, 300, 900, 3600, 14400},
		}, []string{"kind"}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{Name: "job_panics_total", Help: "Jobs that broke the program's rules and were ended."}),
	}
}

// Describe lists the figures.
func (m *Meter) Describe(out chan<- *prometheus.Desc) {
	m.tries.Describe(out)
	m.waits.Describe(out)
	m.panics.Describe(out)
}

// Collect gives the figures.
func (m *Meter) Collect(out chan<- prometheus.Metric) {
	m.tries.Collect(out)
	m.waits.Collect(out)
	m.panics.Collect(out)
}

// note counts a try of a job.
func (m *Meter) note(kind, how string, took, waited time.Duration) {
	m.tries.WithLabelValues(kind, how).Observe(took.Seconds())
	m.waits.WithLabelValues(kind).Observe(waited.Seconds())
	if how == panicked {
		m.panics.Inc()
	}
}
