package app_test

import (
	"context"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/webhook"
)

// TestWebhooksKeepTheVeil has an owner review a finding blind: nothing that says what
// the machine or others think of it is sent, nor shown of what was sent before; those
// who do not review it are told all.
func TestWebhooksKeepTheVeil(t *testing.T) {
	t.Parallel()
	blind, open := newReceiver(t, nil), newReceiver(t, nil)
	f := started(t, hooked(blind, open))
	cora, dora := f.named("cora", auth.Administrator), f.named("dora", auth.Checker)
	ofCora, _ := f.hookOf(cora, blind)
	ofAdmin, _ := f.hookOf(f.admin, open)
	s := f.story(gazette, courier)
	finding := f.withNumber(s.ID)
	f.settledHook(ofCora)
	f.settledHook(ofAdmin)
	before := len(blind.got())
	if _, err := f.AskBlind(t.Context(), f.admin, app.BlindInput{FindingID: finding.ID, Reviewers: []string{cora.UserID, dora.UserID}}); err != nil {
		t.Fatal(err)
	}
	told := func(w app.Webhook, who app.Actor) map[webhook.Type]int {
		t.Helper()
		l, err := f.Deliveries(t.Context(), who, app.DeliveryFilter{WebhookID: w.ID, Page: app.Page{Limit: app.MaxLimit}})
		if err != nil {
			t.Fatal(err)
		}
		out := map[webhook.Type]int{}
		for _, d := range l.Items {
			if d.FindingID == finding.ID {
				out[d.Type]++
				if _, err := f.ReplayDelivery(t.Context(), who, w.ID, d.DeliveryID); who.UserID == cora.UserID {
					t.Errorf("replayed to who reviews blind: %v", err)
				}
			}
		}
		return out
	}
	for _, w := range []app.Webhook{ofCora, ofAdmin} { // an administrator sees those of others too
		if got := told(w, cora); len(got) > 0 {
			t.Errorf("who reviews blind is shown %v", got)
		}
	}
	verdict := claims.Single
	if _, err := f.AddReview(t.Context(), f.admin, finding.ID, app.ReviewInput{Verdict: &verdict}); err != nil {
		t.Fatal(err)
	}
	until(t, "the others are told", func() bool { return open.count(webhook.VerdictChanged) == 1 && open.count(webhook.ReviewCreated) == 1 })
	f.settledHook(ofCora)
	if _, err := f.TestWebhook(t.Context(), cora, ofCora.ID); err != nil {
		t.Fatal(err)
	}
	until(t, "the ping comes", func() bool { return blind.count(webhook.Ping) == 1 })
	if n := len(blind.got()) - before; n != 1 {
		t.Errorf("%d calls to who reviews blind, want the ping alone: %q", n, blind.types()[before:])
	}
	// What is new of a veiled finding is told without its verdict.
	f.exec("INSERT INTO events (type, story_id, finding_id, now_is) VALUES ('finding.new', $1, $2, 'agree')", s.ID, finding.ID)
	until(t, "the event comes", func() bool { return len(blind.got()) == before+2 })
	if d := blind.got()[before+1].event.Data; d["veiled"] != true || d["verdict"] != nil {
		t.Errorf("told %v", d)
	}
	// A stream keeps it too.
	ctx, stop := contextFor(t, 2*time.Second)
	defer stop()
	items, err := f.WatchEvents(ctx, cora, app.EventWatch{StoryID: s.ID, After: "0"})
	if err != nil {
		t.Fatal(err)
	}
	for item := range items {
		switch webhook.Type(item.Name) {
		case webhook.VerdictChanged, webhook.ReviewCreated:
			t.Errorf("a stream tells %s", item.Event)
		}
	}
}

func contextFor(t *testing.T, d time.Duration) (context.Context, context.CancelFunc) {
	t.Helper()
	return context.WithTimeout(t.Context(), d)
}
