package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/ingest"
	"corroborate/internal/sample"
	"corroborate/internal/server"
	"corroborate/internal/tracing"
)

// service is the web service with all its parts put together.
type service struct {
	handler http.Handler
	stop    func(context.Context) error // lets jobs that run end; the handler stops before
	log     *slog.Logger
}

// parts is what a service is put together over.
type parts struct {
	duty
	db      *database
	log     *slog.Logger
	tracing *tracing.Tracing // nil where it is off
}

// newService puts the parts together over a database that is up to date, and
// starts the background jobs.
func newService(ctx context.Context, cfg config, p parts) (*service, error) {
	log := p.log
	limitMemory(cfg, log)
	uses, second, err := p.useCases(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if p.serves {
		if err := furnish(ctx, uses, cfg, log); err != nil {
			return nil, err
		}
	}
	handler, err := server.New(server.Config{
		App: uses, Pool: p.db.pool, Log: log, PublicURL: cfg.PublicURL, TrustedProxies: cfg.proxies(),
		CORSOrigins:  cfg.corsOrigins(),
		EmbedOrigins: cfg.EmbedOrigins,
		Version:      version(),
		Tracing:      p.tracing,
		TraceFrom:    cfg.traceFrom(),
		Checks:       []server.Check{diskCheck(cfg.DataDir)},
		Figures:      append(figuresOf(second), newDiskFigures(cfg.DataDir, log)),
	})
	if err != nil {
		return nil, err
	}
	stopMetrics, err := serveMetrics(cfg.MetricsAddr, handler.Beside(), log)
	if err != nil {
		return nil, err
	}
	// Jobs are ended by stop, in order, not by the signal.
	if err := uses.Start(context.WithoutCancel(ctx)); err != nil {
		return nil, errors.Join(fmt.Errorf("start background jobs: %w", err), stopMetrics(ctx))
	}
	stop := func(ctx context.Context) error { return errors.Join(uses.Stop(ctx), stopMetrics(ctx)) }
	return &service{handler: handler, stop: stop, log: log}, nil
}

// useCases puts together what the service does, without its outside.
func (p parts) useCases(ctx context.Context, cfg config) (*app.App, app.SecondJudgeConfig, error) {
	none := app.SecondJudgeConfig{}
	engine, err := claims.NewEngine()
	if err != nil {
		return nil, none, fmt.Errorf("load the engine: %w", err)
	}
	engine.Remember(cfg.ModelMemory)
	sealer, err := cfg.sealer(p)
	if err != nil {
		return nil, none, err
	}
	fetcher := ingest.NewFetcher(ingest.Config{PublicURL: cfg.PublicURL, AllowHosts: cfg.FetchAllow})
	poster := ingest.NewPoster(ingest.PosterConfig{PublicURL: cfg.PublicURL, AllowHosts: cfg.WebhookAllow})
	second, err := cfg.secondJudge(p.log)
	if err != nil {
		return nil, none, err
	}
	replicas, err := cfg.replicas(p)
	if err != nil {
		return nil, none, err
	}
	uses, err := app.New(app.Config{Pool: p.db.pool, DataDir: cfg.DataDir, Engine: engine, Log: p.log, PublicRead: cfg.PublicRead, Fetcher: fetcher,
		Poster: poster, PublicURL: cfg.PublicURL, Feeds: cfg.feeds(), Sealer: sealer, RequireFactor: cfg.requiredRoles(),
		CallsPerMinute: cfg.CallsPerMinute, SecondJudge: second, Retention: app.Retention{Articles: cfg.RetainArticles, History: cfg.RetainHistory},
		Workers: cfg.Workers, MaxWaiting: cfg.MaxWaiting, NoWork: !p.works, Replicas: replicas, Wall: clock, Tracing: p.tracing})
	if err != nil {
		return nil, none, err
	}
	if err := uses.WarnOfForeignFactors(ctx); err != nil {
		return nil, none, err
	}
	if !p.serves {
		err = uses.RefuseToLackKey(ctx)
	}
	return uses, second, err
}

// furnish puts into the database what a first start needs: the administrator, the
// administrator's key, and the sample story where it is wanted.
func furnish(ctx context.Context, uses *app.App, cfg config, log *slog.Logger) error {
	first, err := uses.Bootstrap(ctx, app.Bootstrap{
		Email: cfg.AdminEmail, Password: cfg.AdminPassword, APIKey: cfg.AdminAPIKey,
	})
	if err != nil {
		return fmt.Errorf("make the first administrator: %w", err)
	}
	if first.AdministratorMade {
		log.Info("made the first administrator", "email", cfg.AdminEmail)
	}
	tellFirstPassword(log, first.FirstPassword)
	if !cfg.Sample {
		return nil
	}
	story, err := sampleStory()
	if err != nil {
		return err
	}
	loaded, err := uses.LoadSample(ctx, story)
	if err != nil {
		return fmt.Errorf("load the sample story: %w", err)
	}
	if loaded {
		log.Info("loaded the sample story", "articles", len(story.Articles))
	}
	return nil
}

// tellFirstPassword says at each start where the password lies that the service made, until
// somebody has exchanged it, and what to do where nobody did in time.
func tellFirstPassword(log *slog.Logger, p *app.FirstPassword) {
	if p == nil {
		return
	}
	if p.Ended {
		log.Warn("nobody used the first password in time, and it has ended: make a link to a new one", "email", p.Email,
			"command", "server password reset --email "+p.Email)
		return
	}
	args := []any{"email", p.Email}
	if p.File != "" {
		args = append(args, "password_file", p.File)
	}
	if !p.Until.IsZero() {
		args = append(args, "until", p.Until.Truncate(time.Minute))
	}
	log.Info("sign in with the first password, and choose your own", args...)
}

// sampleStory gives the sample as the use cases take it.
func sampleStory() (app.StoryInput, error) {
	s, err := sample.Load()
	if err != nil {
		return app.StoryInput{}, err
	}
	in := app.StoryInput{Title: s.Title}
	for _, a := range s.Articles {
		in.Articles = append(in.Articles, app.ArticleInput{
			Text: a.Text, Source: a.Source, Title: a.Title, URL: a.URL, PublishedAt: a.PublishedAt, ExternalID: a.ID,
		})
	}
	return in, nil
}
