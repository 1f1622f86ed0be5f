package app

import (
	"context"
	"errors"

	"corroborate/internal/claims"
	"corroborate/internal/ingest"
	"corroborate/internal/store"
)

// fail notes that an entry could not be read, and when to try again. An entry that
// is an article already stays one; where its page is gone for good, the article is
// withdrawn.
func (r *entryReading) fail(ctx context.Context, cause error) error {
	reason, known := faultOf(cause)
	if !known {
		return cause
	}
	failed, ok := errors.AsType[*ingest.FetchError](cause)
	if !ok {
		failed = &ingest.FetchError{} // the page came and holds no article, which may pass
	}
	if failed.Kind == ingest.TooMany && failed.Status == 0 {
		at := r.now().Add(max(jittered(turnPause), failed.RetryAfter)) // our own doing, and no failure
		r.o.NextReadAt = &at
		return nil
	}
	if failed.Kind == ingest.Gone && r.e.State == EntryStored {
		return r.withdraw(ctx)
	}
	r.o.Failures++
	r.o.NextReadAt = nextRetry(r.o.Failures, failed.RetryAfter, r.now())
	if ok && !failed.Temporary() && failed.Kind != ingest.NotFound {
		r.o.NextReadAt = nil
	}
	if r.e.ArticleID == "" {
		r.o.Reason = reason
		if r.o.State = EntryWaiting; r.o.NextReadAt == nil {
			r.o.State = EntryFailed
		}
	}
	return nil
}

// withdraw notes that the publisher has taken an article away. It comes back when
// its page does.
func (r *entryReading) withdraw(ctx context.Context) error {
	if _, err := r.WithdrawArticle(ctx, feedActor(r.e.FeedTitle), r.e.ArticleID); err != nil {
		return err
	}
	r.unchanged()
	r.o.Reason, r.o.TextHash, r.o.ETag, r.o.LastModified = "its publisher has taken the page away", nil, "", ""
	return nil
}

// GiveUpFeedEntry notes that reading an entry failed for a reason of our own.
func (w worker) GiveUpFeedEntry(ctx context.Context, id, reason string) error {
	e, err := w.db.EntryToRead(ctx, id, w.now())
	if claims.KindOf(err) == claims.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	r := entryReading{worker: w, e: e, o: store.EntryOutcome{ID: e.ID, State: EntryFailed, Reason: reason, Origin: e.Origin,
		ArticleID: e.ArticleID, TextHash: e.TextHash, Reads: e.Reads, Failures: e.Failures + 1, Hash: e.Hash, At: w.now()}}
	if e.ArticleID != "" {
		r.o.State, r.o.Reason = e.State, e.Reason
	}
	return w.endRead(ctx, r.o, ended)
}
