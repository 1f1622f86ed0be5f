package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// reading is an article as the engine has read it.
type reading struct {
	text        claims.Text
	claims      []claims.Claim
	fingerprint *claims.Fingerprint
	// copies are the articles that share passages with it.
	copies []store.CopyPair
	// change is how the revision differs from the one before, nil for the first.
	change *store.RevisionChange
	// edited is what people's edits come to in the text, editing how far these were.
	edited  editedText
	editing store.ClaimEditState
}

// withdrawn is why an article without a text is not analysed.
const withdrawn = "its publisher has withdrawn it"

// read has the engine read what was received. A text in another language is
// kept and left alone.
func (a *App) read(ctx context.Context, art Article, got store.Received) (reading, error) {
	out := reading{text: readText(got, art)}
	if isWithdrawn(got.Raw) {
		out.text.NotAnalysed = withdrawn
	}
	if out.text.NotAnalysed != "" {
		return out, nil
	}
	var err error
	if out.editing, err = a.db.ClaimEditState(ctx, art.ID); err != nil {
		return out, err
	}
	edits, err := a.db.ClaimEdits(ctx, []string{art.ID})
	if err != nil {
		return out, err
	}
	if out.edited, err = editedIn(ctx, a.db.Queries, edits, store.Text{Body: out.text.Body}); err != nil {
		return out, err
	}
	in := claims.Article{ID: art.ID, Source: art.Source, Title: art.Title, URL: art.URL, Byline: art.Byline,
		Published: art.Published, Text: out.text, Edits: out.edited.Edits}
	out.claims = a.engine.Extract(in)
	f := a.engine.Fingerprint(in)
	out.fingerprint = &f
	return out, nil
}

// errMoved says that an article was changed while the engine read it.
var errMoved = errors.New("app: the article changed while it was read")

// ReadArticle stores the text and the claims of an article and places it in a
// story if it has none. It may be repeated: claims that are found again keep
// their ids.
func (w worker) ReadArticle(ctx context.Context, id string, bulk bool) error {
	err := tryAgain(is(errMoved), func() error { return w.readArticle(ctx, id, bulk) })
	return ifFound(err) // it may have been removed for good
}

func (w worker) readArticle(ctx context.Context, id string, bulk bool) error {
	seen, err := w.anyArticle(ctx, id)
	if err != nil {
		return err
	}
	got, err := w.db.Received(ctx, seen.ID, seen.RevisionID)
	if err != nil {
		return err
	}
	r, err := w.read(ctx, seen, got)
	if err != nil {
		return err
	}
	if r.copies, err = w.findCopies(ctx, seen, r.text); err != nil {
		return err
	}
	if r.change, err = w.changeSince(ctx, seen, plainText(got)); err != nil {
		return err
	}
	return w.change(ctx, Actor{}, func(c change) error {
		c.bulk = bulk
		story, err := c.lockPlace(ctx, seen, r)
		if err != nil {
			return err
		}
		now, err := c.tx.LockArticle(ctx, id)
		if err != nil {
			return err
		}
		if now.StoryID != seen.StoryID || now.RevisionID != seen.RevisionID || now.Title != seen.Title {
			return errMoved
		}
		editing, err := c.tx.ClaimEditState(ctx, id)
		if err != nil {
			return err
		}
		if r.text.NotAnalysed == "" && editing != r.editing {
			return errMoved
		}
		if err := c.storeReading(ctx, now, r); err != nil {
			return err
		}
		if story != now.StoryID {
			if err := c.tx.SetArticleStory(ctx, id, story, w.now()); err != nil {
				return err
			}
		}
		return c.recompareEach(ctx, story)
	})
}

// anyArticle gives an article wherever it is: one in the bin is read too, so that
// it is whole when it is restored.
func (a *App) anyArticle(ctx context.Context, id string) (Article, error) {
	art, err := a.db.Article(ctx, id)
	if claims.KindOf(err) == claims.NotFound {
		return a.db.DeletedArticle(ctx, id)
	}
	return art, err
}

// lockPlace locks the story of an article, after choosing one where it has none.
// A text that is not analysed is not placed: nothing is known of what it tells.
func (c change) lockPlace(ctx context.Context, art Article, r reading) (string, error) {
	story := art.StoryID
	if story == "" && r.fingerprint != nil && art.DeletedAt == nil {
		var err error
		if story, err = c.place(ctx, art, r); err != nil {
			return "", err
		}
	}
	if story == "" {
		return "", nil
	}
	s, err := c.tx.LockStory(ctx, story)
	if err == nil && s.Deleted && art.StoryID == "" {
		return "", errMoved // it went to the bin after it was chosen
	}
	return story, err
}

