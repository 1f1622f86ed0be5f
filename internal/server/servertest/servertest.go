// Package servertest gives tests the whole service behind its router, on a
// database of its own, with people of every role and keys of every scope.
package servertest

import (
	"context"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/ingest"
	"corroborate/internal/server"
	"corroborate/internal/store"
	"corroborate/internal/store/storetest"
	"corroborate/internal/tracing"
)

// AdminKey is a key with the scope admin, Password the password of everybody.
const (
	AdminKey = "test-admin-key-0123456789abcdef"
	Password = "correct horse battery staple"
)

const adminEmail = "administrator@news.example"

// Options choose what the service is like; the zero value is a private one that
// runs no jobs.
type Options struct {
	PublicRead bool
	// Jobs runs the analysis.
	Jobs           bool
	CallsPerMinute int
	// MaxWaiting is the most articles that may wait to be read, as in [app.Config].
	MaxWaiting   int
	PublicURL    string
	CORSOrigins  []string
	EmbedOrigins []string
	// FetchAllow are hosts that may be fetched though they are on this machine; such
	// fetches do not wait for their turn.
	FetchAllow []string
	// HookAllow are hosts that webhooks may lead to though they are on this machine.
	HookAllow []string
	// HoldsEvery is the time between two looks whether who reads a stream still may.
	HoldsEvery time.Duration
	// Feeds sets how feeds are polled.
	Feeds app.FeedConfig
	// RequireFactor are the roles that have to have a second factor.
	RequireFactor []auth.Role
	// SecondJudge sets an outside model up that judges pairs.
	SecondJudge app.SecondJudgeConfig
	// Database is the connection string of the database that it runs on, a new one where
	// it is empty.
	Database string
	// ReadOnly has reads go where a replica would be: to connections that cannot write. It
	// needs Jobs.
	ReadOnly bool
	// Tracing makes spans of requests and jobs, none where it is nil.
	Tracing *tracing.Tracing
	// Trace is told of each statement that the service runs.
	Trace pgx.QueryTracer
	// Watch changes how the service connects to its database, unless it is nil.
	Watch func(*pgxpool.Config)
	// Log takes the log; none is written where it is nil.
	Log *slog.Logger
}

// Service is a service under test.
type Service struct {
	*server.Server
	App *app.App
	// Pool is the test's own way into the database, which may do everything; Serving
	// that of the service, whose role may do no more than it needs.
	Pool, Serving *pgxpool.Pool
	t             testing.TB
}

// engine is loaded once for all tests: it is immutable.
var engine = sync.OnceValues(claims.NewEngine)

// New starts a service that ends with the test.
func New(t testing.TB, opts Options) *Service {
	t.Helper()
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	e, err := engine()
	must(t, err)
	sealer, err := auth.NewSealer("the key of second factors in tests")
	must(t, err)
	made := opts.Database == ""
	if made {
		opts.Database = storetest.URL(t)
	}
	s := &Service{Pool: storetest.Open(t, opts.Database, nil), t: t}
	if !made {
		storetest.Grant(t, s.Pool)
	}
	s.Serving = storetest.Open(t, storetest.ServingURL(t, opts.Database), opts.connect)
	s.App, err = app.New(app.Config{Pool: s.Serving, Engine: e, Log: opts.Log, PublicRead: opts.PublicRead, Workers: 2, CallsPerMinute: opts.CallsPerMinute, MaxWaiting: opts.MaxWaiting,
		Sealer: sealer, RequireFactor: opts.RequireFactor, Feeds: opts.Feeds, PublicURL: opts.PublicURL, HoldsEvery: opts.HoldsEvery,
		SecondJudge: opts.SecondJudge, Tracing: opts.Tracing, Replicas: s.readOnly(opts),
		Poster: ingest.NewPoster(ingest.PosterConfig{AllowHosts: opts.HookAllow}), Fetcher: ingest.NewFetcher(ingest.Config{AllowHosts: opts.FetchAllow, Gap: time.Millisecond})})
	must(t, err)
	_, err = s.App.Bootstrap(t.Context(), app.Bootstrap{Email: adminEmail, Password: Password, APIKey: AdminKey})
	must(t, err)
	s.Server, err = server.New(server.Config{
		App: s.App, Pool: s.Serving, Log: opts.Log, PublicURL: opts.PublicURL, CORSOrigins: opts.CORSOrigins,
		EmbedOrigins: opts.EmbedOrigins, Tracing: opts.Tracing,
	})
	must(t, err)
	if opts.Jobs {
		must(t, s.App.Start(context.WithoutCancel(t.Context())))
		t.Cleanup(func() {
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
			defer cancel()
			if err := s.App.Stop(ctx); err != nil {
				t.Errorf("servertest: stop: %v", err)
			}
		})
	}
	return s
}

