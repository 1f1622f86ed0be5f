package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/web/views"
	"corroborate/web/views/ui"
)

// showIntake shows the form that asks for an address or a file.
func (w *Web) showIntake(rw http.ResponseWriter, r *http.Request, status int, f views.IntakeForm) error {
	open, err := w.app.OpenFetches(r.Context(), w.actor(r.Context()))
	if err != nil {
		return err
	}
	for _, a := range open {
		f.Open = append(f.Open, views.FetchLine{ID: a.ID, URL: a.URL, Failed: a.Status == app.Failed, Reason: a.Reason})
	}
	return w.render(rw, r, status, views.ArticleIntake(w.chrome(r, "Add an article", views.SectionStories), f))
}

// storyChoices gives those of the newest stories that fit.
func (w *Web) storyChoices(r *http.Request, fits func(app.Story) bool) ([]views.StoryChoice, error) {
	list, err := w.app.Stories(r.Context(), w.actor(r.Context()), app.Page{Limit: app.MaxLimit})
	var out []views.StoryChoice
	for _, s := range list.Items {
		if fits(s) {
			out = append(out, views.StoryChoice{ID: s.ID, Title: s.Title})
		}
	}
	return out, err
}

// anyStory fits every story.
func anyStory(app.Story) bool {
	return true
}

// makePreview reads a page or a file and leads to what was read.
func (w *Web) makePreview(rw http.ResponseWriter, r *http.Request) error {
	form := views.IntakeForm{From: views.FromAddress}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && kind == "multipart/form-data" {
		form.From = views.FromFile
	}
	in, err := previewInput(rw, r, form.From)
	if err == nil {
		form.URL, form.StoryID = in.URL, r.PostForm.Get("story")
		var id string
		if id, err = w.app.MakePreview(r.Context(), w.actor(r.Context()), in); err == nil {
			return w.done(rw, r, "/articles/preview/"+id+"?"+url.Values{"story": {form.StoryID}}.Encode(), "")
		}
	}
	problems, ok := formProblems(err)
	if !ok {
		return err
	}
	form.Errors = problems
	return w.showIntake(rw, r, http.StatusUnprocessableEntity, form)
}

// previewInput reads the form of an address or of a file.
func previewInput(rw http.ResponseWriter, r *http.Request, from string) (app.PreviewInput, error) {
	if from == views.FromAddress {
		err := parseForm(rw, r)
		return app.PreviewInput{URL: r.PostForm.Get("url")}, err
	}
	r.Body = http.MaxBytesReader(rw, r.Body, maxForm)
	err := r.ParseMultipartForm(maxForm) // all of it in memory
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return app.PreviewInput{}, fileProblem("is too large: a file may have 3 MB")
	}
	if err != nil {
		return app.PreviewInput{}, &claims.Error{Kind: claims.Invalid, Message: "The form did not arrive whole. Go back and send it again.", Err: err}
	}
	file, _, err := r.FormFile("file")
	if err != nil {
		return app.PreviewInput{}, fileProblem("is missing: choose a file")
	}
	defer func() { _ = file.Close() }() // it lies in memory
	content, err := io.ReadAll(file)
	if err == nil && len(content) == 0 {
		err = fileProblem("is empty")
	}
	return app.PreviewInput{File: content}, err
}

func fileProblem(why string) error {
	return &claims.Error{Kind: claims.Invalid, Message: "the file " + why, Fields: map[string]string{"file": why}}
}

// preview shows what was read of a page or a file.
func (w *Web) preview(rw http.ResponseWriter, r *http.Request) error {
	p, err := w.app.Preview(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	f := filledForm(p.Input)
	f.StoryID = r.URL.Query().Get("story")
	return w.showPreview(rw, r, http.StatusOK, previewPage(p, f))
}

func (w *Web) showPreview(rw http.ResponseWriter, r *http.Request, status int, p views.PreviewPage) error {
	var err error
	if p.Stories, err = w.storyChoices(r, anyStory); err != nil {
		return err
	}
	return w.render(rw, r, status, views.ArticlePreview(w.chrome(r, "Add an article", views.SectionStories), p))
}

// storePreview stores what was read, with what was mended.
func (w *Web) storePreview(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	in := articleInput(r)
	a, outcome, err := w.app.AddPreview(r.Context(), w.actor(r.Context()), id(r), in)
	if problems, ok := formProblems(err); ok {
		p, err := w.app.Preview(r.Context(), w.actor(r.Context()), id(r))
		if err != nil {
			return err
		}
		f := filledForm(in)
		f.Errors = problems
		return w.showPreview(rw, r, http.StatusUnprocessableEntity, previewPage(p, f))
	}
	if err != nil {
		return err
	}
	return w.taken(rw, r, a, outcome)
}

// filledForm gives the form of an article as it was filled in.
func filledForm(in app.ArticleInput) views.ArticleForm {
	return views.ArticleForm{Text: in.Text, Source: in.Source, Title: in.Title, Byline: in.Byline, URL: in.URL,
		PublishedAt: in.PublishedAt, StoryID: in.StoryID}
}

// previewPage turns what was read into its page.
func previewPage(p app.Preview, f views.ArticleForm) views.PreviewPage {
	out := views.PreviewPage{ID: p.ID, ArticleForm: f, IsPage: p.IsPage, Known: p.Known, NotAnalysed: p.Text.NotAnalysed}
	text := []rune(p.Text.Body)
	for _, s := range p.Text.Spans {
		if s.Kind != claims.SpanHeadline && s.Kind != claims.SpanHeading {
			out.Apart = append(out.Apart, views.ApartLine{Name: ui.SpanName(s.Kind), Text: string(text[s.Start:s.End])})
		}
	}
	return out
}

// refetchArticle has an article's page read again.
func (w *Web) refetchArticle(rw http.ResponseWriter, r *http.Request) error {
	art, err := w.app.RefetchArticle(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.done(rw, r, "/articles/"+art.ID, "The page is being read again. If its text changed, this article gets a new revision.")
}
