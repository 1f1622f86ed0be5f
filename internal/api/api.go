package api

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/httprate"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

// Version is the version of the interface. It goes up with every change of the
// OpenAPI document: the last number for words, the middle one for what callers
// may use, the first for what breaks them.
const Version = "1.7.1"

// Prefix is the path under which all operations lie.
const Prefix = "/api/v1"

// Config is what an [API] is made of. All fields but Seen are needed.
type Config struct {
	App *app.App
	Log *slog.Logger
	// PublicURL is the address under which the service is reached, for the examples
	// of the documentation: https://news.example.org.
	PublicURL string
	// Seen is told who makes a call, for the log of requests.
	Seen func(ctx context.Context, caller string)
}

// API holds the operations. It is safe for concurrent use.
type API struct {
	app       *app.App
	log       *slog.Logger
	seen      func(ctx context.Context, caller string)
	wrongKeys *httprate.RateLimiter
	searches  *httprate.RateLimiter
	publicURL string
	streams   *streams
	router    chi.Router
	huma      huma.API
	routes    []Route
	// written are the methods of the calls whose address has no placeholder, by it.
	written map[string][]string
	spec    []byte
}

// noNullArrays tells the library that an empty array is never null; it asks for
// this in a variable.
var noNullArrays = sync.OnceFunc(func() { huma.DefaultArrayNullable = false })

// New registers every operation on a router, under [Prefix] and behind the
// middleware of the API.
func New(cfg Config, router chi.Router) (*API, error) {
	noNullArrays()
	perMinute := cfg.App.CallsPerMinute()
	a := &API{app: cfg.App, log: cfg.Log, seen: cfg.Seen, wrongKeys: wrongKeyLimiter(perMinute), searches: searchLimiter(perMinute),
		publicURL: cfg.PublicURL, router: router, streams: &streams{of: map[string]int{}}}
	if a.seen == nil {
		a.seen = func(context.Context, string) {}
	}
	router.Group(func(r chi.Router) {
		r.Use(private, a.listedMethods, a.authenticate, a.limit(), readable, notModified, a.reached)
		a.huma = humachi.New(r, a.config(cfg.PublicURL))
		a.register()
		a.written = writtenOut(a.routes)
	})
	finishSchemas(a.huma.OpenAPI())
	var err error
	if a.spec, err = json.MarshalIndent(a.huma.OpenAPI(), "", "  "); err != nil {
		return nil, fmt.Errorf("api: write the OpenAPI document: %w", err)
	}
	return a, nil
}

// register lists the operations of the API.
func (a *API) register() {
	a.registerStories()
	a.registerRegrouping()
	a.registerArticles()
	a.registerRevisions()
	a.registerImports()
	a.registerFindings()
	a.registerFindingLists()
	a.registerFindingStudy()
	a.registerCoverage()
	a.registerReviews()
	a.registerWork()
	a.registerBlind()
	a.registerAccuracy()
	a.registerClaims()
	a.registerReports()
	a.registerLinked()
	a.registerShares()
	a.registerSearch()
	a.registerSavedSearches()
	a.registerChecks()
	a.registerSources()
	a.registerSourceRemoval()
	a.registerFeeds()
	a.registerKeys()
	a.registerMe()
	a.registerUsers()
	a.registerForget()
	a.registerAccounts()
	a.registerInvitations()
	a.registerHistory()
	a.registerBin()
	a.registerErasure()
	a.registerWebhooks()
	a.registerSecondJudge()
	a.registerEvents()
}

// Routes lists the operations' addresses in the order of their registration.
func (a *API) Routes() []Route { return a.routes }

// Spec gives the OpenAPI document as JSON.
func (a *API) Spec() []byte { return a.spec }

// OpenAPI gives the OpenAPI document, which must not be changed.
func (a *API) OpenAPI() *huma.OpenAPI { return a.huma.OpenAPI() }

// Guard lets requests through whose key is permitted to do something. It is for
// addresses outside [Prefix].
func (a *API) Guard(needs app.Action, next http.Handler) http.Handler {
	return a.authenticate(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := missingRight(actorOf(r.Context()), needs); err != nil {
			a.problem(r.Context(), err, "header").Write(w)
			return
		}
		next.ServeHTTP(w, r)
	}))
}

// UnknownPath answers for an address under [Prefix] that does not exist.
func (a *API) UnknownPath(w http.ResponseWriter, r *http.Request) {
	problem.New(r.Context(), problem.UnknownPath, "There is nothing at "+r.URL.Path+".", "").Write(w)
}

// WrongMethod answers for an address under [Prefix] that exists, naming the
// methods that it takes.
func (a *API) WrongMethod(w http.ResponseWriter, r *http.Request) {
	problem.New(r.Context(), problem.WrongMethod, r.Method+" is not taken here.", "").With("Allow", strings.Join(a.allowed(r.URL.Path), ", ")).Write(w)
}

// allowed lists the methods that an address takes. An address that is written out in
// full, such as /feeds/opml, takes none of those of the pattern that it fits as well.
func (a *API) allowed(path string) []string {
	if methods := a.written[path]; methods != nil {
		return methods
	}
	var fitting []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodPut, http.MethodDelete} {
		if a.router.Match(chi.NewRouteContext(), method, path) {
			fitting = append(fitting, method)
		}
	}
	return fitting
}

// writtenOut lists the methods of calls by their addresses, of those without a placeholder.
func writtenOut(routes []Route) map[string][]string {
	out := map[string][]string{}
	for _, r := range routes {
		if !strings.Contains(r.Pattern, "{") {
			out[r.Pattern] = append(out[r.Pattern], r.Method)
		}
	}
	for _, methods := range out {
		slices.Sort(methods)
	}
	return out
}

// Broken answers a call that failed in a way that was not foreseen.
func (a *API) Broken(w http.ResponseWriter, r *http.Request) {
	problem.New(r.Context(), problem.Internal, "", "").Write(w)
}
