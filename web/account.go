package web

import (
	"net/http"

	"corroborate/internal/app"
	"corroborate/web/views"
)

// account shows the viewer's own account.
func (w *Web) account(rw http.ResponseWriter, r *http.Request) error {
	return w.showAccount(rw, r, http.StatusOK, views.AccountPage{})
}

// showAccount completes the account's page, in which p has the forms as they were
// filled in.
func (w *Web) showAccount(rw http.ResponseWriter, r *http.Request, status int, p views.AccountPage) error {
	who := w.actor(r.Context())
	me, err := w.app.Me(r.Context(), who)
	if err != nil {
		return err
	}
	keys, err := w.app.Keys(r.Context(), who, app.Page{Cursor: r.URL.Query().Get("cursor")})
	if err != nil {
		return err
	}
	p.Name, p.Email, p.Role, p.Next = me.Name, me.Email, string(me.Role), keys.NextCursor
	p.SecondFactor = me.SecondFactor
	sessions, err := w.app.OwnSessions(r.Context(), who)
	if err != nil {
		return err
	}
	p.Sessions.Lines, p.Sessions.More = sessionLines(sessions)
	p.Form.Offered, p.Form.MostCalls = words(me.Role.Scopes()), w.app.CallsPerMinute()
	if p.Form.Expires == "" {
		p.Form.Expires = views.UsualExpiry()
	}
	p.Keys = w.keyLines(keys.Items)
	c := w.chrome(r, "Your account", views.SectionAccount)
	if p.Secret != "" {
		rw.Header().Set("Cache-Control", "no-store")
	}
	return w.render(rw, r, status, views.Account(c, p))
}

// words gives scopes or roles as plain strings.
func words[S ~string](in []S) []string {
	out := make([]string, 0, len(in))
	for _, s := range in {
		out = append(out, string(s))
	}
	return out
}

// changePassword sets the viewer's password. It ends their sessions; this one
// goes on as a new one.
func (w *Web) changePassword(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	u, err := w.app.ChangePassword(r.Context(), w.actor(r.Context()), r.PostForm.Get("old"), r.PostForm.Get("new"))
	if problems, ok := formProblems(err); ok {
		return w.showAccount(rw, r, http.StatusUnprocessableEntity, views.AccountPage{Password: problems})
	}
	if err != nil {
		return err
	}
	if err := w.begin(r, u); err != nil {
		return err
	}
	return w.done(rw, r, "/account", "The password was changed. Other sessions have ended.")
}
