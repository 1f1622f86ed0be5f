package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/chi/v5/middleware"

	"corroborate/internal/app"
	"corroborate/internal/trouble"
	"corroborate/migrations"
)

const (
	// readyTime is how long all checks together may take.
	readyTime = 2 * time.Second
	// readyKept is how long an answer is given again, so that many who ask cost no more
	// than one.
	readyKept = time.Second
)

// Check is one thing that is looked at to tell whether the server is ready.
type Check struct {
	Name string
	// Needed is true where the server cannot answer without it. What is not needed is told
	// and keeps nobody away: a load balancer would else take all servers out at once.
	Needed bool
	// Look says in a few words how it stands, for everybody; the error says why it is not
	// well, for who runs the server.
	Look func(context.Context) (says string, err error)
}

// checked is what a check has found.
type checked struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Needed bool   `json:"needed"`
	Says   string `json:"says"`
	// Why is left out where strangers ask.
	Why string `json:"why,omitempty"`
}

// ownChecks are those of the server itself.
func ownChecks(cfg Config) []Check {
	all := constantChecks(cfg)
	if len(cfg.App.Replicas()) > 0 {
		all = append(all, Check{Name: "replicas", Look: func(context.Context) (string, error) { return lookAtReplicas(cfg.App.Replicas()) }})
	}
	return all
}

// lookAtReplicas tells how many replicas are used. None is needed: without them the
// primary answers.
func lookAtReplicas(all []app.ReplicaState) (string, error) {
	used := 0
	var why []error
	for _, r := range all {
		if r.Used {
			used++
		} else {
			why = append(why, errors.New(r.Name+": "+r.Why))
		}
	}
	return fmt.Sprintf("reads go to %d of %d replicas", used, len(all)), errors.Join(why...)
}

// constantChecks are those that every server has.
func constantChecks(cfg Config) []Check {
	return []Check{
		{Name: "database", Needed: true, Look: func(ctx context.Context) (string, error) {
			if err := cfg.App.Ready(ctx); err != nil {
				return "does not answer", err
			}
			return "answers", nil
		}},
		{Name: "schema", Needed: true, Look: func(ctx context.Context) (string, error) {
			switch pending, err := migrations.Pending(ctx, cfg.Pool); {
			case err != nil:
				return "cannot be looked at", err
			case pending:
				return "lacks a migration", errors.New("start a server of this version, or run server migrate")
			}
			return "is up to date", nil
		}},
		{Name: "jobs", Look: func(ctx context.Context) (string, error) {
			switch err := cfg.App.JobsAreWorked(ctx); {
			case errors.Is(err, app.ErrNoWorkers):
				return "nobody works on them", err
			case err != nil:
				return "do not go on", err
			}
			return "are worked on", nil
		}},
	}
}

// readiness looks at all checks when somebody asks.
type readiness struct {
	checks []Check
	told   []*trouble.Trouble // of each check

	lock  sync.Mutex
	last  []checked
	until time.Time
}

func newReadiness(checks []Check, log *slog.Logger) *readiness {
	r := &readiness{checks: checks}
	for range checks {
		r.told = append(r.told, trouble.New(log, "not ready"))
	}
	return r
}

// look gives what the checks find, not older than [readyKept].
func (r *readiness) look(ctx context.Context) []checked {
	r.lock.Lock()
	defer r.lock.Unlock()
	if time.Now().Before(r.until) {
		return r.last
	}
	// Others may be given this answer too, so that the end of one request cuts nothing off.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readyTime)
	defer cancel()
	r.last = make([]checked, len(r.checks))
	for i, c := range r.checks {
		says, err := c.Look(ctx)
		r.last[i] = checked{Name: c.Name, OK: err == nil, Needed: c.Needed, Says: says}
		if err != nil {
			r.last[i].Why = err.Error()
		}
		r.told[i].Note(ctx, err, "check", c.Name, "needed", c.Needed, "request_id", middleware.GetReqID(ctx))
	}
	r.until = time.Now().Add(readyKept)
	return r.last
}

// serve says whether requests can be served, and what of it is not well in words that
// tell strangers nothing of use to them.
func (r *readiness) serve(w http.ResponseWriter, req *http.Request) {
	all := append([]checked(nil), r.look(req.Context())...)
	for i := range all {
		all[i].Why = ""
	}
	answerReady(w, req, all)
}

// serveAll is serve with the reasons.
func (r *readiness) serveAll(w http.ResponseWriter, req *http.Request) {
	answerReady(w, req, r.look(req.Context()))
}

// answerReady writes what was found, as JSON for who asks for that.
func answerReady(w http.ResponseWriter, req *http.Request, all []checked) {
	status, word := http.StatusOK, "ready"
	for _, c := range all {
		if c.Needed && !c.OK {
			status, word = http.StatusServiceUnavailable, "not ready"
		}
	}
	if strings.Contains(req.Header.Get("Accept"), "application/json") {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]any{"status": word, "checks": all}) // the caller is gone when this fails
		return
	}
	text := word
	for _, c := range all {
		state := "ok "
		if !c.OK {
			state = "not"
		}
		text += fmt.Sprintf("\n%s %s: %s", state, c.Name, c.Says)
		if c.Why != "" {
			text += " (" + c.Why + ")"
		}
	}
	say(w, status, text)
}
