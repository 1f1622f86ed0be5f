package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"

	"corroborate/internal/claims"
	"corroborate/internal/ingest"
	"corroborate/internal/jobs"
	"corroborate/internal/store"
)

// ReadFeedEntry takes in the article of an entry: what the feed holds of it where
// that is the whole, else its page. What was read is handed to the intake that
// all articles go through, which knows an article again, so that a reading that
// is cut off before it is noted here is done again without harm.
func (w worker) ReadFeedEntry(ctx context.Context, id string, done jobs.Done) error {
	e, err := w.db.EntryToRead(ctx, id, w.now())
	if claims.KindOf(err) == claims.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if !e.Due || e.FeedState == FeedPaused {
		return w.change(ctx, Actor{}, func(c change) error {
			return errors.Join(c.tx.UnqueueEntry(ctx, e.ID), done(ctx, c.tx))
		})
	}
	o, err := w.readEntry(ctx, e)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return err
	}
	return w.endRead(ctx, o, done)
}

func (w worker) endRead(ctx context.Context, o store.EntryOutcome, done jobs.Done) error {
	return w.change(ctx, Actor{}, func(c change) error {
		if err := c.tx.EndRead(ctx, o); err != nil {
			return err
		}
		if err := done(ctx, c.tx); err != nil { // behind the entry, in the order in which they are picked
			return err
		}
		return c.enqueueEntries(ctx)
	})
}

// entryReading is the reading of one entry.
type entryReading struct {
	worker
	e store.EntryRead
	// o is how the entry stands afterwards.
	o store.EntryOutcome
}

// readEntry reads an entry and gives how it stands then. Errors are our own
// alone; what others do wrong is in the outcome.
func (w worker) readEntry(ctx context.Context, e store.EntryRead) (store.EntryOutcome, error) {
	r := entryReading{worker: w, e: e, o: store.EntryOutcome{ID: e.ID, State: e.State, Reason: e.Reason, Origin: e.Origin,
		ArticleID: e.ArticleID, ETag: e.ETag, LastModified: e.LastModified, TextHash: e.TextHash, Reads: e.Reads,
		Failures: e.Failures, Hash: e.Hash, At: w.now()}}
	switch {
	case e.Deleted:
		r.close(EntryRemoved, "its article was deleted here")
		return r.o, nil
	case e.Body != "":
		r.o.Origin = "feed"
		err := r.handIn(ctx, ArticleInput{Text: e.Body, URL: e.Link})
		return r.o, err
	case e.Link == "":
		r.close(EntrySkipped, "the feed names no page of its own for it, and holds no text")
		return r.o, nil
	}
	err := r.readPage(ctx)
	return r.o, err
}

// close ends the reading of an entry for good, or until its feed says something
// new of it.
func (r *entryReading) close(state EntryState, reason string) {
	r.o.State, r.o.Reason, r.o.NextReadAt = state, reason, nil
}

// readPage reads an entry's page, if it has changed.
func (r *entryReading) readPage(ctx context.Context) error {
	req := ingest.Request{URL: r.e.Link}
	if r.e.Origin == "page" && r.e.ArticleID != "" {
		req.ETag, req.LastModified = r.e.ETag, r.e.LastModified
	}
	got, err := r.fetcher.Get(ctx, req)
	if err != nil {
		return r.fail(ctx, err)
	}
	if got.NotModified {
		r.unchanged()
		return nil
	}
	in, err := r.articleOf(got)
	if err != nil {
		return r.fail(ctx, err)
	}
	r.o.Origin, r.o.ETag, r.o.LastModified = "page", got.ETag, got.LastModified
	return r.handIn(ctx, in)
}

// articleOf reads the article out of what an address gave. A page that sends to
// the start page of its site has none.
func (r *entryReading) articleOf(got *ingest.Response) (ArticleInput, error) {
	if isStart(got.URL) && !isStart(r.e.Link) {
		return ArticleInput{}, &ingest.FetchError{Kind: ingest.NotFound, URL: r.e.Link}
	}
	in := fetchedInput(got)
	if in.Page == nil {
		return in, nil
	}
	in, err := in.withPage()
	if err != nil {
		return ArticleInput{}, &ingest.FeedFault{Reason: "its page holds no text of an article"}
	}
	return in, nil
}

// unchanged notes that an entry reads as before.
func (r *entryReading) unchanged() {
	r.o.Read, r.o.Reads, r.o.Failures, r.o.Reason, r.o.NextReadAt = true, r.o.Reads+1, 0, "", nil
	if r.o.Origin == "page" {
		published := r.e.FirstSeenAt
		if !r.e.Published.IsZero() {
			published = r.e.Published.At
		}
		r.o.NextReadAt = nextReread(r.o.Reads, published, r.now())
	}
}

// handIn hands an article to the intake, unless its text is the one that was
// handed over the last time.
func (r *entryReading) handIn(ctx context.Context, in ArticleInput) error {
	in = r.completed(in)
	hash := sha256.Sum256([]byte(in.Text))
	same := bytes.Equal(hash[:], r.e.TextHash)
	r.o.TextHash = hash[:]
	if r.e.ArticleID != "" && (same || r.e.Owned) {
		r.unchanged()
		return nil
	}
	if known, err := r.isElsewhere(ctx, in); err != nil || known {
		return err
	}
	art, _, err := r.takeAnyway(ctx, feedActor(r.e.FeedTitle), in)
	switch claims.KindOf(err) {
	case claims.Invalid, claims.TooLarge:
		r.close(EntryFailed, err.Error())
		return nil
	}
	if err != nil {
		return err
	}
	if r.o.ArticleID = art.ID; r.e.ArticleID == "" {
		r.o.State = EntryStored
	}
	r.unchanged()
	return nil
}

// isElsewhere tells whether an entry that is read for the first time is an article
// that came another way. It stays as it came: that its page is read in another form
// is no change by its publisher.
func (r *entryReading) isElsewhere(ctx context.Context, in ArticleInput) (bool, error) {
	if r.e.ArticleID != "" {
		return false, nil
	}
	known, err := r.db.FindKnown(ctx, []store.KnownBy{keyOfInput(in.cleaned())})
	k, ok := known[0]
	if err != nil || !ok || k.ByExternal { // by its id it is this entry, cut off before it was noted
		return false, err
	}
	r.o.State, r.o.ArticleID = EntryKnown, k.ID
	r.unchanged()
	return true, nil
}

// completed fills in what is known of an article from its feed. Its id there is
// the entry's: a page that moves stays the same article.
func (r *entryReading) completed(in ArticleInput) ArticleInput {
	in.Source, in.ExternalID = r.e.Source, "feed-entry:"+r.e.ID
	in.URL = firstOf(in.URL, r.e.Link)
	in.Title = firstOf(in.Title, r.e.Title)
	in.Byline = firstOf(in.Byline, r.e.Byline)
	if p := r.e.Published; p.Precision == claims.Minute || in.PublishedAt == "" {
		in.PublishedAt = firstOf(p.String(), in.PublishedAt)
	}
	return in
}
