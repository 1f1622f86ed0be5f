package web

import (
	"maps"
	"net/http"
	"slices"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/webhook"
	"corroborate/web/views"
)

// isMissing tells whether something is not there for whoever asks.
func isMissing(err error) bool { return claims.KindOf(err) == claims.NotFound }

// webhook shows a webhook with its deliveries.
func (w *Web) webhook(rw http.ResponseWriter, r *http.Request) error {
	h, err := w.app.Webhook(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.showWebhook(rw, r, http.StatusOK, h, views.WebhookPage{})
}

// showWebhook completes the page of a webhook, in which p has the form where it was
// filled in, or a secret.
func (w *Web) showWebhook(rw http.ResponseWriter, r *http.Request, status int, h app.Webhook, p views.WebhookPage) error {
	var err error
	if p.WebhookLine, err = w.webhookLine(r, h); err != nil {
		return err
	}
	if p.Form.Events == nil {
		p.Form = views.WebhookForm{URL: h.URL, Description: h.Description, Events: eventChoices(h.Events)}
		if h.StoryID != "" {
			p.Form.Story = "/stories/" + h.StoryID
		}
	}
	cursor := r.URL.Query().Get("cursor")
	p.State, p.First = r.URL.Query().Get("state"), cursor == ""
	list, err := w.app.Deliveries(r.Context(), w.actor(r.Context()),
		app.DeliveryFilter{WebhookID: h.ID, State: app.DeliveryState(p.State), Page: app.Page{Cursor: cursor}})
	if err != nil {
		return err
	}
	p.Next = list.NextCursor
	for _, d := range list.Items {
		p.Deliveries = append(p.Deliveries, deliveryLine(d))
	}
	c := w.chrome(r, p.Heading(), views.SectionWebhooks)
	if p.Secret != "" {
		rw.Header().Set("Cache-Control", "no-store")
	}
	return w.render(rw, r, status, views.Webhook(c, p))
}

func deliveryLine(d app.Delivery) views.DeliveryLine {
	line := views.DeliveryLine{ID: d.DeliveryID, Event: string(d.Type), EventID: d.ID, State: string(d.State), Attempts: d.Attempts,
		Made: d.At, Tried: timeOf(d.TriedAt), NextTry: timeOf(d.NextAt), Fault: d.Fault, Payload: d.Payload, Answer: d.Answer}
	if d.Status != nil {
		line.Status = *d.Status
	}
	if d.TookMS != nil {
		line.Took = time.Duration(*d.TookMS) * time.Millisecond
	}
	for _, name := range slices.Sorted(maps.Keys(d.Headers)) {
		line.Headers = append(line.Headers, views.NameValue{Name: name, Value: d.Headers[name]})
	}
	return line
}

// editWebhook changes a webhook.
func (w *Web) editWebhook(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	form, in := webhookForm(r)
	who := w.actor(r.Context())
	edit := app.WebhookEdit{URL: &in.URL, Description: &in.Description, StoryID: &in.StoryID, Events: in.Events, Version: formVersion(r)}
	if edit.Events == nil {
		edit.Events = []webhook.Type{} // none is chosen, which is wrong, rather than left as it was
	}
	h, err := w.app.EditWebhook(r.Context(), who, id(r), edit)
	if problems, ok := formProblems(err); ok {
		form.Errors = problems
		if h, err = w.app.Webhook(r.Context(), who, id(r)); err != nil {
			return err
		}
		return w.showWebhook(rw, r, http.StatusUnprocessableEntity, h, views.WebhookPage{Form: form})
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, "/webhooks/"+h.ID, "The webhook was changed.")
}

// pauseWebhook stops sending to a webhook.
func (w *Web) pauseWebhook(rw http.ResponseWriter, r *http.Request) error {
	return w.setWebhookActive(rw, r, false, "The webhook is paused.")
}

// resumeWebhook sends to a webhook again.
func (w *Web) resumeWebhook(rw http.ResponseWriter, r *http.Request) error {
	return w.setWebhookActive(rw, r, true, "The webhook is active again.")
}

func (w *Web) setWebhookActive(rw http.ResponseWriter, r *http.Request, active bool, notice string) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	h, err := w.app.EditWebhook(r.Context(), w.actor(r.Context()), id(r), app.WebhookEdit{Active: &active, Version: formVersion(r)})
	if err != nil {
		return err
	}
	return w.done(rw, r, "/webhooks/"+h.ID, notice)
}

// testWebhook sends a test.
func (w *Web) testWebhook(rw http.ResponseWriter, r *http.Request) error {
	d, err := w.app.TestWebhook(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.done(rw, r, "/webhooks/"+d.WebhookID, "A test is being sent. Load the page again to see what became of it.")
}

// rotateWebhook gives a webhook another secret and shows it, this once.
func (w *Web) rotateWebhook(rw http.ResponseWriter, r *http.Request) error {
	h, secret, err := w.app.RotateWebhook(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.showWebhook(rw, r, http.StatusCreated, h, views.WebhookPage{Secret: secret})
}

// replayDelivery sends a delivery again.
func (w *Web) replayDelivery(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	d, err := w.app.ReplayDelivery(r.Context(), w.actor(r.Context()), id(r), r.PostForm.Get("delivery"))
	if err != nil {
		return err
	}
	return w.done(rw, r, "/webhooks/"+d.WebhookID, "It is being sent again.")
}
