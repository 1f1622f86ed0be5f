package web

import (
	"context"
	"errors"
	"math"
	"net/http"
	"slices"
	"strconv"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

// article shows an article with its claims marked.
func (w *Web) article(rw http.ResponseWriter, r *http.Request) error {
	a, err := w.app.Article(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	p := articlePage(a)
	if a.StoryID != "" {
		s, err := w.app.Story(r.Context(), w.actor(r.Context()), a.StoryID)
		if err != nil {
			return err
		}
		p.StoryTitle = s.Title
		if p.Placement, err = w.whyHere(r, a.ID); err != nil {
			return err
		}
		p.JoinAt = app.JoinAt
	}
	if !a.Withheld && a.Revision > 1 && w.actor(r.Context()).Can(app.ReadTexts) {
		all, err := w.app.Revisions(r.Context(), w.actor(r.Context()), a.ID)
		if err != nil {
			return err
		}
		newest := revisionLine(all[0])
		p.ChangedBy = &newest
	}
	if !a.Withheld {
		text, err := w.loadText(r.Context(), a, &p)
		if err != nil {
			return err
		}
		text.Show = views.Show(r.URL.Query().Get("show"))
		if !slices.Contains(views.Shows(), text.Show) {
			text.Show = views.ShowAll
		}
		text.Page, _ = strconv.Atoi(r.URL.Query().Get("page")) // anything else is the first page
		text.ShowClaim = r.URL.Query().Get("claim")
		p.SetText(text)
	}
	c := w.chrome(r, articleLine(a.Article).Heading(), views.SectionStories)
	if p.Status == "pending" {
		c.RefreshSeconds = refreshSeconds
	}
	return w.render(rw, r, http.StatusOK, views.Article(c, p))
}

// loadText gives an article's text with its claims and the findings that they
// stand in, and notes on the page what people did to them.
func (w *Web) loadText(ctx context.Context, a app.ArticleText, p *views.ArticlePage) (views.ArticleInput, error) {
	in := views.ArticleInput{Source: a.Source, Text: a.Text, Spans: a.Spans}
	v, err := w.app.Reader(ctx, w.actor(ctx), a.ID)
	if err != nil {
		return in, err
	}
	for _, c := range v.Claims {
		in.Claims = append(in.Claims, views.ReaderClaim{Claim: c.Claim, Edited: editMark(c.Edited), Pending: c.Pending})
	}
	for _, f := range v.Findings {
		in.Findings = append(in.Findings, f.Finding)
	}
	p.Waiting, p.Edits = v.Waiting, editLines(v.Edits)
	return in, nil
}

// articlePage turns what is known of an article into its page, all but its text.
func articlePage(a app.ArticleText) views.ArticlePage {
	return views.ArticlePage{
		ID: a.ID, StoryID: a.StoryID, Title: a.Title, SourceID: a.SourceID, Source: a.Source, URL: a.URL,
		Byline: a.Byline, Published: a.Published, Origin: a.Origin, OriginKnown: a.OriginKnown, Credits: a.Credits,
		Copies: copyLines(a),
		Status: string(a.Status), Reason: a.Reason, Withheld: a.Withheld,
		Revision: views.Revision{Number: a.Revision, Extractor: a.Extractor, Language: a.Language},
	}
}

// copyLines turns the articles that share passages with one into lines.
func copyLines(a app.ArticleText) []views.CopyLine {
	var out []views.CopyLine
	for _, c := range a.Copies {
		out = append(out, views.CopyLine{ID: c.ArticleID, Source: c.Source, Title: c.Title, Published: c.Published,
			Share: percent(c.Share), OtherShare: percent(c.OtherShare), Whole: c.Whole, OtherStory: c.StoryID != a.StoryID})
	}
	return out
}

func percent(share float64) int { return int(math.Round(100 * share)) }

// articleForm is the form of a new article.
func (w *Web) articleForm(rw http.ResponseWriter, r *http.Request) error {
	story := r.URL.Query().Get("story")
	switch from := r.URL.Query().Get("from"); from {
	case views.FromAddress, views.FromFile:
		return w.showIntake(rw, r, http.StatusOK, views.IntakeForm{From: from, StoryID: story})
	}
	return w.showArticleForm(rw, r, http.StatusOK, views.ArticleForm{StoryID: story})
}

func (w *Web) showArticleForm(rw http.ResponseWriter, r *http.Request, status int, f views.ArticleForm) error {
	var err error
	if f.Stories, err = w.storyChoices(r, anyStory); err != nil {
		return err
	}
	return w.render(rw, r, status, views.ArticleNew(w.chrome(r, "Add an article", views.SectionStories), f))
}

// createArticle stores a new article.
func (w *Web) createArticle(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	in := articleInput(r)
	a, outcome, err := w.app.TakeArticle(r.Context(), w.actor(r.Context()), in)
	if problems, ok := formProblems(err); ok {
		f := filledForm(in)
		f.Errors = problems
		return w.showArticleForm(rw, r, http.StatusUnprocessableEntity, f)
	}
	if full, ok := errors.AsType[*claims.Error](err); ok && full.Kind == claims.Unavailable {
		f := filledForm(in) // what was typed is not lost
		f.Errors = views.Errors{Form: sentence(full.Message) + " Try again in a minute."}
		tellWhen(rw, full)
		return w.showArticleForm(rw, r, http.StatusServiceUnavailable, f)
	}
	if err != nil {
		return err
	}
	return w.taken(rw, r, a, outcome)
}

// taken goes to where an article now is, and says what became of it.
func (w *Web) taken(rw http.ResponseWriter, r *http.Request, a app.Article, outcome app.Outcome) error {
	to := "/articles/" + a.ID
	if a.StoryID != "" {
		to = "/stories/" + a.StoryID
	}
	switch outcome {
	case app.Known:
		return w.done(rw, r, to, "This article is stored already and has not changed; nothing was added.")
	case app.Revised:
		return w.done(rw, r, to, "This article of "+a.Source+" was stored before. Its text has changed: that is its revision "+strconv.Itoa(a.Revision)+" now.")
	}
	return w.done(rw, r, to, "The article of "+a.Source+" was added.")
}

// articleInput reads the form of an article.
func articleInput(r *http.Request) app.ArticleInput {
	get := r.PostForm.Get
	return app.ArticleInput{Text: formText(r, "text"), Source: get("source"), Title: get("title"), Byline: get("byline"),
		URL: get("url"), PublishedAt: get("published_at"), StoryID: get("story_id")}
}

// articleDeleteForm asks whether to delete an article.
func (w *Web) articleDeleteForm(rw http.ResponseWriter, r *http.Request) error {
	a, err := w.app.Article(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	p := views.DeletePage{What: "article", Title: articleLine(a.Article).Heading(), Version: a.Version, Days: app.BinDays,
		Consequence: "Its claims leave the findings of the story.", Action: "/articles/" + a.ID + "/delete", Back: "/articles/" + a.ID}
	return w.render(rw, r, http.StatusOK, views.Delete(w.chrome(r, "Delete an article", views.SectionStories), p))
}

// deleteArticle puts an article into the bin.
func (w *Web) deleteArticle(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	a, err := w.app.Article(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	if err := w.app.DeleteArticle(r.Context(), w.actor(r.Context()), a.ID, formVersion(r)); err != nil {
		return err
	}
	return w.done(rw, r, storyAddress(a.StoryID), "The article is in the bin.")
}

// restoreArticle takes an article out of the bin.
func (w *Web) restoreArticle(rw http.ResponseWriter, r *http.Request) error {
	a, err := w.app.RestoreArticle(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.done(rw, r, "/articles/"+a.ID, "The article is back.")
}

// storyAddress is a story's page, the start page where there is no story.
func storyAddress(id string) string {
	if id == "" {
		return "/"
	}
	return "/stories/" + id
}
