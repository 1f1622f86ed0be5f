package web

import (
	"net/http"
	"strings"
	"time"

	"corroborate/internal/app"
	"corroborate/web/views"
)

// shareEndpoints make and end the cards of findings; [Web.Card] shows them.
func shareEndpoints() []endpoint {
	return []endpoint{
		{post, "/findings/{id}/shares", Editor, (*Web).createShare},
		{post, "/shares/{id}/end", Editor, (*Web).endShare},
	}
}

// shares gives the cards of a finding for its page, nil for those who cannot share it.
func (w *Web) shares(r *http.Request, findingID string) (*views.SharesView, error) {
	who := w.actor(r.Context())
	if !who.Can(app.WriteArticles) {
		return nil, nil
	}
	list, err := w.app.Shares(r.Context(), who, findingID, app.Page{})
	if err != nil {
		return nil, err
	}
	out := &views.SharesView{Framed: w.embedOrigins}
	for _, s := range list.Items {
		out.Lines = append(out.Lines, views.ShareLine{ID: s.ID, Name: s.Name, By: s.CreatedBy, Made: s.CreatedAt, Expires: s.ExpiresAt,
			LastUsed: s.LastUsedAt, Uses: s.Uses, Ended: !s.Open(time.Now())})
	}
	return out, nil
}

// createShare makes a card and shows its address, this once.
func (w *Web) createShare(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	form := views.ShareForm{Name: r.PostForm.Get("share_name"), Until: strings.TrimSpace(r.PostForm.Get("share_until"))}
	in := app.ShareInput{Name: form.Name}
	if form.Until != "" {
		day, err := time.Parse(time.DateOnly, form.Until)
		if err != nil {
			form.Errors = views.Errors{Fields: map[string]string{"expires_at": "is no day such as 2025-03-28"}}
			return w.showFinding(rw, r, http.StatusUnprocessableEntity, views.ReviewForm{Share: form})
		}
		end := day.AddDate(0, 0, 1)
		in.ExpiresAt = &end
	}
	_, token, err := w.app.CreateShare(r.Context(), w.actor(r.Context()), id(r), in)
	if problems, ok := formProblems(err); ok {
		form.Errors = problems
		return w.showFinding(rw, r, http.StatusUnprocessableEntity, views.ReviewForm{Share: form})
	}
	if err != nil {
		return err
	}
	rw.Header().Set("Cache-Control", "no-store")
	return w.showFinding(rw, r, http.StatusCreated, views.ReviewForm{Share: views.ShareForm{Address: w.address(r, CardPath(token))}})
}

// endShare ends a card.
func (w *Web) endShare(rw http.ResponseWriter, r *http.Request) error {
	s, err := w.app.EndShare(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.done(rw, r, "/findings/"+s.FindingID+"#cards", "The card has ended. Browsers may show it for a minute more.")
}
