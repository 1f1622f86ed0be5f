package app

import (
	"context"
	"strings"

	"corroborate/internal/claims"
	"corroborate/internal/store"
	"corroborate/internal/webhook"
)

// WebhookEdit changes a webhook; nil fields stay.
type WebhookEdit struct {
	URL         *string
	Description *string
	Events      []webhook.Type
	// StoryID is empty for all stories.
	StoryID *string
	// Active pauses or resumes it.
	Active *bool
	// Version is the version that was seen, 0 for any.
	Version int
}

// EditWebhook changes a webhook, pauses it or resumes it. What waits for one that is
// resumed, or has another address, is sent at once.
func (a *App) EditWebhook(ctx context.Context, who Actor, id string, e WebhookEdit) (Webhook, error) {
	was, err := a.Webhook(ctx, who, id)
	if err != nil {
		return Webhook{}, err
	}
	if err := staleUnless(e.Version, was.Version); err != nil {
		return Webhook{}, err
	}
	in := e.onto(was)
	if in.StoryID == was.StoryID {
		in.StoryID = "" // it was checked when it was chosen, and may be gone since
	}
	story, err := a.checkHook(ctx, in)
	if err != nil {
		return Webhook{}, err
	}
	if e.StoryID != nil && story != "" {
		e.StoryID = &story
	}
	err = a.changeHook(ctx, who, id, e.Version, func(c change, w Webhook) error { return c.editHook(ctx, w, e) })
	if err != nil {
		return Webhook{}, err
	}
	return a.Webhook(ctx, who, id)
}

// onto gives a webhook's fields as they are after the edit.
func (e WebhookEdit) onto(w Webhook) WebhookInput {
	in := WebhookInput{URL: w.URL, Description: w.Description, StoryID: w.StoryID}
	for _, t := range w.Events {
		in.Events = append(in.Events, webhook.Type(t))
	}
	set := func(field *string, to *string) {
		if to != nil {
			*field = *to
		}
	}
	set(&in.URL, e.URL)
	set(&in.Description, e.Description)
	set(&in.StoryID, e.StoryID)
	if e.Events != nil {
		in.Events = e.Events
	}
	return in
}

func (c change) editHook(ctx context.Context, w Webhook, e WebhookEdit) error {
	in, action := e.onto(w), "webhook.edit"
	moved := strings.TrimSpace(in.URL) != w.URL
	w.URL, w.Description, w.StoryID, w.Events = strings.TrimSpace(in.URL), claims.CleanName(in.Description), in.StoryID, typeNames(in.Events)
	switch {
	case e.Active == nil || *e.Active == w.Active:
	case *e.Active:
		action, w.Active, w.Stopped, w.Reason, w.StoppedAt = "webhook.resume", true, "", "", nil
	default:
		at := c.now()
		action, w.Active, w.Stopped, w.StoppedAt = "webhook.pause", false, store.StoppedByPerson, &at
	}
	if moved || action == "webhook.resume" { // a fresh start
		w.Failures, w.FailingSince, w.Fault, w.RestUntil = 0, nil, "", nil
	}
	if err := c.tx.UpdateWebhook(ctx, w, c.now()); err != nil {
		return err
	}
	if w.Active {
		if err := c.queue.SendWebhook(ctx, c.tx, w.ID, c.now()); err != nil {
			return err
		}
	}
	return c.recordHook(ctx, action, w.ID, w.URL)
}

// DeleteWebhook removes a webhook with its deliveries for good. version is the one
// that was seen, 0 for any.
func (a *App) DeleteWebhook(ctx context.Context, who Actor, id string, version int) error {
	return a.changeHook(ctx, who, id, version, func(c change, w Webhook) error {
		if err := c.tx.DeleteWebhook(ctx, w.ID); err != nil {
			return err
		}
		return c.recordHook(ctx, "webhook.delete", w.ID, w.URL)
	})
}

// RotateWebhook gives a webhook a new secret, which is given here and never again. The
// one before signs too for a day. Only its owner may have it.
func (a *App) RotateWebhook(ctx context.Context, who Actor, id string) (w Webhook, secret string, err error) {
	err = a.changeHook(ctx, who, id, 0, func(c change, w Webhook) error {
		if w.UserID != who.UserID {
			return &claims.Error{Kind: claims.Forbidden, Message: "only its owner gets the secret of a webhook"}
		}
		sealed, fresh, err := c.newHookSecret(w.ID)
		if err != nil {
			return err
		}
		secret = fresh
		if err := c.tx.RotateWebhook(ctx, w.ID, sealed, c.now().Add(secretOverlap), c.now()); err != nil {
			return err
		}
		return c.recordHook(ctx, "webhook.rotate", w.ID, w.URL)
	})
	if err != nil {
		return Webhook{}, "", err
	}
	w, err = a.Webhook(ctx, who, id)
	return w, secret, err
}

