package web

import (
	"fmt"
	"net/http"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

// shownOfEach is how many findings of each list a desk shows at first.
const shownOfEach = 8

// blindsShown is how many blind reviews a desk shows.
const blindsShown = 50

// myWork shows what waits for the viewer.
func (w *Web) myWork(rw http.ResponseWriter, r *http.Request) error {
	q, who := r.URL.Query(), w.actor(r.Context())
	p := views.DeskPage{Show: q.Get("show"), Since: q.Get("since"), Day: q.Get("day"), Until: time.Now()}
	since, wrong := sinceOf(p.Since, p.Day, p.Until)
	if wrong != "" {
		p.Errors = views.Errors{Fields: map[string]string{"day": wrong}}
	}
	parts, from, err := w.app.Desk(r.Context(), who, app.DeskFilter{Since: since, Page: app.Page{Limit: shownOfEach}})
	if err != nil {
		return err
	}
	p.SinceAt = from
	for _, part := range parts {
		list := views.DeskListView{Name: string(part.List), Count: part.Count}
		if p.Show == list.Name {
			whole, err := w.app.DeskOf(r.Context(), who, app.DeskFilter{List: part.List, Since: since, Page: app.Page{Cursor: q.Get("cursor")}})
			if err != nil {
				return err
			}
			part.Items, p.Next = whole.Items, whole.NextCursor
		}
		for _, item := range part.Items {
			list.Items = append(list.Items, deskLine(item, p.Until))
		}
		p.Lists = append(p.Lists, list)
	}
	if err := w.addBlinds(r, &p); err != nil {
		return err
	}
	if p.Bulk, err = w.bulkOf(r); err != nil {
		return err
	}
	return w.render(rw, r, http.StatusOK, views.MyWork(w.chrome(r, "Review", views.SectionReview), p))
}

// addBlinds adds what editors follow.
func (w *Web) addBlinds(r *http.Request, p *views.DeskPage) error {
	who := w.actor(r.Context())
	if !who.Can(app.WriteArticles) {
		return nil
	}
	open, err := w.app.Blinds(r.Context(), who, app.BlindChoice{Open: true}, app.Page{Limit: blindsShown})
	if err != nil {
		return err
	}
	unsettled, err := w.app.Blinds(r.Context(), who, app.BlindChoice{Unsettled: true}, app.Page{Limit: blindsShown})
	p.Blinds, p.Unsettled = blindViews(open.Items, who), blindViews(unsettled.Items, who)
	return err
}

// deskLine turns a finding that waits into its line.
func deskLine(item app.DeskItem, now time.Time) views.DeskLine {
	out := views.DeskLine{ID: item.FindingID, Summary: item.Summary, StoryID: item.StoryID, StoryTitle: item.StoryTitle,
		Verdict: item.Stands, Sources: item.Sources, Origins: item.Origins, Disputed: item.Disputed > 0, At: item.At, Due: dayOf(item.DueOn), Note: item.Note,
		Person: item.Person, AskedBy: item.AskedBy, Assignee: item.Assignee,
		Review: views.ReviewState{Outcome: string(item.Outcome), Stale: item.StaleReview, Veiled: item.Stands == ""}}
	out.Overdue = out.Due != "" && out.Due < now.Format(time.DateOnly)
	out.Changes = eventWords(item.Changes)
	out.New = item.Seen == 0 && len(out.Changes) == 0
	return out
}

// sinceOf reads from when on what changed is unseen; the zero time for up to when all
// was seen. A wrong day is told, and counts as none.
func sinceOf(since, day string, now time.Time) (time.Time, string) {
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	weekdays := map[string]time.Weekday{"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6}
	weekday, named := weekdays[since]
	switch {
	case since == "today":
		return midnight, ""
	case since == "yesterday":
		return midnight.AddDate(0, 0, -1), ""
	case named:
		return midnight.AddDate(0, 0, -(int(now.Weekday())-int(weekday)+7)%7), ""
	case since == "day":
		at, err := time.ParseInLocation(time.DateOnly, day, now.Location())
		if err != nil || at.Year() < 1 {
			return time.Time{}, "is not a day such as 2025-03-28"
		}
		return at, ""
	}
	return time.Time{}, ""
}

// markAllSeen notes that the viewer has seen all until the page was made.
func (w *Web) markAllSeen(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	until, err := time.Parse(time.RFC3339Nano, r.PostForm.Get("until"))
	if err != nil {
		return &claims.Error{Kind: claims.Invalid, Message: "The form does not say until when. Load the page again.", Err: err}
	}
	if _, err := w.app.MarkAllSeen(r.Context(), w.actor(r.Context()), until); err != nil {
		return err
	}
	return w.done(rw, r, "/review?show=unseen", "All is marked as seen.")
}

// bulkOf gives what can be done to chosen findings of a list.
func (w *Web) bulkOf(r *http.Request) (views.Bulk, error) {
	b, who := views.Bulk{Back: here(r)}, w.actor(r.Context())
	if !who.Can(app.WriteArticles) {
		return b, nil
	}
	all, err := w.app.Checkers(r.Context(), who)
	b.People = people(all, nil)
	return b, err
}

// bulk does one thing to several findings.
func (w *Web) bulk(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	act, did, err := w.bulkAction(r)
	back := localAddress(r.PostForm.Get("back"))
	if problems, ok := reviewProblems(err); ok {
		return w.bulkRefused(rw, r, back, problems)
	}
	if err != nil {
		return err
	}
	notice := fmt.Sprintf("%s: %d findings.", did, act.Findings)
	if act.Findings == 1 {
		notice = did + "."
	}
	if r.PostForm.Get("part") == "" {
		return w.doneWithUndo(rw, r, back, undoable{notice: notice, action: act.ID})
	}
	c := w.chrome(r, "", views.SectionNone)
	c.Notice, c.Undo, c.Here = notice, act.ID, back
	states, err := w.statesOf(r)
	if err != nil {
		return err
	}
	return w.render(rw, r, http.StatusOK, views.Done(c, states))
}

// bulkRefused says why nothing was done, in place of the page that asked.
func (w *Web) bulkRefused(rw http.ResponseWriter, r *http.Request, back string, problems views.Errors) error {
	why := problems.Form
	for _, field := range []string{"finding", "assignee", "decision"} {
		if why == "" && problems.Of(field) != "" {
			why = "Nothing was changed: " + map[string]string{"finding": "a finding", "assignee": "the person", "decision": "the decision"}[field] + " " + problems.Of(field) + "."
		}
	}
	if r.PostForm.Get("part") == "" {
		return w.done(rw, r, back, why)
	}
	c := w.chrome(r, "", views.SectionNone)
	c.Notice = why
	return w.render(rw, r, http.StatusUnprocessableEntity, views.Done(c, nil))
}

// bulkAction does what the form asks and says what was done.
func (w *Web) bulkAction(r *http.Request) (act app.DeskAction, did string, err error) {
	who, ids := w.actor(r.Context()), r.PostForm["finding"]
	switch r.PostForm.Get("do") {
	case "confirm":
		act, err = w.app.DecideOn(r.Context(), who, app.DecisionOnMany{FindingIDs: ids, Decision: app.Confirmed})
		return act, "Confirmed", err
	case "reject":
		act, err = w.app.DecideOn(r.Context(), who, app.DecisionOnMany{FindingIDs: ids, Decision: app.Rejected})
		return act, "Rejected", err
	case "seen":
		act, err = w.app.MarkSeen(r.Context(), who, ids)
		return act, "Marked as seen", err
	case "assign":
		to := r.PostForm.Get("assignee")
		act, err = w.app.Assign(r.Context(), who, app.AssignInput{FindingIDs: ids, UserID: to})
		return act, assigned(to), err
	}
	return act, "", &claims.Error{Kind: claims.Invalid, Message: "Choose what to do with the findings."}
}

// statesOf gives how the chosen findings stand now.
func (w *Web) statesOf(r *http.Request) ([]views.DoneState, error) {
	var out []views.DoneState
	for _, id := range r.PostForm["finding"] {
		f, err := w.app.Finding(r.Context(), w.actor(r.Context()), id)
		if err != nil {
			return nil, err
		}
		out = append(out, views.DoneState{ID: f.ID, Review: reviewState(f.Finding)})
	}
	return out, nil
}

// assign gives a finding to somebody.
func (w *Web) assign(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	form := assignForm(r)
	act, err := w.app.Assign(r.Context(), w.actor(r.Context()), app.AssignInput{FindingIDs: []string{id(r)}, UserID: form.To, DueOn: form.Due, Note: form.Note})
	if problems, ok := formProblems(err); ok {
		form.Errors = problems
		return w.showFinding(rw, r, http.StatusUnprocessableEntity, views.ReviewForm{Assign: form})
	}
	if err != nil {
		return err
	}
	return w.doneWithUndo(rw, r, "/findings/"+id(r), undoable{notice: assigned(form.To) + ".", action: act.ID})
}

// assigned says what was done by giving findings to somebody, or to nobody.
func assigned(to string) string {
	if to == "" {
		return "Taken back"
	}
	return "Assigned"
}

// keysCookie remembers in a browser that keys of one letter are off.
const keysCookie = "keys"

// keys explains the keys.
func (w *Web) keys(rw http.ResponseWriter, r *http.Request) error {
	off, err := r.Cookie(keysCookie)
	p := views.KeysPage{Off: err == nil && off.Value == "off", Back: r.URL.Query().Get("back")}
	return w.render(rw, r, http.StatusOK, views.Keys(w.chrome(r, "Keyboard", views.SectionNone), p))
}

// switchKeys switches the keys off or on in this browser. The script reads the cookie.
func (w *Web) switchKeys(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	off := r.PostForm.Get("keys") == "off"
	cookie := &http.Cookie{Name: keysCookie, Value: "off", Path: "/", MaxAge: 400 * 24 * 60 * 60, SameSite: http.SameSiteLaxMode}
	notice := "The keys are off in this browser."
	if !off {
		cookie.Value, cookie.MaxAge, notice = "", -1, "The keys are on in this browser."
	}
	http.SetCookie(rw, cookie)
	return w.done(rw, r, "/help/keys", notice)
}