// connect sets how the service connects to its database.
func (o Options) connect(cfg *pgxpool.Config) {
	cfg.ConnConfig.Tracer = o.Trace
	if o.Watch != nil {
		o.Watch(cfg)
	}
}

// readOnly gives what stands for a replica where opts ask for one: the database itself,
// which is always in time, on connections that cannot write.
func (s *Service) readOnly(opts Options) *store.Replicas {
	s.t.Helper()
	if !opts.ReadOnly {
		return nil
	}
	hosts := s.Serving.Config()
	hosts.ConnConfig.RuntimeParams["default_transaction_read_only"] = "on"
	out, err := store.NewReplicas(store.ReplicaConfig{Hosts: hosts, Log: opts.Log, Look: func(ctx context.Context, conn *pgx.Conn) (store.Place, error) {
		at := store.Place{Standby: true, At: math.MaxInt64}
		return at, conn.QueryRow(ctx, "SELECT id::text FROM lineage").Scan(&at.Lineage)
	}})
	must(s.t, err)
	return out
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("servertest: %v", err)
	}
}

// Key makes an API key of the administrator's with some scopes.
func (s *Service) Key(scopes ...auth.Scope) string {
	s.t.Helper()
	admin, err := s.App.AuthenticateKey(s.t.Context(), AdminKey)
	must(s.t, err)
	_, secret, err := s.App.CreateKey(s.t.Context(), admin, app.KeyInput{Name: "test", Scopes: scopes})
	must(s.t, err)
	return secret
}

// User makes a person with a role and gives the address to sign in with.
func (s *Service) User(role auth.Role) string {
	s.t.Helper()
	if role == auth.Administrator {
		return adminEmail
	}
	admin, err := s.App.AuthenticateKey(s.t.Context(), AdminKey)
	must(s.t, err)
	email := string(role) + "@news.example"
	_, err = s.App.CreateUser(s.t.Context(), admin, app.UserInput{Email: email, Name: string(role), Password: Password, Role: role})
	must(s.t, err)
	return email
}

// SignIn signs a person in and gives the session's cookie.
func (s *Service) SignIn(email string) *http.Cookie {
	s.t.Helper()
	form := url.Values{"email": {email}, "password": {Password}}.Encode()
	r := httptest.NewRequestWithContext(s.t.Context(), http.MethodPost, "/login", strings.NewReader(form))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if w.Code == http.StatusSeeOther && strings.HasSuffix(c.Name, "session") {
			return c
		}
	}
	s.t.Fatalf("servertest: sign in as %s: status %d, cookies %v", email, w.Code, w.Result().Cookies())
	return nil
}

// Call is a request to make.
type Call struct {
	Method, Path string
	// Body is sent as JSON by default.
	Body   string
	Key    string
	Cookie *http.Cookie
	Header http.Header
}

// streamTime is for how long Do reads a stream of events, which has no end.
const streamTime = time.Second

// Do makes a call.
func (s *Service) Do(c Call) *httptest.ResponseRecorder {
	s.t.Helper()
	ctx := s.t.Context()
	if path, _, _ := strings.Cut(c.Path, "?"); strings.HasSuffix(path, "/events") {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, streamTime)
		defer cancel()
	}
	r := httptest.NewRequestWithContext(ctx, c.Method, c.Path, strings.NewReader(c.Body))
	if c.Body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.Key != "" {
		r.Header.Set("Authorization", "Bearer "+c.Key)
	}
	if c.Cookie != nil {
		r.AddCookie(c.Cookie)
	}
	for name, values := range c.Header {
		r.Header[name] = values
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}
