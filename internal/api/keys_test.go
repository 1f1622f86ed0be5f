package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// made makes a key and gives its id and the header that sends it.
func (c client) made(body string) (id, bearer string) {
	c.t.Helper()
	a := c.call("POST", "/keys", body).want(http.StatusCreated)
	return a.id(), "Bearer " + a.object()["secret"].(string)
}

func (c client) exec(sql string, args ...any) {
	c.t.Helper()
	if _, err := c.Pool.Exec(c.t.Context(), sql, args...); err != nil {
		c.t.Fatal(err)
	}
}

// TestKeyThatHasEnded says to who holds a key why it does not work, and nothing to
// others.
func TestKeyThatHasEnded(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	for _, tt := range []struct{ name, end, tells string }{
		{"expired", "UPDATE api_keys SET created_at = '2020-01-01', expires_at = '2020-02-03T04:05:06Z' WHERE id = $1", "expired at 2020-02-03T04:05:06Z"},
		{"revoked", "UPDATE api_keys SET revoked_at = '2020-02-03T04:05:06Z' WHERE id = $1", "revoked at 2020-02-03T04:05:06Z"},
		{"of a closed account", "UPDATE users SET disabled_at = '2020-02-03T04:05:06Z' WHERE id = (SELECT user_id FROM api_keys WHERE id = $1)", "closed at 2020-02-03T04:05:06Z"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			id, bearer := c.made(`{"name": "x", "scopes": ["read"]}`)
			c.call("GET", "/stories", "", "Authorization", bearer).want(http.StatusOK)
			c.exec(tt.end, id)
			a := c.call("GET", "/stories", "", "Authorization", bearer).want(http.StatusUnauthorized)
			has(t, a.Body.String(), tt.tells, "problem-key_ended", "Make a new key")
			has(t, a.Header().Get("WWW-Authenticate"), `Bearer realm="corroborate", error="invalid_token"`, tt.tells)
			// Another secret with the id of the key is that of no key.
			guess := c.call("GET", "/stories", "", "Authorization", bearer[:len(bearer)-1]+"_").want(http.StatusUnauthorized)
			has(t, guess.Body.String(), "problem-unauthenticated")
			if strings.Contains(guess.Body.String(), "2020") {
				t.Errorf("a stranger is told of the key: %s", guess.Body)
			}
		})
	}
}

func TestKeysAreShownOnce(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	const body = `{"name": "desk", "scopes": ["read"]}`
	first := c.call("POST", "/keys", body, "Idempotency-Key", "k").want(http.StatusCreated)
	secret, _ := first.object()["secret"].(string)
	if secret == "" {
		t.Fatalf("no secret in %s", first.Body)
	}
	again := c.call("POST", "/keys", body, "Idempotency-Key", "k").want(http.StatusCreated)
	if again.id() != first.id() || again.object()["secret"] != nil {
		t.Errorf("again: %s", again.Body)
	}
	var kept string
	if err := c.Pool.QueryRow(t.Context(), "SELECT convert_from(body, 'UTF8') FROM idempotency").Scan(&kept); err != nil {
		t.Fatal(err)
	}
	has(t, kept, `"secret":null`)

	var hashed bool
	if err := c.Pool.QueryRow(t.Context(), "SELECT token_hash = sha256(convert_to($2, 'UTF8')) FROM api_keys WHERE id = $1", first.id(), secret).Scan(&hashed); err != nil || !hashed {
		t.Errorf("what is stored is no SHA-256 of the key: %v", err)
	}

	bearer := "Bearer " + secret
	c.call("GET", "/stories", "", "Authorization", bearer).want(http.StatusOK)
	c.call("POST", "/stories", `{"title": "One"}`, "Authorization", bearer).want(http.StatusForbidden)
	c.call("DELETE", "/keys/"+first.id(), "").want(http.StatusNoContent)
	c.call("GET", "/stories", "", "Authorization", bearer).want(http.StatusUnauthorized)
	c.call("DELETE", "/keys/"+unknownID, "").want(http.StatusNotFound)
	if n := len(c.call("GET", "/keys", "").want(http.StatusOK).items()); n == 0 {
		t.Error("no key is listed")
	}
	wrong := c.call("POST", "/keys", `{"name": "", "scopes": ["fly"], "expires_at": "soon"}`).want(http.StatusUnprocessableEntity).wrong()
	if len(wrong) != 3 {
		t.Errorf("wrong are %v, want three fields", wrong)
	}
	c.call("POST", "/keys", `{"name": "x", "scopes": ["read"], "expires_at": "2001-01-01T00:00:00Z"}`).want(http.StatusUnprocessableEntity)
}

