package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/ingest"
	"corroborate/internal/sample"
	"corroborate/internal/server"
)

// service is the web service with all its parts put together.
type service struct {
	handler http.Handler
	stop    func(context.Context) error // lets jobs that run end; the handler stops before
	log     *slog.Logger
}

// newService puts the parts together over a database that is up to date, and
// starts the background jobs.
func newService(ctx context.Context, cfg config, db *database, log *slog.Logger) (*service, error) {
	engine, err := claims.NewEngine()
	if err != nil {
		return nil, fmt.Errorf("load the engine: %w", err)
	}
	sealer, err := cfg.sealer(log)
	if err != nil {
		return nil, err
	}
	fetcher := ingest.NewFetcher(ingest.Config{PublicURL: cfg.PublicURL, AllowHosts: cfg.FetchAllow})
	poster := ingest.NewPoster(ingest.PosterConfig{PublicURL: cfg.PublicURL, AllowHosts: cfg.WebhookAllow})
	second, err := cfg.secondJudge(log)
	if err != nil {
		return nil, err
	}
	uses, err := app.New(app.Config{Pool: db.pool, Engine: engine, Log: log, PublicRead: cfg.PublicRead, Fetcher: fetcher,
		Poster: poster, PublicURL: cfg.PublicURL, Feeds: cfg.feeds(), Sealer: sealer, RequireFactor: cfg.requiredRoles(),
		CallsPerMinute: cfg.CallsPerMinute, SecondJudge: second, Wall: clock})
	if err != nil {
		return nil, err
	}
	if err := uses.WarnOfForeignFactors(ctx); err != nil {
		return nil, err
	}
	if err := furnish(ctx, uses, cfg, log); err != nil {
		return nil, err
	}
	handler, err := server.New(server.Config{
		App: uses, Pool: db.pool, Log: log, PublicURL: cfg.PublicURL, TrustedProxies: cfg.proxies(),
		CORSOrigins:  cfg.corsOrigins(),
		EmbedOrigins: cfg.EmbedOrigins,
		Figures:      figuresOf(second),
	})
	if err != nil {
		return nil, err
	}
	stopMetrics, err := serveMetrics(cfg.MetricsAddr, handler.Metrics(), log)
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

// furnish puts into the database what a first start needs: the administrator, the
// administrator's key, and the sample story where it is wanted.
func furnish(ctx context.Context, uses *app.App, cfg config, log *slog.Logger) error {
	first, err := uses.Bootstrap(ctx, app.Bootstrap{
		Email: cfg.AdminEmail, Password: cfg.AdminPassword, APIKey: cfg.AdminAPIKey, DataDir: cfg.DataDir,
	})
	if err != nil {
		return fmt.Errorf("make the first administrator: %w", err)
	}
	if first.AdministratorMade {
		log.Info("made the first administrator", "email", cfg.AdminEmail, "password_file", first.PasswordFile)
	}
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
