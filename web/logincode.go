package web

import (
	"cmp"
	"net/http"
	"strings"

	"corroborate/internal/claims"
	"corroborate/web/views"
)

// codeForm asks for the code.
func (w *Web) codeForm(rw http.ResponseWriter, r *http.Request) error {
	if !w.stepDue(r, codeStep) {
		http.Redirect(rw, r, "/login", http.StatusSeeOther)
		return nil
	}
	return w.showCode(rw, r, http.StatusOK, views.CodePage{})
}

func (w *Web) showCode(rw http.ResponseWriter, r *http.Request, status int, p views.CodePage) error {
	p.Name = w.sessions.GetString(r.Context(), sessionStepName)
	return w.render(rw, r, status, views.LoginCode(w.chrome(r, "Enter your code", views.SectionAccount), p))
}

// loginCode goes on with signing in with a code of the app or a recovery code.
func (w *Web) loginCode(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	if !w.stepDue(r, codeStep) {
		return w.beginAgain(rw, r)
	}
	userID, version := w.stepUser(r)
	recovery := strings.TrimSpace(r.PostForm.Get("recovery"))
	in, err := w.app.LoginCode(r.Context(), userID, version, cmp.Or(recovery, r.PostForm.Get("code")))
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
	if recovery == "" {
		return w.enter(rw, r, in, w.stepThen(r))
	}
	w.sessions.Put(r.Context(), sessionNotice, "The recovery code is used up.")
	return w.enter(rw, r, in, factorPath)
}