// storeReading stores text, claims and status.
func (c change) storeReading(ctx context.Context, art Article, r reading) error {
	text, err := c.tx.PutText(ctx, store.Text{ID: newID(), ArticleID: art.ID, RevisionID: art.RevisionID,
		Extractor: r.text.Extractor, Body: r.text.Body, Spans: r.text.Spans, Credits: r.text.Credits,
		Language: r.text.Language, NotAnalysed: r.text.NotAnalysed}, c.now())
	if err != nil {
		return err
	}
	old, err := c.tx.ClaimsOf(ctx, []string{art.ID})
	if err != nil {
		return err
	}
	in := readInto{article: art.ID, text: text, edited: r.edited}
	if in.carry, err = c.carryOver(ctx, old, text, r.text.Body); err != nil {
		return err
	}
	found, _ := keepClaims(old, in, r.claims)
	found.Engine, found.At = c.engine.Info(), c.now()
	if r.change != nil {
		if err := c.storeChange(ctx, art, *r.change, goneFromOther(old, found.Gone, art.RevisionID)); err != nil {
			return err
		}
	}
	if err := c.tx.ChangeClaims(ctx, found); err != nil {
		return err
	}
	if err := c.index(ctx, art, r.fingerprint); err != nil {
		return err
	}
	status := Ready
	if r.text.NotAnalysed != "" {
		status = NotAnalysed
	}
	return c.tx.SetReading(ctx, store.Reading{ArticleID: art.ID, Status: status, Reason: r.text.NotAnalysed,
		Language: r.text.Language, Fingerprint: r.fingerprint})
}

// storeChange stores how a revision differs, and which claims in dispute it took
// away.
func (c change) storeChange(ctx context.Context, art Article, r store.RevisionChange, gone []string) error {
	if err := c.tx.PutRevisionChange(ctx, r); err != nil {
		return err
	}
	return c.openCorrections(ctx, art, gone)
}

// goneFromOther gives the claims among gone that stood in another revision: what a
// newer engine finds no more in the same one, nobody has corrected.
func goneFromOther(old []store.Claim, gone []string, revisionID string) []string {
	var out []string
	for _, c := range old {
		if c.RevisionID != revisionID && slices.Contains(gone, c.ID) {
			out = append(out, c.ID)
		}
	}
	return out
}

// carryOver compares the texts that stored claims stand in with the one that is
// read.
func (c change) carryOver(ctx context.Context, old []store.Claim, text, body string) (map[string]*claims.CarryOver, error) {
	var ids []string
	for _, o := range old {
		if o.TextID != text && !slices.Contains(ids, o.TextID) {
			ids = append(ids, o.TextID)
		}
	}
	bodies, err := c.tx.TextBodies(ctx, ids)
	out := map[string]*claims.CarryOver{text: claims.NewCarryOver(body, body)}
	for id, was := range bodies {
		out[id] = claims.NewCarryOver(was, body)
	}
	return out, err
}

// GiveUpArticle notes that an article cannot be analysed, and why.
func (w worker) GiveUpArticle(ctx context.Context, id, reason string) error {
	seen, err := w.anyArticle(ctx, id)
	if claims.KindOf(err) == claims.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return w.change(ctx, Actor{}, func(c change) error {
		if seen.StoryID != "" {
			if _, err := c.tx.LockStory(ctx, seen.StoryID); err != nil {
				return err
			}
		}
		if err := c.tx.SetArticleStatus(ctx, id, Failed, reason); err != nil {
			return err
		}
		return c.recompareEach(ctx, seen.StoryID)
	})
}

// keptCalls is how long the answer of a call with an idempotency key is kept.
const keptCalls = 24 * time.Hour

// linksKept is how many days a link to an account is kept after its end: the address
// of somebody who never came is nobody's business then.
const linksKept = 30

// Sweep puts what is older than it may be into the bin, empties that of what has lain there for [BinDays] and forgets old
// calls, and what feeds list no more.
func (w worker) Sweep(ctx context.Context) error {
	if err := w.retire(ctx); err != nil {
		return err
	}
	if err := w.emptyBin(ctx); err != nil {
		return err
	}
	if err := w.endRemovals(ctx); err != nil {
		return err
	}
	if err := w.forgetStrays(ctx); err != nil {
		return err
	}
	return w.change(ctx, Actor{}, func(c change) error {
		if err := c.tx.ForgetSessions(ctx, w.now()); err != nil {
			return err
		}
		if err := c.tx.ForgetLinks(ctx, w.now().AddDate(0, 0, -linksKept)); err != nil {
			return err
		}
		if err := c.tx.ForgetFetches(ctx, w.now().Add(-previewKept), w.now().AddDate(0, 0, -failedDays)); err != nil {
			return err
		}
		if err := c.tx.ForgetReceiving(ctx, w.now().Add(-keptReceiving)); err != nil {
			return err
		}
		if err := c.tx.ForgetEntries(ctx, entriesKept); err != nil {
			return err
		}
		if err := c.forgetEvents(ctx); err != nil {
			return err
		}
		if err := c.tx.ForgetSecondAnswers(ctx, w.now(), w.now().AddDate(0, 0, -secondAnswersKept)); err != nil {
			return err
		}
		if err := c.tx.ForgetTries(ctx, w.now().Add(-triesKept)); err != nil {
			return err
		}
		return c.tx.ForgetCalls(ctx, w.now().Add(-keptCalls))
	})
}
