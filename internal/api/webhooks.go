package api

import (
	"context"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
	"corroborate/internal/webhook"
)

type createWebhookInput struct {
	IdempotencyKey
	Body webhookBody
}

type listWebhooksInput struct {
	PageQuery
}

type editWebhookInput struct {
	IDPath
	IfMatch
	Body webhookEdit
}

type actOnWebhookInput struct {
	IDPath
	IdempotencyKey
}

type listDeliveriesInput struct {
	IDPath
	State string `query:"state" enum:"waiting,delivered,failed" doc:"Only deliveries in this state." example:"failed"`
	Event string `query:"event" enum:"article.ready,article.failed,article.not_analysed,article.changed,finding.new,finding.verdict_changed,finding.merged,review.created,review.withdrawn,review.stale,story.compared,story.merged,ping" doc:"Only deliveries of this type of event." example:"finding.verdict_changed"`
	PageQuery
}

// DeliveryPath is a delivery in an address.
type DeliveryPath struct {
	IDPath
	DeliveryID string `path:"delivery_id" doc:"Id of the delivery, a UUID." example:"01977d91-2222-7c3d-8e4f-5a6b7c8d9e0f"`
}

type replayDeliveryInput struct {
	DeliveryPath
	IdempotencyKey
}

// ofHooks says to whom webhooks belong.
const ofHooks = " A webhook belongs to a person; administrators see those of all."

func (a *API) registerWebhooks() {
	const tag = "Webhooks"
	notFound, conflict := []problem.Kind{problem.NotFound}, []problem.Kind{problem.NotFound, problem.Conflict}
	register(a, operation{
		id: "create-webhook", method: http.MethodPost, path: "/webhooks", tag: tag, needs: app.ManageWebhooks,
		summary: "Make a webhook",
		about: "Has an address of yours called with each event of the types that you name, as you may see it at that time. " +
			"A call is signed with the secret of this answer, as the Standard Webhooks specification says, and tried again until it is answered 2xx: ten times in two days. " +
			"It comes at least once, in any order. The webhook outlives the key that made it. You may have 20." + ofHooks,
		status: http.StatusCreated, maxBody: smallBody, stores: true, secret: "secret",
	}, a.createWebhook)
	register(a, operation{
		id: "list-webhooks", method: http.MethodGet, path: "/webhooks", tag: tag, needs: app.ManageWebhooks,
		summary: "List webhooks", about: "Lists the webhooks with how each fares, the newest first." + ofHooks, status: http.StatusOK,
	}, a.listWebhooks)
	register(a, operation{
		id: "get-webhook", method: http.MethodGet, path: "/webhooks/{id}", tag: tag, needs: app.ManageWebhooks,
		summary: "Get a webhook", about: "Gives one webhook with how it fares." + ofHooks, status: http.StatusOK, tagged: true, problems: notFound,
	}, a.getWebhook)
	register(a, operation{
		id: "edit-webhook", method: http.MethodPatch, path: "/webhooks/{id}", tag: tag, needs: app.ManageWebhooks,
		summary: "Change, pause or resume a webhook", about: "Changes the fields that are sent." + ofHooks,
		status: http.StatusOK, maxBody: smallBody, edits: true, problems: notFound,
	}, a.editWebhook)
	register(a, operation{
		id: "delete-webhook", method: http.MethodDelete, path: "/webhooks/{id}", tag: tag, needs: app.ManageWebhooks,
		summary: "Delete a webhook", about: "Removes the webhook for good, with its deliveries." + ofHooks,
		status: http.StatusNoContent, edits: true, problems: notFound,
	}, a.deleteWebhook)
	register(a, operation{
		id: "rotate-webhook", method: http.MethodPost, path: "/webhooks/{id}/secret", tag: tag, needs: app.ManageWebhooks,
		summary: "Exchange the secret of a webhook",
		about:   "Gives the webhook a new secret. For a day both sign each call, so that receivers can be changed one by one. Only its owner may do this.",
		status:  http.StatusCreated, stores: true, secret: "secret", problems: conflict,
	}, a.rotateWebhook)
	register(a, operation{
		id: "test-webhook", method: http.MethodPost, path: "/webhooks/{id}/test", tag: tag, needs: app.ManageWebhooks,
		summary: "Test a webhook", about: "Sends an event of the type ping; the delivery says what became of it. One that is not active has to be resumed first." + ofHooks,
		status: http.StatusAccepted, stores: true, problems: conflict,
	}, a.testWebhook)
	register(a, operation{
		id: "list-deliveries", method: http.MethodGet, path: "/webhooks/{id}/deliveries", tag: tag, needs: app.ManageWebhooks,
		summary: "List the deliveries of a webhook",
		about:   "Lists what was or is to be sent, the newest first. Deliveries are kept for 30 days. Those on findings that you review blind are left out until then.",
		status:  http.StatusOK, problems: notFound,
	}, a.listDeliveries)
	register(a, operation{
		id: "get-delivery", method: http.MethodGet, path: "/webhooks/{id}/deliveries/{delivery_id}", tag: tag, needs: app.ManageWebhooks,
		summary: "Get a delivery", about: "Gives one delivery with what was sent and what was answered.", status: http.StatusOK, problems: notFound,
	}, a.getDelivery)
	register(a, operation{
		id: "replay-delivery", method: http.MethodPost, path: "/webhooks/{id}/deliveries/{delivery_id}/replay", tag: tag, needs: app.ManageWebhooks,
		summary: "Send a delivery again",
		about:   "Sends the event again under the same id, as you may see it now, with all its tries. One that waits already, or whose webhook is not active, gives 409.",
		status:  http.StatusAccepted, stores: true, problems: conflict,
	}, a.replayDelivery)
	a.describeEvents()
}

