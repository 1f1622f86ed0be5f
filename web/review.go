package web

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/store"
	"corroborate/web/views"
)

// desk gives what a finding's page offers to those who review it, and notes that the
// viewer has seen the finding. form is the review as it was filled in.
func (w *Web) desk(r *http.Request, f app.Finding, form views.ReviewForm) (views.Desk, error) {
	who := w.actor(r.Context())
	if !who.Can(app.ReviewFindings) {
		return views.Desk{}, nil
	}
	known, err := w.app.FindingDesk(r.Context(), who, f.ID)
	if err != nil {
		return views.Desk{}, err
	}
	out := views.Desk{Edition: f.Edition, From: r.FormValue("from"), Assigned: assignedView(known.Assignment, who),
		People: people(known.People, form.Ask.Chosen), Assign: form.Assign, Ask: form.Ask}
	for _, b := range known.Open {
		out.Open = append(out.Open, blindView(b, who))
	}
	for _, b := range known.Ended {
		out.Ended = append(out.Ended, blindView(b, who))
	}
	if edition := formEdition(r); edition > 0 && edition < f.Edition && form.Errors.Any() {
		events, err := w.app.ChangesSince(r.Context(), who, f.ID, edition)
		if err != nil {
			return out, err
		}
		out.Changes = eventWords(events)
	}
	return out, w.app.Saw(r.Context(), who, f)
}

// formEdition is the finding's edition that a form was made for, 0 for any.
func formEdition(r *http.Request) int {
	n, err := strconv.Atoi(r.PostForm.Get("edition"))
	if err != nil {
		return 0
	}
	return max(n, 0)
}

// eventWords says what happened to a finding, one thing a line.
func eventWords(events []store.FindingEvent) []string {
	var out []string
	for _, e := range events {
		if words := eventLine(e); !slices.Contains(out, words) {
			out = append(out, words)
		}
	}
	return out
}

func eventLine(e store.FindingEvent) string {
	switch e.What {
	case "verdict":
		return "verdict: " + e.Was + " → " + e.NowIs
	case "sources":
		return "sources: " + e.Was + " → " + e.NowIs
	case "stale":
		return "a passage that was reviewed has changed"
	case "withdrawal":
		return e.Actor + " withdrew a review"
	}
	switch e.NowIs {
	case "note":
		return e.Actor + " wrote a note"
	case "blind":
		return "a blind review was revealed"
	}
	return e.Actor + ": " + e.NowIs
}

func assignedView(a *app.Assignment, who app.Actor) *views.AssignedView {
	if a == nil {
		return nil
	}
	return &views.AssignedView{To: a.User, By: a.AssignedBy, Due: dayOf(a.DueOn), Note: a.Note, Mine: a.UserID == who.UserID}
}

// dayOf writes a day, empty for none.
func dayOf(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.Format(time.DateOnly)
}

// people lists people to choose; those whose ids are among chosen are.
func people(all []app.User, chosen []string) []views.PersonChoice {
	var out []views.PersonChoice
	for _, u := range all {
		out = append(out, views.PersonChoice{ID: u.ID, Name: u.Name, Chosen: slices.Contains(chosen, u.ID)})
	}
	return out
}

// ownReviews marks the viewer's own among the reviews of a page, which are in the
// order of all.
func ownReviews(shown []views.ReviewView, all []app.Review, who app.Actor) {
	for i := range shown {
		shown[i].Mine = all[i].AuthorID == who.UserID && who.SignedIn()
	}
}

func reviewOf(r app.Review) views.ReviewView {
	out := views.ReviewView{ID: r.ID, Author: r.Author, At: r.CreatedAt, Verdict: r.Verdict, Alignment: string(r.Alignment),
		Note: r.Note, Stale: r.Stale, Outcome: string(r.Outcome), Withdrawn: r.WithdrawnAt, Blind: r.BlindID != "", Kinds: r.Kinds,
		Counts: r.Counts, Adjudicates: r.Adjudicates != ""}
	judged := app.JudgementOf(r)
	out.Confirmed, out.Rejected = judged.Confirmed, judged.Rejected
	return out
}

