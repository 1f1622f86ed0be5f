package app

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/ingest"
	"corroborate/internal/jobs"
	"corroborate/internal/store"
)

const (
	// pageWait is the longest that a person waits for a page.
	pageWait = 25 * time.Second
	// fetchTries is how often an address is fetched whose site has a passing fault.
	fetchTries = 5
	// firstPause is the pause before the second try; each further one is four times as
	// long.
	firstPause = time.Minute
	// maxOpenFetches is how many fetches that wait or failed are listed.
	maxOpenFetches = 50
	// failedDays is how long a fetch that failed is shown.
	failedDays = 7
)

// AddAddress has an address fetched and stored as an article. The article that is
// given has the id under which it will be found, and the status Pending; where
// the address is known already, it is the article that is stored. Of the input, Text and Page are left out of account.
func (a *App) AddAddress(ctx context.Context, who Actor, in ArticleInput) (art Article, outcome Outcome, err error) {
	if err := who.require(WriteArticles); err != nil {
		return Article{}, "", err
	}
	if err := a.backlog.room(ctx); err != nil {
		return Article{}, "", err
	}
	in = in.cleaned()
	if err := in.checkAddress(a.now()); err != nil {
		return Article{}, "", err
	}
	var waiting store.Fetch
	// The same address may come between the look and the insert.
	err = tryAgain(inConflict, func() error {
		return a.change(ctx, who, func(c change) (err error) {
			art, waiting, err = c.openFetch(ctx, in)
			return err
		})
	})
	switch {
	case err != nil:
		return Article{}, "", err
	case art.ID != "":
		return art, Known, nil
	}
	return fetchArticle(waiting), Created, nil
}

// checkAddress says what is wrong with an address and what is said of it.
func (in ArticleInput) checkAddress(now time.Time) error {
	p := problems{}
	for field, why := range in.ValidateAddress() {
		p.add(field, why)
	}
	_, why := publishedOf(in.PublishedAt, now)
	p.add("published_at", why)
	return invalidFields(p)
}

// openFetch finds the article or the fetch that an address has, or stores a fetch
// and enqueues its job.
func (c change) openFetch(ctx context.Context, in ArticleInput) (Article, store.Fetch, error) {
	key := addressKey(in.URL)
	known, err := c.tx.FindKnown(ctx, []store.KnownBy{{ExternalID: in.ExternalID, URLKey: key}})
	if err != nil {
		return Article{}, store.Fetch{}, err
	}
	if k, ok := known[0]; ok {
		art, err := c.tx.Article(ctx, k.ID)
		return art, store.Fetch{}, err
	}
	waiting, err := c.tx.WaitingFetch(ctx, key)
	if err == nil || claims.KindOf(err) != claims.NotFound {
		return Article{}, waiting, err
	}
	if in.StoryID, err = c.openStory(ctx, in.StoryID); err != nil {
		return Article{}, store.Fetch{}, err
	}
	f := store.Fetch{ID: newID(), URL: in.URL, StoryID: in.StoryID, Source: in.Source, Title: in.Title, Byline: in.Byline,
		PublishedAt: in.PublishedAt, ExternalID: in.ExternalID, Status: Pending, CreatedBy: c.who.UserID,
		CreatedAt: c.now(), UpdatedAt: c.now()}
	if err := c.tx.InsertFetch(ctx, f, key); err != nil {
		return Article{}, store.Fetch{}, err
	}
	if err := c.queue.FetchArticle(ctx, c.tx, f.ID); err != nil {
		return Article{}, store.Fetch{}, err
	}
	return Article{}, f, c.record(ctx, deed{action: "article.fetch", object: f.ID, detail: map[string]string{"url": in.URL}})
}

// fetchArticle shows a fetch as the article that it is to become.
func fetchArticle(f store.Fetch) Article {
	published, _ := publishedOf(f.PublishedAt, time.Time{}) // it was checked
	return Article{ID: f.ID, StoryID: f.StoryID, Source: f.Source, Title: f.Title, Byline: f.Byline, URL: f.URL,
		ExternalID: f.ExternalID, Published: published, Status: f.Status, Reason: f.Reason, CreatedAt: f.CreatedAt,
		UpdatedAt: f.UpdatedAt}
}

// fetchedArticle gives what a fetch has become, or is to become.
func (a *App) fetchedArticle(ctx context.Context, id string) (Article, error) {
	f, err := a.db.Fetch(ctx, id)
	switch {
	case err != nil:
		return Article{}, err
	case f.Status == store.Fetched:
		return a.db.Article(ctx, f.ArticleID)
	}
	return fetchArticle(f), nil
}

// OpenFetches lists the newest addresses that are being fetched or could not be.
func (a *App) OpenFetches(ctx context.Context, who Actor) ([]Article, error) {
	if err := who.require(WriteArticles); err != nil {
		return nil, err
	}
	list, err := a.db.OpenFetches(ctx, maxOpenFetches)
	out := make([]Article, len(list))
	for i, f := range list {
		out[i] = fetchArticle(f)
	}
	return out, err
}

