package web

import (
	"net/http"

	"corroborate/internal/app"
	"corroborate/web/views"
)

// placement says why an article is in its story.
func (w *Web) placement(rw http.ResponseWriter, r *http.Request) error {
	return w.showPlacement(rw, r, http.StatusOK, views.Errors{})
}

// showPlacement shows the page, with what was wrong with its form.
func (w *Web) showPlacement(rw http.ResponseWriter, r *http.Request, status int, problems views.Errors) error {
	who := w.actor(r.Context())
	why, err := w.app.WhyHere(r.Context(), who, id(r))
	if err != nil {
		return err
	}
	p := placementPage(why)
	p.Errors = problems
	if who.Can(app.WriteArticles) {
		if p.Stories, err = w.otherStories(r, p.StoryID); err != nil {
			return err
		}
	}
	return w.render(rw, r, status, views.WhyPlacement(w.chrome(r, "Why here? "+p.Heading(), views.SectionStories), p))
}

func placementPage(why app.WhyHere) views.PlacementPage {
	a := why.Article
	p := views.PlacementPage{ArticleID: a.ID, Title: a.Title, Source: a.Source, Version: a.Version, StoryID: a.StoryID, Story: why.Story,
		JoinAt: app.JoinAt, AddedBy: why.AddedBy, Added: why.AddedAt, Archive: why.Archive,
		Copies: copyLines(app.ArticleText{Article: a, Copies: why.Copies})}
	if why.Placement != nil {
		shown := placementOf(*why.Placement)
		p.Placement = &shown
	}
	for _, t := range why.Shared {
		p.Terms = append(p.Terms, views.TermLine{Word: t.Word, Name: t.Name, Articles: t.Articles, Tells: t.Tells, With: t.With})
	}
	for _, o := range why.Others {
		p.Others = append(p.Others, views.OtherLine{ID: o.ID, Title: o.Title, Source: o.Source, Terms: o.Terms})
	}
	return p
}

// placementDone goes back to where a placement was settled from.
func (w *Web) placementDone(rw http.ResponseWriter, r *http.Request, notice string) error {
	to := "/waiting"
	if r.PostForm.Get("back") == "placement" {
		to = "/articles/" + id(r) + "/placement"
	}
	return w.done(rw, r, to, notice)
}

// placementFailed shows the page again on which a form was wrong, or gives the error.
func (w *Web) placementFailed(rw http.ResponseWriter, r *http.Request, err error) error {
	if problems, ok := formProblems(err); ok && r.PostForm.Get("back") == "placement" {
		return w.showPlacement(rw, r, http.StatusUnprocessableEntity, problems)
	}
	return err
}
