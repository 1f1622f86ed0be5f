package app_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/webhook"
)

// TestNothingIsMissedThatIsCommittedLate has a change that began first be kept last:
// who follows events is told of both.
func TestNothingIsMissedThatIsCommittedLate(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.emptyStory("A flood at Marrow")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	items, err := f.WatchEvents(ctx, f.admin, app.EventWatch{StoryID: s.ID})
	if err != nil {
		t.Fatal(err)
	}
	const write = "INSERT INTO events (type, story_id, now_is) VALUES ('story.compared', $1, $2)"
	late, err := f.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := late.Exec(t.Context(), write, s.ID, "first"); err != nil {
		t.Fatal(err)
	}
	f.exec(write, s.ID, "second")
	told := 0
	var ids []string
	for item := range items {
		if item.Event == nil {
			continue
		}
		ids = append(ids, item.ID)
		if told++; told == 2 {
			break
		}
		if err := late.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	again, err := f.WatchEvents(ctx, f.admin, app.EventWatch{StoryID: s.ID, After: ids[0]})
	if err != nil {
		t.Fatal(err)
	}
	for item := range again {
		if item.Event != nil {
			if item.ID != ids[1] {
				t.Errorf("after %s comes %s, want %s", ids[0], item.ID, ids[1])
			}
			break
		}
	}
}

// TestStreamsOfAClosedAccountEnd checks every stream of a person whose session has
// ended.
func TestStreamsOfAClosedAccountEnd(t *testing.T) {
	t.Parallel()
	f := started(t, func(cfg *app.Config) { cfg.HoldsEvery = 20 * time.Millisecond })
	s := f.emptyStory("A flood at Marrow")
	i := f.importLines(`{"source": "Post", "text": "The bridge was closed."}` + "\n")
	for name, end := range map[string]string{
		"closed":       "UPDATE users SET disabled_at = now() WHERE id = $1",
		"new-password": "UPDATE users SET session_version = session_version + 1 WHERE id = $1",
		"reader":       "UPDATE users SET role = 'reader' WHERE id = $1",
	} {
		who := f.named(name, auth.Editor)
		story, err := f.WatchStory(t.Context(), who, s.ID)
		if err != nil {
			t.Fatal(err)
		}
		lines, err := f.WatchImport(t.Context(), who, i.ID)
		if err != nil {
			t.Fatal(err)
		}
		f.exec(end, who.UserID)
		ended := func(what string, closed func() bool) {
			until(t, "the stream of "+what+" ends for "+name, closed)
		}
		if name != "reader" { // who may still read stories
			ended("the story", func() bool { _, open := <-story; return !open })
		}
		ended("the import", func() bool { _, open := <-lines; return !open })
	}
	if _, err := f.WatchEvents(t.Context(), app.Actor{}, app.EventWatch{}); claims.KindOf(err) != claims.Unauthenticated {
		t.Errorf("a stranger follows: %v", err)
	}
}

// TestSlowReceiversHoldUpNobody writes many events at once while one receiver hangs, one
// breaks and one works: that one is told all of them soon.
func TestSlowReceiversHoldUpNobody(t *testing.T) {
	t.Parallel()
	const events = 1500
	quick := newReceiver(t, nil)
	hangs := newReceiver(t, func(http.ResponseWriter, call) { time.Sleep(1500 * time.Millisecond) })
	breaks := newReceiver(t, func(w http.ResponseWriter, _ call) { w.WriteHeader(500) })
	f := started(t, hooked(quick, hangs, breaks), func(cfg *app.Config) {
		cfg.Webhooks = app.WebhookConfig{} // the real times
	})
	s := f.emptyStory("A flood at Marrow")
	slow, _ := f.hook(hangs)
	f.hook(breaks)
	w, _ := f.hook(quick)
	began := time.Now()
	f.exec("INSERT INTO events (type, story_id) SELECT 'story.compared', $1 FROM generate_series(1, $2::int)", s.ID, events)
	until(t, "the quick receiver has all", func() bool { return quick.count(webhook.StoryCompared) >= events })
	took := time.Since(began)
	ids := map[string]bool{}
	for _, c := range quick.got() {
		ids[c.id] = true
	}
	t.Logf("%d events in %s, %.0f a second; hanging receiver called %d times, broken one %d", events, took.Round(time.Millisecond),
		events/took.Seconds(), len(hangs.got()), len(breaks.got()))
	if len(ids) != events {
		t.Errorf("%d events arrived, want %d", len(ids), events)
	}
	f.settledHook(w)
	if n := len(breaks.got()); n > 100 {
		t.Errorf("a receiver that is down was called %d times", n)
	}
	if h := f.webhook(slow.ID); h.Failures > 0 && h.Waiting != events {
		t.Errorf("%d of %d events wait for the receiver that hangs", h.Waiting, events)
	}
	if n := f.count("SELECT count(*) FROM river_job WHERE kind = 'send_webhook'"); n > 100 {
		t.Errorf("%d jobs for %d events", n, events)
	}
}

// TestEventsAreForgotten keeps what is old from staying for ever, but for what a
// delivery is of.
func TestEventsAreForgotten(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, nil)
	f := started(t, hooked(r))
	s := f.emptyStory("A flood at Marrow")
	w, _ := f.hook(r)
	f.exec("INSERT INTO events (type, story_id) VALUES ('story.compared', $1)", s.ID)
	f.settledHook(w)
	f.exec("UPDATE webhooks SET active = false, stopped = 'paused'")
	f.exec("INSERT INTO events (type, story_id) VALUES ('story.compared', $1)", s.ID)
	until(t, "it is published", func() bool { return f.count("SELECT count(*) FROM events WHERE seq IS NULL") == 0 })
	running := f.App
	sweep := func() { // as each start does
		if err := running.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		f.exec("DELETE FROM river_job WHERE kind = 'sweep'")
		running = f.another(hooked(r))
		f.start(running)
		until(t, "it is swept", func() bool {
			return f.count("SELECT count(*) FROM river_job WHERE kind = 'sweep' AND state = 'completed'") > 0
		})
	}
	f.exec("UPDATE events SET at = now() - interval '8 days'")
	sweep()
	if n := f.count("SELECT count(*) FROM events"); n != 1 {
		t.Errorf("%d events are left, want that of the delivery", n)
	}
	f.exec("UPDATE webhook_deliveries SET created_at = now() - interval '31 days'")
	sweep()
	if n := f.count("SELECT count(*) FROM events") + f.count("SELECT count(*) FROM webhook_deliveries"); n != 0 {
		t.Errorf("%d events and deliveries are left", n)
	}
}

