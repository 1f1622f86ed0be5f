package app

import (
	"context"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

const (
	// leastMarks is how many marks two texts must share to be held against one
	// another: a single one may be a common phrase.
	leastMarks = 2
	// copyLooks is the most texts that one is held against.
	copyLooks = 20
	// copyWords is the number of copied words from which a pair is worth telling where
	// neither is a copy of the other as a whole.
	copyWords = 30
	// joinShare is the share of an article's own words that must stand in another for
	// it to be of that one's event whatever else speaks against it.
	joinShare = 0.8
	// maxCopies is the most copies of an article that are listed.
	maxCopies = 50
)

// findCopies stores what an article is found by and finds the articles, of whatever
// story, that share passages with it. It stands in transactions of its own: the
// sketch is there for all before the look, so that of two copies that arrive at once
// the later look finds the other; and no article's lock is held, which the keys of
// another's pairs may wait for.
func (a *App) findCopies(ctx context.Context, art Article, text claims.Text) ([]store.CopyPair, error) {
	own := claims.NewCopyText(text)
	s := store.Sketch{ArticleID: art.ID, RevisionID: art.RevisionID, Version: claims.MarksVersion, Marks: own.Marks()}
	err := a.db.InTx(ctx, func(tx *store.Tx) error { return tx.PutSketch(ctx, s, a.now()) })
	if err != nil {
		return nil, err
	}
	ids, err := a.db.CopyCandidates(ctx, s, leastMarks, copyLooks)
	if err != nil {
		return nil, err
	}
	texts, err := a.db.CurrentTexts(ctx, ids)
	if err != nil {
		return nil, err
	}
	var pairs []store.CopyPair
	for _, id := range ids {
		other, err := a.textOf(ctx, id, texts)
		if claims.KindOf(err) == claims.NotFound {
			continue // it was removed for good
		}
		if err != nil {
			return nil, err
		}
		o := own.Overlap(claims.NewCopyText(other))
		if o.Copy || o.Words >= copyWords {
			pairs = append(pairs, store.CopyPair{OtherID: id, Share: o.ShareA, OtherShare: o.ShareB, Words: o.Words, Whole: o.Copy})
		}
	}
	return pairs, a.db.InTx(ctx, func(tx *store.Tx) error { return tx.PutCopies(ctx, art.ID, pairs, a.now()) })
}

// textOf gives the text of an article. One that is read at this moment, beside this
// one, has a sketch already and no text yet.
func (a *App) textOf(ctx context.Context, id string, texts map[string]store.Text) (claims.Text, error) {
	if text, ok := texts[id]; ok {
		return text.Claims(), nil
	}
	art, err := a.db.Article(ctx, id)
	if err != nil {
		return claims.Text{}, err
	}
	got, err := a.db.Received(ctx, id, art.RevisionID)
	if err != nil {
		return claims.Text{}, err
	}
	return readText(got, art), nil
}

// storyOfCopy gives the story of the article that an article is a copy of, and that
// article; both are empty where there is none that takes it: a text that was printed
// once is of the same event wherever and whenever it is printed again.
func (c change) storyOfCopy(ctx context.Context, pairs []store.CopyPair) (story, other string, err error) {
	best := store.CopyPair{Share: joinShare}
	for _, p := range pairs {
		if p.Whole && p.Share >= best.Share {
			best = p
		}
	}
	if best.OtherID == "" {
		return "", "", nil
	}
	art, err := c.tx.Article(ctx, best.OtherID)
	if err != nil || art.StoryID == "" {
		return "", "", ifFound(err)
	}
	s, err := c.tx.Story(ctx, art.StoryID)
	if err != nil || s.Articles >= MaxArticles || s.Locked || s.Sample {
		return "", "", ifFound(err)
	}
	return s.ID, art.ID, nil
}

// ifFound leaves out the error that tells that something is gone.
func ifFound(err error) error {
	if claims.KindOf(err) == claims.NotFound {
		return nil
	}
	return err
}

const (
	// sketchBatch is how many articles are sketched between two looks for more.
	sketchBatch = 100
	// sketchedAfter is after what time an article that waits for nothing has its sketch.
	sketchedAfter = time.Hour
)

// IndexCopies finds the copies of articles that were stored before their marks were,
// or whose marks are of older rules. It may be cut off and goes on where it was. What it
// went through once it does not look at again.
func (a *App) IndexCopies(ctx context.Context) error {
	began := a.now()
	last, err := a.db.CopyPass(ctx, claims.MarksVersion)
	for err == nil {
		var ids []string
		if ids, err = a.db.Unsketched(ctx, claims.MarksVersion, last, sketchBatch); err != nil || len(ids) == 0 {
			break
		}
		err = a.sketchEach(ctx, ids)
		last = ids[len(ids)-1]
	}
	if err != nil {
		return err
	}
	old, err := a.db.OldSketches(ctx, claims.MarksVersion, sketchBatch)
	if err != nil {
		return err
	}
	if err := a.sketchEach(ctx, old); err != nil {
		return err
	}
	return a.db.InTx(ctx, func(tx *store.Tx) error {
		return tx.PutCopyPass(ctx, claims.MarksVersion, began.Add(-sketchedAfter))
	})
}

// sketchEach finds the copies of articles that are stored.
func (a *App) sketchEach(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	texts, err := a.db.CurrentTexts(ctx, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		text, ok := texts[id]
		if !ok {
			continue // it is read again before long
		}
		art := Article{ID: id, RevisionID: text.RevisionID}
		if _, err := a.findCopies(ctx, art, text.Claims()); ifFound(err) != nil {
			return err
		}
	}
	a.log.Info("looked for copies of stored articles", "articles", len(ids))
	return nil
}
