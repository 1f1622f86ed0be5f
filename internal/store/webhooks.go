package store

import (
	"context"
	"time"

	"corroborate/internal/auth"
)

// Stopped says why a webhook is not active.
type Stopped string

// The reasons why a webhook is not active.
const (
	// StoppedByPerson: somebody paused it.
	StoppedByPerson Stopped = "paused"
	// StoppedFailing: it had failed for days.
	StoppedFailing Stopped = "failing"
	// StoppedGone: its receiver answered 410.
	StoppedGone Stopped = "gone"
	// StoppedOwner: its owner may not have it any more.
	StoppedOwner Stopped = "owner"
	// StoppedStory: its story is gone.
	StoppedStory Stopped = "story"
)

// Webhook is an address that is told of events.
type Webhook struct {
	ID          string
	UserID      string
	Owner       string // the name of its owner
	URL         string
	Description string
	Events      []string
	StoryID     string // empty for all stories
	Active      bool
	// Stopped and Reason say why it is not active, StoppedAt since when.
	Stopped   Stopped
	Reason    string
	StoppedAt *time.Time
	// Failures counts the tries in a row that failed, since FailingSince; Fault says why
	// the last one did. RestUntil is until when nothing is sent.
	Failures     int
	FailingSince *time.Time
	Fault        string
	RestUntil    *time.Time
	// DeliveredAt is when something last arrived.
	DeliveredAt *time.Time
	// OldUntil is until when the secret before signs too.
	OldUntil *time.Time
	// Waiting counts the deliveries that are still to be sent.
	Waiting   int
	Version   int
	CreatedAt time.Time
	UpdatedAt time.Time
}

const webhookColumns = `
	w.id, w.user_id, u.name AS owner, w.url, w.description, w.events, coalesce(w.story_id::text, '') AS story_id, w.active,
	w.stopped, w.reason, w.stopped_at, w.failures, w.failing_since, w.fault, w.rest_until, w.delivered_at, w.old_until,
	(SELECT count(*) FROM deliveries_for(@viewer) d WHERE d.webhook_id = w.id AND d.state = 'waiting') AS waiting,
	w.version, w.created_at, w.updated_at`

const webhookSelect = "SELECT" + webhookColumns + " FROM webhooks w JOIN users u ON u.id = w.user_id "

// WebhookChoice chooses webhooks; an empty owner chooses those of all.
type WebhookChoice struct {
	Owner  string
	Before string
	Limit  int
}

// Webhooks lists webhooks, the newest first.
func (q Queries) Webhooks(ctx context.Context, c WebhookChoice) ([]Webhook, error) {
	return list[Webhook](ctx, q.q, "webhooks", webhookSelect+`
		WHERE (@owner = '' OR w.user_id = nullif(@owner, '')::uuid) AND (@before = '' OR w.id < nullif(@before, '')::uuid)
		ORDER BY w.id DESC LIMIT @limit`,
		named{"owner": c.Owner, "before": c.Before, "limit": c.Limit, "viewer": q.viewer})
}

// Webhook gives one webhook of an owner, of anybody where the owner is empty.
func (q Queries) Webhook(ctx context.Context, owner, id string) (Webhook, error) {
	return one[Webhook](ctx, q.q, "webhook", webhookSelect+"WHERE w.id = @id AND (@owner = '' OR w.user_id = nullif(@owner, '')::uuid)",
		named{"id": id, "owner": owner, "viewer": q.viewer})
}

// LockWebhook is Webhook that keeps others from changing it until the transaction ends.
func (t *Tx) LockWebhook(ctx context.Context, owner, id string) (Webhook, error) {
	return one[Webhook](ctx, t.q, "lock webhook", webhookSelect+
		"WHERE w.id = @id AND (@owner = '' OR w.user_id = nullif(@owner, '')::uuid) FOR NO KEY UPDATE OF w",
		named{"id": id, "owner": owner, "viewer": t.viewer})
}

// CountWebhooks counts the webhooks of a person, and of all.
func (q Queries) CountWebhooks(ctx context.Context, userID string) (own, all int, err error) {
	type counts struct{ Own, Every int }
	c, err := one[counts](ctx, q.q, "count webhooks",
		"SELECT count(*) FILTER (WHERE user_id = $1) AS own, count(*) AS every FROM webhooks", userID)
	return c.Own, c.Every, err
}

// NewWebhook is a webhook to be stored.
type NewWebhook struct {
	ID, UserID, URL, Description, StoryID string
	Events                                []string
	Active                                bool
	// Secret is sealed.
	Secret []byte
	At     time.Time
}

// InsertWebhook stores a webhook.
func (t *Tx) InsertWebhook(ctx context.Context, w NewWebhook) error {
	_, err := t.exec(ctx, "insert webhook", `
		INSERT INTO webhooks (id, user_id, url, description, events, story_id, secret, active, stopped, created_at, updated_at)
		VALUES (@id, @user, @url, @description, @events, nullif(@story, '')::uuid, @secret, @active,
			CASE WHEN @active THEN '' ELSE 'paused' END, @at, @at)`,
		named{"id": w.ID, "user": w.UserID, "url": w.URL, "description": w.Description, "events": w.Events, "story": w.StoryID,
			"secret": w.Secret, "active": w.Active, "at": w.At})
	return err
}

