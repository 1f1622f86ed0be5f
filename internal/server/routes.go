package server

import (
	"net/http"

	"corroborate/internal/app"
	"corroborate/web"
)

// Way says how a caller shows who they are.
type Way string

// The ways: nothing, a session of the pages, a key of the API.
const (
	Open      Way = "open"
	BySession Way = "session"
	ByKey     Way = "key"
)

// Route is one address with who may use it.
type Route struct {
	Method  string
	Pattern string
	Way     Way
	// Access is who may use a page; it is set where Way is BySession.
	Access web.Access
	// Needs is what a key has to permit; it is set where Way is ByKey.
	Needs app.Action
}

// Routes lists every address of the server: pages, API and what stands beside
// them.
func (s *Server) Routes() []Route {
	routes := []Route{
		{Method: http.MethodGet, Pattern: "/healthz", Way: Open},
		{Method: http.MethodGet, Pattern: "/readyz", Way: Open},
		{Method: http.MethodGet, Pattern: "/cards/{token}", Way: Open},
		{Method: http.MethodGet, Pattern: "/docs", Way: Open},
		{Method: http.MethodGet, Pattern: "/docs/docs.css", Way: Open},
		{Method: http.MethodGet, Pattern: "/openapi.json", Way: Open},
		{Method: http.MethodGet, Pattern: "/metrics", Way: ByKey, Needs: app.Administer},
	}
	for _, r := range web.Routes() {
		routes = append(routes, Route{Method: r.Method, Pattern: r.Pattern, Way: BySession, Access: r.Access})
	}
	for _, r := range s.api.Routes() {
		routes = append(routes, Route{Method: r.Method, Pattern: r.Pattern, Way: ByKey, Needs: r.Needs})
	}
	return routes
}
