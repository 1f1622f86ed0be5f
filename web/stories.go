package web

import (
	"net/http"
	"slices"
	"strings"

	"corroborate/internal/app"
	"corroborate/web/views"
)

// stories lists the stories, those with most to review first.
func (w *Web) stories(rw http.ResponseWriter, r *http.Request) error {
	who, q := w.actor(r.Context()), r.URL.Query()
	f := app.StoryFilter{Order: app.StoryOrder(q.Get("order")), Title: q.Get("q"), Page: app.Page{Cursor: q.Get("cursor")}}
	list, err := w.app.StoryList(r.Context(), who, f)
	if err != nil {
		return err
	}
	p := views.StoriesPage{Query: strings.TrimSpace(f.Title), Order: string(f.Order), Next: list.NextCursor, First: f.Cursor == "", Most: app.MostCounted}
	if p.All, err = w.app.CountStories(r.Context(), who, ""); err != nil {
		return err
	}
	if p.Found = p.All; p.Query != "" {
		if p.Found, err = w.app.CountStories(r.Context(), who, p.Query); err != nil {
			return err
		}
	}
	if p.Order == "" {
		p.Order = string(app.ByOpen)
	}
	for _, s := range list.Items {
		p.Stories = append(p.Stories, storyLine(s))
	}
	if err := w.markUnseen(r, p.Stories); err != nil {
		return err
	}
	return w.render(rw, r, http.StatusOK, views.Stories(w.chrome(r, "Stories", views.SectionStories), p))
}

// markUnseen says of stories how much is new to the viewer. Where all is, as for a
// newcomer, that would tell nothing and is left out.
func (w *Web) markUnseen(r *http.Request, lines []views.StoryLine) error {
	ids := make([]string, len(lines))
	for i, l := range lines {
		ids[i] = l.ID
	}
	unseen, err := w.app.UnseenIn(r.Context(), w.actor(r.Context()), ids)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(lines, func(l views.StoryLine) bool { return unseen[l.ID] < l.Counts.All() }) {
		return nil
	}
	for i, l := range lines {
		lines[i].Unseen = unseen[l.ID]
	}
	return nil
}

func storyLine(s app.Story) views.StoryLine {
	return views.StoryLine{ID: s.ID, Title: s.Title, Status: statusOf(s), Articles: s.Articles, Sources: s.Sources,
		Counts: countsOf(s), Updated: s.UpdatedAt, Sample: s.Sample}
}

// statusOf says how far a story is; the steps are those of its articles and one
// for the comparison.
func statusOf(s app.Story) views.Status {
	st := views.Status{State: string(s.Status), Reason: s.Reason}
	if s.Status == app.Working {
		st.Done, st.Total = s.Articles-s.Pending, s.Articles+1
	}
	return st
}

func countsOf(s app.Story) views.Counts {
	return views.Counts{Agree: s.Agree, Diverge: s.Diverge, Single: s.Single, OneOrigin: s.OneOrigin,
		Cleared: s.Cleared, Open: s.Open}
}

// storyForm is the form of a new story.
func (w *Web) storyForm(rw http.ResponseWriter, r *http.Request) error {
	return w.showStoryForm(rw, r, http.StatusOK, views.StoryForm{})
}

func (w *Web) showStoryForm(rw http.ResponseWriter, r *http.Request, status int, f views.StoryForm) error {
	title := "Add a story"
	if f.ID != "" {
		title = "Rename the story"
	}
	return w.render(rw, r, status, views.StoryEdit(w.chrome(r, title, views.SectionStories), f))
}

// createStory stores a new story.
func (w *Web) createStory(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	title := r.PostForm.Get("title")
	s, err := w.app.CreateStory(r.Context(), w.actor(r.Context()), app.StoryInput{Title: title})
	if problems, ok := formProblems(err); ok {
		return w.showStoryForm(rw, r, http.StatusUnprocessableEntity, views.StoryForm{Title: title, Errors: problems})
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, "/stories/"+s.ID, "The story is there. Add what the first source published.")
}

// storyEditForm is the form of a story's title.
func (w *Web) storyEditForm(rw http.ResponseWriter, r *http.Request) error {
	s, err := w.app.Story(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.showStoryForm(rw, r, http.StatusOK, views.StoryForm{ID: s.ID, Title: s.Title, Version: s.Version})
}

// editStory changes a story's title.
func (w *Web) editStory(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	title, version := r.PostForm.Get("title"), formVersion(r)
	s, err := w.app.EditStory(r.Context(), w.actor(r.Context()), id(r), app.StoryEdit{Title: &title, Version: version})
	if problems, ok := formProblems(err); ok {
		f := views.StoryForm{ID: id(r), Title: title, Version: version, Errors: problems}
		return w.showStoryForm(rw, r, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, "/stories/"+s.ID, "The title was changed.")
}

// analyzeStory has a story analysed again.
func (w *Web) analyzeStory(rw http.ResponseWriter, r *http.Request) error {
	s, err := w.app.AnalyzeStory(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.done(rw, r, "/stories/"+s.ID, "")
}

// storyDeleteForm asks whether to delete a story.
func (w *Web) storyDeleteForm(rw http.ResponseWriter, r *http.Request) error {
	s, err := w.app.Story(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	p := views.DeletePage{What: "story", Title: s.Title, Version: s.Version, Days: app.BinDays,
		Consequence: "Its articles and reviews go with it.", Action: "/stories/" + s.ID + "/delete", Back: "/stories/" + s.ID}
	return w.render(rw, r, http.StatusOK, views.Delete(w.chrome(r, "Delete a story", views.SectionStories), p))
}

// deleteStory puts a story into the bin.
func (w *Web) deleteStory(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	if err := w.app.DeleteStory(r.Context(), w.actor(r.Context()), id(r), formVersion(r)); err != nil {
		return err
	}
	return w.done(rw, r, "/", "The story is in the bin.")
}

// restoreStory takes a story out of the bin.
func (w *Web) restoreStory(rw http.ResponseWriter, r *http.Request) error {
	s, err := w.app.RestoreStory(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.done(rw, r, "/stories/"+s.ID, "The story is back.")
}
