package app

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// received is a checked and cleaned article that is known, with what it is known
// by.
type received struct {
	ArticleInput
	key store.KnownBy
}

// newSource gives the source that an article names.
func newSource(in ArticleInput, at time.Time) store.NewSource {
	return store.NewSource{ID: newID(), Name: in.Source, Key: sourceKey(in.Source), Domain: domainOf(in.URL), At: at}
}

// takeKnown stores what is new of an article that is known: a changed text or title
// under its id or address as a revision, an id or address that it lacked.
func (c change) takeKnown(ctx context.Context, k store.Known, in received) (Outcome, error) {
	if !k.ByExternal && !k.ByURL {
		return Known, c.fillKnown(ctx, k, in)
	}
	last, err := c.tx.LastReceived(ctx, k.ID)
	if err != nil {
		return "", err
	}
	if sameReceived(last, in) {
		return Known, c.fillKnown(ctx, k, in)
	}
	if k.ByExternal && !k.ByURL && k.SourceKey != in.key.SourceKey {
		return "", invalid("external_id", fmt.Sprintf(
			"%q is an article of %s already; ids of several sources need something to tell them apart, such as the source's name before them",
			in.ExternalID, k.Source))
	}
	if stale, err := c.isReplayed(ctx, k.ID, in); err != nil || stale {
		return Known, err
	}
	return c.storeRevision(ctx, k.ID, in)
}

// sameReceived tells whether an article comes as its publisher last sent it. A title
// that is left out stays.
func sameReceived(last Revision, in received) bool {
	return last.SHA256 == hex.EncodeToString(in.key.Hash) && (in.Title == "" || in.Title == last.Title)
}

// isReplayed tells whether a bulk import sends an older text of an article: who
// repeats a file does not mean to undo what came after it.
func (c change) isReplayed(ctx context.Context, id string, in received) (bool, error) {
	if !c.bulk {
		return false, nil
	}
	return c.tx.WasReceived(ctx, id, in.key.Hash)
}

// fillKnown gives a known article the id and the address that it lacks.
func (c change) fillKnown(ctx context.Context, k store.Known, in received) error {
	if (k.HasExternal || in.ExternalID == "") && (k.HasURL || in.key.URLKey == "") {
		return nil
	}
	return c.tx.FillKnown(ctx, k.ID, in.key, in.URL)
}

// storeRevision stores what was received as the next revision of an article, under
// the lock of its story, and has it read again. White space alone makes no revision.
func (c change) storeRevision(ctx context.Context, id string, in received) (Outcome, error) {
	seen, err := c.tx.Article(ctx, id)
	if err != nil {
		return "", err
	}
	art, err := c.lockArticle(ctx, seen, articleChange{})
	if err != nil {
		return "", err
	}
	last, err := c.tx.LastReceived(ctx, id)
	if err != nil {
		return "", err
	}
	was, err := c.tx.Received(ctx, id, last.ID)
	if err != nil {
		return "", err
	}
	if claims.SameText(plainText(was), in.receivedText()) && (in.Title == "" || in.Title == last.Title) {
		return Known, nil
	}
	title := cmp.Or(in.Title, last.Title)
	in.Title = title
	if err := c.addRevisions(ctx, id, art.Revision+1, in.ArticleInput); err != nil {
		return "", err
	}
	published, _ := publishedOf(in.PublishedAt, c.now()) // it was checked
	set := store.ArticleEdit{ID: id, Byline: in.Byline, Published: published, At: c.now()}
	if title != last.Title {
		set.Title = title // what a person wrote stays until the publisher changes its own
	}
	if err := c.tx.SetReceived(ctx, set); err != nil {
		return "", err
	}
	return Revised, c.reviseDone(ctx, art, "article.revise")
}

// reviseDone has an article with a new revision read again.
func (c change) reviseDone(ctx context.Context, art Article, action string) error {
	if err := c.reread(ctx, art.ID); err != nil {
		return err
	}
	if err := c.recompareEach(ctx, art.StoryID); err != nil {
		return err
	}
	return c.record(ctx, deed{action: action, object: art.ID, detail: map[string]string{"source": art.Source}})
}

// WithdrawArticle notes that the publisher of an article has taken it away without
// putting anything in its place: its page is gone for good. An empty revision is
// stored; where that is so already, nothing is. The article comes back when its
// publisher sends a text again.
func (a *App) WithdrawArticle(ctx context.Context, who Actor, id string) (Article, error) {
	return a.withdrawArticle(ctx, who, id, func(change) error { return nil })
}

// withdrawArticle withdraws an article and does something else in the same change.
func (a *App) withdrawArticle(ctx context.Context, who Actor, id string, then func(change) error) (Article, error) {
	if err := who.require(WriteArticles); err != nil {
		return Article{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return Article{}, err
	}
	err = a.change(ctx, who, func(c change) error {
		seen, err := c.tx.Article(ctx, id)
		if err != nil {
			return err
		}
		art, err := c.lockArticle(ctx, seen, articleChange{})
		if err != nil {
			return err
		}
		if err := c.withdraw(ctx, art); err != nil {
			return err
		}
		return then(c)
	})
	if err != nil {
		return Article{}, err
	}
	return a.db.Article(ctx, id)
}

// withdraw stores the empty revision of an article whose story is locked.
func (c change) withdraw(ctx context.Context, art Article) error {
	last, err := c.tx.LastReceived(ctx, art.ID)
	if err != nil || last.Bytes == 0 {
		return err
	}
	hash := sha256.Sum256(nil)
	if err := c.tx.AddRevision(ctx, store.NewRevision{ID: newID(), ArticleID: art.ID, Number: art.Revision + 1, SHA256: hash[:],
		Title: last.Title, CreatedBy: c.who.UserID, At: c.now()}); err != nil {
		return err
	}
	return c.reviseDone(ctx, art, "article.withdraw")
}

// isWithdrawn tells a revision without a text.
func isWithdrawn(raw []byte) bool { return len(bytes.TrimSpace(raw)) == 0 }
