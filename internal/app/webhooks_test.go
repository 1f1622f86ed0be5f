package app_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/ingest"
	"corroborate/internal/webhook"
)

// receiver is a server that is told of events.
type receiver struct {
	*httptest.Server
	mu    sync.Mutex
	calls []call
	// answer writes the answer to a call, by default 200.
	answer func(http.ResponseWriter, call)
}

// call is a delivery as it came.
type call struct {
	id     string
	header http.Header
	body   []byte
	event  struct {
		ID, Type string
		Version  int
		Data     map[string]any
	}
}

func newReceiver(t *testing.T, answer func(http.ResponseWriter, call)) *receiver {
	t.Helper()
	r := &receiver{answer: answer}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		c := call{id: req.Header.Get("webhook-id"), header: req.Header}
		var err error
		if c.body, err = io.ReadAll(req.Body); err == nil {
			err = json.Unmarshal(c.body, &c.event)
		}
		if err != nil || req.Method != http.MethodPost {
			t.Errorf("%s: %v", req.Method, err)
		}
		r.mu.Lock()
		r.calls = append(r.calls, c)
		r.mu.Unlock()
		if r.answer != nil {
			r.answer(w, c)
		}
	}))
	t.Cleanup(r.Close)
	return r
}

// got gives the calls so far.
func (r *receiver) got() []call {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.calls)
}

// types gives the types of the calls so far, without those of a kind that came before.
func (r *receiver) types() []string {
	var out []string
	for _, c := range r.got() {
		out = append(out, c.event.Type)
	}
	slices.Sort(out)
	return out
}

// until waits for something.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(40 * time.Second); !ok(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

// hooked sets a service up that may send to receivers on this machine and tries again
// soon.
func hooked(servers ...*receiver) func(*app.Config) {
	return func(cfg *app.Config) {
		var hosts []string
		for _, s := range servers {
			hosts = append(hosts, strings.TrimPrefix(s.URL, "http://"))
		}
		cfg.Poster = ingest.NewPoster(ingest.PosterConfig{AllowHosts: hosts, Timeout: time.Second})
		cfg.Webhooks = app.WebhookConfig{Retries: []time.Duration{20 * time.Millisecond, 20 * time.Millisecond}, Rest: 20 * time.Millisecond}
		cfg.PublicURL = "https://news.example.org"
	}
}

// hook makes a webhook of the administrator's for all events.
func (f *fixture) hook(r *receiver) (app.Webhook, string) {
	f.t.Helper()
	return f.hookOf(f.admin, r)
}

func (f *fixture) hookOf(who app.Actor, r *receiver) (app.Webhook, string) {
	f.t.Helper()
	w, secret, err := f.MakeWebhook(f.t.Context(), who, app.WebhookInput{URL: r.URL + "/in?token=1", Events: webhook.Types()})
	if err != nil {
		f.t.Fatal(err)
	}
	return w, secret
}

func (f *fixture) deliveries(w app.Webhook, state app.DeliveryState) []app.Delivery {
	f.t.Helper()
	l, err := f.Deliveries(f.t.Context(), f.admin, app.DeliveryFilter{WebhookID: w.ID, State: state, Page: app.Page{Limit: app.MaxLimit}})
	if err != nil {
		f.t.Fatal(err)
	}
	return l.Items
}

func (f *fixture) webhook(id string) app.Webhook {
	f.t.Helper()
	w, err := f.Webhook(f.t.Context(), f.admin, id)
	if err != nil {
		f.t.Fatal(err)
	}
	return w
}

// settledHook waits until nothing is to be sent any more.
func (f *fixture) settledHook(w app.Webhook) {
	f.t.Helper()
	until(f.t, "all is sent", func() bool {
		return f.count("SELECT count(*) FROM events WHERE seq IS NULL") == 0 && f.webhook(w.ID).Waiting == 0
	})
}

// count of the events of a type among the calls.
func (r *receiver) count(kind webhook.Type) int {
	n := 0
	for _, c := range r.got() {
		if c.event.Type == string(kind) {
			n++
		}
	}
	return n
}