// UpdateWebhook stores what a person changed; the version goes up. A webhook that is
// active has a fresh start.
func (t *Tx) UpdateWebhook(ctx context.Context, w Webhook, at time.Time) error {
	_, err := t.exec(ctx, "update webhook", `
		UPDATE webhooks SET url = @url, description = @description, events = @events, story_id = nullif(@story, '')::uuid,
			active = @active, stopped = @stopped, reason = @reason, stopped_at = @stopped_at,
			failures = @failures, failing_since = @since, fault = @fault, rest_until = @rest,
			version = version + 1, updated_at = @at WHERE id = @id`,
		named{"id": w.ID, "url": w.URL, "description": w.Description, "events": w.Events, "story": w.StoryID, "active": w.Active,
			"stopped": string(w.Stopped), "reason": w.Reason, "stopped_at": w.StoppedAt, "failures": w.Failures,
			"since": w.FailingSince, "fault": w.Fault, "rest": w.RestUntil, "at": at})
	return err
}

// DeleteWebhook removes a webhook with its deliveries.
func (t *Tx) DeleteWebhook(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "delete webhook", "DELETE FROM webhooks WHERE id = $1", id)
	return err
}

// RotateWebhook gives a webhook a new secret; the one before signs too until a moment.
func (t *Tx) RotateWebhook(ctx context.Context, id string, secret []byte, until, at time.Time) error {
	_, err := t.exec(ctx, "rotate secret of webhook", `
		UPDATE webhooks SET old_secret = secret, old_until = $3, secret = $2, version = version + 1, updated_at = $4
		WHERE id = $1`, id, secret, until, at)
	return err
}

// StopWebhook stops a webhook, and says why, where it still has this address. It tells
// whether it did.
func (t *Tx) StopWebhook(ctx context.Context, w Webhook, why Stopped, reason string, at time.Time) (bool, error) {
	n, err := t.exec(ctx, "stop webhook", `
		UPDATE webhooks SET active = false, stopped = $3, reason = $4, stopped_at = $5
		WHERE id = $1 AND url = $2 AND active`, w.ID, w.URL, string(why), reason, at)
	return n > 0, err
}

// StopWebhooksOfGoneStories stops the webhooks whose story is gone for good.
func (t *Tx) StopWebhooksOfGoneStories(ctx context.Context, reason string, at time.Time) error {
	_, err := t.exec(ctx, "stop webhooks of gone stories", `
		UPDATE webhooks w SET active = false, stopped = 'story', reason = $1, stopped_at = $2
		WHERE active AND story_id IS NOT NULL AND NOT EXISTS (SELECT FROM stories s WHERE s.id = w.story_id)`, reason, at)
	return err
}

// Sender is what sending to a webhook goes by.
type Sender struct {
	Webhook
	// Secret and OldSecret are sealed; OldSecret is nil where it signs no more.
	Secret    []byte
	OldSecret []byte
	// OwnerRole is the role of the owner now, OwnerClosed whether the account is closed.
	OwnerRole   auth.Role
	OwnerClosed bool
}

// Sender gives what sending to a webhook goes by at a moment.
func (q Queries) Sender(ctx context.Context, id string, now time.Time) (Sender, error) {
	return one[Sender](ctx, q.q, "sender", "SELECT"+webhookColumns+`, w.secret,
		CASE WHEN w.old_until > @now THEN w.old_secret END AS old_secret, u.role AS owner_role, u.disabled_at IS NOT NULL AS owner_closed
		FROM webhooks w JOIN users u ON u.id = w.user_id WHERE w.id = @id`,
		named{"id": id, "now": now, "viewer": q.viewer})
}

// HasActiveWebhooks tells whether there is a webhook that is sent to.
func (q Queries) HasActiveWebhooks(ctx context.Context) (bool, error) {
	return scalar[bool](ctx, q.q, "active webhooks", "SELECT EXISTS (SELECT FROM webhooks WHERE active)")
}

// DueWebhooks gives the active webhooks that have something to send now.
func (q Queries) DueWebhooks(ctx context.Context, now time.Time) ([]string, error) {
	return column[string](ctx, q.q, "due webhooks", `
		SELECT w.id::text FROM webhooks w WHERE w.active AND (w.rest_until IS NULL OR w.rest_until <= $1)
		  AND EXISTS (SELECT FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.state = 'waiting' AND d.next_at <= $1)
		ORDER BY w.id`, now)
}

// Health is a webhook's state at a glance: new, ok, failing, paused or stopped.
func (w Webhook) Health() string {
	switch {
	case w.Stopped == StoppedByPerson:
		return "paused"
	case !w.Active:
		return "stopped"
	case w.Failures > 0:
		return "failing"
	case w.DeliveredAt == nil:
		return "new"
	}
	return "ok"
}
