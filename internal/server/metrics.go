package server

import (
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are the figures of one server in a registry of its own.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

// newMetrics registers the figures: requests by route, the process, the pool of
// connections and the jobs by state.
func newMetrics(pool *pgxpool.Pool, jobs jobCounter, log *slog.Logger) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "http_request_duration_seconds",
			Help:    "Time to answer requests, by method, route pattern and status.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"method", "route", "status"}),
	}
	m.registry.MustRegister(m.requests, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), poolCollector(pool), newJobCollector(jobs, log))
	return m
}

func (m *metrics) observe(method, route string, status int, took time.Duration) {
	m.requests.WithLabelValues(knownMethod(method), route, strconv.Itoa(status)).Observe(took.Seconds())
}

// knownMethod bounds the label: callers may send any word as a method.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}

// handler serves the figures.
func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// gauge is one figure of the pool.
type gauge struct {
	desc  *prometheus.Desc
	kind  prometheus.ValueType
	value func(*pgxpool.Stat) float64
}

// poolGauges reads the pool's figures when they are asked for.
type poolGauges struct {
	pool   *pgxpool.Pool
	gauges []gauge
}

func poolCollector(pool *pgxpool.Pool) *poolGauges {
	g := func(name, help string, kind prometheus.ValueType, value func(*pgxpool.Stat) float64) gauge {
		return gauge{desc: prometheus.NewDesc("db_pool_"+name, help, nil, nil), kind: kind, value: value}
	}
	return &poolGauges{pool: pool, gauges: []gauge{
		g("connections", "Connections that are open.", prometheus.GaugeValue, func(s *pgxpool.Stat) float64 { return float64(s.TotalConns()) }),
		g("connections_in_use", "Connections that are in use.", prometheus.GaugeValue, func(s *pgxpool.Stat) float64 { return float64(s.AcquiredConns()) }),
		g("connections_max", "Connections that may be open.", prometheus.GaugeValue, func(s *pgxpool.Stat) float64 { return float64(s.MaxConns()) }),
		g("acquires_total", "Connections that were handed out.", prometheus.CounterValue, func(s *pgxpool.Stat) float64 { return float64(s.AcquireCount()) }),
		g("acquire_seconds_total", "Time spent waiting for connections.", prometheus.CounterValue, func(s *pgxpool.Stat) float64 { return s.AcquireDuration().Seconds() }),
	}}
}

// Describe lists the pool's figures.
func (p *poolGauges) Describe(out chan<- *prometheus.Desc) {
	for _, g := range p.gauges {
		out <- g.desc
	}
}

// Collect reads the pool's figures.
func (p *poolGauges) Collect(out chan<- prometheus.Metric) {
	s := p.pool.Stat()
	for _, g := range p.gauges {
		out <- prometheus.MustNewConstMetric(g.desc, g.kind, g.value(s))
	}
}

// jobCounter counts background jobs by state.
type jobCounter interface {
	JobCounts(ctx context.Context) (map[string]int, error)
}

// jobCountTimeout bounds how long a scrape waits for the count of jobs.
const jobCountTimeout = 2 * time.Second

// jobCollector asks for the jobs when they are asked for.
type jobCollector struct {
	jobs jobCounter
	log  *slog.Logger
	desc *prometheus.Desc
}

func newJobCollector(jobs jobCounter, log *slog.Logger) *jobCollector {
	return &jobCollector{jobs: jobs, log: log,
		desc: prometheus.NewDesc("jobs", "Background jobs that the database holds, by state.", []string{"state"}, nil)}
}

// Describe names the figure.
func (c *jobCollector) Describe(out chan<- *prometheus.Desc) { out <- c.desc }

// Collect counts the jobs. When the database does not answer, the figure is left
// out and the others are still served.
func (c *jobCollector) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), jobCountTimeout)
	defer cancel()
	counts, err := c.jobs.JobCounts(ctx)
	if err != nil {
		c.log.Warn("count jobs for metrics", "error", err)
		return
	}
	for state, n := range counts {
		out <- prometheus.MustNewConstMetric(c.desc, prometheus.GaugeValue, float64(n), state)
	}
}
