package api

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/server/problem"
)

// Route is one address of the API and what a caller needs to use it.
type Route struct {
	Method  string
	Pattern string
	// Needs is the action that the caller has to be permitted.
	Needs app.Action
}

type (
	actorKey  struct{}
	originKey struct{}
)

// actorOf gives who makes the call.
func actorOf(ctx context.Context) app.Actor {
	who, _ := ctx.Value(actorKey{}).(app.Actor)
	return who
}

// authenticate finds out who calls: the key in the Authorization header, or
// nobody. A key that is not valid is an error even where none is needed. Wrong
// keys are counted by address, so that keys cannot be guessed at speed.
func (a *API) authenticate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who := a.app.Anonymous()
		if header := r.Header.Get("Authorization"); header != "" {
			known, err := a.keyActor(r.Context(), header)
			if err != nil {
				a.refuse(w, r, err)
				return
			}
			who = known
			a.seen(r.Context(), "key:"+who.KeyID)
		}
		ctx := context.WithValue(r.Context(), actorKey{}, who)
		next.ServeHTTP(w, r.WithContext(context.WithValue(ctx, originKey{}, originOf(r))))
	})
}

// originOf gives scheme and host as the caller wrote them.
func originOf(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// address gives the whole address of a page, for people to hand on: under the address
// that the settings name, else under that of the call.
func (a *API) address(ctx context.Context, path string) string {
	origin, _ := ctx.Value(originKey{}).(string)
	return cmp.Or(a.publicURL, origin) + path
}

func (a *API) keyActor(ctx context.Context, header string) (app.Actor, error) {
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") || strings.TrimSpace(token) == "" {
		return app.Actor{}, &claims.Error{Kind: claims.Unauthenticated, Message: "The Authorization header is not of the form: Bearer KEY."}
	}
	return a.app.AuthenticateKey(ctx, strings.TrimSpace(token))
}

// refuse answers a call whose key did not pass.
func (a *API) refuse(w http.ResponseWriter, r *http.Request, err error) {
	unauthenticated := claims.KindOf(err) == claims.Unauthenticated
	if unauthenticated && a.wrongKeys.OnLimit(w, r, clientAddress(r.Context())) {
		err = &claims.Error{Kind: claims.TooMany, Message: "Too many calls with keys that are not valid."}
	}
	p := a.problem(r.Context(), err, "header")
	if known, ok := errors.AsType[*app.KeyEnded](err); ok && p.Status == http.StatusUnauthorized {
		p = problem.New(r.Context(), problem.KeyEnded, known.Error()+".", "")
	}
	if p.Status == http.StatusUnauthorized {
		p = p.With("WWW-Authenticate", challenge+`, error="invalid_token", error_description="`+p.Detail+`"`)
	}
	p.Write(w)
}

// challenge is sent with every 401, as RFC 6750 asks; where there was a key, with what
// is wrong with it.
const challenge = `Bearer realm="corroborate"`

// permit lets only those through who may do what the operation needs.
func (a *API) permit(needs app.Action) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if err := missingRight(actorOf(ctx.Context()), needs); err != nil {
			a.write(ctx, a.problem(ctx.Context(), err, "header"))
			return
		}
		next(ctx)
	}
}

// missingRight gives the error for an actor who may not do something, else nil.
func missingRight(who app.Actor, needs app.Action) error {
	switch {
	case who.Can(needs):
		return nil
	case who.SignedIn():
		return &claims.Error{Kind: claims.Forbidden, Message: "The key lacks the scope " + strings.Join(scopesFor(needs), " or ") + "."}
	}
	return &claims.Error{Kind: claims.Unauthenticated, Message: "This call needs an API key."}
}

// scopesFor names the scopes that a key needs for an action, all of them.
func scopesFor(needs app.Action) []string {
	return mapped(app.ScopesFor(needs), func(s auth.Scope) string { return string(s) })
}

// problem turns an error into what the caller sees of it, and logs the rest.
func (a *API) problem(ctx context.Context, err error, part string) *problem.Problem {
	p, known := problem.From(ctx, err, part)
	if !known && !errors.Is(err, context.Canceled) {
		a.log.ErrorContext(ctx, "api", "error", err, "request_id", middleware.GetReqID(ctx))
	}
	if known && claims.KindOf(err) == claims.Unavailable { // who runs the service has to see why
		a.log.WarnContext(ctx, "api: unavailable", "error", err, "request_id", middleware.GetReqID(ctx))
	}
	if p.Status == http.StatusUnauthorized {
		p = p.With("WWW-Authenticate", challenge)
	}
	return p
}

// clientAddress is what limits by address go by: a whole /64 for IPv6.
func clientAddress(ctx context.Context) string {
	return httprate.CanonicalizeIP(middleware.GetClientIP(ctx))
}
