package store

import (
	"context"
	"time"
)

// DeliveryState is how far a delivery is.
type DeliveryState string

// The states of deliveries.
const (
	DeliveryWaiting   DeliveryState = "waiting"
	DeliveryDelivered DeliveryState = "delivered"
	DeliveryFailed    DeliveryState = "failed"
)

// Delivery is an event on its way to a webhook.
type Delivery struct {
	DeliveryID string
	WebhookID  string
	State      DeliveryState
	// Attempts counts the tries since it was made or last asked for again.
	Attempts int
	// NextAt is when it is tried next, nil where it is not.
	NextAt *time.Time
	// TriedAt is when it was tried last, TookMS how long that took in milliseconds,
	// Status what was answered; nil where nothing was.
	TriedAt *time.Time
	TookMS  *int
	Status  *int
	Fault   string
	// Payload and Headers are what was sent in the last try, Answer the first of what
	// came back.
	Payload   string
	Headers   map[string]string
	Answer    string
	CreatedAt time.Time
	Event
}

const deliveryColumns = `
	d.id AS delivery_id, d.webhook_id, d.state, d.attempts, d.next_at, d.tried_at, d.took_ms, d.status, d.fault, d.payload, d.headers,
	d.answer, d.created_at,` + eventColumns

// DeliveryChoice chooses deliveries of a webhook; empty fields choose all.
type DeliveryChoice struct {
	WebhookID string
	State     DeliveryState
	Type      string
	Before    string
	Limit     int
}

// Deliveries lists the deliveries of a webhook that the viewer may see, the newest first.
func (q Queries) Deliveries(ctx context.Context, c DeliveryChoice) ([]Delivery, error) {
	return list[Delivery](ctx, q.q, "deliveries", "SELECT"+deliveryColumns+`
		FROM deliveries_for(@viewer) d JOIN events e ON e.n = d.event_n
		WHERE d.webhook_id = @webhook AND (@state = '' OR d.state = @state) AND (@type = '' OR e.type = @type)
		  AND (@before = '' OR d.id < nullif(@before, '')::uuid)
		ORDER BY d.id DESC LIMIT @limit`,
		named{"webhook": c.WebhookID, "state": string(c.State), "type": c.Type, "before": c.Before, "limit": c.Limit, "viewer": q.viewer})
}

// Delivery gives one delivery of a webhook.
func (q Queries) Delivery(ctx context.Context, webhookID, id string) (Delivery, error) {
	return one[Delivery](ctx, q.q, "delivery", "SELECT"+deliveryColumns+`
		FROM deliveries_for(@viewer) d JOIN events e ON e.n = d.event_n WHERE d.webhook_id = @webhook AND d.id = @id`,
		named{"webhook": webhookID, "id": id, "viewer": q.viewer})
}

// DueDeliveries gives the deliveries of a webhook that are to be sent now, tests
// first, then those that have waited longest.
func (q Queries) DueDeliveries(ctx context.Context, webhookID string, now time.Time, limit int) ([]Delivery, error) {
	return list[Delivery](ctx, q.q, "due deliveries", "SELECT"+deliveryColumns+`
		FROM webhook_deliveries d JOIN events e ON e.n = d.event_n
		WHERE d.webhook_id = @webhook AND d.state = 'waiting' AND d.next_at <= @now
		ORDER BY e.type <> 'ping', d.next_at, d.id LIMIT @limit`,
		named{"webhook": webhookID, "now": now, "limit": limit, "viewer": q.viewer})
}

// NextDelivery gives when the next delivery of a webhook is due, nil where none waits.
func (q Queries) NextDelivery(ctx context.Context, webhookID string) (*time.Time, error) {
	return scalar[*time.Time](ctx, q.q, "next delivery",
		"SELECT min(next_at) FROM webhook_deliveries WHERE webhook_id = $1 AND state = 'waiting'", webhookID)
}

// Wanted is an event that a webhook asks for.
type Wanted struct {
	WebhookID string
	EventN    int64
}

