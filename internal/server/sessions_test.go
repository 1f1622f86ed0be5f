package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
	"corroborate/web"
)

const (
	firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"
	safari  = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
)

// signedInFrom gives a browser at an address, signed in.
func signedInFrom(t *testing.T, s *servertest.Service, email, address string) *visitor {
	t.Helper()
	v := &visitor{s: s, address: address}
	if w := v.post(t, "/login", url.Values{"email": {email}, "password": {servertest.Password}}); w.Code != http.StatusSeeOther {
		t.Fatalf("sign in: status %d", w.Code)
	}
	return v
}

// read gets a page.
func (v *visitor) read(t *testing.T, path, userAgent string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.RemoteAddr = v.address
	r.Header.Set("User-Agent", userAgent)
	r.AddCookie(v.cookie)
	w := httptest.NewRecorder()
	v.s.ServeHTTP(w, r)
	return w
}

var (
	listedID = regexp.MustCompile(`name="session" value="([^"]*)"`)
	tags     = regexp.MustCompile(`<[^>]*>`)
)

// others gives the ids of the sessions that a page offers to end.
func others(w *httptest.ResponseRecorder) (ids []string) {
	for _, m := range listedID.FindAllStringSubmatch(w.Body.String(), -1) {
		ids = append(ids, m[1])
	}
	return ids
}

// end has sessions ended with a password.
func (v *visitor) end(t *testing.T, password string, ids ...string) *httptest.ResponseRecorder {
	t.Helper()
	return v.post(t, "/account/sessions/end", url.Values{"password": {password}, "session": ids})
}

// TestEndedSessionIsOutOnAllServers ends a session on one server: it is out at its next
// request, there and on another one with the same database.
func TestEndedSessionIsOutOnAllServers(t *testing.T) {
	t.Parallel()
	one := servertest.New(t, servertest.Options{})
	two := servertest.New(t, servertest.Options{Database: one.Pool.Config().ConnString()})
	email := one.User(auth.Checker)
	desk, phone := signedInFrom(t, one, email, "203.0.113.7:99"), signedInFrom(t, two, email, "[2001:db8::7]:99")
	for _, s := range []*servertest.Service{one, two} {
		if !open(s, desk.cookie) || !open(s, phone.cookie) {
			t.Fatal("the sessions do not hold on both servers")
		}
	}
	ids := others(desk.read(t, "/account", firefox))
	if len(ids) != 1 {
		t.Fatalf("offers to end %v, want the other session alone", ids)
	}
	if w := desk.end(t, servertest.Password, ids[0]); w.Code != http.StatusSeeOther {
		t.Fatalf("end: status %d", w.Code)
	}
	for i, s := range []*servertest.Service{one, two} {
		if open(s, phone.cookie) {
			t.Errorf("the session that was ended opens the account on server %d", i+1)
		}
		if !open(s, desk.cookie) {
			t.Errorf("the other session is out on server %d", i+1)
		}
	}
	// Everywhere else: this one goes on under another name.
	phone, tablet := signedInFrom(t, two, email, "203.0.113.8:99"), signedInFrom(t, two, email, "203.0.113.9:99")
	before := desk.cookie
	if w := desk.post(t, "/account/sessions/end", url.Values{"password": {servertest.Password}, "others": {"1"}}); w.Code != http.StatusSeeOther {
		t.Fatalf("end all others: status %d", w.Code)
	}
	for name, c := range map[string]*http.Cookie{"a phone": phone.cookie, "a tablet": tablet.cookie, "the name before": before} {
		if open(one, c) || open(two, c) {
			t.Errorf("%s still opens the account", name)
		}
	}
	if !open(two, desk.cookie) || len(others(desk.read(t, "/account", firefox))) != 0 {
		t.Error("the session that ended the others is out, or they are still listed")
	}
}

