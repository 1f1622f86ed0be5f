package api

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"corroborate/internal/app"
	"corroborate/internal/webhook"
)

type webhookBody struct {
	URL         string   `json:"url" format:"uri" doc:"The address to call: https, on a port of the web, in the public internet. It may hold a token of yours; it is shown to you and to administrators." example:"https://cms.example.org/hooks/corroborate"`
	Events      []string `json:"events" enum:"article.ready,article.failed,article.not_analysed,article.changed,finding.new,finding.verdict_changed,finding.merged,review.created,review.withdrawn,review.stale,story.compared,story.merged" minItems:"1" maxItems:"12" uniqueItems:"true" doc:"The types of event that are wanted." example:"[\"article.ready\", \"finding.verdict_changed\"]"`
	StoryID     *string  `json:"story_id,omitempty" nullable:"true" doc:"The story whose events are wanted; null or left out for all stories." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Active      *bool    `json:"active,omitempty" doc:"false makes it paused; left out, it is active." example:"true"`
	Description string   `json:"description,omitempty" maxLength:"500" doc:"What it is for, in your words." example:"Desk dashboard"`
}

func (b webhookBody) input() app.WebhookInput {
	in := app.WebhookInput{URL: b.URL, Description: b.Description, Events: eventTypes(b.Events), Paused: b.Active != nil && !*b.Active}
	if b.StoryID != nil {
		in.StoryID = *b.StoryID
	}
	return in
}

func eventTypes(names []string) []webhook.Type {
	return mapped(names, func(s string) webhook.Type { return webhook.Type(s) })
}

type webhookEdit struct {
	URL         *string    `json:"url,omitempty" format:"uri" doc:"Another address. What waits is sent there at once." example:"https://cms.example.org/hooks/corroborate"`
	Events      []string   `json:"events,omitempty" enum:"article.ready,article.failed,article.not_analysed,article.changed,finding.new,finding.verdict_changed,finding.merged,review.created,review.withdrawn,review.stale,story.compared,story.merged" minItems:"1" maxItems:"12" uniqueItems:"true" doc:"The types of event that are wanted from now on." example:"[\"finding.verdict_changed\"]"`
	StoryID     optionalID `json:"story_id,omitempty" doc:"The story whose events are wanted from now on; null for all stories." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Active      *bool      `json:"active,omitempty" doc:"false pauses it. true resumes it, whatever stopped it: what waits is sent at once." example:"false"`
	Description *string    `json:"description,omitempty" maxLength:"500" doc:"What it is for, in your words." example:"Desk dashboard"`
}

func (b webhookEdit) edit(version int) app.WebhookEdit {
	e := app.WebhookEdit{URL: b.URL, Description: b.Description, Active: b.Active, Version: version}
	if b.Events != nil {
		e.Events = eventTypes(b.Events)
	}
	if b.StoryID.given {
		e.StoryID = &b.StoryID.id
	}
	return e
}

// optionalID is an id in a body that may be left out, which is something else than
// null.
type optionalID struct {
	given bool
	id    string
}

// UnmarshalJSON reads an id or null. It is not called where the field is left out.
func (o *optionalID) UnmarshalJSON(b []byte) error {
	o.given = true
	if bytes.Equal(b, []byte("null")) {
		return nil
	}
	return json.Unmarshal(b, &o.id)
}

// Schema says that it is an id or null.
func (optionalID) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Nullable: true}
}

