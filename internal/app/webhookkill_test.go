package app_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"corroborate/internal/app"
)

// TestKilledSenderLosesNothing kills servers while a receiver has taken an event and
// they have not noted that: each is sent again, under the same id.
func TestKilledSenderLosesNothing(t *testing.T) {
	t.Parallel()
	const kills, tests = 3, 8
	var silent atomic.Bool
	silent.Store(true)
	taken := make(chan string, 1000)
	r := newReceiver(t, nil)
	released := make(chan struct{})
	r.answer = func(w http.ResponseWriter, c call) {
		taken <- c.id
		if silent.Load() {
			<-released
		}
	}
	f := newFixture(t, hooked(r))
	w, _ := f.hook(r)
	for range tests {
		if _, err := f.TestWebhook(t.Context(), f.admin, w.ID); err != nil {
			t.Fatal(err)
		}
	}
	for range kills {
		cmd := f.worker(workerAllow + "=" + strings.TrimPrefix(r.URL, "http://"))
		<-taken
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it was killed, and says so
		if n := f.count("SELECT count(*) FROM webhook_deliveries WHERE attempts > 0"); n > 0 {
			t.Fatalf("%d tries were noted before the server was killed: the test shows nothing", n)
		}
	}
	silent.Store(false)
	close(released)
	f.start(f.App)
	f.settledHook(w)
	times := map[string]int{}
	for _, c := range r.got() {
		times[c.id]++
	}
	again := 0
	for _, n := range times {
		if n > 1 {
			again++
		}
	}
	if n := len(f.deliveries(w, app.DeliveryDelivered)); n != tests || len(times) != tests || again == 0 {
		t.Errorf("%d of %d deliveries arrived, %d ids, %d sent again", n, tests, len(times), again)
	}
}
