package web

// webhookEndpoints are the addresses of other systems that are told of changes.
func webhookEndpoints() []endpoint {
	return []endpoint{
		{get, "/webhooks", Editor, (*Web).webhooks},
		{post, "/webhooks", Editor, (*Web).makeWebhook},
		{get, "/webhooks/{id}", Editor, (*Web).webhook},
		{post, "/webhooks/{id}/edit", Editor, (*Web).editWebhook},
		{post, "/webhooks/{id}/pause", Editor, (*Web).pauseWebhook},
		{post, "/webhooks/{id}/resume", Editor, (*Web).resumeWebhook},
		{post, "/webhooks/{id}/test", Editor, (*Web).testWebhook},
		{post, "/webhooks/{id}/secret", Editor, (*Web).rotateWebhook},
		{post, "/webhooks/{id}/replay", Editor, (*Web).replayDelivery},
		{get, "/webhooks/{id}/delete", Editor, (*Web).webhookDeleteForm},
		{post, "/webhooks/{id}/delete", Editor, (*Web).deleteWebhook},
	}
}
