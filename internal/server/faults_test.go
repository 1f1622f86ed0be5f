package server_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server"
	"corroborate/internal/server/servertest"
)

// unlimited is a limit that a walk over all routes does not reach.
const unlimited = 10_000_000

// calls gives the routes that take a key.
func calls(s *servertest.Service) []server.Route {
	var out []server.Route
	for _, r := range s.Routes() {
		if r.Way == server.ByKey {
			out = append(out, r)
		}
	}
	return out
}

// keyOf makes a key of a person with the scopes for everything that no administrator
// is needed for.
func keyOf(t *testing.T, s *servertest.Service, email string) string {
	t.Helper()
	in, err := s.App.Login(t.Context(), email, servertest.Password)
	if err != nil {
		t.Fatal(err)
	}
	who, err := s.App.SessionActor(t.Context(), in.User.ID, in.User.SessionVersion)
	if err != nil {
		t.Fatal(err)
	}
	_, secret, err := s.App.CreateKey(t.Context(), who, app.KeyInput{Name: "walk", Scopes: []auth.Scope{auth.Read, auth.Write, auth.Review}})
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// TestEveryCallRefusesKeysThatEnded walks with a key that expired and one that was
// revoked, also where strangers may read: who sends a key is to learn that it is no
// longer good.
func TestEveryCallRefusesKeysThatEnded(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{PublicRead: true, CallsPerMinute: unlimited})
	expired, revoked := s.Key(auth.Admin), s.Key(auth.Admin)
	for key, set := range map[string]string{expired: "expires_at = now() - interval '1 hour'", revoked: "revoked_at = now()"} {
		if _, err := s.Pool.Exec(t.Context(), "UPDATE api_keys SET "+set+" WHERE token_hash = $1", auth.HashToken(key)); err != nil {
			t.Fatal(err)
		}
	}
	for key, word := range map[string]string{expired: "expired", revoked: "revoked"} {
		for _, route := range calls(s) {
			w := s.Do(callOf(route, &caller{key: key}))
			if w.Code != http.StatusUnauthorized || w.Header().Get("WWW-Authenticate") == "" || !strings.Contains(w.Body.String(), word) {
				t.Errorf("%s %s with a key that %s: status %d: %s", route.Method, route.Pattern, word, w.Code, w.Body)
			}
		}
	}
}

// TestEveryCallTakesWhatIsNoIDForUnknown puts what is no id into every place for one.
func TestEveryCallTakesWhatIsNoIDForUnknown(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{CallsPerMinute: unlimited})
	for _, id := range []string{"x", "0", "01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e1", "%27%20OR%201=1--", "01977D5E7A807CC18F5E5D6A3C0B9E11", "%E2%82%AC", strings.Repeat("a", 3000)} {
		for _, route := range calls(s) {
			if !strings.Contains(route.Pattern, "{") {
				continue
			}
			path := route.Pattern
			for strings.Contains(path, "{") {
				before, rest, _ := strings.Cut(path, "{")
				_, after, _ := strings.Cut(rest, "}")
				path = before + id + after
			}
			if route.Method == http.MethodDelete && strings.HasSuffix(route.Pattern, "/sources/{id}") {
				path += "?name=any" // without it a removal is refused before anything is looked for
			}
			call := servertest.Call{Method: route.Method, Path: path, Key: servertest.AdminKey, Header: http.Header{"If-Match": {"*"}}}
			if route.Method == http.MethodPost || route.Method == http.MethodPatch {
				call.Body = `{"no such field": 1}`
			}
			w := s.Do(call)
			withBody := call.Body != "" && (w.Code == http.StatusUnprocessableEntity || w.Code == http.StatusUnsupportedMediaType)
			if w.Code != http.StatusNotFound && !withBody {
				t.Errorf("%s %s with the id %.40q: status %d: %s", route.Method, route.Pattern, id, w.Code, w.Body)
			}
		}
	}
}

// flood gives bytes without an end and counts them.
type flood struct{ given int64 }

// Read gives letters within a text of JSON.
func (f *flood) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'a'
	}
	if f.given == 0 && len(b) > 2 {
		copy(b, `{"`)
	}
	f.given += int64(len(b))
	return len(b), nil
}

// mostRead is the most that any call reads of a body: an import.
const mostRead = app.MaxImportBytes + 1<<20