// errNotActive refuses to send to a webhook that is not active.
var errNotActive = &claims.Error{Kind: claims.Conflict, Message: "the webhook is not active: resume it first"}

// TestWebhook sends a webhook a ping, and gives its delivery.
func (a *App) TestWebhook(ctx context.Context, who Actor, id string) (Delivery, error) {
	delivery := newID()
	err := a.changeHook(ctx, who, id, 0, func(c change, w Webhook) error {
		if !w.Active {
			return errNotActive
		}
		id = w.ID
		n, err := c.tx.InsertPing(ctx, c.now())
		if err != nil {
			return err
		}
		ping := store.NewDelivery{ID: delivery, Wanted: store.Wanted{WebhookID: w.ID, EventN: n}}
		if err := c.tx.InsertDeliveries(ctx, []store.NewDelivery{ping}, c.now()); err != nil {
			return err
		}
		if err := c.wakeHook(ctx, w.ID); err != nil {
			return err
		}
		return c.recordHook(ctx, "webhook.test", w.ID, w.URL)
	})
	if err != nil {
		return Delivery{}, err
	}
	return a.seen(who).Delivery(ctx, id, delivery)
}

// wakeHook has what is due sent at once, also to a webhook that is left alone as it
// seems to be down.
func (c change) wakeHook(ctx context.Context, id string) error {
	if err := c.tx.RestWebhook(ctx, id, c.now()); err != nil {
		return err
	}
	return c.queue.SendWebhook(ctx, c.tx, id, c.now())
}

// DeliveryFilter chooses deliveries of a webhook; empty fields choose all.
type DeliveryFilter struct {
	WebhookID string
	State     DeliveryState
	Type      webhook.Type
	Page
}

// Deliveries lists the deliveries of a webhook, the newest first. Those on findings
// that the actor reviews blind are left out until then.
func (a *App) Deliveries(ctx context.Context, who Actor, f DeliveryFilter) (List[Delivery], error) {
	w, err := a.Webhook(ctx, who, f.WebhookID)
	if err != nil {
		return List[Delivery]{}, err
	}
	p := problems{}
	if f.Type != "" && f.Type != webhook.Ping && !f.Type.Valid() {
		p.add("event", "is no type of event")
	}
	switch f.State {
	case "", DeliveryWaiting, DeliveryDelivered, DeliveryFailed:
	default:
		p.add("state", "is one of waiting, delivered, failed")
	}
	if err := invalidFields(p); err != nil {
		return List[Delivery]{}, err
	}
	return byID(f.Page, func(before string, limit int) ([]Delivery, error) {
		return a.seen(who).Deliveries(ctx, store.DeliveryChoice{WebhookID: w.ID, State: f.State, Type: string(f.Type), Before: before, Limit: limit})
	}, func(d Delivery) string { return d.DeliveryID })
}

// Delivery gives one delivery of a webhook.
func (a *App) Delivery(ctx context.Context, who Actor, webhookID, id string) (Delivery, error) {
	w, err := a.Webhook(ctx, who, webhookID)
	if err != nil {
		return Delivery{}, err
	}
	if id, err = knownID(id); err != nil {
		return Delivery{}, err
	}
	return a.seen(who).Delivery(ctx, w.ID, id)
}

// ReplayDelivery sends a delivery again, under the same id, as it is now.
func (a *App) ReplayDelivery(ctx context.Context, who Actor, webhookID, id string) (Delivery, error) {
	seen, err := a.Delivery(ctx, who, webhookID, id)
	if err != nil {
		return Delivery{}, err
	}
	err = a.changeHook(ctx, who, webhookID, 0, func(c change, w Webhook) error {
		d, err := c.tx.Delivery(ctx, w.ID, seen.DeliveryID)
		switch {
		case err != nil:
			return err
		case !w.Active:
			return errNotActive
		case d.State == DeliveryWaiting:
			return &claims.Error{Kind: claims.Conflict, Message: "the delivery waits to be sent already"}
		}
		if err := c.tx.ReplayDelivery(ctx, d.DeliveryID, c.now()); err != nil {
			return err
		}
		if err := c.wakeHook(ctx, w.ID); err != nil {
			return err
		}
		return c.recordHook(ctx, "webhook.replay", w.ID, w.URL)
	})
	if err != nil {
		return Delivery{}, err
	}
	return a.seen(who).Delivery(ctx, seen.WebhookID, seen.DeliveryID)
}
