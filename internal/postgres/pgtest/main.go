// Command pgtest runs a command with a PostgreSQL cluster of its own, made for
// it and removed after it:
//
//	go run ./internal/postgres/pgtest go test ./...
//
// The command finds a superuser's connection string in TEST_DATABASE_URL. Where
// that is set already, the command is run as it is. The cluster gives up safety
// against power loss for speed. pgtest ends with the command's exit status.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"corroborate/internal/postgres"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: pgtest COMMAND [ARGUMENT...]")
		os.Exit(2)
	}
	if err := run(os.Args[1:]); err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) && exit.ExitCode() > 0 {
			os.Exit(exit.ExitCode())
		}
		fmt.Fprintln(os.Stderr, "pgtest:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	// The command shares the terminal and hears an interrupt itself; what follows
	// it here is the clearing up.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	databaseURL := os.Getenv("TEST_DATABASE_URL")
	if databaseURL != "" {
		return runCommand(ctx, args, databaseURL)
	}
	dir, err := os.MkdirTemp("", "pgtest")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	cluster, err := postgres.Start(ctx, postgres.Config{
		DataDir: dir, BinDir: os.Getenv("PG_BIN_DIR"), Disposable: true, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	err = runCommand(ctx, args, cluster.SuperuserURL())
	return errors.Join(err, cluster.Stop(context.WithoutCancel(ctx)))
}

func runCommand(ctx context.Context, args []string, databaseURL string) error {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "TEST_DATABASE_URL="+databaseURL)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	return cmd.Run()
}
