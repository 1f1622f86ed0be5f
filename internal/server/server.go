package server

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"

	"corroborate/internal/api"
	"corroborate/internal/api/docs"
	"corroborate/internal/app"
	"corroborate/internal/tracing"
	"corroborate/web"
)

// Config is what a [Server] is made of. App, Pool and Log are needed.
type Config struct {
	App  *app.App
	Pool *pgxpool.Pool
	Log  *slog.Logger
	// PublicURL is scheme and host under which browsers reach the service, empty
	// where that is unknown. With https, cookies are marked secure.
	PublicURL string
	// TrustedProxies are the proxies whose X-Forwarded-For is believed.
	TrustedProxies []netip.Prefix
	// EmbedOrigins are the origins of the sites that may frame the cards of findings.
	EmbedOrigins []string
	// CORSOrigins are the sites whose scripts may call the API from a browser; "*" is
	// every site.
	CORSOrigins []string
	// Version names the program in the figures.
	Version string
	// Checks are looked at for readiness, behind those of the server itself.
	Checks []Check
	// Figures are served with those of the server itself and of App.
	Figures []prometheus.Collector
	// Tracing makes spans of requests, none where it is nil.
	Tracing *tracing.Tracing
	// TraceFrom are the callers whose traces are gone on with.
	TraceFrom []netip.Prefix
}

// Server answers all requests. It is safe for concurrent use.
type Server struct {
	cfg      Config
	router   chi.Router
	api      *api.API
	web      *web.Web
	sessions *sessions
	metrics  *metrics
	ready    *readiness
}

// New puts the server together. It opens no connection.
func New(cfg Config) (*Server, error) {
	if cfg.App == nil || cfg.Pool == nil || cfg.Log == nil {
		return nil, errors.New("server: a part of Config is missing")
	}
	s := &Server{cfg: cfg, router: chi.NewRouter(), metrics: newMetrics(cfg.Pool, cfg.build())}
	s.metrics.registry.MustRegister(append(cfg.App.Figures(), cfg.Figures...)...)
	s.ready = newReadiness(append(ownChecks(cfg), cfg.Checks...), cfg.Log)
	admissions := newAdmissions(cfg.Pool.Config().MaxConns)
	s.metrics.registry.MustRegister(admissions.collectors()...)
	if len(cfg.App.Replicas()) > 0 {
		s.metrics.registry.MustRegister(newReplicaCollector(cfg.App))
	}
	s.sessions = newSessions(cfg, s.broken)
	var err error
	s.web, err = web.New(web.Deps{App: cfg.App, Sessions: s.sessions.manager, Actor: s.sessions.actor, Log: cfg.Log, PublicURL: cfg.PublicURL,
		EmbedOrigins: cfg.EmbedOrigins})
	if err != nil {
		return nil, fmt.Errorf("server: %w", err)
	}
	s.router.Use(requestID, clientIP(cfg.TrustedProxies))
	if cfg.Tracing != nil {
		s.router.Use(traceRequests(cfg.Tracing, cfg.TraceFrom))
		s.metrics.registry.MustRegister(cfg.Tracing.Figures()...)
	}
	s.router.Use(observe(cfg.Log, s.metrics), recoverer(cfg.Log, s.metrics.panics.Inc, s.broken),
		secureHeaders(cfg.PublicURL), crossOrigin(cfg.CORSOrigins), middleware.Compress(gzipLevel, compressed...), middleware.GetHead, inTime, admissions.admit(s.busy))
	if err := s.routes(); err != nil {
		return nil, fmt.Errorf("server: %w", err)
	}
	return s, nil
}

// build says what program this is.
func (c Config) build() Build {
	b := Build{Version: c.Version}
	if c.App.HasEngine() {
		info := c.App.EngineInfo()
		b.Engine, b.EngineHash = info.Version, info.Hash
	}
	return b
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.router.ServeHTTP(w, r) }

// Beside serves the figures, and with all details how the server fares, to anybody who
// reaches it; it is for a listener of its own, as the details are not for strangers.
func (s *Server) Beside() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.metrics.handler())
	mux.HandleFunc("GET /healthz", alive)
	mux.HandleFunc("GET /readyz", s.ready.serveAll)
	return mux
}

// routes registers everything that [Routes] lists.
func (s *Server) routes() error {
	protect, err := sameOrigin(s.cfg.PublicURL, s.web.Fail)
	if err != nil {
		return err
	}
	s.router.Group(func(r chi.Router) {
		r.Use(s.sessions.load, smallForms, protect, limitTries(s.web.Fail, s.sessions.caller), limitSearches(s.web.Fail, s.sessions.caller))
		s.web.Routes(r)
	})
	s.api, err = api.New(api.Config{
		App: s.cfg.App, Log: s.cfg.Log, PublicURL: s.cfg.PublicURL, Seen: setCaller,
	}, s.router)
	if err != nil {
		return err
	}
	page, err := docs.Page(s.api.OpenAPI(), cmp.Or(s.cfg.PublicURL, "http://localhost:8080"))
	if err != nil {
		return err
	}
	s.router.With(limitCards(s.web.CardFault)).Get("/cards/{token}", s.web.Card)
	s.router.Get("/docs", docs.Handler(page))
	s.router.Get("/docs/docs.css", docs.StyleHandler())
	s.router.Get("/openapi.json", serveSpec(s.api.Spec()))
	s.router.Get("/healthz", alive)
	s.router.Get("/readyz", s.ready.serve)
	s.router.Method(http.MethodGet, "/metrics", s.api.Guard(app.Administer, s.metrics.handler()))
	s.router.NotFound(s.split(s.api.UnknownPath, s.pageMissing))
	s.router.MethodNotAllowed(s.split(s.api.WrongMethod, s.pageMissing))
	return nil
}

// split answers in the way of the tree that an address lies in.
func (s *Server) split(ofAPI, ofPages http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if inAPI(r) {
			ofAPI(w, r)
			return
		}
		ofPages(w, r)
	}
}

func inAPI(r *http.Request) bool {
	return r.URL.Path == api.Prefix || strings.HasPrefix(r.URL.Path, api.Prefix+"/")
}

// pageMissing answers for an address that no page has, in the frame that the
// reader is used to.
func (s *Server) pageMissing(w http.ResponseWriter, r *http.Request) {
	s.sessions.load(http.HandlerFunc(s.web.Missing)).ServeHTTP(w, r)
}

// serveSpec serves the OpenAPI document.
func serveSpec(spec []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(spec) // the caller is gone when this fails
	}
}

// Router gives the routes, for whoever wants to walk them.
func (s *Server) Router() chi.Routes { return s.router }
