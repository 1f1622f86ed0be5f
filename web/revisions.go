package web

import (
	"errors"
	"net/http"
	"strconv"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

// revisions shows how an article changed: its revisions, and the difference between
// two of them.
func (w *Web) revisions(rw http.ResponseWriter, r *http.Request) error {
	who := w.actor(r.Context())
	a, err := w.app.Article(r.Context(), who, id(r))
	if err != nil {
		return err
	}
	all, err := w.app.Revisions(r.Context(), who, a.ID)
	if err != nil {
		return err
	}
	p := views.RevisionsPage{ArticleID: a.ID, Title: a.Title, Source: a.Source}
	for _, v := range all {
		p.Revisions = append(p.Revisions, revisionLine(v))
	}
	if len(all) > 1 {
		// What is no number is left open, as nothing is.
		from, _ := strconv.Atoi(r.URL.Query().Get("from"))
		to, _ := strconv.Atoi(r.URL.Query().Get("to"))
		d, err := w.app.CompareRevisions(r.Context(), who, app.RevisionPair{ArticleID: a.ID, From: from, To: to})
		wrong, known := errors.AsType[*claims.Error](err)
		switch {
		case err == nil:
			p.From, p.To, p.Change = d.From.Number, d.To.Number, d.RevisionChange
		case known && wrong.Kind == claims.Invalid:
			p.Problem = sentence(wrong.Message)
		default:
			return err
		}
	}
	return w.render(rw, r, http.StatusOK, views.Revisions(w.chrome(r, "How this article changed", views.SectionStories), p))
}

func revisionLine(v app.Revision) views.RevisionLine {
	return views.RevisionLine{Number: v.Number, Title: v.Title, Received: v.CreatedAt, By: v.CreatedBy, Edited: v.Edited, Withdrawn: v.Bytes == 0,
		Compared: v.Compared, Facts: v.Facts, Wordings: v.Wordings, Typos: v.Typos, Notice: v.Notice}
}

func correctionsOf(all []app.Correction) []views.CorrectionView {
	var out []views.CorrectionView
	for _, c := range all {
		out = append(out, views.CorrectionView{FindingID: c.FindingID, Summary: c.Summary, Verdict: c.Verdict, ArticleID: c.ArticleID, Source: c.Source,
			Revision: c.Revision, At: c.At, EditedBy: c.EditedBy, Kind: c.Kind, Was: c.Was, WasExact: c.WasExact, NowExact: c.NowExact,
			Against: c.Against, Told: c.AgainstWas, TakenBack: c.TakenBack})
	}
	return out
}