// TestEveryChangeIsTold follows a story through all that webhooks are told of.
func TestEveryChangeIsTold(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, nil)
	f := started(t, hooked(r))
	w, secret := f.hook(r)
	s := f.story(gazette, courier)
	finding := f.findings(s.ID)[0]
	verdict := claims.Agree
	if finding.Verdict == verdict {
		verdict = claims.Diverge
	}
	review, err := f.AddReview(t.Context(), f.admin, finding.ID, app.ReviewInput{Verdict: &verdict})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WithdrawReview(t.Context(), f.admin, review.ID); err != nil {
		t.Fatal(err)
	}
	changed := courier
	changed.Text, changed.StoryID = strings.ReplaceAll(courier.Text, "2,000", "2,100"), s.ID
	f.take(changed)
	f.ready(s.ID)
	until(t, "the revision is told", func() bool { return r.count(webhook.ArticleReady) == 3 && r.count(webhook.StoryCompared) >= 2 })
	f.settledHook(w)

	if n, want := r.count(webhook.FindingNew), f.count("SELECT count(*) FROM finding_history h WHERE NOT EXISTS (SELECT FROM finding_history o WHERE o.finding_id = h.finding_id AND o.at < h.at)"); n < want {
		t.Errorf("%d new findings told, want at least %d", n, want)
	}
	for kind, want := range map[webhook.Type]int{webhook.VerdictChanged: 2, webhook.ReviewCreated: 1, webhook.ReviewWithdrawn: 1, webhook.ArticleChanged: 1} {
		if n := r.count(kind); n < want {
			t.Errorf("%s came %d times, want %d: %q", kind, n, want, r.types())
		}
	}
	verify, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, c := range r.got() {
		if err := verify.Verify(c.body, c.header); err != nil {
			t.Errorf("%s: %v", c.event.Type, err)
		}
		if c.event.ID != c.id || c.event.Version != 1 || seen[c.id] {
			t.Errorf("%s: id %q in the header %q, version %d, seen %v", c.event.Type, c.event.ID, c.id, c.event.Version, seen[c.id])
		}
		seen[c.id] = true
		links, _ := c.event.Data["links"].(map[string]any)
		if !strings.HasPrefix(fmt.Sprint(links["api"]), "https://news.example.org/api/v1/") || !strings.HasPrefix(fmt.Sprint(links["page"]), "https://news.example.org/") {
			t.Errorf("%s: links %v", c.event.Type, links)
		}
		if c.event.Data["story_id"] != s.ID {
			t.Errorf("%s: story %v", c.event.Type, c.event.Data["story_id"])
		}
		if c.event.Type == "finding.verdict_changed" && (c.event.Data["verdict"] == c.event.Data["verdict_before"] || c.event.Data["verdict"] == nil) {
			t.Errorf("verdicts %v", c.event.Data)
		}
	}
}

// TestSecretsOverlap checks that two secrets sign for a day after one was exchanged.
func TestSecretsOverlap(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, nil)
	f := started(t, hooked(r))
	w, old := f.hook(r)
	_, fresh, err := f.RotateWebhook(t.Context(), f.admin, w.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.TestWebhook(t.Context(), f.admin, w.ID); err != nil {
		t.Fatal(err)
	}
	f.settledHook(w)
	f.exec("UPDATE webhooks SET old_until = now() - interval '1 second'")
	if _, err := f.TestWebhook(t.Context(), f.admin, w.ID); err != nil {
		t.Fatal(err)
	}
	f.settledHook(w)
	for i, want := range [][2]bool{{true, true}, {false, true}} {
		for j, secret := range []string{old, fresh} {
			verify, err := standardwebhooks.NewWebhook(secret)
			if err != nil {
				t.Fatal(err)
			}
			c := r.got()[i]
			if ok := verify.Verify(c.body, c.header) == nil; ok != want[j] {
				t.Errorf("call %d, secret %d: %v", i, j, ok)
			}
		}
	}
	if n := f.count("SELECT count(*) FROM webhooks WHERE position('whsec'::bytea in secret) > 0"); n > 0 {
		t.Error("a secret lies open in the database")
	}
}

