package web

// reviewEndpoints are what people decide on findings, give to one another, and take
// back.
func reviewEndpoints() []endpoint {
	return []endpoint{
		{get, "/review", Checker, (*Web).myWork},
		{post, "/review/seen", Checker, (*Web).markAllSeen},
		{post, "/findings/{id}/reviews", Checker, (*Web).addReview},
		{post, "/reviews/{id}/withdraw", Checker, (*Web).withdrawReview},
		{post, "/reviews/bulk", Checker, (*Web).bulk},
		{post, "/reviews/undo", Checker, (*Web).undo},
		{post, "/findings/{id}/assignments", Editor, (*Web).assign},
		{post, "/findings/{id}/blind", Editor, (*Web).askBlind},
		{post, "/findings/{id}/blind/answer", Checker, (*Web).answerBlind},
		{post, "/blind/{id}/cancel", Editor, (*Web).callOffBlind},
		{get, "/stories/{id}/blind", Editor, (*Web).sampleForm},
		{post, "/stories/{id}/blind", Editor, (*Web).askSample},
		{get, "/agreement", Checker, (*Web).agreement},
		{get, "/help/keys", Anyone, (*Web).keys},
		{post, "/help/keys", Anyone, (*Web).switchKeys},
	}
}