// WantedEvents gives which active webhooks ask for which of some events. It locks the
// active webhooks, so that none of them looks for what is due before that is there.
func (t *Tx) WantedEvents(ctx context.Context, events []int64) ([]Wanted, error) {
	active, err := column[string](ctx, t.q, "lock webhooks", "SELECT id::text FROM webhooks WHERE active ORDER BY id FOR NO KEY UPDATE")
	if err != nil || len(active) == 0 {
		return nil, err
	}
	return list[Wanted](ctx, t.q, "wanted events", `
		SELECT w.id AS webhook_id, e.n AS event_n
		FROM events e JOIN webhooks w ON e.type = ANY(w.events) AND (w.story_id IS NULL OR w.story_id = e.story_id)
		WHERE e.n = ANY($1) AND w.id = ANY($2) ORDER BY e.n, w.id`, events, active)
}

// NewDelivery is a delivery to be stored.
type NewDelivery struct {
	ID string
	Wanted
}

// InsertDeliveries stores deliveries that are due at a moment.
func (t *Tx) InsertDeliveries(ctx context.Context, all []NewDelivery, at time.Time) error {
	rows := make([][]any, len(all))
	for i, d := range all {
		rows[i] = []any{d.ID, d.WebhookID, d.EventN, at, at}
	}
	return t.insert(ctx, "webhook_deliveries", []string{"id", "webhook_id", "event_n", "next_at", "created_at"}, rows)
}

// Try is a delivery that was tried.
type Try struct {
	DeliveryID string
	// State is Delivered, or Waiting with NextAt, or Failed.
	State   DeliveryState
	NextAt  *time.Time
	At      time.Time
	Took    time.Duration
	Status  *int
	Fault   string
	Payload string
	Headers map[string]string
	Answer  string
}

// PutTry stores how a try went.
func (t *Tx) PutTry(ctx context.Context, r Try) error {
	_, err := t.exec(ctx, "put try", `
		UPDATE webhook_deliveries SET state = @state, attempts = attempts + 1, next_at = @next, tried_at = @at, took_ms = @took,
			status = @status, fault = @fault, payload = @payload, headers = @headers, answer = @answer WHERE id = @id`,
		named{"id": r.DeliveryID, "state": string(r.State), "next": r.NextAt, "at": r.At, "took": r.Took.Milliseconds(),
			"status": r.Status, "fault": r.Fault, "payload": r.Payload, "headers": r.Headers, "answer": r.Answer})
	return err
}

// NoteDelivered notes that a webhook works.
func (t *Tx) NoteDelivered(ctx context.Context, webhookID string, at time.Time) error {
	_, err := t.exec(ctx, "note delivered", `
		UPDATE webhooks SET failures = 0, failing_since = NULL, fault = '', rest_until = NULL, delivered_at = $2 WHERE id = $1`,
		webhookID, at)
	return err
}

// NoteUndelivered notes that a try failed, and gives the webhook as it stands then.
func (t *Tx) NoteUndelivered(ctx context.Context, webhookID, fault string, at time.Time) (failures int, since time.Time, err error) {
	type row struct {
		Failures     int
		FailingSince time.Time
	}
	r, err := one[row](ctx, t.q, "note undelivered", `
		UPDATE webhooks SET failures = failures + 1, failing_since = coalesce(failing_since, $3), fault = $2
		WHERE id = $1 RETURNING failures, failing_since`, webhookID, fault, at)
	return r.Failures, r.FailingSince, err
}

// RestWebhook leaves a webhook alone until a moment.
func (t *Tx) RestWebhook(ctx context.Context, id string, until time.Time) error {
	_, err := t.exec(ctx, "rest webhook", "UPDATE webhooks SET rest_until = $2 WHERE id = $1", id, until)
	return err
}

// DropDelivery removes a delivery that is not to be sent.
func (t *Tx) DropDelivery(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "drop delivery", "DELETE FROM webhook_deliveries WHERE id = $1", id)
	return err
}

// ReplayDelivery makes a delivery due again, as if it were new.
func (t *Tx) ReplayDelivery(ctx context.Context, id string, at time.Time) error {
	_, err := t.exec(ctx, "replay delivery", `
		UPDATE webhook_deliveries SET state = 'waiting', attempts = 0, next_at = $2 WHERE id = $1`, id, at)
	return err
}

// WakeJob has a job that waits for its time run now.
func (t *Tx) WakeJob(ctx context.Context, id int64, at time.Time) error {
	_, err := t.exec(ctx, "wake job", `
		UPDATE river_job SET state = 'available', scheduled_at = $2
		WHERE id = $1 AND state IN ('scheduled', 'retryable') AND scheduled_at > $2`, id, at)
	return err
}
