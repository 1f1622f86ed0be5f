package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/prometheus/client_golang/prometheus/testutil"
)

// entered enters or fails the test.
func entered(t *testing.T, a *admission, address string) (leave func()) {
	t.Helper()
	leave, err := a.enter(t.Context(), address)
	if err != nil {
		t.Fatalf("%s is not let in: %v", address, err)
	}
	return leave
}

func TestAdmissionBoundsWhatIsWorkedOn(t *testing.T) {
	t.Parallel()
	a := newAdmission("test", 3, 2, 3) // at most 6 here, of one address 4
	a.wait = time.Minute
	first, second := entered(t, a, "a"), entered(t, a, "a")
	third := entered(t, a, "b")
	in := make(chan func(), 10)
	wait := func(address string) {
		go func() {
			if leave, err := a.enter(t.Context(), address); err == nil {
				in <- leave
			}
		}()
	}
	wait("a")
	wait("a")
	for a.present() < 5 {
		time.Sleep(time.Millisecond)
	}
	if _, err := a.enter(t.Context(), "a"); !errors.Is(err, errBusy) {
		t.Errorf("a fifth of one address: %v", err)
	}
	wait("c")
	for a.present() < 6 {
		time.Sleep(time.Millisecond)
	}
	if _, err := a.enter(t.Context(), "d"); !errors.Is(err, errBusy) {
		t.Errorf("a seventh of all: %v", err)
	}
	select {
	case <-in:
		t.Error("somebody was let in while all places were taken")
	default:
	}
	third()
	third() // once is enough
	leave := <-in
	if len(a.places) != 3 {
		t.Errorf("%d are worked on, want 3", len(a.places))
	}
	leave()
	first()
	second()
	(<-in)()
	(<-in)()
	if a.present() != 0 || len(a.places) != 0 || len(a.addresses) != 0 {
		t.Errorf("%d are here, %d are worked on, %d addresses are known", a.present(), len(a.places), len(a.addresses))
	}
}

func TestAdmissionGivesUpWaiting(t *testing.T) {
	t.Parallel()
	for name, taken := range map[string]string{"for the places of all": "other", "for those of one": "one"} {
		a := newAdmission("test", 1, 1, 10)
		a.wait = time.Millisecond
		leave := entered(t, a, taken)
		if _, err := a.enter(t.Context(), "one"); !errors.Is(err, errBusy) {
			t.Errorf("waiting %s: %v", name, err)
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := a.enter(gone, "one"); !errors.Is(err, context.Canceled) {
			t.Errorf("a caller who has gone: %v", err)
		}
		leave()
		entered(t, a, "one")()
		if len(a.addresses) != 0 {
			t.Errorf("%d addresses are still known", len(a.addresses))
		}
	}
}

func TestKindsOfRequestWaitApart(t *testing.T) {
	t.Parallel()
	a := newAdmissions(20)
	for _, tt := range []struct {
		method, path string
		want         *admission
	}{
		{http.MethodGet, "/", a.work}, {http.MethodPost, "/api/v1/articles", a.work}, {http.MethodGet, "/api/v1/imports", a.work},
		{http.MethodGet, "/events-are-here", a.work},
		{http.MethodPost, "/api/v1/imports", a.uploads}, {http.MethodGet, "/api/v1/users/1/export", a.exports}, {http.MethodGet, "/account/export.json", a.exports}, {http.MethodPost, "/imports", a.uploads},
		{http.MethodGet, "/api/v1/events", a.streams}, {http.MethodGet, "/stories/1/events", a.streams},
		{http.MethodGet, "/healthz", nil}, {http.MethodGet, "/readyz", nil}, {http.MethodGet, "/metrics", nil}, {http.MethodGet, "/static/x.css", nil},
	} {
		if got := a.of(httptest.NewRequest(tt.method, tt.path, nil)); got != tt.want {
			t.Errorf("%s %s waits elsewhere", tt.method, tt.path)
		}
	}
	if places := cap(a.work.places); places != 15 {
		t.Errorf("%d of 20 connections are for requests", places)
	}
}

// TestFloodIsAnsweredAndPasses has many more calls than can be worked on. All get an
// answer; a refused one says when to come back, and when the flood is over nobody is.
func TestFloodIsAnsweredAndPasses(t *testing.T) {
	t.Parallel()
	a := newAdmissions(8) // 6 places, 96 in line, of which one address may have 4 and 64
	a.work.wait = 50 * time.Millisecond
	var most, now int
	var mu sync.Mutex
	work := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		mu.Lock()
		now++
		most = max(most, now)
		mu.Unlock()
		time.Sleep(5 * time.Millisecond)
		mu.Lock()
		now--
		mu.Unlock()
	})
	h := middleware.ClientIPFromRemoteAddr(inTime(a.admit((&Server{}).busy)(work)))
	call := func(i int) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/api/v1/stories", nil)
		r.RemoteAddr = "192.0.2." + strconv.Itoa(i%7) + ":80"
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	var refused int
	var calls sync.WaitGroup
	for i := range 400 {
		calls.Go(func() {
			w := call(i)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case w.Code == http.StatusServiceUnavailable && w.Header().Get("Retry-After") != "":
				refused++
			case w.Code != http.StatusOK:
				t.Errorf("status %d: %s", w.Code, w.Body)
			}
		})
	}
	calls.Wait()
	if most > 6 || refused == 0 || float64(refused) != testutil.ToFloat64(a.work.refused) {
		t.Errorf("%d at once, %d refused, %v counted", most, refused, testutil.ToFloat64(a.work.refused))
	}
	if w := call(1); w.Code != http.StatusOK {
		t.Errorf("after the flood: status %d", w.Code)
	}
}

// TestSlowReadersHoldNoPlace has a call that is over and whose answer nobody takes in.
func TestSlowReadersHoldNoPlace(t *testing.T) {
	t.Parallel()
	a := newAdmissions(0)
	ctx, cancel := context.WithCancel(t.Context())
	begun, read := make(chan bool), make(chan bool)
	h := a.admit((&Server{}).busy)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { begun <- true; <-read }))
	done := make(chan bool)
	go func() {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil).WithContext(ctx))
		close(done)
	}()
	<-begun
	if len(a.work.places) != 1 {
		t.Fatalf("%d are worked on, want 1", len(a.work.places))
	}
	cancel() // the time for the answer is over
	for len(a.work.places) > 0 {
		time.Sleep(time.Millisecond)
	}
	close(read)
	<-done
}

// TestRefusalsAreNotLogged holds that a flood does not fill the log: the figures count it.
func TestRefusalsAreNotLogged(t *testing.T) {
	t.Parallel()
	v := &visit{}
	ctx := context.WithValue(t.Context(), visitKey{}, v)
	a := newAdmissions(0)
	a.work.line = 0
	w := httptest.NewRecorder()
	a.admit((&Server{}).busy)(http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil).WithContext(ctx))
	if w.Code != http.StatusServiceUnavailable || levelOf(w.Code, v.refused) != slog.LevelDebug {
		t.Errorf("status %d, logged at %v", w.Code, levelOf(w.Code, v.refused))
	}
	if levelOf(http.StatusServiceUnavailable, false) != slog.LevelError {
		t.Error("other faults are not told as such")
	}
}
