package server_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"corroborate/internal/server"
	"corroborate/internal/server/servertest"
)

// ofAPI names for each form of the pages the call that does the same, or why there is
// none. Forms that are not of the parts in formsOf are left out.
var ofAPI = map[string]string{
	"/stories":                 "POST /stories",
	"/stories/{id}/edit":       "PATCH /stories/{id}",
	"/stories/{id}/lock":       "PATCH /stories/{id}",
	"/stories/{id}/analysis":   "POST /stories/{id}/analysis",
	"/stories/{id}/delete":     "DELETE /stories/{id}",
	"/stories/{id}/restore":    "POST /stories/{id}/restore",
	"/stories/{id}/merge":      "POST /stories/{id}/merge",
	"/stories/{id}/split":      "POST /stories/{id}/split",
	"/stories/{id}/move":       "POST /stories/{id}/move",
	"/articles":                "POST /articles",
	"/articles/{id}/fetch":     "POST /articles/{id}/fetch",
	"/articles/{id}/delete":    "DELETE /articles/{id}",
	"/articles/{id}/restore":   "POST /articles/{id}/restore",
	"/articles/{id}/placement": "POST /articles/{id}/placement",
	"/articles/preview":        "none: a person looks at a page before it is stored; a program sends its url or html",
	"/articles/preview/{id}":   "none: see /articles/preview",
	"/feeds":                   "POST /feeds",
	"/feeds/opml":              "POST /feeds/opml",
	"/feeds/{id}/edit":         "PATCH /feeds/{id}",
	"/feeds/{id}/pause":        "PATCH /feeds/{id}",
	"/feeds/{id}/resume":       "PATCH /feeds/{id}",
	"/feeds/{id}/poll":         "POST /feeds/{id}/poll",
	"/feeds/{id}/delete":       "DELETE /feeds/{id}",
	"/imports":                 "POST /imports",

	"/account/keys":                          "POST /keys",
	"/account/keys/{id}/revoke":              "DELETE /keys/{id}",
	"/account/password":                      "none: it asks for the password of now, which no program should hold",
	"/account/sessions/end":                  "none: it asks for the password, which no program should hold",
	"/admin/sessions/end":                    "none: see /account/sessions/end; a program ends those of one person after the other",
	"/admin/users/{id}/sessions/end":         "DELETE /users/{id}/sessions",
	"/account/second-factor":                 "none: it is set up with a phone in the hand",
	"/account/second-factor/confirm":         "none: see /account/second-factor",
	"/account/second-factor/codes":           "none: see /account/second-factor",
	"/account/second-factor/off":             "none: see /account/second-factor",
	"/admin/keys/{id}/revoke":                "DELETE /keys/{id}",
	"/admin/users/{id}":                      "PATCH /users/{id}",
	"/admin/users/{id}/delete":               "DELETE /users/{id}",
	"/admin/users/{id}/close":                "POST /users/{id}/close",
	"/admin/users/{id}/reopen":               "POST /users/{id}/reopen",
	"/admin/users/{id}/reset":                "POST /users/{id}/reset",
	"/admin/users/{id}/reset/revoke":         "DELETE /users/{id}/reset",
	"/admin/users/{id}/second-factor/remove": "DELETE /users/{id}/second-factor",
	"/admin/invitations":                     "POST /invitations",
	"/admin/invitations/{id}/revoke":         "DELETE /invitations/{id}",
	"/admin/second-judge/retry":              "POST /second-judge/retry",
}

// formsOf are the parts of the pages whose forms are looked at; those for findings and
// claims have tests of their own.
var formsOf = regexp.MustCompile(`^/(stories|articles|feeds|imports|account|admin)(/|$)`)

// ofFindings are forms of these parts that are about findings and claims.
var ofFindings = regexp.MustCompile(`^/(stories/\{id\}/blind|articles/\{id\}/claims)$`)

// TestProgramsCanDoWhatPeopleCan holds each form of the pages against the API.
func TestProgramsCanDoWhatPeopleCan(t *testing.T) {
	t.Parallel()
	calls := map[string]bool{}
	routes := servertest.New(t, servertest.Options{}).Routes()
	for _, r := range routes {
		if r.Way == server.ByKey {
			calls[r.Method+" "+strings.TrimPrefix(r.Pattern, "/api/v1")] = true
		}
	}
	forms := map[string]bool{}
	for _, r := range routes {
		if r.Way != server.BySession || r.Method != http.MethodPost || !formsOf.MatchString(r.Pattern) || ofFindings.MatchString(r.Pattern) {
			continue
		}
		forms[r.Pattern] = true
		call, known := ofAPI[r.Pattern]
		switch {
		case !known:
			t.Errorf("the form %s has no call of the API, and it is not said why", r.Pattern)
		case !strings.HasPrefix(call, "none: ") && !calls[call]:
			t.Errorf("the form %s: there is no call %s", r.Pattern, call)
		}
	}
	for form := range ofAPI {
		if !forms[form] {
			t.Errorf("there is no form %s any more", form)
		}
	}
}
