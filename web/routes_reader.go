package web

// readerEndpoints are what people do to the claims of an article.
func readerEndpoints() []endpoint {
	return []endpoint{
		{get, "/articles/{id}/claims/new", Checker, (*Web).claimForm},
		{post, "/articles/{id}/claims", Checker, (*Web).addClaim},
		{get, "/claims/{id}/edit", Checker, (*Web).claim},
		{post, "/claims/{id}/edit", Checker, (*Web).adjustClaim},
		{post, "/claims/{id}/split", Checker, (*Web).splitClaim},
		{post, "/claims/{id}/merge", Checker, (*Web).mergeClaims},
		{post, "/claims/{id}/judge", Checker, (*Web).judgeClaim},
		{post, "/claims/{id}/drop", Checker, (*Web).dropClaim},
		{post, "/claims/{id}/restore", Checker, (*Web).restoreClaim},
		{post, "/edits/{id}/undo", Checker, (*Web).undoClaimEdit},
	}
}
