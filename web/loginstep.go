package web

import (
	"net/http"
	"time"

	"corroborate/internal/app"
)

// Where more than the right password is due, the session keeps who gave it until the rest
// comes. It opens nothing.
const (
	sessionStep        = "login_step"
	sessionStepUser    = "code_user_id"
	sessionStepVersion = "code_session_version"
	sessionStepName    = "code_name"
	sessionStepEmail   = "login_email"
	sessionStepSince   = "code_since"
	sessionStepThen    = "code_then"
)

// stepTime is how long the rest is waited for.
const stepTime = 10 * time.Minute

// A step is what is due after the password; it is the last part of its address.
const (
	codeStep     = "code"
	passwordStep = "password"
)

// askForMore begins a further step of signing in.
func (w *Web) askForMore(rw http.ResponseWriter, r *http.Request, step string, u app.User, then string) error {
	if err := w.sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	w.sessions.Put(r.Context(), sessionStep, step)
	w.sessions.Put(r.Context(), sessionStepUser, u.ID)
	w.sessions.Put(r.Context(), sessionStepVersion, u.SessionVersion)
	w.sessions.Put(r.Context(), sessionStepName, u.Name)
	w.sessions.Put(r.Context(), sessionStepEmail, u.Email)
	w.sessions.Put(r.Context(), sessionStepSince, time.Now().Unix())
	w.sessions.Put(r.Context(), sessionStepThen, then)
	return w.done(rw, r, "/login/"+step, "")
}

// stepDue tells whether a step is waited for in this session.
func (w *Web) stepDue(r *http.Request, step string) bool {
	since := time.Unix(w.sessions.GetInt64(r.Context(), sessionStepSince), 0)
	return w.sessions.GetString(r.Context(), sessionStep) == step && w.sessions.GetString(r.Context(), sessionStepUser) != "" && time.Since(since) < stepTime
}

// stepUser gives who gave the right password, and the version that the account had then.
func (w *Web) stepUser(r *http.Request) (id string, version int) {
	return w.sessions.GetString(r.Context(), sessionStepUser), w.sessions.GetInt(r.Context(), sessionStepVersion)
}

// stepThen is where signing in leads.
func (w *Web) stepThen(r *http.Request) string {
	return localAddress(w.sessions.GetString(r.Context(), sessionStepThen))
}

// forgetStep ends a further step.
func (w *Web) forgetStep(r *http.Request) {
	for _, key := range []string{sessionStep, sessionStepUser, sessionStepVersion, sessionStepName, sessionStepEmail, sessionStepSince, sessionStepThen} {
		w.sessions.Remove(r.Context(), key)
	}
}

// beginAgain leads back to the first step.
func (w *Web) beginAgain(rw http.ResponseWriter, r *http.Request) error {
	w.forgetStep(r)
	return w.done(rw, r, "/login", "Sign in with your password first.")
}
