package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

// claimForm is the form of a new claim.
func (w *Web) claimForm(rw http.ResponseWriter, r *http.Request) error {
	n, _ := strconv.Atoi(r.URL.Query().Get("sentence")) // anything else chooses none
	return w.showClaimForm(rw, r, http.StatusOK, claimInput{sentence: n})
}

func (w *Web) showClaimForm(rw http.ResponseWriter, r *http.Request, status int, in claimInput) error {
	who := w.actor(r.Context())
	a, err := w.app.Article(r.Context(), who, id(r))
	if err != nil {
		return err
	}
	p := views.ClaimNewPage{ArticleID: a.ID, Title: a.Title, Source: a.Source, Revision: a.Revision, Form: in.form}
	if p.Sentences, err = w.app.Sentences(r.Context(), who, a.ID); err != nil {
		return err
	}
	p.Chosen = in.sentence
	for i, s := range p.Sentences {
		if p.Chosen == 0 && in.place.End > in.place.Start && s.Start <= in.place.Start && in.place.Start < s.End {
			p.Chosen = i + 1
		}
	}
	if p.Chosen < 0 || p.Chosen > len(p.Sentences) {
		p.Chosen = 0
	}
	return w.render(rw, r, status, views.ClaimNew(w.chrome(r, "Add a claim", views.SectionStories), p))
}

// claimInput is what a form says of words of an article.
type claimInput struct {
	sentence int
	revision int
	place    claims.Mark
	form     views.ClaimForm
}

// readClaim reads the words that a form names.
func readClaim(r *http.Request) claimInput {
	get := r.PostForm.Get
	in := claimInput{form: views.ClaimForm{From: get("from"), To: get("to"), Passage: strings.TrimSpace(formText(r, "passage")),
		After: get("after"), With: get("with"), Reason: get("reason")}}
	in.sentence, _ = strconv.Atoi(get("sentence"))
	in.revision, _ = strconv.Atoi(get("revision"))
	from, wrong := strconv.Atoi(get("from"))
	to, wrongToo := strconv.Atoi(get("to"))
	if wrong == nil && wrongToo == nil {
		in.place = claims.Mark{Start: from, End: to}
	}
	return in
}

// passage gives the words in the form of the use cases: typed words count before
// chosen ones, and are looked for in the sentence.
func (in claimInput) passage(within claims.Passage) app.PassageInput {
	if in.form.Passage != "" {
		return app.PassageInput{Exact: in.form.Passage, Within: claims.Mark{Start: within.Start, End: within.End}}
	}
	return app.PassageInput{Mark: in.place}
}

