package app

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/claims"
)

// Config is what an [App] is made of.
type Config struct {
	// Pool is a database that is up to date.
	Pool *pgxpool.Pool
	// Engine reads and compares.
	Engine *claims.Engine
	Log    *slog.Logger
	// PublicRead lets anybody read findings with their passages.
	PublicRead bool
	// Now is the clock, time.Now where it is nil.
	Now func() time.Time
	// Workers is how many jobs run at once, the number of processors where it is 0.
	Workers int
}

// App is the service without its outside. It is safe for concurrent use.
type App struct {
	cfg Config
}

// New puts the service together. It starts nothing.
func New(cfg Config) (*App, error) { return &App{cfg: cfg}, nil }

// Start runs jobs and the listener for progress until [App.Stop]. Jobs that a
// killed server has left running are taken up again.
func (a *App) Start(ctx context.Context) error { panic("surface") }

// Stop takes no further jobs and lets those that run end. When ctx ends first,
// they are cancelled and go back to the queue.
func (a *App) Stop(ctx context.Context) error { panic("surface") }

// EngineInfo says which engine analyses here.
func (a *App) EngineInfo() claims.EngineInfo { return a.cfg.Engine.Info() }