// TestFailuresAreTriedAgain has receivers fail in every way that there is.
func TestFailuresAreTriedAgain(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		answer func(http.ResponseWriter, call)
		status int
		fault  string
		tries  int
	}{
		"error":    {func(w http.ResponseWriter, _ call) { w.WriteHeader(500) }, 500, "status 500", 3},
		"redirect": {func(w http.ResponseWriter, _ call) { w.Header().Set("Location", "/x"); w.WriteHeader(302) }, 302, "another address", 3},
		"hangs":    {func(http.ResponseWriter, call) { time.Sleep(1200 * time.Millisecond) }, 0, "longer than", 3},
		"breaks":   {func(w http.ResponseWriter, _ call) { panic(http.ErrAbortHandler) }, 0, "breaks off", 3},
		"gone":     {func(w http.ResponseWriter, _ call) { w.WriteHeader(410) }, 410, "gone for good", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newReceiver(t, tt.answer)
			f := started(t, hooked(r))
			w, _ := f.hook(r)
			if _, err := f.TestWebhook(t.Context(), f.admin, w.ID); err != nil {
				t.Fatal(err)
			}
			until(t, "it has failed for good", func() bool { return len(f.deliveries(w, app.DeliveryFailed)) == 1 })
			d := f.deliveries(w, "")[0]
			if d.Attempts != tt.tries || !strings.Contains(d.Fault, tt.fault) || (d.Status == nil) != (tt.status == 0) || d.Status != nil && *d.Status != tt.status {
				t.Errorf("delivery %+v", d)
			}
			ids := map[string]bool{}
			for _, c := range r.got() {
				ids[c.id] = true
			}
			if len(ids) != 1 {
				t.Errorf("ids %v: they change with the tries", ids)
			}
			if h := f.webhook(w.ID); h.Active == (name == "gone") || h.Fault == "" {
				t.Errorf("webhook %+v", h)
			}
		})
	}
}

// TestHugeAnswersAreBounded keeps what a receiver answers from filling anything.
func TestHugeAnswersAreBounded(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, func(w http.ResponseWriter, _ call) {
		for range 1 << 12 {
			if _, err := w.Write([]byte(strings.Repeat("é\x00\xff", 256))); err != nil {
				return
			}
		}
	})
	f := started(t, hooked(r))
	w, _ := f.hook(r)
	if _, err := f.TestWebhook(t.Context(), f.admin, w.ID); err != nil {
		t.Fatal(err)
	}
	f.settledHook(w)
	d := f.deliveries(w, app.DeliveryDelivered)[0]
	if len(d.Answer) == 0 || len(d.Answer) > ingest.MaxAnswer || strings.Trim(d.Answer, "é") != "" {
		t.Errorf("%d bytes kept: %.40q", len(d.Answer), d.Answer)
	}
}

// TestReplay sends again what was sent, under the same id.
func TestReplay(t *testing.T) {
	t.Parallel()
	broken := true
	r := newReceiver(t, nil)
	r.answer = func(w http.ResponseWriter, _ call) {
		r.mu.Lock()
		defer r.mu.Unlock()
		if broken {
			w.WriteHeader(503)
		}
	}
	f := started(t, hooked(r))
	w, _ := f.hook(r)
	if _, err := f.TestWebhook(t.Context(), f.admin, w.ID); err != nil {
		t.Fatal(err)
	}
	until(t, "it has failed for good", func() bool { return len(f.deliveries(w, app.DeliveryFailed)) == 1 })
	r.mu.Lock()
	broken = false
	r.mu.Unlock()
	d, err := f.ReplayDelivery(t.Context(), f.admin, w.ID, f.deliveries(w, "")[0].DeliveryID)
	if err != nil || d.State != app.DeliveryWaiting && d.State != app.DeliveryDelivered {
		t.Fatalf("%+v, %v", d, err)
	}
	f.settledHook(w)
	calls := r.got()
	if h := f.webhook(w.ID); len(calls) != 4 || calls[0].id != calls[3].id || h.Failures != 0 || h.DeliveredAt == nil {
		t.Errorf("%d calls, webhook %+v", len(calls), h)
	}
	off := false
	if _, err := f.EditWebhook(t.Context(), f.admin, w.ID, app.WebhookEdit{Active: &off}); err != nil {
		t.Fatal(err)
	}
	if _, err := f.ReplayDelivery(t.Context(), f.admin, w.ID, d.DeliveryID); claims.KindOf(err) != claims.Conflict {
		t.Errorf("replay of a paused webhook: %v", err)
	}
	if _, err := f.TestWebhook(t.Context(), f.admin, w.ID); claims.KindOf(err) != claims.Conflict {
		t.Errorf("test of a paused webhook: %v", err)
	}
}

