package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
)

// service is the web service with all its parts put together.
type service struct {
	handler http.Handler
	stop    func(context.Context) error
	log     *slog.Logger
}

// newService puts the parts together over a database that is up to date.
func newService(_ context.Context, _ config, db *database, log *slog.Logger) (*service, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		if err := db.pool.Ping(r.Context()); err != nil {
			http.Error(w, "database", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	})
	return &service{handler: mux, stop: func(context.Context) error { return nil }, log: log}, nil
}
