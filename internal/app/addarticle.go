package app

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// AddArticle stores an article and has it analysed. Where it is known already, by
// external id, address, or source and text, it gives that one and known is true.
func (a *App) AddArticle(ctx context.Context, who Actor, in ArticleInput) (art Article, known bool, err error) {
	if err := who.require(WriteArticles); err != nil {
		return Article{}, false, err
	}
	if err := in.check(a.now()); err != nil {
		return Article{}, false, err
	}
	id, known, err := a.addArticle(ctx, who, in.cleaned())
	if claims.KindOf(err) == claims.Conflict {
		// The same article was stored between the look and the insert: now it is known.
		id, known, err = a.addArticle(ctx, who, in.cleaned())
	}
	if err != nil {
		return Article{}, false, err
	}
	art, err = a.db.Article(ctx, id)
	return art, known, err
}

func (a *App) addArticle(ctx context.Context, who Actor, in ArticleInput) (id string, known bool, err error) {
	err = a.db.InTx(ctx, func(tx *store.Tx) error {
		id, known, err = a.storeArticle(ctx, tx, who, in)
		return err
	})
	return id, known, err
}

// storeArticle stores a checked and cleaned article, or finds the one that it is.
func (a *App) storeArticle(ctx context.Context, tx *store.Tx, who Actor, in ArticleInput) (id string, known bool, err error) {
	hash := sha256.Sum256([]byte(in.Text))
	id, err = tx.FindKnown(ctx, in.ExternalID, addressKey(in.URL), sourceKey(in.Source), hash[:])
	if err == nil || claims.KindOf(err) != claims.NotFound {
		return id, true, err
	}
	if in.StoryID, err = a.openStory(ctx, tx, in.StoryID); err != nil {
		return "", false, err
	}
	source, err := tx.PutSource(ctx, store.NewSource{ID: newID(), Name: in.Source, Key: sourceKey(in.Source),
		Domain: domainOf(in.URL), At: a.now()})
	if err != nil {
		return "", false, err
	}
	id = newID()
	published, _ := publishedOf(in.PublishedAt, a.now()) // it was checked
	err = tx.InsertArticle(ctx, store.NewArticle{ID: id, StoryID: in.StoryID, SourceID: source, Title: in.Title,
		Byline: in.Byline, URL: in.URL, URLKey: addressKey(in.URL), ExternalID: in.ExternalID, Published: published,
		Revision: store.NewRevision{ID: newID(), ArticleID: id, Number: 1, Raw: []byte(in.Text), SHA256: hash[:],
			CreatedBy: who.UserID, At: a.now()}})
	if err != nil {
		return "", false, err
	}
	if err := a.queue.AnalyzeArticle(ctx, tx, id); err != nil {
		return "", false, err
	}
	if in.StoryID != "" {
		if err := tx.TellProgress(ctx, in.StoryID); err != nil {
			return "", false, err
		}
	}
	return id, false, a.record(ctx, tx, who, deed{action: "article.add", object: id, detail: map[string]string{"source": in.Source}})
}

// sourceKey folds a source's name.
func sourceKey(name string) string { return strings.ToLower(claims.CleanName(name)) }

// openStory checks that a story can take another article, and locks it. An empty
// id stays empty.
func (a *App) openStory(ctx context.Context, tx *store.Tx, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	unknown := invalid("story_id", "names no story")
	id, err := knownID(id)
	if err != nil {
		return "", unknown
	}
	s, err := tx.LockStory(ctx, id)
	switch {
	case claims.KindOf(err) == claims.NotFound || err == nil && s.Deleted:
		return "", unknown
	case err != nil:
		return "", err
	case s.Articles >= MaxArticles:
		return "", invalid("story_id", fmt.Sprintf("names a story that is full: it has %d articles", s.Articles))
	}
	return id, nil
}
