package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

// assignForm reads the form that gives a finding to somebody.
func assignForm(r *http.Request) views.AssignForm {
	return views.AssignForm{To: r.PostForm.Get("assignee"), Due: r.PostForm.Get("due"), Note: r.PostForm.Get("assignment_note")}
}

// askForm reads the form that asks for blind reviews.
func askForm(r *http.Request) views.AskForm {
	return views.AskForm{Count: r.PostForm.Get("count"), Note: r.PostForm.Get("blind_note"), Chosen: r.PostForm["reviewers"]}
}

func blindViews(all []app.BlindReview, who app.Actor) []views.BlindView {
	var out []views.BlindView
	for _, b := range all {
		out = append(out, blindView(b, who))
	}
	return out
}

func blindView(b app.BlindReview, who app.Actor) views.BlindView {
	out := views.BlindView{ID: b.ID, FindingID: b.FindingID, StoryID: b.StoryID, StoryTitle: b.StoryTitle, Summary: b.Summary,
		AskedBy: b.AskedBy, Note: b.Note, Asked: b.CreatedAt, Ended: b.RevealedAt, CalledOff: b.CalledOff, Gone: b.Gone, Uneven: b.Uneven,
		Changed: b.Changed, Unanimous: b.Unanimous, Settled: b.SettledBy != "", Machine: string(b.MachineVerdict), MachineKinds: b.MachineKinds}
	mine := false
	for _, a := range b.Answers {
		out.Answers = append(out.Answers, views.AnswerView{Person: a.User, At: a.AnsweredAt, Verdict: a.Verdict, Kinds: a.Kinds, Note: a.Note})
		mine = mine || a.UserID == who.UserID
	}
	out.CanSettle = who.Can(app.WriteArticles) && !mine && b.RevealedAt != nil && !b.CalledOff && !b.Unanimous && !out.Settled
	return out
}

// blindPage is what the page of a veiled finding is made from.
type blindPage struct {
	status int
	detail app.FindingDetail
	// form is the answer as it was filled in, nil to show what is stored.
	form *views.BlindForm
}

// showBlind shows a veiled finding: its passages and nothing of what is made of them.
func (w *Web) showBlind(rw http.ResponseWriter, r *http.Request, in blindPage) error {
	who := w.actor(r.Context())
	known, err := w.app.FindingDesk(r.Context(), who, in.detail.ID)
	if err != nil {
		return err
	}
	p := views.BlindPage{StoryID: in.detail.StoryID, StoryTitle: in.detail.StoryTitle, ID: in.detail.ID, Summary: in.detail.Summary,
		Assigned: assignedView(known.Assignment, who)}
	for _, m := range in.detail.Members {
		p.Passages = append(p.Passages, views.BlindPassage{ArticleID: m.ArticleID, ArticleTitle: m.ArticleTitle, ClaimID: m.ID,
			Source: m.Source, Published: m.Published, Before: m.Before, Exact: m.Exact, After: m.After})
	}
	for _, b := range known.Open {
		for _, a := range b.Answers {
			if a.UserID != who.UserID {
				continue
			}
			asked := blindView(b, who)
			p.Asked = &asked
			if a.AnsweredAt != nil {
				p.Own = &views.AnswerView{At: a.AnsweredAt, Verdict: a.Verdict, Kinds: a.Kinds, Note: a.Note}
				p.OwnStale = a.Changed
			}
		}
	}
	if in.form != nil {
		p.Form = *in.form
	} else if p.Own != nil {
		p.Form = views.BlindForm{Verdict: p.Own.Verdict, Note: p.Own.Note, Kinds: kindSet(p.Own.Kinds)}
	}
	return w.render(rw, r, in.status, views.Blind(w.chrome(r, p.Summary, views.SectionStories), p))
}

func kindSet(kinds []claims.Kind) map[string]bool {
	out := map[string]bool{}
	for _, k := range kinds {
		out[string(k)] = true
	}
	return out
}

// answerBlind stores the viewer's answer in a blind review.
func (w *Web) answerBlind(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	who := w.actor(r.Context())
	in := app.BlindAnswer{Verdict: r.PostForm.Get("verdict"), Note: formText(r, "note")}
	for _, k := range r.PostForm["kinds"] {
		in.Kinds = append(in.Kinds, claims.Kind(k))
	}
	revealed, err := w.app.AnswerBlind(r.Context(), who, id(r), in)
	if problems, ok := formProblems(err); ok {
		detail, err := w.app.Finding(r.Context(), who, id(r))
		if err != nil {
			return err
		}
		if !detail.Veiled { // it has ended meanwhile
			return w.done(rw, r, "/findings/"+detail.ID, problems.Form)
		}
		form := views.BlindForm{Verdict: in.Verdict, Kinds: kindSet(in.Kinds), Note: in.Note, Errors: problems}
		return w.showBlind(rw, r, blindPage{status: http.StatusUnprocessableEntity, detail: detail, form: &form})
	}
	if err != nil {
		return err
	}
	if revealed {
		return w.done(rw, r, "/findings/"+url.PathEscape(id(r))+"#blind", "Your answer was saved. All have answered: here is what they say.")
	}
	return w.nextBlind(rw, r)
}

