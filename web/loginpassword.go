package web

import (
	"net/http"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

// firstPasswordForm asks who signed in with a password that the service made for another.
func (w *Web) firstPasswordForm(rw http.ResponseWriter, r *http.Request) error {
	if !w.stepDue(r, passwordStep) {
		http.Redirect(rw, r, "/login", http.StatusSeeOther)
		return nil
	}
	return w.showFirstPassword(rw, r, http.StatusOK, views.Errors{})
}

func (w *Web) showFirstPassword(rw http.ResponseWriter, r *http.Request, status int, problems views.Errors) error {
	p := views.FirstPasswordPage{Email: w.sessions.GetString(r.Context(), sessionStepEmail), MinPassword: auth.MinPassword, Errors: problems}
	return w.render(rw, r, status, views.FirstPassword(w.chrome(r, "Choose your password", views.SectionAccount), p))
}

// chooseFirstPassword ends signing in with the password that was chosen.
func (w *Web) chooseFirstPassword(rw http.ResponseWriter, r *http.Request) error {
	password, wrong, err := chosenPassword(rw, r)
	if err != nil {
		return err
	}
	if !w.stepDue(r, passwordStep) {
		return w.beginAgain(rw, r)
	}
	if wrong.Any() {
		return w.showFirstPassword(rw, r, http.StatusUnprocessableEntity, wrong)
	}
	userID, version := w.stepUser(r)
	u, err := w.app.ChooseFirstPassword(r.Context(), userID, version, password)
	if problems, ok := formProblems(err); ok {
		return w.showFirstPassword(rw, r, http.StatusUnprocessableEntity, problems)
	}
	if claims.KindOf(err) == claims.Unauthenticated {
		return w.beginAgain(rw, r)
	}
	if err != nil {
		return err
	}
	then := w.stepThen(r)
	if err := w.begin(r, u); err != nil {
		return err
	}
	return w.done(rw, r, then, "Your password is set, and you are signed in.")
}
