package web

import (
	"net/http"
	"strconv"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

// users lists the accounts and the invitations.
func (w *Web) users(rw http.ResponseWriter, r *http.Request) error {
	return w.showUsers(rw, r, http.StatusOK, views.UsersPage{Form: emptyInvitation()})
}

// emptyInvitation is the form of a new invitation before it is filled in.
func emptyInvitation() views.InvitationForm {
	return views.InvitationForm{Role: string(auth.Checker), Days: strconv.Itoa(app.InvitationDays)}
}

// showUsers completes the page, in which p has the form as it was filled in.
func (w *Web) showUsers(rw http.ResponseWriter, r *http.Request, status int, p views.UsersPage) error {
	who, cursor := w.actor(r.Context()), r.URL.Query().Get("cursor")
	list, err := w.app.Users(r.Context(), who, app.UserFilter{Page: app.Page{Cursor: cursor}})
	if err != nil {
		return err
	}
	invitations, err := w.app.Invitations(r.Context(), who, app.Page{Limit: app.MaxLimit})
	if err != nil {
		return err
	}
	p.Next, p.First, p.Form.Roles = list.NextCursor, cursor == "", words(auth.Roles())
	for _, u := range list.Items {
		p.Users = append(p.Users, userLine(u, who))
	}
	for _, i := range invitations.Items {
		p.Invitations = append(p.Invitations, views.InvitationLine{ID: i.ID, Name: i.Name, Email: i.Email, Role: string(i.Role),
			InvitedBy: i.InvitedBy, Expires: i.ExpiresAt, Expired: !i.Waits(time.Now())})
	}
	if p.Made != nil {
		private(rw)
	}
	return w.render(rw, r, status, views.Users(w.chrome(r, "People", views.SectionUsers), p))
}

func userLine(u app.User, who app.Actor) views.UserLine {
	return views.UserLine{ID: u.ID, Name: u.Name, Email: u.Email, Role: string(u.Role), LastLogin: u.LastLoginAt,
		SecondFactor: u.SecondFactor, Closed: u.DisabledAt != nil, Forgotten: u.ForgottenAt != nil, You: u.ID == who.UserID}
}

// invite makes an invitation and shows its link, this once.
func (w *Web) invite(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	get := r.PostForm.Get
	in := app.InvitationInput{Name: get("name"), Email: get("email"), Role: auth.Role(get("role"))}
	in.Days, _ = strconv.Atoi(get("days")) // what is no number takes the usual one
	inv, token, err := w.app.Invite(r.Context(), w.actor(r.Context()), in)
	if problems, ok := formProblems(err); ok {
		form := views.InvitationForm{Name: in.Name, Email: in.Email, Role: string(in.Role), Days: get("days"), Errors: problems}
		return w.showUsers(rw, r, http.StatusUnprocessableEntity, views.UsersPage{Form: form})
	}
	if err != nil {
		return err
	}
	made := views.MadeLink{For: inv.Name, What: "The invitation for", Address: w.address(r, "/invitations/"+token), Expires: inv.ExpiresAt}
	return w.showUsers(rw, r, http.StatusCreated, views.UsersPage{Form: emptyInvitation(), Made: &made})
}

// address gives the whole address of a page, for people to hand on.
func (w *Web) address(r *http.Request, path string) string {
	switch {
	case w.publicURL != "":
		return w.publicURL + path
	case r.TLS != nil:
		return "https://" + r.Host + path
	}
	return "http://" + r.Host + path
}

// revokeInvitation ends an invitation that waits.
func (w *Web) revokeInvitation(rw http.ResponseWriter, r *http.Request) error {
	err := w.app.RevokeInvitation(r.Context(), w.actor(r.Context()), id(r))
	if kind := claims.KindOf(err); kind == claims.NotFound || kind == claims.Conflict {
		return w.done(rw, r, "/admin/users", "This invitation was taken up or taken back before.")
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, "/admin/users", "The invitation was taken back: its link does not work any more.")
}

// user shows one account.
func (w *Web) user(rw http.ResponseWriter, r *http.Request) error {
	return w.showUser(rw, r, http.StatusOK, func(*views.UserPage) {})
}

// showUser shows one account; change puts a form as it was filled in, or a link that
// was made, into the page.
func (w *Web) showUser(rw http.ResponseWriter, r *http.Request, status int, change func(*views.UserPage)) error {
	who := w.actor(r.Context())
	u, err := w.app.Person(r.Context(), who, id(r))
	if err != nil {
		return err
	}
	p := views.UserPage{UserLine: userLine(u.User, who), Created: u.CreatedAt, ClosedAt: timeOf(u.DisabledAt), Keys: u.Keys,
		ResetUntil: timeOf(u.ResetUntil), Roles: words(auth.Roles())}
	if u.ForgottenAt != nil {
		e, err := w.app.PersonErasure(r.Context(), who, u.ID)
		if err != nil {
			return err
		}
		p.ForgottenAt, p.Forgetting, p.Looked = *u.ForgottenAt, e.Running, e.Looked
	}
	sessions, err := w.app.SessionsOf(r.Context(), who, u.ID)
	if err != nil {
		return err
	}
	p.Sessions, p.MoreSessions = sessionLines(sessions)
	change(&p)
	if p.Made != nil {
		private(rw)
	}
	return w.render(rw, r, status, views.User(w.chrome(r, u.Name, views.SectionUsers), p))
}

// editUser changes the name or the role of an account.
func (w *Web) editUser(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	name := r.PostForm.Get("name")
	e := app.UserEdit{Name: &name}
	if r.PostForm.Has("role") {
		role := auth.Role(r.PostForm.Get("role"))
		e.Role = &role
	}
	u, err := w.app.EditUser(r.Context(), w.actor(r.Context()), id(r), e)
	if problems, ok := formProblems(err); ok {
		return w.showUser(rw, r, http.StatusUnprocessableEntity, func(p *views.UserPage) {
			p.Errors, p.Name = problems, name
			if e.Role != nil {
				p.Role = string(*e.Role)
			}
		})
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, userAddress(u), u.Name+" is "+string(u.Role)+".")
}

func userAddress(u app.User) string { return "/admin/users/" + u.ID }

// closeUser closes an account.
func (w *Web) closeUser(rw http.ResponseWriter, r *http.Request) error {
	u, err := w.app.CloseUser(r.Context(), w.actor(r.Context()), id(r), 0)
	if err != nil {
		return err
	}
	return w.done(rw, r, userAddress(u), "The account is closed, and its sessions have ended.")
}

// reopenUser opens a closed account.
func (w *Web) reopenUser(rw http.ResponseWriter, r *http.Request) error {
	u, err := w.app.ReopenUser(r.Context(), w.actor(r.Context()), id(r), 0)
	if err != nil {
		return err
	}
	return w.done(rw, r, userAddress(u), "The account is open again.")
}

// makeReset makes a link to a new password and shows it, this once.
func (w *Web) makeReset(rw http.ResponseWriter, r *http.Request) error {
	made, token, err := w.app.MakeReset(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.showUser(rw, r, http.StatusCreated, func(p *views.UserPage) {
		p.Made = &views.MadeLink{For: made.User.Name, What: "The link to a new password for", Address: w.address(r, "/reset/"+token), Expires: made.ExpiresAt}
	})
}

// revokeReset ends the link to a new password that waits.
func (w *Web) revokeReset(rw http.ResponseWriter, r *http.Request) error {
	u, err := w.app.RevokeReset(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.done(rw, r, userAddress(u), "The link was taken back: it does not work any more.")
}

// removeSecondFactor takes the second factor off somebody's account.
func (w *Web) removeSecondFactor(rw http.ResponseWriter, r *http.Request) error {
	u, err := w.app.RemoveSecondFactor(r.Context(), w.actor(r.Context()), id(r), 0)
	if err != nil {
		return err
	}
	return w.done(rw, r, userAddress(u), "The second factor is off, and the sessions of the account have ended.")
}
