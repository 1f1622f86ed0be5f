package judge

import (
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Meter has the figures of a client's calls, for Prometheus.
type Meter struct {
	calls  *prometheus.HistogramVec
	tokens *prometheus.CounterVec
}

func newMeter() *Meter {
	return &Meter{
		calls: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "second_judge_question_duration_seconds",
			Help:    "Time that questions to the second judge took, by outcome: answered, or why there was no opinion.",
			Buckets: []float64{.1, .25, .5, 1, 2.5, 5, 10, 20, 40, 60, 120},
		}, []string{"outcome"}),
		tokens: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "second_judge_tokens_total", Help: "Tokens that the second judge's endpoint says were used, by direction.",
		}, []string{"direction"}),
	}
}

// Describe lists the figures.
func (m *Meter) Describe(out chan<- *prometheus.Desc) {
	m.calls.Describe(out)
	m.tokens.Describe(out)
}

// Collect gives the figures.
func (m *Meter) Collect(out chan<- prometheus.Metric) {
	m.calls.Collect(out)
	m.tokens.Collect(out)
}

// note counts a question that was put.
func (m *Meter) note(err error, use Usage, took time.Duration) {
	outcome := "answered"
	var f *Fault
	if errors.As(err, &f) {
		outcome = string(f.Cause)
	}
	m.calls.WithLabelValues(outcome).Observe(took.Seconds())
	m.tokens.WithLabelValues("in").Add(float64(use.In))
	m.tokens.WithLabelValues("out").Add(float64(use.Out))
}
