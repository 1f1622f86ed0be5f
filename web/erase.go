package web

import (
	"net/http"

	"corroborate/internal/app"
	"corroborate/web/views"
)

// eraseForm asks whether something in the bin is to go for good.
func (w *Web) eraseForm(rw http.ResponseWriter, r *http.Request) error {
	return w.showErase(rw, r, http.StatusOK, views.Errors{})
}

func (w *Web) showErase(rw http.ResponseWriter, r *http.Request, status int, problems views.Errors) error {
	d, err := w.app.Doomed(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	p := erasePage(d)
	p.Errors = problems
	return w.render(rw, r, status, views.Erase(w.chrome(r, p.Heading, views.SectionBin), p))
}

// erasePage says what goes with something in the bin.
func erasePage(d app.Doomed) views.ErasePage {
	what := string(d.Kind)
	p := views.ErasePage{
		Heading: "Erase this " + what + " for good?", Subject: binHeading(d.Binned), Crumb: "Bin", CrumbAt: "/bin",
		Goes: []views.Amount{{Count: d.Erasure.Articles, One: "article", Many: "articles"},
			{Count: d.Erasure.Revisions, One: "text as it was received", Many: "texts as they were received"},
			{Count: d.Erasure.Claims, One: "claim", Many: "claims"},
			{Count: d.Erasure.Reviews, One: "review", Many: "reviews"}},
		Notes: []string{"What findings, webhooks, the history and the search hold in its words goes too. What people wrote in their own words on passages of others stays."},
		Words: views.TypedWords(binHeading(d.Binned)), What: "the first words",
		Action: "/bin/" + d.Binned.ID + "/erase", Button: "Erase the " + what + " for good", Back: "/bin",
	}
	if d.Kind == app.SourceObject {
		p.Notes = append(p.Notes, "It goes in the background and waits for stories that are still compared. The source itself goes when no article of it is left.")
	}
	if d.Source != "" {
		p.Facts = append(p.Facts, "An article of "+d.Source)
	}
	return p
}

// binHeading names something in the bin.
func binHeading(b app.Binned) string { return binLine(b, b.DeletedAt).Heading() }

// erase removes something in the bin for good.
func (w *Web) erase(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	d, err := w.app.Doomed(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	if problems := unconfirmed(r, views.TypedWords(binHeading(d.Binned))); problems.Any() {
		return w.showErase(rw, r, http.StatusUnprocessableEntity, problems)
	}
	err = w.app.EraseFromBin(r.Context(), w.actor(r.Context()), d.Binned.ID)
	if problems, ok := formProblems(err); ok {
		return w.showErase(rw, r, http.StatusUnprocessableEntity, problems)
	}
	if err != nil {
		return err
	}
	if d.Kind == app.SourceObject {
		return w.done(rw, r, "/bin", "The source is being erased for good, with its articles.")
	}
	return w.done(rw, r, "/bin", "The "+string(d.Kind)+" is erased for good.")
}

// unconfirmed says that a form does not hold the words that had to be typed.
func unconfirmed(r *http.Request, words string) views.Errors {
	if views.Typed(words, r.PostForm.Get("confirm")) {
		return views.Errors{}
	}
	return views.Errors{Form: "Nothing was erased: the words do not match.", Fields: map[string]string{"confirm": "does not match: type " + words}}
}
