package web

import (
	"io"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/server/download"
	"corroborate/web/views"
)

// userDeleteForm asks whether an account is to be deleted for good.
func (w *Web) userDeleteForm(rw http.ResponseWriter, r *http.Request) error {
	return w.showUserDelete(rw, r, http.StatusOK, views.Errors{})
}

func (w *Web) showUserDelete(rw http.ResponseWriter, r *http.Request, status int, problems views.Errors) error {
	who := w.actor(r.Context())
	e, err := w.app.PersonErasure(r.Context(), who, id(r))
	if err != nil {
		return err
	}
	if e.ForgottenAt != nil || e.ID == who.UserID {
		http.Redirect(rw, r, userAddress(e.User), http.StatusSeeOther)
		return nil
	}
	p := userErasePage(e)
	p.Errors = problems
	return w.render(rw, r, status, views.Erase(w.chrome(r, p.Heading, views.SectionUsers), p))
}

// userErasePage says what goes and what stays with an account.
func userErasePage(e app.PersonErasure) views.ErasePage {
	return views.ErasePage{
		Heading: "Delete this account for good?", Subject: e.Name, Facts: []string{e.Email}, Crumb: "People", CrumbAt: "/admin/users",
		Goes: []views.Amount{{Count: 1, One: "account, with name, e-mail address and password"}, {Count: e.Sessions, One: "session", Many: "sessions"},
			{Count: e.Keys, One: "API key", Many: "API keys"}, {Count: e.Searches, One: "saved search", Many: "saved searches"},
			{Count: e.Webhooks, One: "webhook with its deliveries", Many: "webhooks with their deliveries"},
			{Count: e.Assigned, Most: app.MostCounted, One: "assignment: the finding is handed back", Many: "assignments: the findings are handed back"},
			{Count: e.Asked, Most: app.MostCounted, One: "place in a blind review that waits for an answer", Many: "places in blind reviews that wait for an answer"}},
		Stays: []views.Amount{{Count: e.Reviews, Most: app.MostCounted, One: "review", Many: "reviews"}, {Count: e.Judgements, Most: app.MostCounted, One: "judgement of the sample", Many: "judgements of the sample"},
			{Count: e.Edits, Most: app.MostCounted, One: "edit of claims", Many: "edits of claims"}, {Count: e.Entries, Most: app.MostCounted, One: "entry of the history", Many: "entries of the history"}},
		Notes: []string{"What stays is shown under a pseudonym such as “Former member 3”. The name and the address are taken out of the history and of notes; " +
			"a name of one word stays where others wrote it in a note.",
			"To lock somebody out for a while, close the account instead. To hand the person what is held on them, export it first: it is gone afterwards."},
		Words: e.Email, What: "the e-mail address", Action: userAddress(e.User) + "/delete", Button: "Delete the account for good",
		Back: userAddress(e.User), Version: e.Version,
	}
}

// deleteUser deletes an account for good.
func (w *Web) deleteUser(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	who := w.actor(r.Context())
	e, err := w.app.PersonErasure(r.Context(), who, id(r))
	if err != nil {
		return err
	}
	if problems := unconfirmed(r, e.Email); e.ForgottenAt == nil && problems.Any() {
		return w.showUserDelete(rw, r, http.StatusUnprocessableEntity, problems)
	}
	gone, err := w.app.ForgetUser(r.Context(), who, e.ID, formVersion(r))
	if err != nil {
		return err
	}
	return w.done(rw, r, userAddress(gone.User), "The account is deleted. What others wrote is gone through now; what stays is shown as "+gone.Name+".")
}

// exportUser sends what is held on a person.
func (w *Web) exportUser(rw http.ResponseWriter, r *http.Request) error {
	return w.sendExport(rw, r, id(r))
}

// exportOwn sends what is held on the viewer.
func (w *Web) exportOwn(rw http.ResponseWriter, r *http.Request) error {
	return w.sendExport(rw, r, w.actor(r.Context()).UserID)
}

func (w *Web) sendExport(rw http.ResponseWriter, r *http.Request, person string) error {
	e, err := w.app.ExportPerson(r.Context(), w.actor(r.Context()), person)
	if err != nil {
		return err
	}
	download.JSON(rw, w.log, "person-"+e.User.ID+".json", func(out io.Writer) error { return e.Write(r.Context(), out) })
	return nil
}
