package server

import (
	"net/http"
	"runtime"
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
	running  prometheus.Gauge
	panics   prometheus.Counter
}

// newMetrics registers the figures of the server itself: requests by route, the process,
// what it was built from, and the pool of connections.
func newMetrics(pool *pgxpool.Pool, build Build) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "http_request_duration_seconds",
			Help:    "Time to answer requests, by method, route pattern and status.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"method", "route", "status"}),
		running: prometheus.NewGauge(prometheus.GaugeOpts{Name: "http_requests_running", Help: "Requests that are being answered, streams of events among them."}),
		panics:  prometheus.NewCounter(prometheus.CounterOpts{Name: "http_panics_total", Help: "Requests that broke the program's rules and were answered with 500."}),
	}
	m.registry.MustRegister(m.requests, m.running, m.panics, buildFigure(build), collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), poolCollector(pool))
	return m
}

// Build says what program runs.
type Build struct {
	// Version is the program's, Engine and EngineHash are those of its engine.
	Version, Engine, EngineHash string
}

// buildFigure is always 1; what it tells is in its labels.
func buildFigure(b Build) prometheus.Collector {
	g := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "build_info", Help: "What program runs: 1, with the versions as labels.",
		ConstLabels: prometheus.Labels{"version": b.Version, "go": runtime.Version(), "engine": b.Engine, "engine_hash": b.EngineHash},
	})
	g.Set(1)
	return g
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
		g("waits_total", "Times that no connection was free and one had to be waited for.", prometheus.CounterValue, func(s *pgxpool.Stat) float64 { return float64(s.EmptyAcquireCount()) }),
		g("wait_seconds_total", "Time spent waiting where no connection was free.", prometheus.CounterValue, func(s *pgxpool.Stat) float64 { return s.EmptyAcquireWaitTime().Seconds() }),
		g("wait_given_up_total", "Times that waiting for a connection was given up.", prometheus.CounterValue, func(s *pgxpool.Stat) float64 { return float64(s.CanceledAcquireCount()) }),
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
