package web

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

// waiting lists the placements that a person should look at.
func (w *Web) waiting(rw http.ResponseWriter, r *http.Request) error {
	cursor := r.URL.Query().Get("cursor")
	list, err := w.app.Waiting(r.Context(), w.actor(r.Context()), app.Page{Cursor: cursor})
	if err != nil {
		return err
	}
	p := views.WaitingPage{Next: list.NextCursor, First: cursor == "", JoinAt: app.JoinAt}
	if p.Stories, err = w.otherStories(r, ""); err != nil {
		return err
	}
	for _, x := range list.Items {
		p.Placements = append(p.Placements, placementOf(x))
	}
	return w.render(rw, r, http.StatusOK, views.Waiting(w.chrome(r, "Waiting", views.SectionWaiting), p))
}

// placementOf turns a placement into what pages show of it.
func placementOf(p app.Placement) views.Placement {
	return views.Placement{
		ArticleID: p.ArticleID, Title: p.Title, Source: p.Source, Published: p.Published, Version: p.Version,
		StoryID: p.StoryID, Story: p.StoryTitle, NearestID: p.NearestID, Nearest: p.NearestTitle, Joined: p.Joined(),
		Copy: p.Reason == app.PlacedAsCopy, Score: p.Score, Names: p.Likeness.Names, Terms: p.Likeness.Terms,
		DaysApart: p.Likeness.DaysApart, OtherWeekdays: p.Likeness.OtherWeekdays,
		OtherID: p.OtherID, OtherTitle: p.OtherTitle, OtherSource: p.OtherSource, OtherPublished: p.OtherPublished,
		Uncertain: p.Uncertain, Placed: p.PlacedAt, Settled: timeOf(p.SettledAt), SettledBy: p.SettledBy,
	}
}

// whyHere gives why an article is in its story, nil where a person chose it.
func (w *Web) whyHere(r *http.Request, articleID string) (*views.Placement, error) {
	p, err := w.app.Placement(r.Context(), w.actor(r.Context()), articleID)
	if err != nil {
		if claims.KindOf(err) == claims.NotFound {
			err = nil
		}
		return nil, err
	}
	shown := placementOf(p)
	return &shown, nil
}

// otherStories gives the newest stories to move an article to, all but one.
func (w *Web) otherStories(r *http.Request, without string) ([]views.StoryChoice, error) {
	return w.storyChoices(r, func(s app.Story) bool { return s.ID != without && !s.Sample })
}

// chosenStory is the story that a form names: by the address or id that was
// entered, else by the one that was chosen.
func chosenStory(r *http.Request) string {
	entered := strings.TrimSpace(r.PostForm.Get("address"))
	if entered == "" {
		return r.PostForm.Get("story_id")
	}
	if u, err := url.Parse(entered); err == nil {
		return path.Base(strings.TrimSuffix(u.Path, "/"))
	}
	return entered
}

// settlePlacement says where an article belongs.
func (w *Web) settlePlacement(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	who, version := w.actor(r.Context()), formVersion(r)
	if decision := app.Settlement(r.PostForm.Get("decision")); decision != "move" {
		art, err := w.app.Settle(r.Context(), who, id(r), decision, version)
		if err != nil {
			return w.placementFailed(rw, r, err)
		}
		return w.placementDone(rw, r, "Settled: the article of "+art.Source+" stays where you put it.")
	}
	to := chosenStory(r)
	if to == "" {
		return w.placementFailed(rw, r, &claims.Error{Kind: claims.Invalid, Message: "Choose the story to move the article to."})
	}
	art, err := w.app.EditArticle(r.Context(), who, id(r), app.ArticleEdit{StoryID: &to, Version: version})
	if err != nil {
		return w.placementFailed(rw, r, err)
	}
	return w.placementDone(rw, r, "The article of "+art.Source+" was moved.")
}

// regroupForm is the page to merge and split a story and to move its articles.
func (w *Web) regroupForm(rw http.ResponseWriter, r *http.Request) error {
	return w.showRegroupForm(rw, r, http.StatusOK, views.RegroupPage{})
}

// showRegroupForm shows the forms of a story with what was entered.
func (w *Web) showRegroupForm(rw http.ResponseWriter, r *http.Request, status int, p views.RegroupPage) error {
	who := w.actor(r.Context())
	s, err := w.app.Story(r.Context(), who, id(r))
	if err != nil {
		return err
	}
	articles, err := w.app.Articles(r.Context(), who, app.ArticleFilter{StoryID: s.ID, Page: app.Page{Limit: app.MaxLimit}})
	if err != nil {
		return err
	}
	slices.Reverse(articles.Items) // the newest came first
	p.ID, p.Title, p.Version, p.More = s.ID, s.Title, s.Version, articles.NextCursor != ""
	for _, a := range articles.Items {
		line := articleLine(a)
		p.Articles = append(p.Articles, views.RegroupLine{ArticleLine: line, Chosen: slices.Contains(r.PostForm["article"], a.ID)})
	}
	if p.Stories, err = w.otherStories(r, s.ID); err != nil {
		return err
	}
	return w.render(rw, r, status, views.Regroup(w.chrome(r, "Regroup the story", views.SectionStories), p))
}

// regrouped goes on after a story was regrouped, or shows the forms again with
// what was wrong.
func (w *Web) regrouped(rw http.ResponseWriter, r *http.Request, s app.Story, err error) error {
	if problems, ok := formProblems(err); ok {
		return w.showRegroupForm(rw, r, http.StatusUnprocessableEntity, views.RegroupPage{NewTitle: r.PostForm.Get("title"), Errors: problems})
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, storyAddress(s.ID), "The stories were regrouped; they are being compared again.")
}

// lockStory locks a story or unlocks it.
func (w *Web) lockStory(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	locked := r.PostForm.Get("locked") == "true"
	s, err := w.app.EditStory(r.Context(), w.actor(r.Context()), id(r), app.StoryEdit{Locked: &locked, Version: formVersion(r)})
	if err != nil {
		return err
	}
	notice := "The story is unlocked: the service may add articles to it."
	if s.Locked {
		notice = "The story is locked: only people add articles to it."
	}
	return w.done(rw, r, storyAddress(s.ID), notice)
}

// mergeStories has a story take over another.
func (w *Web) mergeStories(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	m := app.Merge{Version: formVersion(r)}
	if other := chosenStory(r); other != "" {
		m.IDs = []string{other}
	}
	s, err := w.app.MergeStories(r.Context(), w.actor(r.Context()), id(r), m)
	return w.regrouped(rw, r, s, err)
}

// splitStory makes a new story of some articles.
func (w *Web) splitStory(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	s, err := w.app.SplitStory(r.Context(), w.actor(r.Context()), id(r), app.Split{ArticleIDs: r.PostForm["article"],
		Title: r.PostForm.Get("title"), Version: formVersion(r)})
	return w.regrouped(rw, r, s, err)
}

// moveArticles moves articles to another story.
func (w *Web) moveArticles(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	s, err := w.app.MoveArticles(r.Context(), w.actor(r.Context()), id(r), app.Move{ArticleIDs: r.PostForm["article"], To: chosenStory(r)})
	return w.regrouped(rw, r, s, err)
}
