package app

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
	"corroborate/internal/webhook"
)

// The most webhooks of one person, and of all.
const (
	MaxWebhooks    = 20
	maxAllWebhooks = 200
)

// secretOverlap is how long the secret before signs too after it was exchanged.
const secretOverlap = 24 * time.Hour

// What is told outside; see the store for the fields.
type (
	Webhook       = store.Webhook
	Delivery      = store.Delivery
	DeliveryState = store.DeliveryState
)

// The states of deliveries, and why webhooks are not active.
const (
	DeliveryWaiting   = store.DeliveryWaiting
	DeliveryDelivered = store.DeliveryDelivered
	DeliveryFailed    = store.DeliveryFailed
	StoppedByPerson   = store.StoppedByPerson
)

// WebhookInput is a new webhook.
type WebhookInput struct {
	URL         string
	Description string
	Events      []webhook.Type
	// StoryID bounds it to one story, empty for all.
	StoryID string
	// Paused makes one that is not active yet.
	Paused bool
}

// Webhooks are for those who may write, as they make the service send to a place of
// their choice for as long as they are there; and who may read, as what is sent is read.

// hookOwner bounds an actor to the webhooks of one's own; an administrator sees all.
func (a Actor) hookOwner() string {
	if a.Can(Administer) {
		return ""
	}
	return a.UserID
}

// wrongHookURL says what is wrong with the address of a webhook.
func (a *App) wrongHookURL(address string) string {
	if strings.TrimSpace(address) == "" {
		return "is missing: give the address that is to be called"
	}
	if why := wrongURL(address); why != "" {
		return why
	}
	if err := a.poster.Check(address); err != nil {
		return "cannot be called: " + err.Error()
	}
	return ""
}

func wrongEvents(events []webhook.Type) string {
	if len(events) == 0 {
		return "are missing: name at least one type of event"
	}
	for i, t := range events {
		if !t.Valid() {
			return fmt.Sprintf("hold %q, which is no type of event", string(t))
		}
		if slices.Contains(events[:i], t) {
			return fmt.Sprintf("hold %q twice", string(t))
		}
	}
	return ""
}

// checkHook says what is wrong with a webhook, and gives its story's id as the
// database has it.
func (a *App) checkHook(ctx context.Context, in WebhookInput) (storyID string, err error) {
	p := problems{}
	p.add("url", a.wrongHookURL(in.URL))
	p.add("events", wrongEvents(in.Events))
	p.add("description", wrongName(in.Description, maxTitle))
	if in.StoryID != "" {
		id, err := knownID(in.StoryID)
		if err == nil {
			_, err = a.db.Progress(ctx, id)
		}
		switch {
		case claims.KindOf(err) == claims.NotFound:
			p.add("story_id", "names no story")
		case err != nil:
			return "", err
		}
		storyID = id
	}
	return storyID, invalidFields(p)
}

// Webhooks lists the actor's webhooks, all of them for an administrator, the newest
// first.
func (a *App) Webhooks(ctx context.Context, who Actor, p Page) (List[Webhook], error) {
	if err := who.require(ManageWebhooks); err != nil {
		return List[Webhook]{}, err
	}
	return byID(p, func(before string, limit int) ([]Webhook, error) {
		return a.seen(who).Webhooks(ctx, store.WebhookChoice{Owner: who.hookOwner(), Before: before, Limit: limit})
	}, func(w Webhook) string { return w.ID })
}

// Webhook gives one webhook. Those of others are not there but for administrators.
func (a *App) Webhook(ctx context.Context, who Actor, id string) (Webhook, error) {
	if err := who.require(ManageWebhooks); err != nil {
		return Webhook{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return Webhook{}, err
	}
	return a.seen(who).Webhook(ctx, who.hookOwner(), id)
}

// MakeWebhook stores a webhook of the actor's own. The secret that deliveries are
// signed with is given here and never again.
func (a *App) MakeWebhook(ctx context.Context, who Actor, in WebhookInput) (w Webhook, secret string, err error) {
	if err := who.require(ManageWebhooks); err != nil {
		return Webhook{}, "", err
	}
	in.StoryID, err = a.checkHook(ctx, in)
	if err != nil {
		return Webhook{}, "", err
	}
	id := newID()
	sealed, secret, err := a.newHookSecret(id)
	if err != nil {
		return Webhook{}, "", err
	}
	err = a.change(ctx, who, func(c change) error {
		if err := c.roomForHook(ctx); err != nil {
			return err
		}
		if err := c.tx.InsertWebhook(ctx, store.NewWebhook{ID: id, UserID: who.UserID, URL: strings.TrimSpace(in.URL),
			Description: claims.CleanName(in.Description), StoryID: in.StoryID, Events: typeNames(in.Events), Active: !in.Paused,
			Secret: sealed, At: c.now()}); err != nil {
			return err
		}
		return c.recordHook(ctx, "webhook.add", id, in.URL)
	})
	if err != nil {
		return Webhook{}, "", err
	}
	w, err = a.Webhook(ctx, who, id)
	return w, secret, err
}

// roomForHook gives the error for a webhook too many.
func (c change) roomForHook(ctx context.Context) error {
	own, all, err := c.tx.CountWebhooks(ctx, c.who.UserID)
	switch {
	case err != nil:
		return err
	case own >= MaxWebhooks:
		return &claims.Error{Kind: claims.Conflict, Message: fmt.Sprintf("you have %d webhooks, which is the most there can be: delete one first", own)}
	case all >= maxAllWebhooks:
		return &claims.Error{Kind: claims.Conflict, Message: fmt.Sprintf("there are %d webhooks, which is the most there can be: delete one first", all)}
	}
	return nil
}

// newHookSecret makes a secret for a webhook, as it is shown and as it is stored.
func (a *App) newHookSecret(id string) (sealed []byte, secret string, err error) {
	if a.sealer == nil {
		return nil, "", &claims.Error{Kind: claims.Conflict, Message: "this service has no key to store secrets with: see SECOND_FACTOR_KEY"}
	}
	secret = webhook.NewSecret()
	return a.sealer.Seal(secret, hookOf(id)), secret, nil
}

// hookOf names a webhook as the owner of a sealed secret.
func hookOf(id string) string { return "webhook " + id }

func typeNames(types []webhook.Type) []string {
	out := make([]string, len(types))
	for i, t := range types {
		out[i] = string(t)
	}
	return out
}

// recordHook notes what is done to a webhook. Of its address the host alone is noted:
// the rest may hold what only its owner is to know.
func (c change) recordHook(ctx context.Context, action, id, address string) error {
	host := ""
	if u, err := url.Parse(strings.TrimSpace(address)); err == nil {
		host = u.Host
	}
	return c.record(ctx, deed{action: action, object: id, detail: map[string]string{"host": host}})
}

// changeHook runs a change of a webhook under its lock. version is the one that was
// seen, 0 for any.
func (a *App) changeHook(ctx context.Context, who Actor, id string, version int, do func(change, Webhook) error) error {
	if err := who.require(ManageWebhooks); err != nil {
		return err
	}
	id, err := knownID(id)
	if err != nil {
		return err
	}
	return a.change(ctx, who, func(c change) error {
		w, err := c.tx.LockWebhook(ctx, who.hookOwner(), id)
		if err != nil {
			return err
		}
		if err := staleUnless(version, w.Version); err != nil {
			return err
		}
		return do(c, w)
	})
}
