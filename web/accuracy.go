package web

import (
	"net/http"
	"strings"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

// accuracy tells how good the machine is.
func (w *Web) accuracy(rw http.ResponseWriter, r *http.Request) error {
	who := w.actor(r.Context())
	a, err := w.app.Accuracy(r.Context(), who, r.URL.Query().Get("engine"))
	if err != nil {
		return err
	}
	p := views.AccuracyPage{Engine: a.Engine, Present: a.Present, CountedAt: a.CountedAt, Least: app.LeastJudged,
		CanJudge: a.Present && who.Can(app.ReviewFindings), Gone: a.Gone, Changed: a.Changed, Binned: a.Binned, Engines: a.Engines,
		AllKinds:    precisionLine("all kinds", a.AllKinds),
		AllVerdicts: precisionLine("all verdicts", a.AllVerdicts),
		Alignment:   precisionLine("about one fact", a.Alignment),
		Cleared:     precisionLine("cleared", a.Cleared)}
	for _, s := range a.Kinds {
		p.Kinds = append(p.Kinds, precisionLine(string(s.Stratum), s.Precision))
	}
	for _, s := range a.Verdicts {
		p.Verdicts = append(p.Verdicts, precisionLine(string(s.Stratum), s.Precision))
	}
	for _, c := range a.Chosen {
		p.Chosen = append(p.Chosen, views.ChosenLine{Name: string(c.Stratum), Confirmed: c.Confirmed, Rejected: c.Rejected})
	}
	return w.render(rw, r, http.StatusOK, views.Accuracy(w.chrome(r, "How good the machine is", views.SectionAccuracy), p))
}

func precisionLine(name string, p app.Precision) views.PrecisionLine {
	out := views.PrecisionLine{Name: name, Size: p.Size, Drawn: p.Drawn, Judged: p.Judged, Right: p.Right,
		Unclear: p.Unclear, Passed: p.Passed, Dropped: p.Dropped}
	if p.Share != nil {
		out.Known, out.Share, out.Low, out.High, out.Covered = true, p.Share.Estimate, p.Share.Low, p.Share.High, p.Share.Covered
	}
	return out
}

// nextSample asks about the next statement of the machine.
func (w *Web) nextSample(rw http.ResponseWriter, r *http.Request) error {
	item, err := w.app.NextSample(r.Context(), w.actor(r.Context()))
	if err != nil {
		return err
	}
	if item == nil {
		return w.render(rw, r, http.StatusOK, views.NoSample(w.chrome(r, "Nothing to judge", views.SectionAccuracy)))
	}
	return w.showSample(rw, r, http.StatusOK, *item, views.JudgementForm{})
}

// sample asks about one statement by its id.
func (w *Web) sample(rw http.ResponseWriter, r *http.Request) error {
	item, err := w.app.Sample(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.showSample(rw, r, http.StatusOK, item, views.JudgementForm{})
}

func (w *Web) showSample(rw http.ResponseWriter, r *http.Request, status int, item app.SampleItem, form views.JudgementForm) error {
	in := views.SampleInput{ID: item.ID, Stratum: string(item.Stratum), StoryID: item.StoryID, StoryTitle: item.StoryTitle,
		Differences: item.Differences, Reason: item.Reason, Kind: item.Kind, IsVerdict: app.IsVerdict(item.Stratum),
		Wrong: app.WrongOptions(item.Stratum), Pass: app.PassReasons(), Form: form}
	for _, m := range item.Members {
		in.Members = append(in.Members, memberOf(m))
	}
	for _, m := range item.Nearest {
		in.Nearest = append(in.Nearest, memberOf(m))
	}
	if item.Last != nil {
		in.Last = &views.LastJudgement{ID: item.Last.SampleID, Stratum: string(item.Last.Stratum), Answer: string(item.Last.Answer), Really: item.Last.Really}
	}
	return w.render(rw, r, status, views.Sample(w.chrome(r, "Is the machine right?", views.SectionAccuracy), views.NewSamplePage(in)))
}

// judgeSample stores what a person says, and goes on to the next.
func (w *Web) judgeSample(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	j := judgement(r)
	err := w.app.JudgeSample(r.Context(), w.actor(r.Context()), id(r), j)
	switch {
	case claims.KindOf(err) == claims.Conflict:
		return w.done(rw, r, "/accuracy/next", "That one was answered or changed meanwhile, so your answer was not needed. Here is the next.")
	case claims.KindOf(err) == claims.Invalid:
		problems, _ := formProblems(err)
		item, missing := w.app.Sample(r.Context(), w.actor(r.Context()), id(r))
		if missing != nil {
			return missing
		}
		return w.showSample(rw, r, http.StatusUnprocessableEntity, item, views.JudgementForm{Note: j.Note, Kind: r.PostForm.Get("kind"), Errors: problems})
	case err != nil:
		return err
	}
	return w.done(rw, r, "/accuracy/next", "")
}

// judgement reads the form. The button that was pressed says the answer and, behind a
// colon, what the statement is instead; "kind" there stands for the chosen kind.
func judgement(r *http.Request) app.Judgement {
	answer, really, _ := strings.Cut(r.PostForm.Get("answer"), ":")
	if really == "kind" {
		really = r.PostForm.Get("kind")
	}
	return app.Judgement{Answer: app.SampleAnswer(answer), Really: really, Note: formText(r, "note")}
}

// takeBackJudgement takes the last answer back and asks again.
func (w *Web) takeBackJudgement(rw http.ResponseWriter, r *http.Request) error {
	if err := w.app.TakeBackJudgement(r.Context(), w.actor(r.Context()), id(r)); err != nil {
		return err
	}
	return w.done(rw, r, "/accuracy/items/"+id(r), "Your answer was taken back. Answer anew.")
}
