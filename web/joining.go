package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

// private keeps an answer that holds a secret, or whose address is one, out of
// caches, and the address out of what browsers send with later requests. (With
// no-referrer they would not say either where a form comes from, which older ones
// are judged by.)
func private(rw http.ResponseWriter) {
	rw.Header().Set("Cache-Control", "no-store")
	rw.Header().Set("Referrer-Policy", "strict-origin")
}

// token is the token in a link's address.
func token(r *http.Request) string { return chi.URLParam(r, "token") }

// invitation is the form by which an invited person makes the account.
func (w *Web) invitation(rw http.ResponseWriter, r *http.Request) error {
	return w.showInvitation(rw, r, "", views.Errors{})
}

// showInvitation shows the form with the name that was entered, if one was.
func (w *Web) showInvitation(rw http.ResponseWriter, r *http.Request, name string, problems views.Errors) error {
	private(rw)
	inv, err := w.app.Invitation(r.Context(), token(r))
	if err != nil {
		return err
	}
	p := views.InvitationPage{Action: "/invitations/" + token(r), Name: inv.Name, Email: inv.Email, Role: string(inv.Role),
		InvitedBy: inv.InvitedBy, Expires: inv.ExpiresAt, SignedInAs: w.actor(r.Context()).Name, MinPassword: auth.MinPassword, Errors: problems}
	status := http.StatusOK
	if problems.Any() {
		status, p.Name = http.StatusUnprocessableEntity, name
	}
	return w.render(rw, r, status, views.Invitation(w.chrome(r, "Welcome", views.SectionNone), p))
}

// acceptInvitation makes the account of an invitation and signs the person in.
func (w *Web) acceptInvitation(rw http.ResponseWriter, r *http.Request) error {
	private(rw)
	password, wrong, err := chosenPassword(rw, r)
	if err != nil {
		return err
	}
	name := r.PostForm.Get("name")
	if wrong.Any() {
		return w.showInvitation(rw, r, name, wrong)
	}
	u, err := w.app.AcceptInvitation(r.Context(), token(r), app.Acceptance{Name: name, Password: password})
	if problems, ok := formProblems(err); ok {
		return w.showInvitation(rw, r, name, problems)
	}
	if err != nil {
		return err
	}
	if err := w.begin(r, u); err != nil {
		return err
	}
	return w.done(rw, r, "/", "Welcome, "+u.Name+". Your account is made, and you are signed in.")
}

// chosenPassword reads the two fields of a new password, and says where they differ.
func chosenPassword(rw http.ResponseWriter, r *http.Request) (password string, wrong views.Errors, err error) {
	if err := parseForm(rw, r); err != nil {
		return "", views.Errors{}, err
	}
	password = r.PostForm.Get("password")
	if password != r.PostForm.Get("again") {
		wrong.Fields = map[string]string{"again": "is not the same: enter the password twice"}
	}
	return password, wrong, nil
}

// resetForm is the form of a new password.
func (w *Web) resetForm(rw http.ResponseWriter, r *http.Request) error {
	return w.showReset(rw, r, http.StatusOK, views.Errors{})
}

func (w *Web) showReset(rw http.ResponseWriter, r *http.Request, status int, problems views.Errors) error {
	private(rw)
	u, err := w.app.ResetOf(r.Context(), token(r))
	if err != nil {
		return err
	}
	p := views.ResetPage{Action: "/reset/" + token(r), Name: u.Name, Email: u.Email, MinPassword: auth.MinPassword, Errors: problems}
	return w.render(rw, r, status, views.Reset(w.chrome(r, "A new password", views.SectionNone), p))
}

// resetPassword sets the password of the account that a link is for.
func (w *Web) resetPassword(rw http.ResponseWriter, r *http.Request) error {
	private(rw)
	password, wrong, err := chosenPassword(rw, r)
	if err != nil {
		return err
	}
	if wrong.Any() {
		return w.showReset(rw, r, http.StatusUnprocessableEntity, wrong)
	}
	err = w.app.ResetPassword(r.Context(), token(r), password)
	if claims.KindOf(err) == claims.Invalid {
		problems, _ := formProblems(err)
		return w.showReset(rw, r, http.StatusUnprocessableEntity, problems)
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, "/login", "The password was changed, and all sessions have ended. Sign in with the new one.")
}
