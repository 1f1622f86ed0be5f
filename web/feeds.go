package web

import (
	"errors"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/web/views"
)

// feeds lists the feeds.
func (w *Web) feeds(rw http.ResponseWriter, r *http.Request) error {
	return w.showFeeds(rw, r, http.StatusOK, views.FeedsPage{})
}

// showFeeds completes the list of feeds, in which p has the forms as they were
// filled in and what became of them.
func (w *Web) showFeeds(rw http.ResponseWriter, r *http.Request, status int, p views.FeedsPage) error {
	who, cursor := w.actor(r.Context()), r.URL.Query().Get("cursor")
	p.Health, p.First = r.URL.Query().Get("health"), cursor == ""
	list, err := w.app.Feeds(r.Context(), who, app.FeedFilter{Health: app.Health(p.Health), Page: app.Page{Cursor: cursor}})
	if err != nil {
		return err
	}
	counts, err := w.app.FeedCounts(r.Context(), who)
	if err != nil {
		return err
	}
	for _, h := range []app.Health{app.HealthFailing, app.HealthGone, app.HealthOK, app.HealthNew, app.HealthPaused} {
		if counts[h] > 0 {
			p.Counts = append(p.Counts, views.FeedCount{Health: string(h), Feeds: counts[h]})
		}
	}
	p.Next = list.NextCursor
	for _, f := range list.Items {
		p.Feeds = append(p.Feeds, feedLine(f))
	}
	return w.render(rw, r, status, views.Feeds(w.chrome(r, "Feeds", views.SectionFeeds), p))
}

func feedLine(f app.Feed) views.FeedLine {
	return views.FeedLine{
		ID: f.ID, Title: f.Title, URL: f.URL, Site: f.Site, Source: f.Source, Folder: f.Folder, Health: string(f.Health),
		Fault: f.Fault, Since: timeOf(f.FailingSince), Failed: f.Failures, Polling: f.Queued, Every: f.Every(),
		Polled: timeOf(f.PolledAt), Next: f.NextPollAt, Newest: timeOf(f.ArticleAt), Added: f.CreatedAt, Entries: f.Entries,
		Waiting: f.Waiting, Broken: f.Broken, Articles: f.Articles, LeftOut: f.LeftOut, Version: f.Version,
	}
}

// addFeed adds a feed.
func (w *Web) addFeed(rw http.ResponseWriter, r *http.Request) error {
	if err := parseForm(rw, r); err != nil {
		return err
	}
	form := feedForm(r)
	in := app.FeedInput{URL: form.URL, Source: form.Source, Title: form.Title, Folder: form.Folder}
	f, known, err := w.app.AddFeed(r.Context(), w.actor(r.Context()), in)
	if problems, ok := formProblems(err); ok {
		form.Errors = problems
		if many, ok := errors.AsType[*app.ManyFeeds](err); ok {
			for _, l := range many.Links {
				form.Choices = append(form.Choices, views.FeedChoice{URL: l.URL, Title: l.Title})
			}
		}
		return w.showFeeds(rw, r, http.StatusUnprocessableEntity, views.FeedsPage{Form: form})
	}
	if err != nil {
		return err
	}
	if known {
		return w.done(rw, r, "/feeds/"+f.ID, "This feed is here already.")
	}
	return w.done(rw, r, "/feeds/"+f.ID, "The feed was added. Its articles come in now.")
}

// feedForm reads the form of a feed.
func feedForm(r *http.Request) views.FeedForm {
	get := r.PostForm.Get
	return views.FeedForm{URL: get("url"), Source: get("source"), Title: get("title"), Folder: get("folder")}
}

// exportFeeds gives all feeds as a list for other readers.
func (w *Web) exportFeeds(rw http.ResponseWriter, r *http.Request) error {
	opml, err := w.app.ExportFeeds(r.Context(), w.actor(r.Context()))
	if err != nil {
		return err
	}
	rw.Header().Set("Content-Type", "text/x-opml; charset=utf-8")
	rw.Header().Set("Content-Disposition", `attachment; filename="feeds.opml"`)
	rw.Header().Set("Cache-Control", "private, no-cache")
	_, _ = rw.Write(opml) // the reader is gone when this fails
	return nil
}

// importFeeds adds the feeds of a list that was sent.
func (w *Web) importFeeds(rw http.ResponseWriter, r *http.Request) error {
	opml, err := formFile(rw, r, "opml", app.MaxFeedList)
	if err != nil {
		return w.wrongFeedList(rw, r, err)
	}
	done, err := w.app.ImportFeeds(r.Context(), w.actor(r.Context()), opml)
	if err != nil {
		return w.wrongFeedList(rw, r, err)
	}
	p := views.FeedImport{Added: done.Added, Known: done.Known}
	for _, l := range done.Lines {
		if l.Reason != "" {
			p.Wrong = append(p.Wrong, views.FeedImportFault{Line: l.Line, Title: l.Title, Reason: l.Reason})
		}
	}
	return w.showFeeds(rw, r, http.StatusOK, views.FeedsPage{Import: &p})
}

// wrongFeedList shows what is wrong with a list that was sent.
func (w *Web) wrongFeedList(rw http.ResponseWriter, r *http.Request, err error) error {
	problems, ok := formProblems(err)
	if !ok {
		return err
	}
	status := http.StatusUnprocessableEntity
	if claims.KindOf(err) == claims.TooLarge {
		status = http.StatusRequestEntityTooLarge
	}
	return w.showFeeds(rw, r, status, views.FeedsPage{ImportErrors: problems})
}
