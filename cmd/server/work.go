package main

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/store"
)

// maxWorkers bounds WORKERS: each job holds an article or a story in memory.
const maxWorkers = 256

// maxModelMemory bounds MODEL_MEMORY, in megabytes.
const maxModelMemory = 16_384

// duty is what a server does of the work of all servers on its database.
type duty struct {
	serves bool // it answers requests
	works  bool // it works the background jobs
}

// check refuses a duty that nobody else could complement: a private database has one
// server.
func (d duty) check(cfg config) error {
	if d.serves && d.works || cfg.DatabaseURL != "" {
		return nil
	}
	return usageErrorf("set DATABASE_URL: a private database belongs to the one server that runs it, which serves and works. " +
		"On this machine WORKERS sets how many jobs it works at a time; for several servers run PostgreSQL on its own " +
		"(docs/operations.md, More than one machine)")
}

func workCommand() command {
	return command{
		name:    "work",
		summary: "work the background jobs, and serve nothing",
		help: "Works the background jobs of the database at DATABASE_URL, beside servers that run\n" +
			"there. It answers no requests but those of METRICS_ADDR: /metrics, /healthz and\n" +
			"/readyz. It stops on an interrupt (Ctrl-C), letting jobs end first; a second\n" +
			"interrupt ends it at once.\n\n" + settingsHelp(),
		setup: func(*flag.FlagSet) runner { return work },
	}
}

func work(ctx context.Context, env environment, _ []string) (err error) {
	cfg, err := loadConfig(env.vars)
	if err != nil {
		return err
	}
	does := duty{works: true}
	if err := does.check(cfg); err != nil {
		return err
	}
	log := newLogger(cfg, env.stderr)
	traces, err := cfg.startTracing(ctx, log)
	if err != nil {
		return err
	}
	log = traces.Logger(log)
	db, err := openDatabase(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	defer stopTracing(traces)
	if err := db.migrate(ctx, log); err != nil {
		return err
	}
	service, err := newService(ctx, cfg, parts{duty: does, db: db, log: log, tracing: traces})
	if err != nil {
		return err
	}
	fmt.Fprintln(env.stdout, "working")
	<-ctx.Done()
	log.Info("stopping")
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopGrace)
	defer cancel()
	return service.stop(grace)
}

// checkMachines finds what is wrong with the settings for several machines.
func (c config) checkMachines(wrong func(setting, why string)) {
	if c.MaxWaiting < 1 {
		wrong("MAX_WAITING", "want a number of articles, at least 1")
	}
	if c.ModelMemory < 1 || c.ModelMemory > maxModelMemory {
		wrong("MODEL_MEMORY", fmt.Sprintf("want a number of megabytes from 1 to %d", maxModelMemory))
	}
	if c.Workers < 0 || c.Workers > maxWorkers {
		wrong("WORKERS", fmt.Sprintf("want a number from 1 to %d", maxWorkers))
	}
	if c.DatabaseReadURL == "" {
		return
	}
	if _, err := pgxpool.ParseConfig(c.DatabaseReadURL); err != nil { // the error could show the password
		wrong("DATABASE_READ_URL", "want postgres://user:password@replica1:5432,replica2:5432/database")
	}
	if c.DatabaseURL == "" {
		wrong("DATABASE_READ_URL", "set DATABASE_URL too: a private database has no replicas")
	}
}

// replicas gives the replicas that reads may go to, nil for none. Jobs read where they
// write.
func (c config) replicas(p parts) (*store.Replicas, error) {
	if c.DatabaseReadURL == "" || !p.serves {
		return nil, nil
	}
	hosts, err := poolConfig(c.DatabaseReadURL, c.manner())
	if err != nil {
		return nil, errors.New("DATABASE_READ_URL: want postgres://user:password@replica1:5432,replica2:5432/database")
	}
	return store.NewReplicas(store.ReplicaConfig{Hosts: hosts, Log: p.log})
}
