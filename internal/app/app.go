package app

import (
	"cmp"
	"context"
	"log/slog"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/ingest"
	"corroborate/internal/jobs"
	"corroborate/internal/store"
	"corroborate/internal/tracing"
)

// Config is what an [App] is made of.
type Config struct {
	// Pool is a database that is up to date.
	Pool *pgxpool.Pool
	// DataDir is the folder that a password which the service makes is written to; it makes
	// none where it is empty.
	DataDir string
	// Engine reads and compares; it may be nil where nothing is analysed.
	Engine *claims.Engine
	Log    *slog.Logger
	// PublicRead lets anybody read findings with their passages.
	PublicRead bool
	// Sealer seals the secrets of second factors; nobody can set one up where it is nil.
	Sealer *auth.Sealer
	// RequireFactor are the roles whose people have to have a second factor.
	RequireFactor []auth.Role
	// Fetcher reads the web, one with its defaults where it is nil.
	Fetcher *ingest.Fetcher
	// Poster sends to webhooks, one with its defaults where it is nil.
	Poster *ingest.Poster
	// Webhooks sets how they are sent to.
	Webhooks WebhookConfig
	// PublicURL begins the addresses that are told outside; they are paths where it is
	// empty.
	PublicURL string
	// Feeds sets how feeds are polled.
	Feeds FeedConfig
	// SecondJudge sets up an outside model as a second judge of pairs; there is none where
	// its client is nil.
	SecondJudge SecondJudgeConfig
	// Retention bounds how long things are kept.
	Retention Retention
	// HoldsEvery is the time between two looks whether who reads a stream still may, ten
	// seconds where it is 0.
	HoldsEvery time.Duration
	// Now is the clock, that of the database where it is nil.
	Now func() time.Time
	// Wall is the machine's clock, time.Now where it is nil. It counts until the database
	// was asked for the time.
	Wall func() time.Time
	// CallsPerMinute is the most calls that an API key may make in a minute,
	// [DefaultCallsPerMinute] where it is 0.
	CallsPerMinute int
	// Workers is how many jobs run at once, the number of processors where it is 0.
	Workers int
	// MaxWaiting is the most articles that may wait to be read before no more are taken in,
	// [DefaultMaxWaiting] where it is 0.
	MaxWaiting int
	// NoWork leaves the jobs to other servers.
	NoWork bool
	// Replicas are the standbys that reads may go to, nil for none. They are stopped with
	// the service.
	Replicas *store.Replicas
	// Tracing makes spans of jobs, none where it is nil.
	Tracing *tracing.Tracing
}

// App is the service without its outside. It is safe for concurrent use.
type App struct {
	db         *store.DB
	engine     *claims.Engine
	queue      *jobs.Queue
	hub        *hub
	log        *slog.Logger
	now        func() time.Time
	publicRead bool
	fetcher    *ingest.Fetcher
	feeds      FeedConfig
	poster     *ingest.Poster
	hooks      WebhookConfig
	publisher  *publisher
	publicURL  string
	dataDir    string
	holdsEvery time.Duration
	second     SecondJudgeConfig
	retention  Retention
	noWork     bool
	replicas   *store.Replicas
	company    *company
	backlog    *backlog

	callsPerMinute int

	sealer        *auth.Sealer
	requireFactor []auth.Role
	// desk lets only so many texts be checked at once.
	desk *checkDesk
}

// New puts the service together. It starts nothing.
func New(cfg Config) (*App, error) {
	a := &App{db: store.New(cfg.Pool), engine: cfg.Engine, log: cfg.Log, now: cfg.Now, publicRead: cfg.PublicRead,
		fetcher: cfg.Fetcher, feeds: cfg.Feeds.withDefaults(), sealer: cfg.Sealer, requireFactor: cfg.RequireFactor,
		callsPerMinute: cmp.Or(cfg.CallsPerMinute, DefaultCallsPerMinute),
		desk:           newCheckDesk(runtime.GOMAXPROCS(0)),
		poster:         cfg.Poster, hooks: cfg.Webhooks.withDefaults(), publicURL: cfg.PublicURL,
		holdsEvery: cmp.Or(cfg.HoldsEvery, holdsEvery), second: cfg.SecondJudge.withDefaults(), retention: cfg.Retention,
		noWork: cfg.NoWork, replicas: cfg.Replicas, dataDir: cfg.DataDir}
	clock := store.NewClock(a.db, cfg.Wall)
	if a.now == nil {
		a.now = clock.Now
	}
	if a.fetcher == nil {
		a.fetcher = ingest.NewFetcher(ingest.Config{})
	}
	if a.poster == nil {
		a.poster = ingest.NewPoster(ingest.PosterConfig{PublicURL: cfg.PublicURL})
	}
	if a.replicas != nil {
		a.db.ReadFrom(a.replicas)
	}
	a.company = newCompany(a.db, a.sealer, a.log)
	a.hub = newHub(a.db, a.log)
	a.publisher = &publisher{app: a}
	var err error
	a.queue, err = jobs.New(jobs.Config{Pool: cfg.Pool, Work: worker{a}, Log: cfg.Log, Workers: cfg.Workers,
		PollFeedsEvery: cfg.Feeds.Every, JudgeLanes: a.second.Lanes, WakeJudgeEvery: a.second.WakeEvery, Clock: clock, Tracing: cfg.Tracing})
	if err != nil {
		return nil, err
	}
	a.backlog = &backlog{most: cmp.Or(cfg.MaxWaiting, DefaultMaxWaiting), count: a.queue.Backlog, now: a.now}
	return a, nil
}

// Start runs the listener for progress, the publisher and, unless they are left to other
// servers, jobs until [App.Stop]. Jobs that a killed server has left running are taken up
// again. It gives an error where another server seals secrets with another key.
func (a *App) Start(ctx context.Context) error {
	if err := a.company.join(ctx); err != nil {
		return err
	}
	a.hub.start(ctx)
	if !a.noWork {
		if err := a.queue.Start(ctx); err != nil {
			a.hub.stop()
			a.company.leave()
			return err
		}
	}
	a.publisher.start(ctx)
	if a.replicas != nil {
		a.replicas.Start(ctx, a.db)
	}
	return nil
}

// Stop takes no further jobs and lets those that run end. When ctx ends first,
// they are cancelled and go back to the queue.
func (a *App) Stop(ctx context.Context) error {
	a.publisher.stop()
	err := a.queue.Stop(ctx)
	a.hub.stop()
	if a.replicas != nil {
		a.replicas.Stop()
	}
	a.company.leave()
	a.fetcher.Close()
	a.poster.Close()
	if a.second.on() {
		a.second.Client.Close()
	}
	return err
}

// EngineInfo says which engine analyses here.
func (a *App) EngineInfo() claims.EngineInfo { return a.engine.Info() }

// HasEngine tells whether anything is analysed here.
func (a *App) HasEngine() bool { return a.engine != nil }

// Ready tells whether the service can answer: its database is there.
func (a *App) Ready(ctx context.Context) error { return a.db.Ping(ctx) }

// worker is the side of the service that its jobs see. It asks for no actor:
// what a job does was permitted when it was enqueued.
type worker struct{ *App }