// addClaim makes a claim of words of an article.
func (w *Web) addClaim(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	in := readClaim(r)
	all, err := w.app.Sentences(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	var within claims.Passage
	if in.sentence > 0 && in.sentence <= len(all) {
		within = all[in.sentence-1].Passage
	}
	e, err := w.app.AddClaim(r.Context(), w.actor(r.Context()), id(r), in.revision, in.passage(within))
	if problems, ok := formProblems(err); ok {
		in.form.Errors = problems
		return w.showClaimForm(rw, r, formStatus(err), in)
	}
	if err != nil {
		return err
	}
	return w.edited(rw, r, e, "The claim was added; it is being compared with those of the other sources.")
}

// formStatus is the status of a form that is shown again.
func formStatus(err error) int {
	if claims.KindOf(err) == claims.Conflict {
		return http.StatusConflict
	}
	return http.StatusUnprocessableEntity
}

// edited goes back to the claim in its article after an edit.
func (w *Web) edited(rw http.ResponseWriter, r *http.Request, e app.ClaimEdit, notice string) error {
	to := "/articles/" + e.ArticleID
	if len(e.After) > 0 {
		to += "?claim=" + e.After[0].ClaimID + "#claim-" + e.After[0].ClaimID
	} else if e.Kind == app.EditJudge {
		to += "?claim=" + e.Before[0].ClaimID + "#claim-" + e.Before[0].ClaimID
	}
	return w.done(rw, r, to, notice)
}

// claim shows a claim in its sentence, with the forms that change it.
func (w *Web) claim(rw http.ResponseWriter, r *http.Request) error {
	return w.showClaim(rw, r, http.StatusOK, views.ClaimForm{})
}

func (w *Web) showClaim(rw http.ResponseWriter, r *http.Request, status int, form views.ClaimForm) error {
	v, err := w.app.Claim(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	p := views.ClaimPage{ID: v.ID, ArticleID: v.Article.ID, Title: v.Article.Title, Source: v.Article.Source, StoryID: v.Article.StoryID,
		FindingID: v.FindingID, Sentence: v.Sentence, Claim: v.ArticleClaim.Claim, Edited: editMark(v.Edited), Edits: editLines(v.Edits), Form: form}
	for _, c := range v.Beside {
		p.Beside = append(p.Beside, c.Claim)
	}
	return w.render(rw, r, status, views.Claim(w.chrome(r, "Edit a claim", views.SectionStories), p))
}

// changeClaim runs an edit of one claim that a form asks for. Where it cannot be done,
// the claim is shown as it stands now, with what was entered.
func (w *Web) changeClaim(rw http.ResponseWriter, r *http.Request, notice string, do func(app.Actor, app.ClaimRef, claimInput) (app.ClaimEdit, error)) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	in := readClaim(r)
	e, err := do(w.actor(r.Context()), app.ClaimRef{ID: id(r), Seen: seenMark(r.PostForm.Get("seen"))}, in)
	if problems, ok := formProblems(err); ok {
		in.form.Errors = problems
		if claims.KindOf(err) == claims.Conflict { // the words that were chosen may be others by now
			in.form = views.ClaimForm{Errors: problems}
		}
		if shown := w.showClaim(rw, r, formStatus(err), in.form); shown != nil {
			return errors.Join(err, shown)
		}
		return nil
	}
	if err != nil {
		return err
	}
	return w.edited(rw, r, e, notice)
}

// seenMark reads where a claim stood when its form was made: "12-40".
func seenMark(s string) claims.Mark {
	from, to, _ := strings.Cut(s, "-")
	start, err := strconv.Atoi(from)
	end, err2 := strconv.Atoi(to)
	if err != nil || err2 != nil {
		return claims.Mark{}
	}
	return claims.Mark{Start: start, End: end}
}

func (w *Web) adjustClaim(rw http.ResponseWriter, r *http.Request) error {
	return w.changeClaim(rw, r, "The borders were moved; the claim is being compared anew.",
		func(who app.Actor, ref app.ClaimRef, in claimInput) (app.ClaimEdit, error) {
			var within claims.Passage
			if in.form.Passage != "" {
				v, err := w.app.Claim(r.Context(), who, ref.ID)
				if err != nil {
					return app.ClaimEdit{}, err
				}
				within = v.Sentence.Passage
			}
			return w.app.AdjustClaim(r.Context(), who, ref, in.passage(within))
		})
}

func (w *Web) splitClaim(rw http.ResponseWriter, r *http.Request) error {
	return w.changeClaim(rw, r, "The claim is two now; both are being compared anew.",
		func(who app.Actor, ref app.ClaimRef, in claimInput) (app.ClaimEdit, error) {
			at, _ := strconv.Atoi(in.form.After) // anything else is no place of the claim
			return w.app.SplitClaim(r.Context(), who, ref, at)
		})
}

func (w *Web) mergeClaims(rw http.ResponseWriter, r *http.Request) error {
	return w.changeClaim(rw, r, "The two claims are one now; it is being compared anew.",
		func(who app.Actor, ref app.ClaimRef, in claimInput) (app.ClaimEdit, error) {
			with, seen, _ := strings.Cut(in.form.With, " ")
			return w.app.MergeClaims(r.Context(), who, ref, app.ClaimRef{ID: with, Seen: seenMark(seen)})
		})
}

func (w *Web) judgeClaim(rw http.ResponseWriter, r *http.Request) error {
	return w.changeClaim(rw, r, "The judgement was saved.",
		func(who app.Actor, ref app.ClaimRef, in claimInput) (app.ClaimEdit, error) {
			return w.app.JudgeClaim(r.Context(), who, ref, in.form.Reason)
		})
}

func (w *Web) dropClaim(rw http.ResponseWriter, r *http.Request) error {
	return w.changeClaim(rw, r, "The claim was dropped. It can be restored at the end of this page.",
		func(who app.Actor, ref app.ClaimRef, _ claimInput) (app.ClaimEdit, error) {
			return w.app.DropClaim(r.Context(), who, ref)
		})
}

// restoreClaim takes back that a claim was dropped.
func (w *Web) restoreClaim(rw http.ResponseWriter, r *http.Request) error {
	e, err := w.app.RestoreClaim(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.undone(rw, r, e, "The claim stands again.")
}

// undoClaimEdit undoes an edit of claims.
func (w *Web) undoClaimEdit(rw http.ResponseWriter, r *http.Request) error {
	e, err := w.app.UndoClaimEdit(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.undone(rw, r, e, "That was undone; what it changed stands again as it was.")
}

// undone goes to the claim that an edit had changed and that stands again.
func (w *Web) undone(rw http.ResponseWriter, r *http.Request, e app.ClaimEdit, notice string) error {
	to := "/articles/" + e.ArticleID
	if len(e.Before) > 0 {
		to += "?claim=" + e.Before[0].ClaimID + "#claim-" + e.Before[0].ClaimID
	}
	return w.done(rw, r, to, notice)
}

// editDeeds names what people did to claims.
var editDeeds = map[app.EditKind]string{app.EditAdd: "added", app.EditAdjust: "borders moved", app.EditSplit: "split",
	app.EditMerge: "merged", app.EditDrop: "dropped", app.EditJudge: "judged"}

func editMark(m *app.ClaimMark) *views.EditedBy {
	if m == nil {
		return nil
	}
	return &views.EditedBy{Deed: editDeeds[m.Kind], By: m.By, At: m.At}
}

func editLines(all []app.EditState) []views.EditLine {
	var out []views.EditLine
	for _, e := range all {
		l := views.EditLine{ID: e.ID, EditedBy: views.EditedBy{Deed: editDeeds[e.Kind], By: e.Author, At: e.At}, Revision: e.Revision,
			Reason: e.Reason, UndoneBy: e.UndoneBy, UndoneAt: e.UndoneAt, Lost: !e.Applies && e.UndoneAt == nil, Blocked: e.Blocked}
		for _, p := range e.Before {
			l.Was, l.ClaimID = append(l.Was, p.Exact), p.ClaimID
		}
		for _, p := range e.After {
			l.Is, l.ClaimID = append(l.Is, p.Exact), p.ClaimID
		}
		out = append(out, l)
	}
	return out
}
