package web

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"corroborate/internal/app"
	"corroborate/internal/webhook"
	"corroborate/web/views"
)

// usualEvents are chosen in the form of a new webhook.
var usualEvents = []webhook.Type{webhook.ArticleReady, webhook.FindingNew, webhook.VerdictChanged, webhook.ReviewCreated}

// webhooks lists the webhooks.
func (w *Web) webhooks(rw http.ResponseWriter, r *http.Request) error {
	return w.showWebhooks(rw, r, http.StatusOK, views.WebhookForm{Events: eventChoices(typeNames(usualEvents))})
}

func (w *Web) showWebhooks(rw http.ResponseWriter, r *http.Request, status int, form views.WebhookForm) error {
	who, cursor := w.actor(r.Context()), r.URL.Query().Get("cursor")
	list, err := w.app.Webhooks(r.Context(), who, app.Page{Cursor: cursor})
	if err != nil {
		return err
	}
	p := views.WebhooksPage{All: who.Can(app.Administer), Next: list.NextCursor, First: cursor == "", Form: form}
	for _, h := range list.Items {
		line, err := w.webhookLine(r, h)
		if err != nil {
			return err
		}
		p.Webhooks = append(p.Webhooks, line)
	}
	return w.render(rw, r, status, views.Webhooks(w.chrome(r, "Webhooks", views.SectionWebhooks), p))
}

// webhookLine gives a webhook with the title of its story.
func (w *Web) webhookLine(r *http.Request, h app.Webhook) (views.WebhookLine, error) {
	who := w.actor(r.Context())
	line := views.WebhookLine{
		ID: h.ID, URL: h.URL, Description: h.Description, Owner: h.Owner, Own: h.UserID == who.UserID, Events: h.Events,
		StoryID: h.StoryID, Health: h.Health(), Active: h.Active, Reason: h.Reason, Stopped: timeOf(h.StoppedAt), Fault: h.Fault,
		Failures: h.Failures, Since: timeOf(h.FailingSince), Waiting: h.Waiting, Delivered: timeOf(h.DeliveredAt),
		Rests: timeOf(h.RestUntil), OldUntil: timeOf(h.OldUntil), Made: h.CreatedAt, Version: h.Version,
	}
	if h.StoryID == "" {
		return line, nil
	}
	s, err := w.app.Story(r.Context(), who, h.StoryID)
	if err == nil {
		line.Story = s.Title
	} else if !isMissing(err) {
		return line, err
	}
	return line, nil
}

func typeNames(types []webhook.Type) []string {
	out := make([]string, len(types))
	for i, t := range types {
		out[i] = string(t)
	}
	return out
}

// eventChoices offers all types of event, of which some are chosen.
func eventChoices(chosen []string) []views.EventChoice {
	var out []views.EventChoice
	for _, t := range webhook.Types() {
		out = append(out, views.EventChoice{Name: string(t), About: t.About(), Chosen: slices.Contains(chosen, string(t))})
	}
	return out
}

// webhookForm reads the form of a webhook.
func webhookForm(r *http.Request) (views.WebhookForm, app.WebhookInput) {
	get, events := r.PostForm.Get, r.PostForm["events"]
	form := views.WebhookForm{URL: get("url"), Description: get("description"), Story: get("story"), Events: eventChoices(events)}
	in := app.WebhookInput{URL: form.URL, Description: form.Description, StoryID: storyIn(form.Story)}
	for _, e := range events {
		in.Events = append(in.Events, webhook.Type(e))
	}
	return form, in
}

// storyIn gives the id in the address of a story's page.
func storyIn(address string) string {
	address = strings.TrimSpace(address)
	if u, err := url.Parse(address); err == nil && address != "" {
		return path.Base(u.Path)
	}
	return address
}

// makeWebhook makes a webhook and shows its secret, this once.
func (w *Web) makeWebhook(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	form, in := webhookForm(r)
	h, secret, err := w.app.MakeWebhook(r.Context(), w.actor(r.Context()), in)
	if problems, ok := formProblems(err); ok {
		form.Errors = problems
		return w.showWebhooks(rw, r, http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return w.showWebhook(rw, r, http.StatusCreated, h, views.WebhookPage{Secret: secret, Fresh: true})
}

// webhookDeleteForm asks whether to delete a webhook.
func (w *Web) webhookDeleteForm(rw http.ResponseWriter, r *http.Request) error {
	h, err := w.app.Webhook(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	p := views.WebhookDeletePage{ID: h.ID, URL: h.URL, Version: h.Version}
	return w.render(rw, r, http.StatusOK, views.WebhookDelete(w.chrome(r, "Delete a webhook", views.SectionWebhooks), p))
}

// deleteWebhook deletes a webhook.
func (w *Web) deleteWebhook(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	if err := w.app.DeleteWebhook(r.Context(), w.actor(r.Context()), id(r), formVersion(r)); err != nil {
		return err
	}
	return w.done(rw, r, "/webhooks", "The webhook was deleted.")
}
