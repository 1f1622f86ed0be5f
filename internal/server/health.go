package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5/middleware"

	"corroborate/internal/app"
	"corroborate/migrations"
)

// readyTime is how long the database may take to answer.
const readyTime = 2 * time.Second

// alive says that the process answers.
func alive(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok") }

// ready says whether requests can be served: the database answers and has the
// schema of this program. Why not is in the log.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyTime)
	defer cancel()
	if err := s.checkDatabase(ctx); err != nil {
		s.cfg.Log.WarnContext(ctx, "not ready", "error", err, "request_id", middleware.GetReqID(ctx))
		say(w, http.StatusServiceUnavailable, "not ready")
		return
	}
	say(w, http.StatusOK, "ready"+replicasWord(s.cfg.App.Replicas()))
}

// replicasWord tells how many replicas are used, nothing where there are none. None is
// needed to be ready, and why one is not used is in the log: anybody may ask here.
func replicasWord(all []app.ReplicaState) string {
	used := 0
	for _, r := range all {
		if r.Used {
			used++
		}
	}
	if len(all) == 0 {
		return ""
	}
	return fmt.Sprintf("\nreads go to %d of %d replicas", used, len(all))
}

func (s *Server) checkDatabase(ctx context.Context) error {
	if err := s.cfg.Pool.Ping(ctx); err != nil {
		return fmt.Errorf("reach the database: %w", err)
	}
	pending, err := migrations.Pending(ctx, s.cfg.Pool)
	if err != nil {
		return fmt.Errorf("look at the schema: %w", err)
	}
	if pending {
		return errors.New("the database lacks a migration")
	}
	return nil
}

func say(w http.ResponseWriter, status int, word string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, word+"\n") // the caller is gone when this fails
}

// broken answers a request that failed in a way that was not foreseen. It needs
// nothing that could be what has failed.
func (s *Server) broken(w http.ResponseWriter, r *http.Request) {
	if inAPI(r) {
		s.api.Broken(w, r)
		return
	}
	sayPlainly(w, r, http.StatusInternalServerError, brokenPage)
}

// sayPlainly writes a page that stands by itself and shows the id of the request.
func sayPlainly(w http.ResponseWriter, r *http.Request, status int, page string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// The id was checked to be letters and digits, so that it needs no escaping.
	fmt.Fprintf(w, page, middleware.GetReqID(r.Context()))
}

const brokenPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Something broke here</title></head>
<body><main><h1>Something broke here</h1>
<p>It is our fault, not yours. Try again in a moment. If it happens again, tell whoever runs the service this id: <code>%s</code></p>
<p><a href="/">Stories</a></p></main></body></html>
`