// TestSessionsTellWhere looks at what the page of the account tells of sessions, and that
// nothing opens one.
func TestSessionsTellWhere(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	email := s.User(auth.Checker)
	desk, phone := signedInFrom(t, s, email, "203.0.113.7:99"), signedInFrom(t, s, email, "[2001:db8::7]:99")
	stranger := signedInFrom(t, s, s.User(auth.Editor), "203.0.113.55:99")
	execute(t, s, "UPDATE sessions SET used_at = now() - interval '1 hour'")
	phone.read(t, "/account", safari)
	stranger.read(t, "/account", `Evil<img src=x onerror=alert(1)>/1 (<b>`+strings.Repeat("x", 10_000)+`)`)
	page := desk.read(t, "/account", firefox).Body.String()
	said := strings.Join(strings.Fields(tags.ReplaceAllString(page, " ")), " ")
	for _, want := range []string{"Firefox on Linux this one from 203.0.113.7", "Safari on iPhone from 2001:db8::7"} {
		if !strings.Contains(said, want) {
			t.Errorf("the page does not say %q: %s", want, said)
		}
	}
	if strings.Contains(said, "203.0.113.55") {
		t.Error("the session of another person is listed")
	}
	own := stranger.read(t, "/account", firefox).Body.String()
	if !strings.Contains(own, "A browser that is not known") || strings.Contains(own, "onerror") {
		t.Error("a hostile User-Agent is on the page, or the session is not")
	}
	export := desk.read(t, "/account/export.json", firefox).Body.String()
	for _, want := range []string{`"address": "203.0.113.7"`, `"browser": "Firefox on Linux"`, `"browser": "Safari on iPhone"`, `"used_at": `} {
		if !strings.Contains(export, want) {
			t.Errorf("the export lacks %s", want)
		}
	}
	page += export
	rows, err := s.Pool.Query(t.Context(), "SELECT token FROM sessions")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var token string
		if err := rows.Scan(&token); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(page, token) {
			t.Error("the page or the export holds the hash of a token")
		}
	}
	for _, v := range []*visitor{desk, phone} {
		if strings.Contains(page, v.cookie.Value) {
			t.Error("the page or the export holds a token")
		}
	}
}

// TestNobodyEndsASessionOfAnother tries ids of others, and things that are none.
func TestNobodyEndsASessionOfAnother(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	victim := signedInFrom(t, s, s.User(auth.Editor), "203.0.113.7:99")
	boss := signedInFrom(t, s, s.User(auth.Administrator), "203.0.113.8:99")
	thief := signedInFrom(t, s, s.User(auth.Checker), "203.0.113.9:99")
	var id, own, person string
	query := "SELECT s.id, u.id FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = $1"
	if err := s.Pool.QueryRow(t.Context(), query, "editor@news.example").Scan(&id, &person); err != nil {
		t.Fatal(err)
	}
	if err := s.Pool.QueryRow(t.Context(), query, "checker@news.example").Scan(&own, new(string)); err != nil {
		t.Fatal(err)
	}
	for name, ids := range map[string][]string{"another's": {id}, "in capitals": {strings.ToUpper(id)}} {
		for _, v := range []*visitor{thief, boss} {
			if w := v.end(t, servertest.Password, ids...); w.Code != http.StatusSeeOther || !open(s, victim.cookie) {
				t.Errorf("%s: status %d, the session is open: %t", name, w.Code, open(s, victim.cookie))
			}
		}
	}
	for name, tt := range map[string]struct {
		ids  []string
		want int
	}{
		"none":                 {nil, http.StatusUnprocessableEntity},
		"no id":                {[]string{"x' OR true --"}, http.StatusNotFound},
		"this one":             {[]string{own}, http.StatusUnprocessableEntity},
		"this one in capitals": {[]string{strings.ToUpper(own)}, http.StatusUnprocessableEntity},
		"too many":             {slices.Repeat([]string{unknownID}, 200), http.StatusUnprocessableEntity},
		"unknown":              {[]string{unknownID}, http.StatusSeeOther},
	} {
		if w := thief.end(t, servertest.Password, tt.ids...); w.Code != tt.want || !open(s, thief.cookie) || !open(s, victim.cookie) {
			t.Errorf("%s: status %d, want %d", name, w.Code, tt.want)
		}
	}
	for _, path := range []string{"/admin/users/" + person + "/sessions/end", "/admin/sessions/end"} {
		if w := thief.post(t, path, url.Values{"password": {servertest.Password}}); w.Code != http.StatusForbidden || !open(s, victim.cookie) {
			t.Errorf("%s as a checker: status %d", path, w.Code)
		}
	}
	nobody := &visitor{s: s}
	if w := nobody.end(t, servertest.Password, id); w.Code != http.StatusUnauthorized || !open(s, victim.cookie) {
		t.Errorf("as nobody: status %d", w.Code)
	}
	var entries int
	if err := s.Pool.QueryRow(t.Context(), "SELECT count(*) FROM audit WHERE action LIKE 'user.session%'").Scan(&entries); err != nil || entries != 0 {
		t.Errorf("%d entries (%v) of the history tell of sessions that were not ended", entries, err)
	}
}