type webhookShape struct {
	ID           string     `json:"id" doc:"The webhook's id." example:"01977d90-1111-7c3d-8e4f-5a6b7c8d9e0f"`
	URL          string     `json:"url" doc:"The address that is called." example:"https://cms.example.org/hooks/corroborate"`
	Description  string     `json:"description" doc:"What it is for; empty where nothing was said." example:"Desk dashboard"`
	Events       []string   `json:"events" enum:"article.ready,article.failed,article.not_analysed,article.changed,finding.new,finding.verdict_changed,finding.merged,review.created,review.withdrawn,review.stale,story.compared,story.merged" doc:"The types of event that are wanted." example:"[\"article.ready\", \"finding.verdict_changed\"]"`
	StoryID      *string    `json:"story_id" doc:"The story whose events are wanted; null for all. Where the story is merged into another, it follows." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	OwnerID      string     `json:"owner_id" doc:"The id of the person whose webhook it is: what is sent is what that person may see." example:"01977d80-1a2b-7c3d-8e4f-5a6b7c8d9e0f"`
	Owner        string     `json:"owner" doc:"The name of that person." example:"Edda Thorn"`
	Active       bool       `json:"active" doc:"True where events are sent. What happens while it is false is not sent later." example:"true"`
	Stopped      string     `json:"stopped" enum:",paused,failing,gone,owner,story" doc:"Why it is not active; empty where it is. paused: somebody paused it. failing: nothing arrived for five days. gone: the receiver answered 410. owner: the owner's account was closed or may have none. story: its story is gone." example:""`
	Reason       string     `json:"reason" doc:"Why the service stopped it, in a sentence; else empty." example:""`
	StoppedAt    *time.Time `json:"stopped_at" doc:"When it was stopped or paused; null where it is active or never was." example:"2025-03-28T08:15:00Z"`
	Health       string     `json:"health" enum:"new,ok,failing,paused,stopped" doc:"All that at a glance. new: nothing was sent yet. failing: the last try failed; it is tried again." example:"ok"`
	Failures     int        `json:"failures" minimum:"0" doc:"How many tries in a row have failed, over all its deliveries." example:"0"`
	FailingSince *time.Time `json:"failing_since" doc:"When the first of these failed; null where the last try went well." example:"2025-03-28T08:15:00Z"`
	Fault        string     `json:"fault" doc:"Why the last try failed; else empty." example:""`
	Waiting      int        `json:"waiting" minimum:"0" doc:"How many deliveries are still to be sent." example:"0"`
	DeliveredAt  *time.Time `json:"delivered_at" doc:"When something last arrived; null before the first time." example:"2025-03-28T08:15:00Z"`
	OldUntil     *time.Time `json:"old_secret_until" doc:"Until when the secret before signs too; null where none does." example:"2025-03-29T08:15:00Z"`
	CreatedAt    time.Time  `json:"created_at" doc:"When it was made." example:"2025-03-28T08:00:00Z"`
	UpdatedAt    time.Time  `json:"updated_at" doc:"When a person last changed it." example:"2025-03-28T08:00:00Z"`
}

// WebhookFields are the fields that a webhook has in lists too.
type WebhookFields = webhookShape

type newWebhook struct {
	WebhookFields
	Secret *string `json:"secret" doc:"What deliveries are signed with. It is shown here and never again; null in an answer that is repeated." example:"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="`
}

func webhookOf(w app.Webhook) webhookShape {
	s := webhookShape{ID: w.ID, URL: w.URL, Description: w.Description, Events: w.Events, OwnerID: w.UserID, Owner: w.Owner,
		Active: w.Active, Stopped: string(w.Stopped), Reason: w.Reason, StoppedAt: w.StoppedAt, Health: w.Health(), Failures: w.Failures,
		FailingSince: w.FailingSince, Fault: w.Fault, Waiting: w.Waiting, DeliveredAt: w.DeliveredAt, OldUntil: w.OldUntil,
		CreatedAt: w.CreatedAt, UpdatedAt: w.UpdatedAt}
	if w.StoryID != "" {
		s.StoryID = &w.StoryID
	}
	return s
}

type deliveryShape struct {
	ID        string     `json:"id" doc:"The delivery's id." example:"01977d91-2222-7c3d-8e4f-5a6b7c8d9e0f"`
	EventID   string     `json:"event_id" doc:"The event's id, which is sent as webhook-id." example:"7c1f3f0e-5a0c-4e55-9a43-0d9c2f1b7e60"`
	Event     string     `json:"event" enum:"article.ready,article.failed,article.not_analysed,article.changed,finding.new,finding.verdict_changed,finding.merged,review.created,review.withdrawn,review.stale,story.compared,story.merged,ping" doc:"What happened." example:"finding.verdict_changed"`
	EventAt   time.Time  `json:"event_at" doc:"When it happened." example:"2025-03-28T08:15:00Z"`
	State     string     `json:"state" enum:"waiting,delivered,failed" doc:"delivered: the receiver answered 2xx. failed: the last try failed, and it is tried no more." example:"delivered"`
	Attempts  int        `json:"attempts" minimum:"0" doc:"How many tries there were since it was made or last replayed." example:"1"`
	NextAt    *time.Time `json:"next_at" doc:"When it is tried next, unless the webhook is paused or left alone; null where it is tried no more." example:"2025-03-28T08:15:05Z"`
	TriedAt   *time.Time `json:"tried_at" doc:"When it was last tried; null before the first time." example:"2025-03-28T08:15:00Z"`
	TookMS    *int       `json:"took_ms" minimum:"0" doc:"Milliseconds that the last try took; null before the first." example:"84"`
	Status    *int       `json:"status" minimum:"100" doc:"The HTTP status of the last answer; null where none came." example:"200"`
	Fault     string     `json:"fault" doc:"Why the last try failed, in a sentence; else empty." example:""`
	CreatedAt time.Time  `json:"created_at" doc:"When it was made." example:"2025-03-28T08:15:00Z"`
}

// DeliveryFields are the fields that a delivery has in lists too.
type DeliveryFields = deliveryShape

type header struct {
	Name  string `json:"name" doc:"The header's name." example:"webhook-id"`
	Value string `json:"value" doc:"What was sent in it." example:"7c1f3f0e-5a0c-4e55-9a43-0d9c2f1b7e60"`
}

type wholeDelivery struct {
	DeliveryFields
	Payload string   `json:"payload" doc:"The body that was sent in the last try, byte for byte; empty before the first." example:"{\"id\": \"7c1f3f0e-5a0c-4e55-9a43-0d9c2f1b7e60\"}"`
	Headers []header `json:"headers" doc:"The headers that were sent with it."`
	Answer  string   `json:"answer" doc:"The first KiB of what the receiver answered, as text." example:"ok"`
}

func deliveryOf(d app.Delivery) deliveryShape {
	return deliveryShape{ID: d.DeliveryID, EventID: d.ID, Event: string(d.Type), EventAt: d.At, State: string(d.State), Attempts: d.Attempts,
		NextAt: d.NextAt, TriedAt: d.TriedAt, TookMS: d.TookMS, Status: d.Status, Fault: d.Fault, CreatedAt: d.CreatedAt}
}

func wholeDeliveryOf(d app.Delivery) wholeDelivery {
	out := wholeDelivery{DeliveryFields: deliveryOf(d), Payload: d.Payload, Headers: []header{}, Answer: d.Answer}
	for _, name := range slices.Sorted(maps.Keys(d.Headers)) {
		out.Headers = append(out.Headers, header{Name: name, Value: d.Headers[name]})
	}
	return out
}
