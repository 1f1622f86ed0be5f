package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// visitor is a browser: it sends forms from an address and keeps its cookie.
type visitor struct {
	s       *servertest.Service
	address string
	cookie  *http.Cookie
}

// post sends a form.
func (v *visitor) post(t *testing.T, path string, form url.Values) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if v.address != "" {
		r.RemoteAddr = v.address
	}
	if v.cookie != nil {
		r.AddCookie(v.cookie)
	}
	w := httptest.NewRecorder()
	v.s.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if strings.HasSuffix(c.Name, "session") {
			v.cookie = c
		}
	}
	return w
}

// open tells whether a session's cookie opens the account.
func open(s *servertest.Service, cookie *http.Cookie) bool {
	call := get("/account")
	call.Cookie = cookie
	return s.Do(call).Code == http.StatusOK
}

// TestASessionThatWasPlantedIsWorthNothing gives a browser a session's name that somebody
// else knows, and signs in: the session bears another name then, and again with each
// step that opens more. The names before open nothing.
func TestASessionThatWasPlantedIsWorthNothing(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	email := s.User(auth.Checker)
	planted := &http.Cookie{Name: "session", Value: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}
	v := &visitor{s: s, cookie: planted}
	names := []*http.Cookie{planted}
	renewed := func(step string, w *httptest.ResponseRecorder) {
		t.Helper()
		before := names[len(names)-1]
		if w.Code != http.StatusSeeOther || v.cookie.Value == before.Value || !open(s, v.cookie) {
			t.Fatalf("%s: status %d, the session's name is %q and was %q", step, w.Code, v.cookie.Value, before.Value)
		}
		names = append(names, v.cookie)
	}
	renewed("sign in", v.post(t, "/login", url.Values{"email": {email}, "password": {servertest.Password}}))
	renewed("sign in again", v.post(t, "/login", url.Values{"email": {email}, "password": {servertest.Password}}))
	const changed = "another horse and battery"
	renewed("change the password", v.post(t, "/account/password", url.Values{"old": {servertest.Password}, "new": {changed}, "again": {changed}}))
	for _, c := range names[:len(names)-1] {
		if open(s, c) {
			t.Errorf("the name %q still opens the account", c.Value)
		}
	}
	last := v.cookie
	v.post(t, "/logout", nil)
	if open(s, last) {
		t.Error("the session lasts after signing out")
	}
}

// TestGuessesFromManyMachinesAreLimited tries passwords of one account from a new
// address each time, in many spellings of its name: together they are bounded.
func TestGuessesFromManyMachinesAreLimited(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	email := s.User(auth.Reader)
	spellings := []string{email, strings.ToUpper(email), " " + email, email + "\u200b", "\u00ad" + email, email + "\t", "\u2003" + email + "\n", "\ufeff" + email}
	took, refused := 0, 0
	for i := range 300 {
		v := &visitor{s: s, address: fmt.Sprintf("198.51.%d.%d:99", i/250, i%250)}
		switch w := v.post(t, "/login", url.Values{"email": {spellings[i%len(spellings)]}, "password": {"wrong"}}); w.Code {
		case http.StatusUnprocessableEntity:
			took++
		case http.StatusTooManyRequests:
			refused++
			if w.Header().Get("Retry-After") == "" {
				t.Fatal("it is not said when to try again")
			}
		default:
			t.Fatalf("status %d", w.Code)
		}
	}
	if took > 100 || refused < 200 {
		t.Errorf("%d of 300 guesses were looked at, want at most 100", took)
	}
	v := &visitor{s: s, address: "192.0.2.1:99"}
	if w := v.post(t, "/login", url.Values{"email": {"another@news.example"}, "password": {"wrong"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("another account: status %d", w.Code)
	}
}

// TestOneMachineGuessesAtManyAccounts tries one password with many accounts.
func TestOneMachineGuessesAtManyAccounts(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{})
	for _, address := range []string{"198.51.100.1:99", "[2001:db8:1:2:3:4:5:6]:99"} {
		took, began := 0, time.Now()
		for i := range 100 {
			if strings.Contains(address, "[") { // one machine has a whole network of these
				address = fmt.Sprintf("[2001:db8:1:2:3:4:5:%x]:99", i+1)
			}
			v := &visitor{s: s, address: address}
			if v.post(t, "/login", url.Values{"email": {fmt.Sprintf("person%d@news.example", i)}, "password": {"Summer2025!"}}).Code != http.StatusTooManyRequests {
				took++
			}
		}
		if most := 60 * (1 + int(time.Since(began)/time.Minute)); took > most { // a slow machine needs longer
			t.Errorf("%d of 100 guesses from %s were looked at, want at most %d", took, address, most)
		}
	}
}

// hashMemory is what making one hash of a password takes, in bytes.
const hashMemory = 19 << 20

// hashesOf counts the hashes that something makes, by the memory that they take: it is
// the same on a busy machine, as times are not.
func hashesOf(do func()) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc-before.TotalAlloc) / hashMemory
}

// TestSignInTellsNothingByItsWork signs in with a wrong password for an account that is
// there, one that is closed and one that never was: each makes one hash. It is not
// parallel, as it counts what the whole process does.
func TestSignInTellsNothingByItsWork(t *testing.T) {
	s := servertest.New(t, servertest.Options{})
	known, closed := s.User(auth.Reader), s.User(auth.Checker)
	if _, err := s.Pool.Exec(t.Context(), "UPDATE users SET disabled_at = now() WHERE email = $1", closed); err != nil {
		t.Fatal(err)
	}
	answers := map[string]bool{}
	for name, email := range map[string]string{"known": known, "closed": closed, "unknown": "nobody@news.example", "empty": "", "no address": "x"} {
		v := &visitor{s: s}
		var w *httptest.ResponseRecorder
		n := hashesOf(func() { w = v.post(t, "/login", url.Values{"email": {email}, "password": {"wrong and long enough"}}) })
		if n < 0.99 || n > 1.5 {
			t.Errorf("%s: it took the memory of %.2f hashes, want that of one", name, n)
		}
		answers[strings.ReplaceAll(w.Body.String(), email, "")] = true
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: status %d", name, w.Code)
		}
	}
	v := &visitor{s: s}
	if n := hashesOf(func() {
		v.post(t, "/login", url.Values{"email": {closed}, "password": {servertest.Password}})
	}); n < 0.99 || n > 1.5 {
		t.Errorf("the right password of a closed account: %.2f hashes", n)
	}
	if n := hashesOf(func() { v.post(t, "/login", url.Values{"email": {known}, "password": {strings.Repeat("x", 100_000)}}) }); n > 0.5 {
		t.Errorf("a password that nobody can have: %.2f hashes, want none", n)
	}
}