// addReview stores a person's decision on a finding: the form's, or a quick one.
func (w *Web) addReview(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	who := w.actor(r.Context())
	// The decision moves the finding in its story's order, so what comes next is asked
	// for before.
	next, err := w.nextAddress(r)
	if err != nil {
		return err
	}
	if quick := r.PostForm.Get("quick"); quick != "" {
		return w.quickReview(rw, r, quick, next)
	}
	form := reviewForm(r)
	review, err := w.app.AddReview(r.Context(), who, id(r), reviewInput(form, formEdition(r)))
	if problems, ok := reviewProblems(err); ok {
		form.Errors = problems
		return w.showFinding(rw, r, http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return w.doneWithUndo(rw, r, next, undoable{notice: "Your review was saved.", action: review.ActionID})
}

// quickReview confirms or rejects a finding as a whole.
func (w *Web) quickReview(rw http.ResponseWriter, r *http.Request, decision, next string) error {
	act, err := w.app.DecideOn(r.Context(), w.actor(r.Context()), app.DecisionOnMany{FindingIDs: []string{id(r)},
		Decision: app.Decision(decision), Edition: formEdition(r)})
	if problems, ok := reviewProblems(err); ok {
		return w.showFinding(rw, r, http.StatusUnprocessableEntity, views.ReviewForm{Errors: problems})
	}
	if err != nil {
		return err
	}
	notice := map[string]string{"confirmed": "Confirmed.", "rejected": "Rejected: not one fact."}[decision]
	if next == "" || !strings.HasPrefix(next, "/findings/") {
		notice += " No open finding is left."
	}
	return w.doneWithUndo(rw, r, next, undoable{notice: notice, action: act.ID})
}

// reviewProblems is formProblems for a form that says which edition it is on: that
// the finding has changed is told in the form, too.
func reviewProblems(err error) (views.Errors, bool) {
	if claims.KindOf(err) == claims.Stale {
		return views.Errors{Form: sentence(err.Error())}, true
	}
	return formProblems(err)
}

// nextAddress is where to go after a decision: to the next open finding where the form
// asks for that, to its story where none is left, else back to the finding.
func (w *Web) nextAddress(r *http.Request) (string, error) {
	asks := slices.Contains(r.PostForm["next"], "1")
	if !asks {
		return "/findings/" + url.PathEscape(id(r)), nil
	}
	who, mine := w.actor(r.Context()), r.PostForm.Get("from") == "review"
	next, err := w.app.NextOpen(r.Context(), who, id(r), mine)
	switch {
	case err != nil:
		return "", err
	case next != "" && mine:
		return "/findings/" + next + "?from=review", nil
	case next != "":
		return "/findings/" + next, nil
	case mine:
		return "/review", nil
	}
	f, err := w.app.Finding(r.Context(), who, id(r))
	if err != nil {
		return "", err
	}
	return storyAddress(f.StoryID), nil
}

// sessionUndo holds the action that the next page offers to undo.
const sessionUndo = "undo"

// undoable is a notice of something that can be undone.
type undoable struct{ notice, action string }

// doneWithUndo is done for what can be undone.
func (w *Web) doneWithUndo(rw http.ResponseWriter, r *http.Request, to string, u undoable) error {
	w.sessions.Put(r.Context(), sessionUndo, u.action)
	return w.done(rw, r, to, u.notice)
}

// here is the address of the page that a request shows.
func here(r *http.Request) string {
	if r.Method != http.MethodGet {
		return ""
	}
	return r.URL.RequestURI()
}

// The names of fields that decide on one thing begin with these and end with its
// id.
const (
	differencePrefix = "difference-"
	clearedPrefix    = "cleared-"
)

// reviewForm reads the form of a review. Answers left open are left out, unless all is
// to be confirmed.
func reviewForm(r *http.Request) views.ReviewForm {
	f := views.ReviewForm{Verdict: r.PostForm.Get("verdict"), Alignment: r.PostForm.Get("alignment"),
		Note: formText(r, "note"), Differences: map[string]string{}, Cleared: map[string]string{}, Adjudicates: r.PostForm.Get("adjudicates")}
	all := r.PostForm.Get("all") == string(app.Confirmed)
	if all {
		f.Alignment = string(app.Confirmed)
	}
	for name, values := range r.PostForm {
		value := values[0]
		if all {
			value = string(app.Confirmed)
		}
		if value == "" {
			continue
		}
		if id, ok := strings.CutPrefix(name, differencePrefix); ok {
			f.Differences[id] = value
		} else if id, ok := strings.CutPrefix(name, clearedPrefix); ok {
			f.Cleared[id] = value
		}
	}
	return f
}

// reviewInput says a form's decisions in the words of the use cases, which check
// them.
func reviewInput(f views.ReviewForm, edition int) app.ReviewInput {
	in := app.ReviewInput{Alignment: app.Decision(f.Alignment), Note: f.Note, Edition: edition,
		Differences: decisions(f.Differences), Cleared: decisions(f.Cleared), Adjudicates: f.Adjudicates}
	if f.Verdict != "" {
		v := claims.Verdict(f.Verdict)
		in.Verdict = &v
	}
	return in
}

// decisions lists decisions by id, in the order of the ids. A key may join several
// ids with dots.
func decisions(by map[string]string) []app.ItemDecision {
	var out []app.ItemDecision
	for _, key := range slices.Sorted(maps.Keys(by)) {
		for _, id := range strings.Split(key, ".") {
			out = append(out, app.ItemDecision{ID: id, Decision: app.Decision(by[key])})
		}
	}
	return out
}

// withdrawReview takes back one of the viewer's reviews.
func (w *Web) withdrawReview(rw http.ResponseWriter, r *http.Request) error {
	finding, err := w.app.WithdrawReview(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.done(rw, r, "/findings/"+finding, "Your review was withdrawn. It stays in the history.")
}

// undo takes back what the viewer did last, or the action that the form names.
func (w *Web) undo(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	act, err := w.app.Undo(r.Context(), w.actor(r.Context()), r.PostForm.Get("action"))
	back := localAddress(r.PostForm.Get("back"))
	if problems, ok := formProblems(err); ok {
		return w.done(rw, r, back, problems.Form)
	}
	if claims.KindOf(err) == claims.NotFound {
		return w.done(rw, r, back, "There is nothing of yours to undo.")
	}
	if err != nil {
		return err
	}
	what := map[store.ActionKind]string{store.ActReview: "review", store.ActAssign: "assignment", store.ActSeen: "mark"}[act.Kind]
	notice := "Undone: one " + what + "."
	if act.Findings > 1 {
		notice = fmt.Sprintf("Undone: %d %ss.", act.Findings, what)
	}
	return w.done(rw, r, back, notice)
}
