package web

import (
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

// loginForm is the form to sign in.
func (w *Web) loginForm(rw http.ResponseWriter, r *http.Request) error {
	then := localAddress(r.URL.Query().Get("then"))
	if w.actor(r.Context()).SignedIn() {
		return w.done(rw, r, then, "")
	}
	return w.showLogin(rw, r, http.StatusOK, views.LoginPage{Then: then})
}

func (w *Web) showLogin(rw http.ResponseWriter, r *http.Request, status int, p views.LoginPage) error {
	return w.render(rw, r, status, views.Login(w.chrome(r, "Sign in", views.SectionAccount), p))
}

// login signs a person in. The session gets a new token, so that one that was
// known before is worth nothing.
func (w *Web) login(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	email, then := r.PostForm.Get("email"), localAddress(r.PostForm.Get("then"))
	in, err := w.app.Login(r.Context(), email, r.PostForm.Get("password"))
	if claims.KindOf(err) == claims.Unauthenticated {
		p := views.LoginPage{Email: email, Then: then, Errors: views.Errors{Form: "The address or the password is not right."}}
		return w.showLogin(rw, r, http.StatusUnprocessableEntity, p)
	}
	if problems, ok := formProblems(err); ok {
		return w.showLogin(rw, r, http.StatusUnprocessableEntity, views.LoginPage{Email: email, Then: then, Errors: problems})
	}
	if err != nil {
		return err
	}
	if in.CodeDue {
		return w.askForMore(rw, r, codeStep, in.User, then)
	}
	return w.enter(rw, r, in, then)
}

// enter ends signing in, but for the choice of a password where that is due.
func (w *Web) enter(rw http.ResponseWriter, r *http.Request, in app.SignIn, then string) error {
	if in.PasswordDue {
		return w.askForMore(rw, r, passwordStep, in.User, then)
	}
	if err := w.begin(r, in.User); err != nil {
		return err
	}
	return w.done(rw, r, then, "")
}

// begin makes the session one of a user.
func (w *Web) begin(r *http.Request, u app.User) error {
	if err := w.sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	w.forgetStep(r)
	w.sessions.Put(r.Context(), SessionUser, u.ID)
	w.sessions.Put(r.Context(), SessionVersion, u.SessionVersion)
	return nil
}

// logout ends the session.
func (w *Web) logout(rw http.ResponseWriter, r *http.Request) error {
	if err := w.sessions.Destroy(r.Context()); err != nil {
		return err
	}
	rw.Header().Set("Clear-Site-Data", `"cache", "storage"`) // what was read here stays with nobody
	http.Redirect(rw, r, "/login", http.StatusSeeOther)
	return nil
}