// nextBlind goes to the next finding that waits for the viewer's blind answer.
func (w *Web) nextBlind(rw http.ResponseWriter, r *http.Request) error {
	left, err := w.app.DeskOf(r.Context(), w.actor(r.Context()), app.DeskFilter{List: "blind", Page: app.Page{Limit: 1}})
	if err != nil {
		return err
	}
	const saved = "Your answer was saved. It stays closed until all have answered."
	if len(left.Items) == 0 {
		return w.done(rw, r, "/review", saved)
	}
	return w.done(rw, r, "/findings/"+left.Items[0].FindingID, saved+" Here is the next.")
}

// askBlind asks for blind reviews of a finding.
func (w *Web) askBlind(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	form := askForm(r)
	_, err := w.app.AskBlind(r.Context(), w.actor(r.Context()), app.BlindInput{FindingID: id(r), Reviewers: form.Chosen, Note: form.Note})
	if problems, ok := formProblems(err); ok {
		form.Errors = problems
		return w.showFinding(rw, r, http.StatusUnprocessableEntity, views.ReviewForm{Ask: form})
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, "/findings/"+id(r), "They were asked. Until all have answered they see the passages only.")
}

// sampleForm is the form that asks for blind reviews of a sample of a story.
func (w *Web) sampleForm(rw http.ResponseWriter, r *http.Request) error {
	return w.showSampleForm(rw, r, http.StatusOK, views.AskForm{Count: "20"})
}

func (w *Web) showSampleForm(rw http.ResponseWriter, r *http.Request, status int, form views.AskForm) error {
	who := w.actor(r.Context())
	s, err := w.app.Story(r.Context(), who, id(r))
	if err != nil {
		return err
	}
	all, err := w.app.Checkers(r.Context(), who)
	if err != nil {
		return err
	}
	p := views.AskPage{StoryID: s.ID, StoryTitle: s.Title, People: people(all, form.Chosen), Form: form}
	return w.render(rw, r, status, views.AskBlind(w.chrome(r, "Ask for blind reviews", views.SectionStories), p))
}

// askSample asks for blind reviews of a sample of a story.
func (w *Web) askSample(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	form := askForm(r)
	count := 0
	if _, err := fmt.Sscan(form.Count, &count); err != nil {
		count = 0
	}
	asked, err := w.app.AskBlind(r.Context(), w.actor(r.Context()), app.BlindInput{StoryID: id(r), Count: count,
		Reviewers: form.Chosen, Note: form.Note})
	if problems, ok := formProblems(err); ok {
		form.Errors = problems
		return w.showSampleForm(rw, r, http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, "/review?show=given", fmt.Sprintf("Asked for blind reviews of %d findings.", len(asked)))
}

// callOffBlind ends a blind review without the answers that are missing.
func (w *Web) callOffBlind(rw http.ResponseWriter, r *http.Request) error {
	finding, err := w.app.CallOffBlind(r.Context(), w.actor(r.Context()), id(r))
	if problems, ok := formProblems(err); ok {
		return w.done(rw, r, "/review", problems.Form)
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, "/findings/"+finding, "The blind review was called off.")
}

// agreement says how far people agree who review blind.
func (w *Web) agreement(rw http.ResponseWriter, r *http.Request) error {
	who, q := w.actor(r.Context()), r.URL.Query()
	measured, err := w.app.Agreement(r.Context(), who)
	if err != nil {
		return err
	}
	p := views.AgreementPage{Findings: measured.Findings, LeftOut: measured.LeftOut, OnlyUnsettled: q.Get("show") == "unsettled",
		Verdict: views.KappaLine{Name: "verdict", Kappa: measured.Verdict}}
	for _, k := range measured.Kinds {
		p.Kinds = append(p.Kinds, views.KappaLine{Name: string(k.Kind), Kappa: k.Kappa, Named: k.Named})
	}
	for _, x := range measured.People {
		p.People = append(p.People, views.KappaLine{Name: x.One + " and " + x.Two, Kappa: x.Kappa})
	}
	shown, err := w.app.Blinds(r.Context(), who, app.BlindChoice{Unsettled: p.OnlyUnsettled}, app.Page{Cursor: q.Get("cursor"), Limit: 20})
	if err != nil {
		return err
	}
	p.Revealed, p.Next = blindViews(shown.Items, who), shown.NextCursor
	p.Revealed = slices.DeleteFunc(p.Revealed, func(b views.BlindView) bool { return b.FindingID == "" })
	return w.render(rw, r, http.StatusOK, views.Agreement(w.chrome(r, "How far people agree", views.SectionReview), p))
}
