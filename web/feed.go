package web

import (
	"net/http"

	"corroborate/internal/app"
	"corroborate/web/views"
)

// feed shows a feed with its entries.
func (w *Web) feed(rw http.ResponseWriter, r *http.Request) error {
	f, err := w.app.Feed(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.showFeed(rw, r, http.StatusOK, f, views.FeedForm{URL: f.URL, Source: f.Source, Title: f.Title, Folder: f.Folder})
}

func (w *Web) showFeed(rw http.ResponseWriter, r *http.Request, status int, f app.Feed, form views.FeedForm) error {
	cursor, state := r.URL.Query().Get("cursor"), r.URL.Query().Get("state")
	list, err := w.app.FeedEntries(r.Context(), w.actor(r.Context()),
		app.EntryFilter{FeedID: f.ID, State: app.EntryState(state), Page: app.Page{Cursor: cursor}})
	if err != nil {
		return err
	}
	p := views.FeedPage{FeedLine: feedLine(f), Form: form, State: state, NextCursor: list.NextCursor, First: cursor == ""}
	for _, e := range list.Items {
		p.List = append(p.List, feedEntryLine(e))
	}
	c := w.chrome(r, p.Heading(), views.SectionFeeds)
	if (f.Queued || f.Waiting > 0) && p.First && !form.Errors.Any() {
		c.RefreshSeconds = refreshSeconds
	}
	return w.render(rw, r, status, views.Feed(c, p))
}

func feedEntryLine(e app.FeedEntry) views.FeedEntryLine {
	return views.FeedEntryLine{Title: e.Title, URL: e.Link, Published: e.Published, State: string(e.State), Reason: e.Reason,
		Origin: e.Origin, ArticleID: e.ArticleID, Revision: e.Revision, Seen: e.FirstSeenAt, Read: timeOf(e.ReadAt), Next: timeOf(e.NextReadAt)}
}

// editFeed changes a feed.
func (w *Web) editFeed(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	form, who := feedForm(r), w.actor(r.Context())
	edit := app.FeedEdit{URL: &form.URL, Source: &form.Source, Title: &form.Title, Folder: &form.Folder, Version: formVersion(r)}
	f, err := w.app.EditFeed(r.Context(), who, id(r), edit)
	if problems, ok := formProblems(err); ok {
		form.Errors = problems
		if f, err = w.app.Feed(r.Context(), who, id(r)); err != nil {
			return err
		}
		return w.showFeed(rw, r, http.StatusUnprocessableEntity, f, form)
	}
	if err != nil {
		return err
	}
	return w.done(rw, r, "/feeds/"+f.ID, "The feed was changed.")
}

// pauseFeed stops the polling of a feed.
func (w *Web) pauseFeed(rw http.ResponseWriter, r *http.Request) error {
	return w.setFeedState(rw, r, app.FeedPaused, "The feed is paused.")
}

// resumeFeed begins the polling of a feed again.
func (w *Web) resumeFeed(rw http.ResponseWriter, r *http.Request) error {
	return w.setFeedState(rw, r, app.FeedActive, "The feed is polled again.")
}

func (w *Web) setFeedState(rw http.ResponseWriter, r *http.Request, state app.FeedState, notice string) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	f, err := w.app.EditFeed(r.Context(), w.actor(r.Context()), id(r), app.FeedEdit{State: &state, Version: formVersion(r)})
	if err != nil {
		return err
	}
	return w.done(rw, r, "/feeds/"+f.ID, notice)
}

// pollFeed has a feed polled at once.
func (w *Web) pollFeed(rw http.ResponseWriter, r *http.Request) error {
	f, err := w.app.PollFeedNow(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	return w.done(rw, r, "/feeds/"+f.ID, "The feed is being polled.")
}

// feedDeleteForm asks whether to remove a feed.
func (w *Web) feedDeleteForm(rw http.ResponseWriter, r *http.Request) error {
	f, err := w.app.Feed(r.Context(), w.actor(r.Context()), id(r))
	if err != nil {
		return err
	}
	p := views.FeedDeletePage{ID: f.ID, Title: feedLine(f).Heading(), Articles: f.Articles, Version: f.Version}
	return w.render(rw, r, http.StatusOK, views.FeedDelete(w.chrome(r, "Remove a feed", views.SectionFeeds), p))
}

// deleteFeed removes a feed.
func (w *Web) deleteFeed(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	if err := w.app.DeleteFeed(r.Context(), w.actor(r.Context()), id(r), formVersion(r)); err != nil {
		return err
	}
	return w.done(rw, r, "/feeds", "The feed was removed. Its articles are still here.")
}
