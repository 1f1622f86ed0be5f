// Command server is Corroborate: a web service that stores news articles, breaks
// them into claims, and shows where sources agree and where they diverge. Its
// engine can be used from the command line alone, without a database.
//
// # A tour of the code
//
// A request takes four hops: a route, a handler, a use case, the store; a page
// then goes through a template. Imports point down this list and never up.
//
//   - cmd/server: this command. config.go reads the settings, serve.go puts the
//     parts together, each other subcommand has a file.
//   - internal/server: the router, what surrounds each handler, health, metrics.
//   - internal/api: the REST operations; web: the pages and their forms, with
//     the HTML in web/views and what browsers load in web/static.
//   - internal/app: the use cases that pages and REST share. Only they start
//     transactions and enqueue jobs.
//   - internal/store: all SQL; internal/jobs: work in the background;
//     internal/ingest: what is foreign and has to become text; internal/auth:
//     passwords, keys and roles.
//   - internal/claims: the domain and the engine. It is pure: no I/O, no clock,
//     no randomness. Start reading there, at its package comment.
//   - internal/postgres: the private database cluster for who brings none.
//   - migrations: the schema's changes.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/caarlos0/env/v11"
)

// commands lists the subcommands in the order in which help shows them. The
// first one runs when none is named.
func commands() []command {
	return []command{
		serveCommand(),
		workCommand(),
		analyzeCommand(),
		extractCommand(),
		compareCommand(),
		groupCommand(),
		importCommand(),
		keyCreateCommand(),
		keyListCommand(),
		keyRevokeCommand(),
		passwordResetCommand(),
		migrateCommand(),
		doctorCommand(),
		healthcheckCommand(),
		versionCommand(),
	}
}

// environment is what a command may touch of the world.
type environment struct {
	vars   map[string]string // the environment variables
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
}

func main() {
	os.Exit(run(interruptible(), environment{
		vars: env.ToMap(os.Environ()), stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
	}, os.Args[1:]))
}

// interruptible gives a context that ends with the first signal to stop. The
// second one ends the process at once.
func interruptible() context.Context {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // it is under nohup
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	context.AfterFunc(ctx, stop)
	return ctx
}
