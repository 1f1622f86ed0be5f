package views

import (
	"fmt"
	"net/url"
	"time"

	"corroborate/web/views/ui"
)

// WebhooksPage lists webhooks and has the form for another.
type WebhooksPage struct {
	Webhooks []WebhookLine
	// All is true where those of everybody are listed.
	All   bool
	Next  string
	First bool
	Form  WebhookForm
}

// WebhookLine is a webhook with how it fares.
type WebhookLine struct {
	ID          string
	URL         string
	Description string
	Owner       string
	// Own is true where the viewer is its owner.
	Own       bool
	Events    []string
	StoryID   string
	Story     string // the title of its story, empty where that is gone
	Health    string
	Active    bool
	Reason    string
	Stopped   time.Time
	Fault     string
	Failures  int
	Since     time.Time
	Waiting   int
	Delivered time.Time
	Rests     time.Time
	OldUntil  time.Time
	Made      time.Time
	Version   int
}

// WebhookForm is the form of a webhook as it was filled in.
type WebhookForm struct {
	URL         string
	Description string
	Story       string
	Events      []EventChoice
	Errors      Errors
}

// EventChoice is a type of event that can be chosen.
type EventChoice struct {
	Name   string
	About  string
	Chosen bool
}

// WebhookPage is one webhook with its deliveries.
type WebhookPage struct {
	WebhookLine
	Form WebhookForm
	// Secret is shown this once, empty else; Fresh is true for that of a new webhook.
	Secret string
	Fresh  bool
	// State is that of the deliveries which are listed, empty for all.
	State      string
	Deliveries []DeliveryLine
	Next       string
	First      bool
}

// DeliveryLine is a delivery with how it went.
type DeliveryLine struct {
	ID       string
	Event    string
	EventID  string
	State    string
	Attempts int
	Made     time.Time
	Tried    time.Time
	NextTry  time.Time
	Status   int // 0 for no answer
	Took     time.Duration
	Fault    string
	Payload  string
	Headers  []NameValue
	Answer   string
}

// NameValue is a header.
type NameValue struct{ Name, Value string }

// WebhookDeletePage asks whether to delete a webhook.
type WebhookDeletePage struct {
	ID      string
	URL     string
	Version int
}

// Heading is what a webhook is for, its address where nothing was said.
func (w WebhookLine) Heading() string {
	if w.Description != "" {
		return w.Description
	}
	return w.Host()
}

// Host is where a webhook leads.
func (w WebhookLine) Host() string {
	if u, err := url.Parse(w.URL); err == nil && u.Host != "" {
		return u.Host
	}
	return w.URL
}

// address is the webhook's page with the deliveries in a state.
func (w WebhookLine) address(state string) string {
	if state == "" {
		return "/webhooks/" + w.ID
	}
	return "/webhooks/" + w.ID + "?" + url.Values{"state": {state}}.Encode()
}

// failed counts the tries that failed in a row.
func (w WebhookLine) failed() string {
	if w.Failures == 1 {
		return "The last try failed, at"
	}
	return fmt.Sprintf("%d tries in a row have failed since", w.Failures)
}

// scope words whose events it hears of.
func (w WebhookLine) scope() string {
	switch {
	case w.StoryID == "":
		return "all stories"
	case w.Story == "":
		return "a story that is gone"
	}
	return w.Story
}

// deliveryStates are those that deliveries can be listed by.
func deliveryStates() []ui.Choice {
	return []ui.Choice{{Label: "all"}, {Value: "waiting", Label: "waiting"}, {Value: "delivered", Label: "delivered"}, {Value: "failed", Label: "failed"}}
}

// hookMeaning says in a word what a webhook's health means.
func hookMeaning(health string) string {
	if health == "new" {
		return "nothing sent yet"
	}
	return health
}

// hookLook is the health whose look a webhook's has.
func hookLook(health string) string {
	if health == "stopped" {
		return "gone"
	}
	return health
}

// outcome words how a delivery went.
func (d DeliveryLine) outcome() string {
	switch {
	case d.State == "delivered":
		return fmt.Sprintf("delivered: status %d in %s", d.Status, d.took())
	case d.Attempts == 0:
		return "waits to be sent"
	case d.State == "failed":
		return "failed after " + ui.Counted(d.Attempts, "try", "tries")
	}
	return "waits for its next try, after " + ui.Counted(d.Attempts, "try", "tries")
}

// took words how long the last try took.
func (d DeliveryLine) took() string {
	if d.Took < time.Second {
		return fmt.Sprintf("%d ms", d.Took.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Took.Seconds())
}
