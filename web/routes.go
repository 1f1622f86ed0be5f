package web

import (
	"net/http"
	"slices"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

// Access says who may use a route. It is checked before the handler runs; the
// use cases check again.
type Access string

// The accesses, the widest first.
const (
	// Anyone needs no session.
	Anyone Access = "anyone"
	// ReaderOrPublic is for people with an account, and for all where reading is
	// public.
	ReaderOrPublic Access = "reader-or-public"
	// SignedIn is for people with an account, also those who have to set up a second
	// factor before anything else.
	SignedIn      Access = "signed-in"
	Reader        Access = "reader"
	Checker       Access = "checker"
	Editor        Access = "editor"
	Administrator Access = "administrator"
)

// permits tells whether an actor may use routes of this access.
func (a Access) permits(who app.Actor) bool {
	switch a {
	case Anyone:
		return true
	case ReaderOrPublic:
		return who.Can(app.ReadFindings)
	case SignedIn:
		return who.SignedIn() && who.Can(app.ManageOwn)
	case Reader:
		return who.SignedIn() && who.Can(app.ReadTexts)
	case Checker:
		return who.Can(app.ReviewFindings)
	case Editor:
		return who.Can(app.WriteArticles)
	}
	return who.Can(app.Administer)
}

// refusal is the error for an actor whom the access does not permit.
func (a Access) refusal(who app.Actor) error {
	if !who.SignedIn() {
		return &claims.Error{Kind: claims.Unauthenticated, Message: "Sign in to see this page."}
	}
	return &claims.Error{Kind: claims.Forbidden, Message: "This is for people with the role " + string(a) + "; yours is " + string(who.Role) + "."}
}

// Route is one address of the pages.
type Route struct {
	Method  string
	Pattern string
	Access  Access
}

// endpoint is a route with its handler.
type endpoint struct {
	method  string
	pattern string
	access  Access
	handle  func(*Web, http.ResponseWriter, *http.Request) error
}

const get, post = http.MethodGet, http.MethodPost

// endpoints lists every address of the pages.
func endpoints() []endpoint {
	return slices.Concat(accountEndpoints(), peopleEndpoints(), storyEndpoints(), articleEndpoints(), readerEndpoints(), intakeEndpoints(),
		reviewEndpoints(), overviewEndpoints(), searchEndpoints(), checkEndpoints(), matrixEndpoints(), dossierEndpoints(), linkedEndpoints(), shareEndpoints(), webhookEndpoints(), secondJudgeEndpoints(), eraseEndpoints())
}

// Routes lists every route of the pages with who may use it.
func Routes() []Route {
	var out []Route
	for _, e := range endpoints() {
		out = append(out, Route{e.method, e.pattern, e.access})
	}
	return out
}

// accountEndpoints are what people have to do with their accounts.
func accountEndpoints() []endpoint {
	return []endpoint{
		{get, "/static/{file}", Anyone, (*Web).asset},
		{get, "/account", Reader, (*Web).account},
		{post, "/account/password", Reader, (*Web).changePassword},
		{post, "/account/sessions/end", Reader, (*Web).endOwnSessions},
		{post, "/account/keys", Reader, (*Web).createKey},
		{post, "/account/keys/{id}/revoke", Reader, (*Web).revokeKey},
	}
}

// storyEndpoints are the stories and their findings.
func storyEndpoints() []endpoint {
	return []endpoint{
		{get, "/", ReaderOrPublic, (*Web).stories},
		{get, "/stories/{id}", ReaderOrPublic, (*Web).story},
		{get, "/stories/{id}/events", ReaderOrPublic, (*Web).storyEvents},
		{get, "/stories/{id}/report.json", ReaderOrPublic, (*Web).reportJSON},
		{get, "/stories/{id}/report.csv", ReaderOrPublic, (*Web).reportCSV},
		{get, "/stories/{id}/report.md", ReaderOrPublic, (*Web).reportMarkdown},
		{get, "/findings/{id}", ReaderOrPublic, (*Web).finding},
		{get, "/stories/new", Editor, (*Web).storyForm},
		{post, "/stories", Editor, (*Web).createStory},
		{get, "/stories/{id}/edit", Editor, (*Web).storyEditForm},
		{post, "/stories/{id}/edit", Editor, (*Web).editStory},
		{post, "/stories/{id}/analysis", Editor, (*Web).analyzeStory},
		{get, "/stories/{id}/delete", Editor, (*Web).storyDeleteForm},
		{post, "/stories/{id}/delete", Editor, (*Web).deleteStory},
		{post, "/stories/{id}/restore", Editor, (*Web).restoreStory},
		{get, "/waiting", Editor, (*Web).waiting},
		{get, "/stories/{id}/regroup", Editor, (*Web).regroupForm},
		{post, "/stories/{id}/lock", Editor, (*Web).lockStory},
		{post, "/stories/{id}/merge", Editor, (*Web).mergeStories},
		{post, "/stories/{id}/split", Editor, (*Web).splitStory},
		{post, "/stories/{id}/move", Editor, (*Web).moveArticles},
	}
}

// articleEndpoints are the articles, and their sources.
func articleEndpoints() []endpoint {
	return []endpoint{
		{get, "/articles/{id}", ReaderOrPublic, (*Web).article},
		{get, "/sources", ReaderOrPublic, (*Web).sources},
		{get, "/sources/{id}", ReaderOrPublic, (*Web).source},
		{get, "/articles/{id}/revisions", Reader, (*Web).revisions},
		{post, "/articles/{id}/fetch", Editor, (*Web).refetchArticle},
		{get, "/articles/{id}/delete", Editor, (*Web).articleDeleteForm},
		{post, "/articles/{id}/delete", Editor, (*Web).deleteArticle},
		{post, "/articles/{id}/restore", Editor, (*Web).restoreArticle},
		{post, "/articles/{id}/placement", Editor, (*Web).settlePlacement},
	}
}

// intakeEndpoints are the ways in which articles come.
func intakeEndpoints() []endpoint {
	return []endpoint{
		{get, "/articles/new", Editor, (*Web).articleForm},
		{post, "/articles", Editor, (*Web).createArticle},
		{post, "/articles/preview", Editor, (*Web).makePreview},
		{get, "/articles/preview/{id}", Editor, (*Web).preview},
		{post, "/articles/preview/{id}", Editor, (*Web).storePreview},
		{get, "/feeds", Editor, (*Web).feeds},
		{post, "/feeds", Editor, (*Web).addFeed},
		{get, "/feeds/opml", Editor, (*Web).exportFeeds},
		{post, "/feeds/opml", Editor, (*Web).importFeeds},
		{get, "/feeds/{id}", Editor, (*Web).feed},
		{post, "/feeds/{id}/edit", Editor, (*Web).editFeed},
		{post, "/feeds/{id}/pause", Editor, (*Web).pauseFeed},
		{post, "/feeds/{id}/resume", Editor, (*Web).resumeFeed},
		{post, "/feeds/{id}/poll", Editor, (*Web).pollFeed},
		{get, "/feeds/{id}/delete", Editor, (*Web).feedDeleteForm},
		{post, "/feeds/{id}/delete", Editor, (*Web).deleteFeed},
		{get, "/imports", Editor, (*Web).imports},
		{post, "/imports", Editor, (*Web).createImport},
		{get, "/imports/{id}", Editor, (*Web).importPage},
		{get, "/imports/{id}/events", Editor, (*Web).importEvents},
	}
}