// TestEndingSessionsTakesThePassword tries wrong ones, from many addresses and on two
// servers: those of one session are bounded together, and those of another are apart.
func TestEndingSessionsTakesThePassword(t *testing.T) {
	t.Parallel()
	one := servertest.New(t, servertest.Options{})
	two := servertest.New(t, servertest.Options{Database: one.Pool.Config().ConnString()})
	email := one.User(auth.Checker)
	thief, owner := signedInFrom(t, one, email, "203.0.113.7:99"), signedInFrom(t, one, email, "203.0.113.8:99")
	ids := others(thief.read(t, "/account", firefox))
	paths := []string{"/account/sessions/end", "/account/password", "/account/second-factor"}
	took, refused := 0, 0
	for i := range 150 {
		v := &visitor{s: []*servertest.Service{one, two}[i%2], address: "198.51.100." + string(rune('0'+i%10)) + string(rune('0'+i/10%10)) + ":9", cookie: thief.cookie}
		form := url.Values{"password": {"wrong"}, "old": {"wrong"}, "new": {"another horse and battery"}, "session": ids}
		switch w := v.post(t, paths[i%3], form); w.Code {
		case http.StatusUnprocessableEntity:
			took++
		case http.StatusTooManyRequests:
			refused++
			if w.Header().Get("Retry-After") == "" {
				t.Fatal("it is not said when to try again")
			}
		default:
			t.Fatalf("%s: status %d", paths[i%3], w.Code)
		}
	}
	if took > 100 || refused < 50 {
		t.Errorf("%d of 150 guesses in one session were looked at, want at most 100", took)
	}
	if w := thief.end(t, servertest.Password, ids...); w.Code != http.StatusTooManyRequests || !open(one, owner.cookie) {
		t.Errorf("the right password after that: status %d", w.Code)
	}
	if w := owner.end(t, servertest.Password, others(owner.read(t, "/account", firefox))...); w.Code != http.StatusSeeOther || open(one, thief.cookie) {
		t.Errorf("the owner cannot end the session: status %d", w.Code)
	}
}

// usesOf gives what is stored of the sessions, to see what is written.
func usesOf(t *testing.T, s *servertest.Service) (uses string) {
	t.Helper()
	if err := s.Pool.QueryRow(t.Context(), "SELECT coalesce(string_agg(xmin::text || used_at || expiry, ' ' ORDER BY token), '') FROM sessions").Scan(&uses); err != nil {
		t.Fatal(err)
	}
	return uses
}

// TestReadingWritesNoSession reads pages: the last use is noted every five minutes, and
// what a session remembers at once.
func TestReadingWritesNoSession(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	v := signedInFrom(t, s, s.User(auth.Reader), "203.0.113.7:99")
	before := usesOf(t, s)
	for range 20 {
		v.read(t, "/account", firefox)
	}
	if after := usesOf(t, s); after != before {
		t.Errorf("reading wrote the session: %s, before %s", after, before)
	}
	execute(t, s, "UPDATE sessions SET used_at = now() - interval '6 minutes', expiry = now() + interval '1 minute'")
	v.read(t, "/account", firefox)
	var fresh bool
	if err := s.Pool.QueryRow(t.Context(), "SELECT used_at > now() - interval '1 minute' AND expiry > now() + interval '23 hours' FROM sessions").Scan(&fresh); err != nil || !fresh {
		t.Errorf("the use after six minutes was not noted (%v)", err)
	}
	before = usesOf(t, s)
	v.post(t, "/account/keys/"+unknownID+"/revoke", nil)
	v.end(t, servertest.Password, unknownID) // it leaves a notice for the next page
	if usesOf(t, s) == before {
		t.Error("what the session has to remember was not stored")
	}
}

// TestEndedSessionIsNotMadeAnew ends a session while a request with it goes on.
func TestEndedSessionIsNotMadeAnew(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	v := signedInFrom(t, s, s.User(auth.Reader), "203.0.113.7:99")
	v.end(t, servertest.Password, unknownID) // the next page shows a notice, so that the session is written
	lock, err := s.Pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Rollback(context.WithoutCancel(t.Context())) //nolint:errcheck // it only holds a lock
	if _, err := lock.Exec(t.Context(), "LOCK TABLE api_keys IN ACCESS EXCLUSIVE MODE"); err != nil {
		t.Fatal(err)
	}
	done := make(chan int)
	go func() { done <- v.read(t, "/account", firefox).Code }()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		var waits bool
		if err := s.Pool.QueryRow(t.Context(), "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'api_keys'::regclass)").Scan(&waits); err != nil || time.Now().After(end) {
			t.Fatalf("the request does not wait (%v)", err)
		}
		if waits {
			break
		}
	}
	execute(t, s, "DELETE FROM sessions")
	if err := lock.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if code := <-done; code != http.StatusOK {
		t.Errorf("the request that was under way: status %d", code)
	}
	if open(s, v.cookie) {
		t.Error("the session that was ended is back")
	}
}

