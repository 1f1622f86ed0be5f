package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"

	"corroborate/internal/server"
)

const (
	// stopGrace is how long jobs that run may take to end once the server was told
	// to stop. Those that take longer are cut off and go back to the queue, for which
	// there are jobs.CutGrace more: all of it fits into ten seconds, which is what
	// containers are given.
	stopGrace = 6 * time.Second
	// requestGrace is how long requests may take; streams of events, which have no
	// end of their own, are ended then.
	requestGrace      = 2 * time.Second
	readHeaderTimeout = 10 * time.Second
	idleTimeout       = 2 * time.Minute
	maxHeaderBytes    = 64 << 10
	// maxConnections bounds the connections that are open; further ones wait with the
	// system until one ends.
	maxConnections = 10_000
)

func serveCommand() command {
	return command{
		name:    "serve",
		summary: "run the web service",
		help: "Serves pages and the REST API. Without DATABASE_URL it makes and runs a private\n" +
			"PostgreSQL cluster in the data folder. It stops on an interrupt (Ctrl-C), ending\n" +
			"what it is doing first; a second interrupt ends it at once.\n\n" + settingsHelp(),
		setup: func(flags *flag.FlagSet) runner {
			noWork := flags.Bool("no-work", false, "leave the background jobs to other servers on the same database")
			return func(ctx context.Context, env environment, _ []string) error {
				return serve(ctx, env, duty{serves: true, works: !*noWork})
			}
		},
	}
}

func serve(ctx context.Context, env environment, does duty) (err error) {
	cfg, err := loadConfig(env.vars)
	if err != nil {
		return err
	}
	if err := does.check(cfg); err != nil {
		return err
	}
	log := newLogger(cfg, env.stderr)
	// The address is taken first: that it is in use should be said before the
	// database is started.
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return fmt.Errorf("listen on ADDR: %w", err)
	}
	traces, err := cfg.startTracing(ctx, log)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	log = traces.Logger(log)
	front := server.NewFront(cfg.PublicURL)
	door := openDoor(ctx, listener, front, log)
	defer door.close()
	front.Doing("the database is started or awaited, and its schema brought up to date")
	db, err := openMigrated(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	defer stopTracing(traces)
	front.Doing("the language model is loaded")
	service, err := newService(ctx, cfg, parts{duty: does, db: db, log: log, tracing: traces})
	if err != nil {
		return err
	}
	front.Open(service.handler)
	fmt.Fprintf(env.stdout, "listening on %s\n", localURL(cfg.Addr, listener))
	return service.run(ctx, door, db)
}

// errDatabaseLost is why the service ends when its private cluster has.
var errDatabaseLost = errors.New("the private postgres has ended; its log is postgres.log in the data folder")

// door is the way in for requests. It is open from the start, so that who calls early is
// told to call again.
type door struct {
	server *http.Server
	// endRequests ends requests that have no end of their own.
	endRequests context.CancelFunc
	failed      chan error
}

// openDoor answers what comes in at a listener.
func openDoor(ctx context.Context, listener net.Listener, handler http.Handler, log *slog.Logger) *door {
	requests, endRequests := context.WithCancel(context.WithoutCancel(ctx))
	d := &door{endRequests: endRequests, failed: make(chan error, 1), server: &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: readHeaderTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		BaseContext:       func(net.Listener) context.Context { return requests },
	}}
	go func() { d.failed <- d.server.Serve(netutil.LimitListener(listener, maxConnections)) }()
	return d
}

// close cuts off what is still there.
func (d *door) close() {
	d.endRequests()
	_ = d.server.Close() // everything was ended in order, or nothing can be any more
}

// run serves until ctx ends, the listener fails or the database is lost; then it
// lets requests and jobs end.
func (s *service) run(ctx context.Context, in *door, db *database) error {
	var cause error
	select {
	case <-ctx.Done():
		s.log.Info("stopping")
	case err := <-in.failed:
		cause = fmt.Errorf("serve: %w", err)
	case <-db.lost():
		// Nothing can be ended in order without it; the next start takes up what is cut off.
		return errors.Join(db.loss(), in.server.Close())
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopGrace)
	defer cancel()
	time.AfterFunc(requestGrace, in.endRequests)
	return errors.Join(cause, in.server.Shutdown(grace), s.stop(grace))
}

// localURL is where the service can be opened on this machine; the port is the
// listener's, because ADDR may leave its choice to the system.
func localURL(addr string, listener net.Listener) string {
	host, _, err := net.SplitHostPort(reachable(addr))
	if err != nil {
		return "http://" + listener.Addr().String()
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return "http://" + listener.Addr().String()
	}
	return "http://" + net.JoinHostPort(host, port)
}
