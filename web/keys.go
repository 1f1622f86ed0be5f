package web

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/web/views"
	"corroborate/web/views/ui"
)

func (w *Web) keyLines(keys []app.APIKey) []views.KeyLine {
	var out []views.KeyLine
	for _, k := range keys {
		out = append(out, views.KeyLine{ID: k.ID, Name: k.Name, Scopes: words(k.Scopes), Owner: k.Owner, OwnerID: k.UserID,
			Closed: k.OwnerClosedAt != nil, Configured: k.Configured, State: string(w.app.StateOf(k)), Created: k.CreatedAt,
			Expires: k.ExpiresAt, LastUsed: k.LastUsedAt, Revoked: k.RevokedAt, Calls: k.CallsPerMinute})
	}
	return out
}

// createKey makes an API key and shows its secret, this once.
func (w *Web) createKey(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	form := views.KeyForm{Name: r.PostForm.Get("name"), Expires: r.PostForm.Get("expires"), Calls: r.PostForm.Get("calls"), Scopes: map[string]bool{}}
	in := app.KeyInput{Name: form.Name}
	for _, s := range r.PostForm["scopes"] {
		in.Scopes, form.Scopes[s] = append(in.Scopes, auth.Scope(s)), true
	}
	again := func(e views.Errors) error {
		form.Errors = e
		return w.showAccount(rw, r, http.StatusUnprocessableEntity, views.AccountPage{Form: form})
	}
	var problems map[string]string
	if in, problems = keyNumbers(in, form, time.Now()); problems != nil {
		return again(views.Errors{Fields: problems})
	}
	_, secret, err := w.app.CreateKey(r.Context(), w.actor(r.Context()), in)
	if problems, ok := formProblems(err); ok {
		return again(problems)
	}
	if err != nil {
		return err
	}
	return w.showAccount(rw, r, http.StatusCreated, views.AccountPage{Secret: secret})
}

// keyNumbers reads when a key ends and how many calls it may make, or says what is
// wrong by field.
func keyNumbers(in app.KeyInput, f views.KeyForm, now time.Time) (app.KeyInput, map[string]string) {
	problems := map[string]string{}
	if !slices.ContainsFunc(views.ExpiryChoices(), func(c ui.Choice) bool { return c.Value == f.Expires }) {
		problems["expires_at"] = "is none of the choices"
	} else if days, err := strconv.Atoi(f.Expires); err == nil {
		in.ExpiresAt = new(now.AddDate(0, 0, days))
	}
	if f.Calls != "" {
		var err error
		if in.CallsPerMinute, err = strconv.Atoi(f.Calls); err != nil || in.CallsPerMinute < 1 {
			problems["calls_per_minute"] = "is no number from 1"
		}
	}
	if len(problems) == 0 {
		return in, nil
	}
	return in, problems
}

// revokeKey ends one of the viewer's keys.
func (w *Web) revokeKey(rw http.ResponseWriter, r *http.Request) error {
	err := w.app.RevokeKey(r.Context(), w.actor(r.Context()), id(r))
	if err != nil && claims.KindOf(err) != claims.Conflict { // revoked before is revoked, too
		return err
	}
	return w.done(rw, r, "/account", "The key was revoked.")
}

// keysOfAll lists the keys of all people.
func (w *Web) keysOfAll(rw http.ResponseWriter, r *http.Request) error {
	who, q := w.actor(r.Context()), r.URL.Query()
	f := app.KeyFilter{Owner: q.Get("person"), State: app.KeyState(q.Get("state")), Page: app.Page{Cursor: q.Get("cursor")}}
	list, err := w.app.AllKeys(r.Context(), who, f)
	if err != nil {
		return err
	}
	people, err := w.app.People(r.Context(), who)
	if err != nil {
		return err
	}
	p := views.APIKeysPage{Keys: w.keyLines(list.Items), Next: list.NextCursor, First: f.Cursor == "", State: string(f.State), Person: f.Owner,
		Days: int(app.KeyEndsSoon.Hours() / 24), People: []ui.Choice{{Label: "everybody's"}}}
	for _, u := range people {
		p.People = append(p.People, ui.Choice{Value: u.ID, Label: u.Name})
	}
	for _, k := range p.Keys {
		if k.State == string(app.KeyEnding) {
			p.Ending++
		}
	}
	return w.render(rw, r, http.StatusOK, views.APIKeys(w.chrome(r, "API keys", views.SectionUsers), p))
}

// revokeAnyKey ends a key of anybody.
func (w *Web) revokeAnyKey(rw http.ResponseWriter, r *http.Request) error {
	who := w.actor(r.Context())
	key, err := w.app.Key(r.Context(), who, id(r))
	if err != nil {
		return err
	}
	if err := w.app.RevokeKey(r.Context(), who, key.ID); err != nil && claims.KindOf(err) != claims.Conflict {
		return err
	}
	return w.done(rw, r, "/admin/keys", "The key “"+key.Name+"” of "+key.Owner+" was revoked.")
}