// TestSessionsOfTheReleaseBefore stores sessions as the release before does: they hold, are
// listed, and can be ended before they are used.
func TestSessionsOfTheReleaseBefore(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	email := s.User(auth.Checker)
	var id string
	if err := s.Pool.QueryRow(t.Context(), "SELECT id FROM users WHERE email = $1", email).Scan(&id); err != nil {
		t.Fatal(err)
	}
	old := scs.New()
	old.Store, old.HashTokenInStore = &oldStore{t, s}, true
	start := func(values map[string]any) *http.Cookie {
		ctx, err := old.Load(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		for k, v := range values {
			old.Put(ctx, k, v)
		}
		token, _, err := old.Commit(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return &http.Cookie{Name: "session", Value: token}
	}
	first := start(map[string]any{web.SessionUser: id, web.SessionVersion: 1, "notice": "Hello."})
	used := start(map[string]any{web.SessionUser: id, web.SessionVersion: 1})
	start(map[string]any{web.SessionUser: id, web.SessionVersion: 77})
	start(map[string]any{"code_user_id": id, "code_session_version": 1, "code_then": "/admin/users/" + id})
	start(map[string]any{web.SessionUser: unknownID, web.SessionVersion: 1, "notice": id})
	execute(t, s, "UPDATE sessions SET id = NULL, began_at = NULL, used_at = NULL") // as those that were there before the migration
	v := &visitor{s: s, cookie: used, address: "203.0.113.7:99"}
	page := v.read(t, "/account", firefox)
	ids := others(page)
	if len(ids) != 1 || !strings.Contains(page.Body.String(), "signed in before this was noted") {
		t.Fatalf("offers to end %v, want the one that is open", ids)
	}
	if w := v.end(t, servertest.Password, ids...); w.Code != http.StatusSeeOther || open(s, first) || !open(s, used) {
		t.Errorf("status %d, the session is open: %t, the one that is used: %t", w.Code, open(s, first), open(s, used))
	}
}

// oldStore keeps sessions as the release before did.
type oldStore struct {
	t *testing.T
	s *servertest.Service
}

// Find finds nothing.
func (o *oldStore) Find(string) ([]byte, bool, error) { return nil, false, nil }

// Delete does nothing.
func (o *oldStore) Delete(string) error { return nil }

// Commit stores a session.
func (o *oldStore) Commit(token string, data []byte, until time.Time) error {
	_, err := o.s.Pool.Exec(o.t.Context(), `INSERT INTO sessions (token, data, expiry) VALUES ($1, $2, $3)
		ON CONFLICT (token) DO UPDATE SET data = excluded.data, expiry = excluded.expiry`, token, data, until)
	return err
}

// TestStreamEndsWithItsSession ends a session while it reads a stream of events.
func TestStreamEndsWithItsSession(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{HoldsEvery: 50 * time.Millisecond})
	v := signedInFrom(t, s, s.User(auth.Editor), "203.0.113.7:99")
	made := v.post(t, "/stories", url.Values{"title": {"A bridge"}})
	story := made.Header().Get("Location")
	// No job reads it, so that the story is worked on for ever.
	v.post(t, "/articles", url.Values{"story_id": {strings.TrimPrefix(story, "/stories/")}, "source": {"Gazette"}, "title": {"A bridge"}, "text": {"The storm hit the bridge on Monday."}})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, story+"/events", nil)
	r.AddCookie(v.cookie)
	done := make(chan struct{})
	go func() {
		s.ServeHTTP(httptest.NewRecorder(), r)
		close(done)
	}()
	select {
	case <-done:
		t.Fatal("the stream ended by itself")
	case <-time.After(500 * time.Millisecond):
	}
	execute(t, s, "DELETE FROM sessions")
	<-done
	if ctx.Err() != nil {
		t.Error("the stream went on without its session")
	}
}
