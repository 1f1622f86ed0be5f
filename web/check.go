package web

import (
	"errors"
	"net/http"
	"slices"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

// checkForm shows the empty form of a draft.
func (w *Web) checkForm(rw http.ResponseWriter, r *http.Request) error {
	return w.showCheck(rw, r, http.StatusOK, views.CheckPage{StoryID: r.URL.Query().Get("story")})
}

// check shows what was found in a draft, in the answer itself: nothing of it is kept, not
// even for another page.
func (w *Web) check(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	p := views.CheckPage{Text: formText(r, "text"), Title: r.PostForm.Get("title"), Source: r.PostForm.Get("source"), StoryID: r.PostForm.Get("story_id")}
	found, err := w.app.CheckDraft(r.Context(), w.actor(r.Context()),
		app.DraftInput{Text: p.Text, Title: p.Title, Source: p.Source, StoryID: p.StoryID})
	if err != nil {
		return w.checkAgain(rw, r, p, err)
	}
	p.Result = checkResult(found)
	return w.showCheck(rw, r, http.StatusOK, p)
}

// checkAgain shows the form again as it was sent, with what was wrong with it or why it
// was not its turn: whoever wrote the draft may have it nowhere else.
func (w *Web) checkAgain(rw http.ResponseWriter, r *http.Request, p views.CheckPage, err error) error {
	known, ok := errors.AsType[*claims.Error](err)
	if !ok {
		return err
	}
	status := http.StatusUnprocessableEntity
	switch known.Kind {
	case claims.Invalid:
		p.Errors = views.Errors{Fields: known.Fields}
	case claims.TooMany:
		status = http.StatusTooManyRequests
		p.Errors.Form = sentence(known.Message) + " Send it again in a few seconds."
	case claims.Unavailable:
		status = http.StatusServiceUnavailable
		p.Errors.Form = sentence(known.Message)
	default:
		return err
	}
	tellWhen(rw, known)
	return w.showCheck(rw, r, status, p)
}

// showCheck shows the page of a draft. No browser keeps it.
func (w *Web) showCheck(rw http.ResponseWriter, r *http.Request, status int, p views.CheckPage) error {
	var err error
	if p.Stories, err = w.storyChoices(r, anyStory); err != nil {
		return err
	}
	if !slices.ContainsFunc(p.Stories, func(s views.StoryChoice) bool { return s.ID == p.StoryID }) && p.StoryID != "" {
		// An older one; what is no story is no choice.
		if s, err := w.app.Story(r.Context(), w.actor(r.Context()), p.StoryID); err == nil {
			p.Stories = append(p.Stories, views.StoryChoice{ID: s.ID, Title: s.Title})
		}
	}
	sources, err := w.app.SourceRecords(r.Context(), w.actor(r.Context()), app.RecordFilter{Page: app.Page{Limit: app.MaxLimit}})
	if err != nil {
		return err
	}
	for _, s := range sources.Items {
		p.Sources = append(p.Sources, s.Name)
	}
	rw.Header().Set("Cache-Control", "no-store")
	return w.render(rw, r, status, views.Check(w.chrome(r, "Check a draft", views.SectionCheck), p))
}

// checkResult gives a report on a draft as it is shown.
func checkResult(found app.DraftReport) *views.CheckResult {
	out := views.CheckResult{NotAnalysed: found.Text.NotAnalysed, Body: found.Text.Body, Spans: found.Text.Spans, Copied: found.Copied,
		Agreed: overlookedLines(found.Agreed), Divided: overlookedLines(found.Divided),
		MoreAgreed: found.MoreAgreed, MoreDivided: found.MoreDivided, Withheld: found.Withheld}
	for _, s := range found.Stories {
		out.Stories = append(out.Stories, views.CheckedStory{ID: s.ID, Title: s.Title, Articles: s.Articles, Read: s.Read})
	}
	for _, c := range found.Claims {
		line := views.CheckedClaim{Claim: c.Claim, Points: c.Points}
		for _, t := range c.Told {
			line.Veiled = line.Veiled || t.Finding.Veiled
		}
		out.Claims = append(out.Claims, line)
	}
	return &out
}

func overlookedLines(findings []app.Finding) []views.OverlookedLine {
	var out []views.OverlookedLine
	for _, f := range findings {
		out = append(out, views.OverlookedLine{FindingID: f.ID, Summary: f.Summary, Words: f.Overlooked(), Kinds: f.Kinds(), Reviewed: f.ReviewedVerdict != nil})
	}
	return out
}
