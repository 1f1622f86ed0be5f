package web

import (
	"maps"
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

// Routes lists every route of the pages with who may use it.
func Routes() []Route {
	const get, post = http.MethodGet, http.MethodPost
	return slices.Concat(accountRoutes(), []Route{
		{get, "/static/{file}", Anyone},

		{get, "/", ReaderOrPublic},
		{get, "/stories/{id}", ReaderOrPublic},
		{get, "/stories/{id}/events", ReaderOrPublic},
		{get, "/stories/{id}/report.json", ReaderOrPublic},
		{get, "/stories/{id}/report.csv", ReaderOrPublic},
		{get, "/stories/{id}/report.md", ReaderOrPublic},
		{get, "/findings/{id}", ReaderOrPublic},
		{get, "/articles/{id}", ReaderOrPublic},
		{get, "/sources", ReaderOrPublic},
		{get, "/sources/{id}", ReaderOrPublic},

		{get, "/articles/{id}/revisions", Reader},
		{get, "/account", Reader},
		{post, "/account/password", Reader},
		{post, "/account/keys", Reader},
		{post, "/account/keys/{id}/revoke", Reader},

		{post, "/findings/{id}/reviews", Checker},

		{get, "/stories/new", Editor},
		{post, "/stories", Editor},
		{get, "/stories/{id}/edit", Editor},
		{post, "/stories/{id}/edit", Editor},
		{post, "/stories/{id}/analysis", Editor},
		{get, "/stories/{id}/delete", Editor},
		{post, "/stories/{id}/delete", Editor},
		{post, "/stories/{id}/restore", Editor},
		{get, "/articles/new", Editor},
		{post, "/articles", Editor},
		{post, "/articles/preview", Editor},
		{get, "/articles/preview/{id}", Editor},
		{post, "/articles/preview/{id}", Editor},
		{post, "/articles/{id}/fetch", Editor},
		{get, "/articles/{id}/delete", Editor},
		{post, "/articles/{id}/delete", Editor},
		{post, "/articles/{id}/restore", Editor},
		{get, "/feeds", Editor},
		{post, "/feeds", Editor},
		{get, "/feeds/opml", Editor},
		{post, "/feeds/opml", Editor},
		{get, "/feeds/{id}", Editor},
		{post, "/feeds/{id}/edit", Editor},
		{post, "/feeds/{id}/pause", Editor},
		{post, "/feeds/{id}/resume", Editor},
		{post, "/feeds/{id}/poll", Editor},
		{get, "/feeds/{id}/delete", Editor},
		{post, "/feeds/{id}/delete", Editor},
		{get, "/imports", Editor},
		{post, "/imports", Editor},
		{get, "/imports/{id}", Editor},
		{get, "/imports/{id}/events", Editor},
		{get, "/waiting", Editor},
		{get, "/stories/{id}/regroup", Editor},
		{post, "/stories/{id}/lock", Editor},
		{post, "/stories/{id}/merge", Editor},
		{post, "/stories/{id}/split", Editor},
		{post, "/stories/{id}/move", Editor},
		{post, "/articles/{id}/placement", Editor},
	})
}

// handlers gives the handler of each route by method and pattern.
func (w *Web) handlers() map[string]handler {
	all := map[string]handler{
		"GET /static/{file}": w.asset,

		"GET /":                         w.stories,
		"GET /stories/{id}":             w.story,
		"GET /stories/{id}/events":      w.storyEvents,
		"GET /stories/{id}/report.json": w.reportJSON,
		"GET /stories/{id}/report.csv":  w.reportCSV,
		"GET /stories/{id}/report.md":   w.reportMarkdown,
		"GET /findings/{id}":            w.finding,
		"GET /articles/{id}":            w.article,
		"GET /sources":                  w.sources,
		"GET /sources/{id}":             w.source,

		"GET /articles/{id}/revisions":   w.revisions,
		"GET /account":                   w.account,
		"POST /account/password":         w.changePassword,
		"POST /account/keys":             w.createKey,
		"POST /account/keys/{id}/revoke": w.revokeKey,

		"POST /findings/{id}/reviews": w.addReview,

		"GET /stories/new":            w.storyForm,
		"POST /stories":               w.createStory,
		"GET /stories/{id}/edit":      w.storyEditForm,
		"POST /stories/{id}/edit":     w.editStory,
		"POST /stories/{id}/analysis": w.analyzeStory,
		"GET /stories/{id}/delete":    w.storyDeleteForm,
		"POST /stories/{id}/delete":   w.deleteStory,
		"POST /stories/{id}/restore":  w.restoreStory,
		"GET /articles/new":           w.articleForm,
		"POST /articles":              w.createArticle,
		"POST /articles/preview":      w.makePreview,
		"GET /articles/preview/{id}":  w.preview,
		"POST /articles/preview/{id}": w.storePreview,
		"POST /articles/{id}/fetch":   w.refetchArticle,
		"GET /articles/{id}/delete":   w.articleDeleteForm,
		"POST /articles/{id}/delete":  w.deleteArticle,
		"POST /articles/{id}/restore": w.restoreArticle,
		"GET /imports":                w.imports,
		"POST /imports":               w.createImport,
		"GET /imports/{id}":           w.importPage,
		"GET /imports/{id}/events":    w.importEvents,

		"GET /feeds":              w.feeds,
		"POST /feeds":             w.addFeed,
		"GET /feeds/opml":         w.exportFeeds,
		"POST /feeds/opml":        w.importFeeds,
		"GET /feeds/{id}":         w.feed,
		"POST /feeds/{id}/edit":   w.editFeed,
		"POST /feeds/{id}/pause":  w.pauseFeed,
		"POST /feeds/{id}/resume": w.resumeFeed,
		"POST /feeds/{id}/poll":   w.pollFeed,
		"GET /feeds/{id}/delete":  w.feedDeleteForm,
		"POST /feeds/{id}/delete": w.deleteFeed,

		"GET /waiting":                  w.waiting,
		"GET /stories/{id}/regroup":     w.regroupForm,
		"POST /stories/{id}/lock":       w.lockStory,
		"POST /stories/{id}/merge":      w.mergeStories,
		"POST /stories/{id}/split":      w.splitStory,
		"POST /stories/{id}/move":       w.moveArticles,
		"POST /articles/{id}/placement": w.settlePlacement,
	}
	maps.Copy(all, w.accountHandlers())
	return all
}
