package app

import (
	"slices"
	"strings"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// Actor is who asks for something: a person with a session, an API key, or
// nobody in particular. The zero value is a stranger who may do nothing.
type Actor struct {
	// UserID is the person, or the owner of the key; empty for a stranger.
	UserID string
	// Name is the person's name as it is shown.
	Name string
	// Role is the person's; a key's owner's for a key.
	Role auth.Role
	// KeyID is the API key that is used, empty in a browser.
	KeyID string
	// Scopes is what may be done: those of the role, or those of the key that the
	// owner's role still permits.
	Scopes []auth.Scope
	// CallsPerMinute is how many calls the key may make.
	CallsPerMinute int
	// SessionID names the session in a browser, empty where it is not known.
	SessionID string
	// FactorDue is true for a person whose role asks for a second factor and who has
	// none yet; Scopes is empty until then.
	FactorDue bool
	// public is true where anybody may read findings.
	public bool
	// operator is true for the command line on the machine itself.
	operator bool
	// session is the version of the account that the session carries.
	session int
}

// SignedIn tells whether the actor is a known person or key.
func (a Actor) SignedIn() bool { return a.UserID != "" }

// Action is something that is permitted or not.
type Action string

// The actions.
const (
	// ReadFindings is reading stories, findings, passages, sources and metadata.
	ReadFindings Action = "read_findings"
	// ReadTexts is reading whole articles, revisions, and comparing statements.
	ReadTexts Action = "read_texts"
	// WriteArticles is adding, changing and removing articles and stories.
	WriteArticles Action = "write_articles"
	// ManageWebhooks is having events sent to addresses of one's choice: it writes, and
	// what is sent is read.
	ManageWebhooks Action = "manage_webhooks"
	// ReviewFindings is deciding on findings.
	ReviewFindings Action = "review_findings"
	// EditClaims is adding, changing and dropping claims of an article's text.
	EditClaims Action = "edit_claims"
	// KnowOneself is reading who one is: every key may.
	KnowOneself Action = "know_oneself"
	// ManageOwn is changing one's own keys and password.
	ManageOwn Action = "manage_own"
	// Administer is managing people and reading the audit log.
	Administer Action = "administer"
)

// Can tells whether the actor may do something. It is the one check of rights.
func (a Actor) Can(do Action) bool {
	switch do {
	case ReadFindings:
		return a.public || a.has(auth.Read)
	case ReadTexts:
		return a.has(auth.Read)
	case WriteArticles:
		return a.has(auth.Write)
	case ManageWebhooks:
		return a.has(auth.Write) && a.has(auth.Read)
	case ReviewFindings, EditClaims:
		return a.has(auth.Review)
	case KnowOneself:
		return a.SignedIn()
	case ManageOwn:
		// A key makes no further keys unless it may do everything.
		return a.SignedIn() && (a.KeyID == "" || a.has(auth.Admin))
	case Administer:
		return a.has(auth.Admin)
	}
	return false
}

func (a Actor) has(s auth.Scope) bool {
	return slices.Contains(a.Scopes, s) || slices.Contains(a.Scopes, auth.Admin)
}

// require gives the error for an actor who may not do something, else nil.
func (a Actor) require(do Action) error {
	switch {
	case a.Can(do):
		return nil
	case a.SignedIn() && !a.FactorDue && a.KeyID != "":
		return &claims.Error{Kind: claims.Forbidden, Message: "the API key lacks the scope for this: " + scopeNames(do)}
	}
	return a.refusal()
}

// requireAny gives the error for an actor who may do none of some things, else nil.
func (a Actor) requireAny(all ...Action) error {
	if slices.ContainsFunc(all, a.Can) {
		return nil
	}
	return a.require(all[0])
}

// refusal is the error for an actor who may not do something, whatever that is.
func (a Actor) refusal() error {
	switch {
	case !a.SignedIn():
		return &claims.Error{Kind: claims.Unauthenticated, Message: "sign in or send an API key to do this"}
	case a.FactorDue:
		return &claims.Error{Kind: claims.Forbidden, Message: "your role asks for a second factor: set it up first"}
	}
	return &claims.Error{Kind: claims.Forbidden, Message: "your role does not permit this"}
}

// ScopesFor gives the scopes that a key needs for an action, all of them; none where
// every key will do.
func ScopesFor(do Action) []auth.Scope {
	switch do {
	case KnowOneself:
		return nil
	case ReadFindings, ReadTexts:
		return []auth.Scope{auth.Read}
	case WriteArticles:
		return []auth.Scope{auth.Write}
	case ManageWebhooks:
		return []auth.Scope{auth.Read, auth.Write}
	case ReviewFindings, EditClaims:
		return []auth.Scope{auth.Review}
	}
	return []auth.Scope{auth.Admin}
}

// scopeNames names the scopes that a key needs for an action.
func scopeNames(do Action) string {
	var names []string
	for _, s := range ScopesFor(do) {
		names = append(names, string(s))
	}
	return strings.Join(names, " and ")
}

// Anonymous is somebody who is not signed in.
func (a *App) Anonymous() Actor { return Actor{public: a.publicRead} }

// seen gives the queries for what an actor is shown: findings that the actor reviews
// blind are veiled in them.
func (a *App) seen(who Actor) store.Queries { return a.db.For(who.UserID) }
