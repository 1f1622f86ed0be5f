package api

import (
	"context"
	"net/http"
)

type baseKey struct{}

// reached notes under which scheme and host a call has reached the service, for
// answers that hold addresses of pages.
func (a *API) reached(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		base := a.publicURL
		switch {
		case base != "":
		case r.TLS != nil:
			base = "https://" + r.Host
		default:
			base = "http://" + r.Host
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), baseKey{}, base)))
	})
}

// baseOf gives scheme and host of the service for a call.
func baseOf(ctx context.Context) string {
	base, _ := ctx.Value(baseKey{}).(string)
	return base
}
