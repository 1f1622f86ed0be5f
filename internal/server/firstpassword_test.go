package server_test

import (
	"net/http"
	"strings"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// TestFirstPasswordComesFirst calls every route as somebody who has signed in with the
// password that the service made and has not chosen another: what is not for strangers is
// refused. Keys of the same account go on.
func TestFirstPasswordComesFirst(t *testing.T) {
	t.Parallel()
	for _, public := range []bool{false, true} {
		t.Run(map[bool]string{false: "private", true: "public"}[public], func(t *testing.T) {
			t.Parallel()
			s := servertest.New(t, servertest.Options{PublicRead: public})
			before := s.SignIn(s.User(auth.Administrator))
			if _, err := s.Pool.Exec(t.Context(), "UPDATE users SET first_password_hash = password_hash, first_password_at = now(), last_login_at = NULL"); err != nil {
				t.Fatal(err)
			}
			due := s.SignIn(s.User(auth.Administrator))
			for _, c := range []*caller{{name: "an administrator with a first password", cookie: due, public: public},
				{name: "a session from before", cookie: before, public: public}} {
				for _, route := range s.Routes() {
					if !strings.HasPrefix(route.Pattern, "/log") { // the ways in, some of which begin anew
						checkAccess(t, s, route, c)
					}
				}
			}
			if w := s.Do(servertest.Call{Method: http.MethodGet, Path: "/login/password", Cookie: due}); w.Code != http.StatusOK {
				t.Fatalf("the page with the new password: status %d", w.Code)
			}
			if w := s.Do(servertest.Call{Method: http.MethodGet, Path: "/api/v1/me", Key: servertest.AdminKey}); w.Code != http.StatusOK {
				t.Errorf("an API key of the account: status %d", w.Code)
			}
			form := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
			w := s.Do(servertest.Call{Method: http.MethodPost, Path: "/login/password", Cookie: due, Header: form,
				Body: "password=tarn+boat+lemon+nine&again=tarn+boat+lemon+nine"})
			cookies := w.Result().Cookies()
			if w.Code != http.StatusSeeOther || len(cookies) == 0 || cookies[0].Value == due.Value {
				t.Fatalf("choosing a password: status %d, cookies %v", w.Code, cookies)
			}
			for name, c := range map[string]struct {
				cookie *http.Cookie
				want   int
			}{"the new session": {cookies[0], http.StatusOK}, "the step before": {due, http.StatusSeeOther}, "the session from before": {before, http.StatusSeeOther}} {
				if w := s.Do(servertest.Call{Method: http.MethodGet, Path: "/admin/users", Cookie: c.cookie}); w.Code != c.want {
					t.Errorf("%s: status %d, want %d", name, w.Code, c.want)
				}
			}
		})
	}
}
