package web

import (
	"net/http"
	"net/url"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

// factorPath is the page of the viewer's second factor.
const factorPath = "/account/second-factor"

// errFactorDue refuses a form of somebody who has to set up a second factor first.
var errFactorDue = &claims.Error{Kind: claims.Forbidden, Message: "Your role asks for a second factor: set it up first, on the page of your account."}

// leadToFactor answers somebody who has to set up a second factor before anything
// else.
func (w *Web) leadToFactor(rw http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		w.Fail(rw, r, errFactorDue)
		return
	}
	then := url.Values{"then": {localAddress(r.URL.RequestURI())}}
	http.Redirect(rw, r, factorPath+"?"+then.Encode(), http.StatusSeeOther)
}

// secondFactor shows how the viewer's second factor stands.
func (w *Web) secondFactor(rw http.ResponseWriter, r *http.Request) error {
	return w.showFactor(rw, r, http.StatusOK, views.FactorPage{Then: localAddress(r.URL.Query().Get("then"))})
}

// showFactor completes the page, in which p has what is wrong with a form.
func (w *Web) showFactor(rw http.ResponseWriter, r *http.Request, status int, p views.FactorPage) error {
	who := w.actor(r.Context())
	f, err := w.app.SecondFactor(r.Context(), who)
	if err != nil {
		return err
	}
	p.On, p.Since, p.Recovery, p.Required, p.Role = f.On, f.Since, f.Recovery, f.Required, string(who.Role)
	if f.Secret != "" {
		private(rw)
		p.Secret, p.Address = f.Secret, f.Address
		if p.Code, err = qrCode(f.Address); err != nil {
			return err
		}
	}
	return w.render(rw, r, status, views.SecondFactor(w.chrome(r, "Second factor", views.SectionAccount), p))
}

// factorThen is the address to go on to, as the form has it.
func factorThen(r *http.Request) string { return localAddress(r.PostForm.Get("then")) }

// startFactor makes the secret of a second factor.
func (w *Web) startFactor(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	err := w.app.StartSecondFactor(r.Context(), w.actor(r.Context()), r.PostForm.Get("password"))
	if problems, ok := formProblems(err); ok {
		return w.showFactor(rw, r, http.StatusUnprocessableEntity, views.FactorPage{Start: problems, Then: factorThen(r)})
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, factorPath+"?"+url.Values{"then": {factorThen(r)}}.Encode(), "")
}

// confirmFactor turns the second factor on and shows the recovery codes, this once.
func (w *Web) confirmFactor(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	u, codes, err := w.app.ConfirmSecondFactor(r.Context(), w.actor(r.Context()), r.PostForm.Get("code"))
	if problems, ok := formProblems(err); ok {
		p := views.FactorPage{Confirm: problems, Start: problems, Then: factorThen(r)}
		return w.showFactor(rw, r, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	if err := w.begin(r, u); err != nil {
		return err
	}
	return w.showRecovery(rw, r, views.RecoveryPage{Codes: codes, First: true, Then: factorThen(r)})
}

func (w *Web) showRecovery(rw http.ResponseWriter, r *http.Request, p views.RecoveryPage) error {
	private(rw)
	return w.render(rw, r, http.StatusCreated, views.Recovery(w.chrome(r, "Recovery codes", views.SectionAccount), p))
}

// proof reads what changing a second factor takes.
func proof(r *http.Request) app.Proof {
	return app.Proof{Password: r.PostForm.Get("password"), Code: r.PostForm.Get("code")}
}

// renewCodes makes new recovery codes and shows them, this once.
func (w *Web) renewCodes(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	codes, err := w.app.RenewRecoveryCodes(r.Context(), w.actor(r.Context()), proof(r))
	if problems, ok := formProblems(err); ok {
		return w.showFactor(rw, r, http.StatusUnprocessableEntity, views.FactorPage{Change: problems, Changing: "codes"})
	}
	if err != nil {
		return err
	}
	return w.showRecovery(rw, r, views.RecoveryPage{Codes: codes, Then: factorPath})
}

// dropFactor turns the viewer's second factor off.
func (w *Web) dropFactor(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	err := w.app.DropSecondFactor(r.Context(), w.actor(r.Context()), proof(r))
	if problems, ok := formProblems(err); ok {
		return w.showFactor(rw, r, http.StatusUnprocessableEntity, views.FactorPage{Change: problems, Changing: "off"})
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, factorPath, "The second factor is off.")
}
