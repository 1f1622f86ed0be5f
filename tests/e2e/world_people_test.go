package e2e

import (
	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// peopleAddresses are [world.addresses] of the ways in, of people and of what they
// did.
func (w *world) peopleAddresses() map[string][]string {
	w.t.Helper()
	ctx := w.t.Context()
	_, invitation, err := w.App.Invite(ctx, w.admin, app.InvitationInput{Email: "ana@news.example", Name: "Ana Lima", Role: auth.Checker})
	w.check(err)
	closed, err := w.App.CreateUser(ctx, w.admin, app.UserInput{Email: "bo@news.example", Name: "Bo", Password: servertest.Password, Role: auth.Reader})
	w.check(err)
	_, err = w.App.CloseUser(ctx, w.admin, closed.ID)
	w.check(err)
	open, err := w.App.CreateUser(ctx, w.admin, app.UserInput{Email: "cy@news.example", Name: "Cy", Password: servertest.Password, Role: auth.Editor})
	w.check(err)
	_, reset, err := w.App.MakeReset(ctx, w.admin, open.ID)
	w.check(err)
	return map[string][]string{
		"/login":                   {"/login"},
		"/login/code":              nil, // the journey of a newcomer looks at it
		"/invitations/{token}":     {"/invitations/" + invitation},
		"/reset/{token}":           {"/reset/" + reset},
		"/account/second-factor":   {"/account/second-factor"},
		"/bin":                     {"/bin"},
		"/history":                 {"/history", "/history?object=" + w.story, "/history?action=feed.gone"},
		"/articles/{id}/placement": {"/articles/" + w.article + "/placement", "/articles/" + w.uncertain + "/placement"},
		"/admin/users":             {"/admin/users"},
		"/admin/users/{id}":        {"/admin/users/" + open.ID, "/admin/users/" + closed.ID, "/admin/users/" + w.admin.UserID},
	}
}