// TestWebhookStopsWithItsOwner checks that nothing is sent for somebody who may not
// have it any more, and that a webhook that fails for days is stopped.
func TestWebhookStopsWithItsOwner(t *testing.T) {
	t.Parallel()
	r, dead := newReceiver(t, nil), newReceiver(t, func(w http.ResponseWriter, _ call) { w.WriteHeader(500) })
	f := started(t, hooked(r, dead))
	closed, reader := f.named("Ann", auth.Editor), f.named("Bea", auth.Editor)
	ofClosed, _ := f.hookOf(closed, r)
	ofReader, _ := f.hookOf(reader, r)
	failing, _ := f.hookOf(f.admin, dead)
	f.exec("UPDATE users SET disabled_at = now() WHERE id = $1", closed.UserID)
	f.exec("UPDATE users SET role = 'reader' WHERE id = $1", reader.UserID)
	f.exec("UPDATE webhooks SET failures = 1, failing_since = now() - interval '6 days' WHERE id = $1", failing.ID)
	f.story(gazette)
	for id, why := range map[string]string{ofClosed.ID: "closed", ofReader.ID: "reader", failing.ID: "5 days"} {
		until(t, "the webhook is stopped", func() bool { return !f.webhook(id).Active })
		if h := f.webhook(id); !strings.Contains(h.Reason, why) || h.StoppedAt == nil {
			t.Errorf("stopped with %+v", h)
		}
	}
	if calls := r.got(); len(calls) > 0 {
		t.Errorf("%d calls for owners who may have none", len(calls))
	}
	if n := f.count("SELECT count(*) FROM audit WHERE action = 'webhook.stop'"); n != 3 {
		t.Errorf("%d entries in the history", n)
	}
}

// TestWebhooksAreTheirOwners checks who may do what with whose webhook.
func TestWebhooksAreTheirOwners(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, nil)
	f := newFixture(t, hooked(r))
	ann, bea := f.named("Ann", auth.Editor), f.named("Bea", auth.Editor)
	w, _ := f.hookOf(ann, r)
	if _, err := f.Webhook(t.Context(), bea, w.ID); claims.KindOf(err) != claims.NotFound {
		t.Errorf("another editor: %v", err)
	}
	if err := f.DeleteWebhook(t.Context(), bea, w.ID, 0); claims.KindOf(err) != claims.NotFound {
		t.Errorf("another editor deletes: %v", err)
	}
	if _, err := f.Webhook(t.Context(), f.admin, w.ID); err != nil {
		t.Errorf("an administrator: %v", err)
	}
	if _, _, err := f.RotateWebhook(t.Context(), f.admin, w.ID); claims.KindOf(err) != claims.Forbidden {
		t.Errorf("an administrator rotates: %v", err)
	}
	if _, err := f.Webhooks(t.Context(), f.scoped(auth.Write), app.Page{}); claims.KindOf(err) != claims.Forbidden {
		t.Errorf("a key that may not read: %v", err)
	}
	if l, err := f.Webhooks(t.Context(), bea, app.Page{}); err != nil || len(l.Items) != 0 {
		t.Errorf("another editor lists %v, %v", l, err)
	}
	for _, address := range []string{"", "ftp://x.example", "http://hooks.example/in", "https://10.0.0.7/", "https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://u:p@x.example/", "https://x.example:6379/"} {
		_, _, err := f.MakeWebhook(t.Context(), ann, app.WebhookInput{URL: address, Events: webhook.Types()})
		if claims.KindOf(err) != claims.Invalid {
			t.Errorf("%q is taken: %v", address, err)
		}
	}
	for _, events := range [][]webhook.Type{nil, {"x"}, {webhook.Ping}, {webhook.FindingNew, webhook.FindingNew}} {
		if _, _, err := f.MakeWebhook(t.Context(), ann, app.WebhookInput{URL: r.URL, Events: events}); claims.KindOf(err) != claims.Invalid {
			t.Errorf("%q are taken: %v", events, err)
		}
	}
}

// TestPrivateNetworksAreNotCalled has a webhook's name lead to this machine.
func TestPrivateNetworksAreNotCalled(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, nil)
	f := started(t, hooked(r))
	w, _ := f.hook(r)
	_, port, _ := strings.Cut(strings.TrimPrefix(r.URL, "http://"), ":")
	f.exec("UPDATE webhooks SET url = $1", "https://localhost:443/"+port) // as if its name had led elsewhere before
	if _, err := f.TestWebhook(t.Context(), f.admin, w.ID); err != nil {
		t.Fatal(err)
	}
	until(t, "it has failed", func() bool { return len(f.deliveries(w, app.DeliveryFailed)) == 1 })
	if d := f.deliveries(w, "")[0]; !strings.Contains(d.Fault, "private network") || len(r.got()) > 0 {
		t.Errorf("delivery %+v", d)
	}
}