// TestWebhookFollowsItsStory merges the story of a webhook into another.
func TestWebhookFollowsItsStory(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, nil)
	f := started(t, hooked(r))
	one, two := f.emptyStory("A flood at Marrow"), f.emptyStory("A flood in Marrow")
	w, _, err := f.MakeWebhook(t.Context(), f.admin, app.WebhookInput{URL: r.URL, Events: webhook.Types(), StoryID: one.ID})
	if err != nil {
		t.Fatal(err)
	}
	f.exec("INSERT INTO events (type, story_id) VALUES ('story.compared', $1), ('story.compared', $2)", one.ID, two.ID)
	until(t, "its story is told", func() bool { return len(r.got()) == 1 })
	if _, err := f.MergeStories(t.Context(), f.admin, two.ID, app.Merge{IDs: []string{one.ID}}); err != nil {
		t.Fatal(err)
	}
	if h := f.webhook(w.ID); h.StoryID != two.ID {
		t.Errorf("it stays with %s, want %s", h.StoryID, two.ID)
	}
	f.exec("INSERT INTO events (type, story_id) VALUES ('story.compared', $1)", two.ID)
	until(t, "the other is told", func() bool {
		return slices.ContainsFunc(r.got(), func(c call) bool { return fmt.Sprint(c.event.Data["story_id"]) == two.ID })
	})
}
