package server_test

import (
	"net/http"
	"testing"

	"corroborate/internal/server/servertest"
)

// TestOtherSitesCallTheAPIWhereASettingNamesThem sends what a browser sends for the
// script of another site.
func TestOtherSitesCallTheAPIWhereASettingNamesThem(t *testing.T) {
	t.Parallel()
	const cms, stranger = "https://cms.example.org", "https://evil.example"
	closed := servertest.New(t, servertest.Options{})
	open := servertest.New(t, servertest.Options{CORSOrigins: []string{cms}})
	anybody := servertest.New(t, servertest.Options{CORSOrigins: []string{"*"}})
	for _, tt := range []struct {
		name         string
		s            *servertest.Service
		path, origin string
		allowed      string
	}{
		{"no setting", closed, "/api/v1/stories", cms, ""},
		{"a site that is named", open, "/api/v1/stories", cms, cms},
		{"another site", open, "/api/v1/stories", stranger, ""},
		{"any site", anybody, "/api/v1/stories", stranger, "*"},
		{"the description", open, "/openapi.json", cms, cms},
		{"a page", open, "/login", cms, ""},
		{"a page, any site", anybody, "/account", cms, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			call := servertest.Call{Method: http.MethodGet, Path: tt.path, Key: servertest.AdminKey, Header: http.Header{"Origin": {tt.origin}}}
			w := tt.s.Do(call)
			if got := w.Header().Get("Access-Control-Allow-Origin"); got != tt.allowed {
				t.Errorf("Access-Control-Allow-Origin is %q, want %q", got, tt.allowed)
			}
			if got := w.Header().Get("Access-Control-Allow-Credentials"); got != "" {
				t.Errorf("cookies are let through: %q", got)
			}
			preflight := servertest.Call{Method: http.MethodOptions, Path: tt.path, Header: http.Header{
				"Origin": {tt.origin}, "Access-Control-Request-Method": {"PATCH"}, "Access-Control-Request-Headers": {"authorization,if-match"},
			}}
			w = tt.s.Do(preflight)
			if got := w.Header().Get("Access-Control-Allow-Origin"); got != tt.allowed {
				t.Errorf("preflight: Access-Control-Allow-Origin is %q, want %q", got, tt.allowed)
			}
			if methods := w.Header().Get("Access-Control-Allow-Methods"); (methods != "") != (tt.allowed != "") {
				t.Errorf("preflight: methods %q", methods)
			}
		})
	}
}
