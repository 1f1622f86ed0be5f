package app

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"corroborate/internal/claims"
	"corroborate/internal/jobs"
	"corroborate/internal/store"
	"corroborate/internal/trouble"
)

// CausedBy notes in a context which request its jobs come from; see [jobs.CausedBy].
func CausedBy(ctx context.Context, requestID string) context.Context {
	return jobs.CausedBy(ctx, requestID)
}

// Figures gives what the service counts, for Prometheus.
func (a *App) Figures() []prometheus.Collector {
	out := []prometheus.Collector{a.queue.Meter(), newStandingFigures(a)}
	if a.engine != nil {
		out = append(out, newEngineFigures(a.engine))
	}
	return out
}

// engineFigures count what the engine asked its language model.
type engineFigures struct {
	engine *claims.Engine
	desc   *prometheus.Desc
}

func newEngineFigures(e *claims.Engine) *engineFigures {
	return &engineFigures{engine: e, desc: prometheus.NewDesc("engine_questions_total",
		"Questions to the language model: about vectors of texts and judgements of pairs, answered from memory (known) or by the model (asked).",
		[]string{"about", "how"}, nil)}
}

// Describe names the figure.
func (f *engineFigures) Describe(out chan<- *prometheus.Desc) { out <- f.desc }

// Collect reads the figure.
func (f *engineFigures) Collect(out chan<- prometheus.Metric) {
	vectors, judgements := f.engine.Recalled()
	for about, r := range map[string]claims.Recalled{"vectors": vectors, "judgements": judgements} {
		out <- prometheus.MustNewConstMetric(f.desc, prometheus.CounterValue, float64(r.Known), about, "known")
		out <- prometheus.MustNewConstMetric(f.desc, prometheus.CounterValue, float64(r.Asked), about, "asked")
	}
}

// standingTimeout bounds how long figures wait for the database.
const standingTimeout = 2 * time.Second

// standingFigures tell how the work stands in the database. They are the same from every
// server, so that rules take the largest.
type standingFigures struct {
	app                                         *App
	jobs, queues, feeds, webhooks, rows, copies *prometheus.Desc
	gauges                                      []standingGauge
	failures                                    prometheus.Counter
	failing                                     *trouble.Trouble
}

// standingGauge is one figure of [store.Standing].
type standingGauge struct {
	desc  *prometheus.Desc
	value func(store.Standing) float64
}

func newStandingFigures(a *App) *standingFigures {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc(name, help, labels, nil)
	}
	gauge := func(name, help string, value func(store.Standing) float64) standingGauge {
		return standingGauge{desc: desc(name, help), value: value}
	}
	return &standingFigures{app: a, failing: trouble.New(a.log, "read figures for metrics"),
		jobs:     desc("jobs", "Background jobs that the database holds and that are not done, by state and kind; 10,000 of a state are counted at most.", "state", "kind"),
		queues:   desc("queue_oldest_job_seconds", "How long the oldest job that could run waits, by queue.", "queue"),
		feeds:    desc("feeds", "Feeds: active ones (failing ones among them), failing ones, those that have ended.", "state"),
		webhooks: desc("webhooks", "Webhooks: active ones (failing ones among them), failing ones, those that the service stopped.", "state"),
		rows:     desc("table_rows", "About how many rows a table has, as the database reckons.", "table"),
		copies:   desc("replica_lag_seconds", "How long the slowest replica takes to follow, 0 where there is none."),
		gauges: []standingGauge{
			gauge("webhook_deliveries_waiting", "Deliveries that wait to be sent; 10,000 are counted at most.", func(s store.Standing) float64 { return float64(s.Deliveries) }),
			gauge("events_behind", "Events that wait to be published; 10,000 are counted at most.", func(s store.Standing) float64 { return float64(s.EventsBehind) }),
			gauge("events_oldest_seconds", "How long the oldest event that waits has waited.", func(s store.Standing) float64 { return s.EventsSeconds }),
			gauge("imports_running", "Bulk imports that are received or stored.", func(s store.Standing) float64 { return float64(s.Imports) }),
			gauge("database_bytes", "Size of the database.", func(s store.Standing) float64 { return float64(s.Bytes) }),
		},
		failures: prometheus.NewCounter(prometheus.CounterOpts{Name: "figures_failures_total", Help: "Times that figures could not be read from the database."}),
	}
}

// Describe lists the figures.
func (f *standingFigures) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{f.jobs, f.queues, f.feeds, f.webhooks, f.rows, f.copies, f.failures.Desc()} {
		out <- d
	}
	for _, g := range f.gauges {
		out <- g.desc
	}
}

// Collect reads the figures. Those that the database does not give are left out, and the
// others are still served.
func (f *standingFigures) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), standingTimeout)
	defer cancel()
	err := f.collect(ctx, out)
	if err != nil {
		f.failures.Inc()
	}
	f.failing.Note(ctx, err)
	out <- f.failures
}

func (f *standingFigures) collect(ctx context.Context, out chan<- prometheus.Metric) error {
	db := f.app.db
	counts, err := db.JobCounts(ctx)
	if err != nil {
		return err
	}
	ages, err := db.QueueAges(ctx, jobs.Queues())
	if err != nil {
		return err
	}
	standing, err := db.Standing(ctx)
	if err != nil {
		return err
	}
	copying, err := db.Copying(ctx)
	if err != nil {
		return err
	}
	send := func(d *prometheus.Desc, value float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	for _, c := range counts {
		send(f.jobs, float64(c.Jobs), c.State, c.Kind)
	}
	for _, q := range ages {
		send(f.queues, q.Seconds, q.Queue)
	}
	f.sendStanding(standing, send)
	send(f.copies, copying.Behind)
	return nil
}

// sendStanding gives the figures of feeds, webhooks, events and the database.
func (f *standingFigures) sendStanding(s store.Standing, send func(*prometheus.Desc, float64, ...string)) {
	send(f.feeds, float64(s.FeedsActive), "active")
	send(f.feeds, float64(s.FeedsFailing), "failing")
	send(f.feeds, float64(s.FeedsGone), "gone")
	send(f.webhooks, float64(s.HooksActive), "active")
	send(f.webhooks, float64(s.HooksFailing), "failing")
	send(f.webhooks, float64(s.HooksStopped), "stopped")
	send(f.rows, float64(s.Articles), "articles")
	send(f.rows, float64(s.Claims), "claims")
	for _, g := range f.gauges {
		send(g.desc, g.value(s))
	}
}
