package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5"

	"corroborate/internal/app"
	"corroborate/web/static"
	"corroborate/web/views"
)

// The keys under which a session keeps who is signed in, for
// [app.App.SessionActor]. An absent user is nobody.
const (
	SessionUser    = "user_id"
	SessionVersion = "session_version"
)

// sessionNotice keeps a line that the next page shows once.
const sessionNotice = "notice"

// Deps is what the pages are made of. All of it but PublicURL is needed.
type Deps struct {
	App *app.App
	// Sessions has to be loaded and saved around the routes.
	Sessions *scs.SessionManager
	// Actor gives who makes the request of a context: a person or
	// [app.App.Anonymous].
	Actor func(context.Context) app.Actor
	Log   *slog.Logger
	// PublicURL is scheme and host under which browsers reach the service, empty where
	// that is unknown.
	PublicURL string
	// EmbedOrigins are the origins of the sites that may frame the cards of findings.
	EmbedOrigins []string
}

// Web is the pages. It is safe for concurrent use.
type Web struct {
	app      *app.App
	sessions *scs.SessionManager
	actor    func(context.Context) app.Actor
	log      *slog.Logger
	static   *static.Assets
	// publicURL begins the addresses that people hand on.
	publicURL    string
	embedOrigins []string
	assets       views.Assets
}

// New makes the pages.
func New(deps Deps) (*Web, error) {
	if deps.App == nil || deps.Sessions == nil || deps.Actor == nil || deps.Log == nil {
		return nil, errors.New("web: a part of Deps is missing")
	}
	files, err := static.New()
	if err != nil {
		return nil, err
	}
	return &Web{
		app: deps.App, sessions: deps.Sessions, actor: deps.Actor, log: deps.Log, static: files, publicURL: deps.PublicURL,
		embedOrigins: deps.EmbedOrigins,
		assets:       views.Assets{CSS: files.URL("app.css"), JS: files.URL("app.js"), Icon: files.URL("icon.svg")},
	}, nil
}

// Routes registers every route of [Routes] behind its access.
func (w *Web) Routes(r chi.Router) {
	for _, e := range endpoints() {
		handle := func(rw http.ResponseWriter, r *http.Request) error { return e.handle(w, rw, r) }
		r.Method(e.method, e.pattern, w.guard(e.access, w.adapt(handle)))
	}
}

// guard lets those through whom a route's access permits.
func (w *Web) guard(access Access, next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		who := w.actor(r.Context())
		switch {
		case who.FactorDue && access != Anyone && access != SignedIn:
			w.leadToFactor(rw, r)
			return
		case !access.permits(who):
			w.Fail(rw, r, access.refusal(who))
			return
		}
		next.ServeHTTP(rw, r)
	})
}