// FetchArticle fetches an address and stores it as an article. Where the site has
// a passing fault, the job comes again later.
func (w worker) FetchArticle(ctx context.Context, id string) error {
	f, err := w.db.Fetch(ctx, id)
	if claims.KindOf(err) == claims.NotFound || err == nil && f.Status != Pending {
		return nil
	}
	if err != nil {
		return err
	}
	in, err := w.fetchPage(ctx, f.URL)
	if failed, ok := errors.AsType[*ingest.FetchError](err); ok && ctx.Err() == nil {
		if failed.Kind == ingest.Gone && f.ArticleID != "" {
			return w.withdrawFetched(ctx, f)
		}
		return w.endTry(ctx, f, failed)
	}
	if err != nil {
		return err
	}
	in.id, in.StoryID, in.ExternalID = f.ID, f.StoryID, f.ExternalID
	in.Source, in.Title, in.Byline, in.PublishedAt = f.Source, f.Title, f.Byline, f.PublishedAt
	if f.ArticleID != "" {
		in.URL = f.URL // it is that article, whatever its page calls itself now
	}
	err = w.takeIn(ctx, f, in)
	if shown, ok := errors.AsType[*claims.Error](err); ok {
		return w.endFetch(ctx, f.ID, func(f *store.Fetch) { f.Status, f.Reason = Failed, fetchReason(shown) })
	}
	return err
}

// fetchPage fetches a page. Its address is then the canonical one.
func (a *App) fetchPage(ctx context.Context, address string) (ArticleInput, error) {
	got, err := a.fetcher.Get(ctx, ingest.Request{URL: address, MaxBytes: ingest.MaxPage})
	if err != nil {
		return ArticleInput{}, err
	}
	return fetchedInput(got), nil
}

// fetchedInput gives what an address gave as an input: a page, or a plain text.
func fetchedInput(got *ingest.Response) ArticleInput {
	if !isPage(got.ContentType) && got.ContentType != "" && !looksLikePage(got.Body) {
		return ArticleInput{Text: string(got.Body), URL: got.URL}
	}
	page := &PageInput{Raw: got.Raw, Media: "text/html; charset=" + got.Charset}
	return ArticleInput{Page: page, URL: canonical(got.Body, got.URL)}
}

// canonical gives the address that a page names as its own, if it is one of the
// same site: a page may not take the place of another site's. One that names the
// site's start page is wrong: all that do would be one article.
func canonical(page []byte, from string) string {
	named := ingest.Canonical(page, from)
	a, errA := url.Parse(named)
	b, errB := url.Parse(from)
	if named == "" || errA != nil || errB != nil || wrongURL(named) != "" || hostOf(a) != hostOf(b) || isStart(named) {
		return from
	}
	return named
}

// isStart tells whether an address is that of a site's start page.
func isStart(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Path == "" || u.Path == "/") && u.RawQuery == ""
}

// takeIn stores what was fetched through the door that all articles come by, and
// ends the fetch with it: who saw what it gave and asks again is not told that it is
// still being read.
func (w worker) takeIn(ctx context.Context, f store.Fetch, in ArticleInput) error {
	in, err := in.ready(w.now())
	if err != nil {
		return err
	}
	_, _, err = w.takeReady(ctx, serviceActor(f), in, func(c change, id string) error {
		return c.endFetch(ctx, f.ID, func(f *store.Fetch) { f.Status, f.Reason, f.ArticleID = store.Fetched, "", id })
	})
	return err
}

// serviceActor is who stores what was fetched: the service, for whoever asked. It may
// write, as they could when they asked.
func serviceActor(f store.Fetch) Actor {
	return Actor{UserID: f.CreatedBy, Name: "service", Scopes: []auth.Scope{auth.Write}}
}

// endTry notes that an attempt failed, and says when the next one is due, if any.
func (w worker) endTry(ctx context.Context, f store.Fetch, failed *ingest.FetchError) error {
	again := failed.Temporary() && f.Attempts+1 < fetchTries
	pause := firstPause << (2 * f.Attempts)
	err := w.endFetch(ctx, f.ID, func(f *store.Fetch) {
		f.Attempts++
		f.Reason = failed.Reason()
		if !again {
			f.Status = Failed
		}
	})
	if err != nil || !again {
		return err
	}
	return &jobs.Later{After: max(pause, failed.RetryAfter)}
}

// endFetch changes a fetch that still waits.
func (w worker) endFetch(ctx context.Context, id string, set func(*store.Fetch)) error {
	return w.change(ctx, Actor{}, func(c change) error { return c.endFetch(ctx, id, set) })
}

func (c change) endFetch(ctx context.Context, id string, set func(*store.Fetch)) error {
	f, err := c.tx.LockFetch(ctx, id)
	if claims.KindOf(err) == claims.NotFound || err == nil && f.Status != Pending {
		return nil
	}
	if err != nil {
		return err
	}
	set(&f)
	f.UpdatedAt = c.now()
	if err := c.tx.SetFetch(ctx, f); err != nil || f.StoryID == "" {
		return err
	}
	return c.tx.TellProgress(ctx, f.StoryID)
}

// fetchReason words an error of storing for who looks at the fetch.
func fetchReason(e *claims.Error) string {
	for _, field := range []string{"html", "text", "source", "url", "title", "published_at", "story_id"} {
		if why := e.Fields[field]; why != "" {
			if field == "html" {
				field = "the page"
			}
			return fmt.Sprintf("%s %s", field, why)
		}
	}
	return e.Message
}

// GiveUpFetch notes that an address cannot be fetched, and why.
func (w worker) GiveUpFetch(ctx context.Context, id, reason string) error {
	return w.endFetch(ctx, id, func(f *store.Fetch) { f.Status, f.Reason = Failed, reason })
}
