package web

import (
	"net/http"
	"strconv"

	"corroborate/internal/app"
	"corroborate/web/views"
)

// sessionLines gives sessions as pages list them, and how many there are besides.
func sessionLines(s app.Sessions) (lines []views.SessionLine, more int) {
	for _, i := range s.Items {
		lines = append(lines, views.SessionLine{ID: i.ID, This: i.This, Browser: i.Browser, Address: i.Address, Began: timeOf(i.BeganAt), Used: timeOf(i.UsedAt)})
	}
	return lines, s.More
}

// endOwnSessions ends sessions of the viewer: those that are chosen, or all but this one,
// which goes on as a new one.
func (w *Web) endOwnSessions(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	who, chosen := w.actor(r.Context()), r.PostForm["session"]
	var u app.User
	var n int
	var err error
	others := r.PostForm.Has("others")
	if others {
		u, err = w.app.EndOtherSessions(r.Context(), who, r.PostForm.Get("password"))
	} else {
		n, err = w.app.EndOwnSessions(r.Context(), who, r.PostForm.Get("password"), chosen)
	}
	if problems, ok := formProblems(err); ok {
		form := views.SessionsForm{Errors: problems, Chosen: map[string]bool{}}
		for _, id := range chosen {
			form.Chosen[id] = true
		}
		return w.showAccount(rw, r, http.StatusUnprocessableEntity, views.AccountPage{Sessions: form})
	}
	if err != nil {
		return err
	}
	if others {
		if err := w.begin(r, u); err != nil {
			return err
		}
		return w.done(rw, r, "/account", "You are signed out everywhere else.")
	}
	return w.done(rw, r, "/account", ended(n))
}

// ended says how many sessions were ended.
func ended(n int) string {
	switch n {
	case 0:
		return "That session had ended already."
	case 1:
		return "The session has ended."
	}
	return strconv.Itoa(n) + " sessions have ended."
}

// endSessionsOf ends the sessions of another person.
func (w *Web) endSessionsOf(rw http.ResponseWriter, r *http.Request) error {
	u, err := w.app.EndSessionsOf(r.Context(), w.actor(r.Context()), id(r), 0)
	if err != nil {
		return err
	}
	return w.done(rw, r, userAddress(u), u.Name+" is signed out everywhere.")
}

// endEverybody ends the sessions of all people but this one, which goes on as a new one.
func (w *Web) endEverybody(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	u, err := w.app.EndEverybody(r.Context(), w.actor(r.Context()), r.PostForm.Get("password"))
	if problems, ok := formProblems(err); ok {
		return w.showUsers(rw, r, http.StatusUnprocessableEntity, views.UsersPage{Form: emptyInvitation(), Everybody: problems})
	}
	if err != nil {
		return err
	}
	if err := w.begin(r, u); err != nil {
		return err
	}
	return w.done(rw, r, "/admin/users", "Everybody else is signed out.")
}
