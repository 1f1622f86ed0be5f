package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5/middleware"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/server/problem"
	"corroborate/internal/store"
	"corroborate/web"
	"corroborate/web/static"
)

const (
	// sessionIdle ends a session that nobody uses, sessionLifetime every session.
	sessionIdle     = 24 * time.Hour
	sessionLifetime = 7 * 24 * time.Hour
)

// sessions keeps who is signed in, in the database. The cookie holds a random
// token, the database its hash.
type sessions struct {
	manager *scs.SessionManager
	cfg     Config
	broken  http.HandlerFunc
}

func newSessions(cfg Config, broken http.HandlerFunc) *sessions {
	s := &sessions{manager: scs.New(), cfg: cfg, broken: broken}
	m := s.manager
	m.Store = &sessionStore{db: store.New(cfg.Pool), codec: m.Codec} // old sessions go with a job
	m.HashTokenInStore = true
	m.IdleTimeout, m.Lifetime = sessionIdle, sessionLifetime
	m.Cookie.Name = "session"
	if strings.HasPrefix(cfg.PublicURL, "https://") {
		// The prefix makes browsers refuse the cookie from anywhere but this host.
		m.Cookie.Name, m.Cookie.Secure = "__Host-session", true
	}
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) { s.fail(w, r, err) }
	return s
}

// fail answers where a session cannot be had or kept. While the database is away that is
// nobody's fault, and over soon.
func (s *sessions) fail(w http.ResponseWriter, r *http.Request, err error) {
	away := claims.KindOf(err) == claims.Unavailable || errors.Is(err, context.DeadlineExceeded)
	level := slog.LevelError
	if away {
		level = slog.LevelWarn
	}
	s.cfg.Log.Log(r.Context(), level, "session", "error", err, "request_id", middleware.GetReqID(r.Context()))
	if away {
		w.Header().Set("Retry-After", problem.ShortPause)
		sayPlainly(w, r, http.StatusServiceUnavailable, awayPage)
		return
	}
	s.broken(w, r)
}

const awayPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not now</title></head>
<body><main><h1>Not now</h1>
<p>The database of the service cannot be reached. Nothing that was stored is lost, and you stay signed in. Wait a few seconds and load the page again; what you typed into a form is sent again then.</p>
<p>If it lasts, tell whoever runs the service this id: <code>%s</code></p></main></body></html>
`

type pageActorKey struct{}

// actor gives who makes the request: whoever is signed in, or nobody.
func (s *sessions) actor(ctx context.Context) app.Actor {
	if who, ok := ctx.Value(pageActorKey{}).(app.Actor); ok {
		return who
	}
	return s.cfg.App.Anonymous()
}

// caller gives the id of whoever is signed in, empty for nobody.
func (s *sessions) caller(r *http.Request) string { return s.actor(r.Context()).UserID }

// load gives the request its session and its actor. Files of the program are the
// same for everybody and need neither.
func (s *sessions) load(next http.Handler) http.Handler {
	withSession := s.manager.LoadAndSave(s.identify(next))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, static.Prefix) {
			next.ServeHTTP(w, r)
			return
		}
		v := &sessionVisit{address: keptAddress(middleware.GetClientIP(r.Context())), userAgent: r.UserAgent()}
		withSession.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), sessionVisitKey{}, v)))
	})
}

// identify finds the account of the session as it stands now. A session whose
// account is closed, or whose password was changed elsewhere, ends.
func (s *sessions) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		userID := s.manager.GetString(ctx, web.SessionUser)
		if userID == "" {
			next.ServeHTTP(w, r)
			return
		}
		who, err := s.cfg.App.SessionActor(ctx, userID, s.manager.GetInt(ctx, web.SessionVersion))
		switch {
		case claims.KindOf(err) == claims.Unauthenticated:
			if err := s.manager.Destroy(ctx); err != nil {
				s.fail(w, r, err)
				return
			}
		case err != nil:
			s.fail(w, r, err)
			return
		default:
			v := sessionVisitOf(ctx)
			who.SessionID = v.found.ID
			if v.found.Stale { // what is shown of sessions knows of this use
				if _, _, err := s.manager.Commit(ctx); err != nil {
					s.fail(w, r, err)
					return
				}
			}
			setCaller(ctx, "user:"+who.UserID)
			r = r.WithContext(context.WithValue(ctx, pageActorKey{}, who))
		}
		next.ServeHTTP(w, r)
	})
}