func TestKeysOfEverybody(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	admin, err := c.App.AuthenticateKey(t.Context(), servertest.AdminKey)
	if err != nil {
		t.Fatal(err)
	}
	u, err := c.App.CreateUser(t.Context(), admin, app.UserInput{Email: "ana@news.example", Name: "Ana", Password: servertest.Password, Role: auth.Editor})
	if err != nil {
		t.Fatal(err)
	}
	ana, err := c.App.SessionActor(t.Context(), u.ID, u.SessionVersion)
	if err != nil {
		t.Fatal(err)
	}
	soon := time.Now().Add(72 * time.Hour)
	hers, secret, err := c.App.CreateKey(t.Context(), ana, app.KeyInput{Name: "hers", Scopes: []auth.Scope{auth.Read, auth.Write}, ExpiresAt: &soon})
	if err != nil {
		t.Fatal(err)
	}
	own, _ := c.made(`{"name": "mine", "scopes": ["read"]}`)

	for query, want := range map[string]string{
		"": "mine,ADMIN_API_KEY", "?owner=me": "mine,ADMIN_API_KEY", "?owner=all": "mine,hers,ADMIN_API_KEY", "?owner=" + u.ID: "hers",
		"?owner=all&state=ending": "hers", "?owner=all&state=revoked": "", "?owner=all&state=expired": "", "?owner=all&scope=write": "hers",
		"?owner=all&unused_since=2020-01-01T00:00:00Z": "mine,hers", "?owner=all&limit=1": "mine",
	} {
		var names []string
		for _, k := range c.call("GET", "/keys"+query, "").want(http.StatusOK).items() {
			names = append(names, k["name"].(string))
		}
		if got := strings.Join(names, ","); got != want {
			t.Errorf("%s gives %q, want %q", query, got, want)
		}
	}
	c.call("GET", "/keys?owner=ana", "").want(http.StatusUnprocessableEntity)

	one := c.call("GET", "/keys/"+hers.ID, "").want(http.StatusOK).object()
	if one["owner"] != "Ana" || one["owner_email"] != "ana@news.example" || one["state"] != "ending" || one["calls_per_minute"] != 12000.0 || one["last_used_at"] != nil {
		t.Errorf("the key of another: %v", one)
	}
	c.call("GET", "/keys/"+unknownID, "").want(http.StatusNotFound)
	c.call("DELETE", "/keys/"+hers.ID, "").want(http.StatusNoContent)
	c.call("DELETE", "/keys/"+hers.ID, "").want(http.StatusConflict)
	c.call("GET", "/stories", "", "Authorization", "Bearer "+secret).want(http.StatusUnauthorized)
	revoked := c.call("GET", "/history?action=key.revoke", "").want(http.StatusOK).items()
	if len(revoked) != 1 || revoked[0]["detail"].(object)["owner"] != "Ana" {
		t.Errorf("the history tells %v", revoked)
	}
	if own == "" {
		t.Error("no key of one's own")
	}
}

func TestWhoMakesTheCall(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	_, bearer := c.made(`{"name": "reviews", "scopes": ["review"], "calls_per_minute": 30}`)
	a := c.call("GET", "/me", "", "Authorization", bearer).want(http.StatusOK).object()
	if a["user"].(object)["role"] != "administrator" || a["key"].(object)["name"] != "reviews" || a["key"].(object)["calls_per_minute"] != 30.0 || len(a["scopes"].([]any)) != 1 {
		t.Errorf("me: %v", a)
	}
	c.call("GET", "/me", "", "Authorization", "").want(http.StatusUnauthorized)
}

func TestKeysThatAreNotValid(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{PublicRead: true})
	for _, header := range []string{"Bearer wrong", "Bearer", "Basic YTpi", servertest.AdminKey} {
		a := c.call("GET", "/stories", "", "Authorization", header).want(http.StatusUnauthorized)
		has(t, a.Header().Get("WWW-Authenticate"), "Bearer")
		has(t, a.Header().Get("Content-Type"), "application/problem+json")
	}
	c.call("GET", "/stories", "", "Authorization", "").want(http.StatusOK)
}

func TestWrongKeysAreLimited(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	for range 60 {
		c.call("GET", "/stories", "", "Authorization", "Bearer wrong").want(http.StatusUnauthorized)
	}
	a := c.call("GET", "/stories", "", "Authorization", "Bearer wrong").want(http.StatusTooManyRequests)
	if a.Header().Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	c.call("GET", "/stories", "").want(http.StatusOK)
}

// steady waits where a minute is about to end, at which counts begin anew.
func steady() {
	if left := 60 - time.Now().Second(); left <= 3 {
		time.Sleep(time.Duration(left) * time.Second)
	}
}

func TestCallsAreLimited(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{CallsPerMinute: 4})
	_, slow := c.made(`{"name": "slow", "scopes": ["read"], "calls_per_minute": 2}`)
	wrong := c.call("POST", "/keys", `{"name": "fast", "scopes": ["read"], "calls_per_minute": 5}`).want(http.StatusUnprocessableEntity).wrong()
	has(t, wrong["body.calls_per_minute"], "1 to 4")
	steady()
	first := c.call("GET", "/stories", "", "Authorization", slow).want(http.StatusOK).Header()
	if first.Get("RateLimit-Limit") != "2" || first.Get("RateLimit-Remaining") != "1" || len(first.Get("RateLimit-Reset")) > 2 {
		t.Errorf("headers %v", first)
	}
	if first.Get("RateLimit-Policy") != `"key";q=2;w=60` || first.Get("RateLimit") != `"key";r=1;t=`+first.Get("RateLimit-Reset") {
		t.Errorf("headers of the newer draft %v", first)
	}
	c.call("GET", "/stories", "", "Authorization", slow).want(http.StatusOK)
	over := c.call("GET", "/stories", "", "Authorization", slow).want(http.StatusTooManyRequests)
	if h := over.Header(); h.Get("Retry-After") == "" || h.Get("Retry-After") != h.Get("RateLimit-Reset") || h.Get("RateLimit-Remaining") != "0" || len(over.wrong()) != 0 {
		t.Errorf("over the limit: %v %s", h, over.Body)
	}
	// The limit of one key is not that of another, nor that of its owner.
	c.call("GET", "/stories", "").want(http.StatusOK)
}
