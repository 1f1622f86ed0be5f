package web

import (
	"cmp"
	"net/http"
	"strings"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

// Where a code is due, the session keeps who gave the right password until the code
// comes. It opens nothing.
const (
	sessionCodeUser    = "code_user_id"
	sessionCodeVersion = "code_session_version"
	sessionCodeName    = "code_name"
	sessionCodeSince   = "code_since"
	sessionCodeThen    = "code_then"
)

// codeTime is how long a code is waited for.
const codeTime = 10 * time.Minute

// askForCode begins the second step of signing in.
func (w *Web) askForCode(rw http.ResponseWriter, r *http.Request, u app.User, then string) error {
	if err := w.sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	w.sessions.Put(r.Context(), sessionCodeUser, u.ID)
	w.sessions.Put(r.Context(), sessionCodeVersion, u.SessionVersion)
	w.sessions.Put(r.Context(), sessionCodeName, u.Name)
	w.sessions.Put(r.Context(), sessionCodeSince, time.Now().Unix())
	w.sessions.Put(r.Context(), sessionCodeThen, then)
	return w.done(rw, r, "/login/code", "")
}

// codeDue tells whether a code is waited for in this session.
func (w *Web) codeDue(r *http.Request) bool {
	since := time.Unix(w.sessions.GetInt64(r.Context(), sessionCodeSince), 0)
	return w.sessions.GetString(r.Context(), sessionCodeUser) != "" && time.Since(since) < codeTime
}

// forgetCode ends the second step.
func (w *Web) forgetCode(r *http.Request) {
	for _, key := range []string{sessionCodeUser, sessionCodeVersion, sessionCodeName, sessionCodeSince, sessionCodeThen} {
		w.sessions.Remove(r.Context(), key)
	}
}

// beginAgain leads back to the first step.
func (w *Web) beginAgain(rw http.ResponseWriter, r *http.Request) error {
	w.forgetCode(r)
	return w.done(rw, r, "/login", "Sign in with your password first.")
}

// codeForm asks for the code.
func (w *Web) codeForm(rw http.ResponseWriter, r *http.Request) error {
	if !w.codeDue(r) {
		http.Redirect(rw, r, "/login", http.StatusSeeOther)
		return nil
	}
	return w.showCode(rw, r, http.StatusOK, views.CodePage{})
}

func (w *Web) showCode(rw http.ResponseWriter, r *http.Request, status int, p views.CodePage) error {
	p.Name = w.sessions.GetString(r.Context(), sessionCodeName)
	return w.render(rw, r, status, views.LoginCode(w.chrome(r, "Enter your code", views.SectionAccount), p))
}

// loginCode ends signing in with a code of the app or a recovery code.
func (w *Web) loginCode(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	if !w.codeDue(r) {
		return w.beginAgain(rw, r)
	}
	userID, version := w.sessions.GetString(r.Context(), sessionCodeUser), w.sessions.GetInt(r.Context(), sessionCodeVersion)
	recovery := strings.TrimSpace(r.PostForm.Get("recovery"))
	u, err := w.app.LoginCode(r.Context(), userID, version, cmp.Or(recovery, r.PostForm.Get("code")))
	if problems, ok := formProblems(err); ok {
		if recovery != "" {
			problems.Fields = map[string]string{"code": "is not right, or was used already"}
		}
		return w.showCode(rw, r, http.StatusUnprocessableEntity, views.CodePage{Recovery: recovery != "", Errors: problems})
	}
	if claims.KindOf(err) == claims.Unauthenticated {
		return w.beginAgain(rw, r)
	}
	if err != nil {
		return err
	}
	then := localAddress(w.sessions.GetString(r.Context(), sessionCodeThen))
	if err := w.begin(r, u); err != nil {
		return err
	}
	if recovery != "" {
		return w.done(rw, r, factorPath, "You are signed in. The recovery code is used up.")
	}
	return w.done(rw, r, then, "")
}