func (a *API) createWebhook(ctx context.Context, in *createWebhookInput) (*created[newWebhook], error) {
	w, secret, err := a.app.MakeWebhook(ctx, actorOf(ctx), in.Body.input())
	if err != nil {
		return nil, err
	}
	return withSecret(w, secret)
}

// withSecret gives a webhook with its secret.
func withSecret(w app.Webhook, secret string) (*created[newWebhook], error) {
	etag, err := etagOf(w.Version, webhookOf(w))
	if err != nil {
		return nil, err
	}
	return &created[newWebhook]{Status: http.StatusCreated, Location: Prefix + "/webhooks/" + w.ID, ETag: etag,
		Body: newWebhook{WebhookFields: webhookOf(w), Secret: &secret}}, nil
}

func (a *API) listWebhooks(ctx context.Context, in *listWebhooksInput) (*plain[list[webhookShape]], error) {
	l, err := a.app.Webhooks(ctx, actorOf(ctx), in.page())
	return listOf(l, err, webhookOf)
}

func (a *API) getWebhook(ctx context.Context, in *getInput) (*tagged[webhookShape], error) {
	w, err := a.app.Webhook(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return taggedWith(w.Version, webhookOf(w))
}

func (a *API) editWebhook(ctx context.Context, in *editWebhookInput) (*tagged[webhookShape], error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	w, err := a.app.EditWebhook(ctx, actorOf(ctx), in.ID, in.Body.edit(version))
	if err != nil {
		return nil, err
	}
	return taggedWith(w.Version, webhookOf(w))
}

func (a *API) deleteWebhook(ctx context.Context, in *deleteInput) (*empty, error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	return nil, a.app.DeleteWebhook(ctx, actorOf(ctx), in.ID, version)
}

func (a *API) rotateWebhook(ctx context.Context, in *actOnWebhookInput) (*created[newWebhook], error) {
	w, secret, err := a.app.RotateWebhook(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return withSecret(w, secret)
}

func (a *API) testWebhook(ctx context.Context, in *actOnWebhookInput) (*createdPlain[deliveryShape], error) {
	d, err := a.app.TestWebhook(ctx, actorOf(ctx), in.ID)
	return sentDelivery(d, err)
}

// sentDelivery gives a delivery that is on its way.
func sentDelivery(d app.Delivery, err error) (*createdPlain[deliveryShape], error) {
	if err != nil {
		return nil, err
	}
	return &createdPlain[deliveryShape]{Location: Prefix + "/webhooks/" + d.WebhookID + "/deliveries/" + d.DeliveryID, Body: deliveryOf(d)}, nil
}

func (a *API) listDeliveries(ctx context.Context, in *listDeliveriesInput) (*plain[list[deliveryShape]], error) {
	l, err := a.app.Deliveries(ctx, actorOf(ctx), app.DeliveryFilter{WebhookID: in.ID, State: app.DeliveryState(in.State),
		Type: webhook.Type(in.Event), Page: in.page()})
	return listOf(l, err, deliveryOf)
}

func (a *API) getDelivery(ctx context.Context, in *DeliveryPath) (*plain[wholeDelivery], error) {
	d, err := a.app.Delivery(ctx, actorOf(ctx), in.ID, in.DeliveryID)
	if err != nil {
		return nil, err
	}
	return &plain[wholeDelivery]{Body: wholeDeliveryOf(d)}, nil
}

func (a *API) replayDelivery(ctx context.Context, in *replayDeliveryInput) (*createdPlain[deliveryShape], error) {
	d, err := a.app.ReplayDelivery(ctx, actorOf(ctx), in.ID, in.DeliveryID)
	return sentDelivery(d, err)
}