// TestEveryCallStopsReadingBodiesThatAreTooLong sends bodies without an end.
func TestEveryCallStopsReadingBodiesThatAreTooLong(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{CallsPerMinute: unlimited})
	media := bodies(t, s)
	for _, route := range calls(s) {
		body := &flood{}
		path := strings.NewReplacer("{id}", unknownID, "{delivery_id}", unknownID, "{number}", "1").Replace(route.Pattern)
		r := httptest.NewRequestWithContext(t.Context(), route.Method, path, io.NopCloser(body))
		if strings.HasSuffix(path, "/events") {
			continue // a GET without an end of its own
		}
		r.Header.Set("Authorization", "Bearer "+servertest.AdminKey)
		r.Header.Set("If-Match", "*")
		takes := media[route.Method+" "+route.Pattern]
		if takes != "" {
			r.Header.Set("Content-Type", takes)
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if takes != "" && w.Code != http.StatusRequestEntityTooLarge || w.Code >= http.StatusInternalServerError {
			t.Errorf("%s %s: status %d: %.200s", route.Method, route.Pattern, w.Code, w.Body)
		}
		if takes == "" && body.given > 0 || body.given > mostRead {
			t.Errorf("%s %s: %d bytes were read of a body that it takes %q of", route.Method, route.Pattern, body.given, takes)
		}
	}
}

// bodies gives the media type of each call's body, as the OpenAPI document has it.
func bodies(t *testing.T, s *servertest.Service) map[string]string {
	t.Helper()
	var doc struct {
		Paths map[string]map[string]struct {
			RequestBody struct{ Content map[string]any }
		}
	}
	if err := json.Unmarshal(s.Do(get("/openapi.json")).Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for path, methods := range doc.Paths {
		for method, op := range methods {
			for media := range op.RequestBody.Content {
				out[strings.ToUpper(method)+" "+path] = media
			}
		}
	}
	return out
}

// TestNobodyReachesWhatIsPrivateToAnother walks with the key of one editor over what
// belongs to another: it is as if it were not there. The owner reaches it.
func TestNobodyReachesWhatIsPrivateToAnother(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{CallsPerMinute: unlimited, HookAllow: []string{"127.0.0.1:9"}})
	const another = "another@news.example"
	if w := s.Do(servertest.Call{Method: http.MethodPost, Path: "/api/v1/users", Key: servertest.AdminKey,
		Body: `{"email": "` + another + `", "name": "Another", "password": "` + servertest.Password + `", "role": "editor"}`}); w.Code != http.StatusCreated {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	owner, other := keyOf(t, s, s.User(auth.Editor)), keyOf(t, s, another)
	own := map[string]string{
		"saved-searches": idOf(t, s.Do(servertest.Call{Method: http.MethodPost, Path: "/api/v1/saved-searches", Key: owner, Body: `{"name": "Mine", "query": "kind:number"}`})),
		"webhooks":       idOf(t, s.Do(servertest.Call{Method: http.MethodPost, Path: "/api/v1/webhooks", Key: owner, Body: `{"url": "http://127.0.0.1:9/hook", "events": ["article.ready"]}`})),
		"keys":           ownKey(t, s, owner),
	}
	walked := 0
	for _, route := range calls(s) {
		kind, _, _ := strings.Cut(strings.TrimPrefix(route.Pattern, "/api/v1/"), "/")
		id := own[kind]
		if id == "" || !strings.Contains(route.Pattern, "{id}") {
			continue
		}
		walked++
		call := servertest.Call{Method: route.Method, Path: strings.NewReplacer("{id}", id, "{delivery_id}", unknownID).Replace(route.Pattern), Key: other,
			Header: http.Header{"If-Match": {"*"}}}
		switch {
		case route.Method == http.MethodPatch:
			call.Body = `{}`
		case strings.HasSuffix(route.Pattern, "/seen"):
			call.Body = `{"until": "2025-03-28T09:00:00Z"}`
		}
		if w := s.Do(call); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
			t.Errorf("%s %s as another: status %d: %s", route.Method, route.Pattern, w.Code, w.Body)
		}
	}
	if walked < 10 {
		t.Errorf("only %d calls were walked", walked)
	}
	for _, kind := range []string{"saved-searches", "webhooks"} {
		if w := s.Do(servertest.Call{Method: http.MethodGet, Path: "/api/v1/" + kind + "/" + own[kind], Key: owner}); w.Code != http.StatusOK {
			t.Errorf("%s as the owner: status %d: %s", kind, w.Code, w.Body)
		}
		if w := s.Do(servertest.Call{Method: http.MethodGet, Path: "/api/v1/" + kind, Key: other}); strings.Contains(w.Body.String(), own[kind]) {
			t.Errorf("the list of %s shows another what is private: %s", kind, w.Body)
		}
	}
}

func idOf(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	var thing struct{ ID string }
	if err := json.Unmarshal(w.Body.Bytes(), &thing); err != nil || thing.ID == "" {
		t.Fatalf("status %d, %v: %s", w.Code, err, w.Body)
	}
	return thing.ID
}

// ownKey gives the id of a key.
func ownKey(t *testing.T, s *servertest.Service, secret string) string {
	t.Helper()
	who, err := s.App.AuthenticateKey(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	return who.KeyID
}
