package app

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// AddArticle stores an article and has it analysed. Where it is known already, by
// external id, address, or source and text, it gives that one and known is true.
func (a *App) AddArticle(ctx context.Context, who Actor, in ArticleInput) (art Article, known bool, err error) {
	if err := who.require(WriteArticles); err != nil {
		return Article{}, false, err
	}
	in, err = in.ready(a.now())
	if err != nil {
		return Article{}, false, err
	}
	id, known, err := a.addArticle(ctx, who, in)
	if claims.KindOf(err) == claims.Conflict {
		// The same article was stored between the look and the insert: now it is known.
		id, known, err = a.addArticle(ctx, who, in)
	}
	if err != nil {
		return Article{}, false, err
	}
	art, err = a.db.Article(ctx, id)
	return art, known, err
}

// ready gives the input checked and cleaned, with what its page says of it.
func (in ArticleInput) ready(now time.Time) (ArticleInput, error) {
	if in.Page != nil {
		var err error
		if in, err = in.withPage(); err != nil {
			return in, err
		}
	}
	return in.cleaned(), in.check(now)
}

func (a *App) addArticle(ctx context.Context, who Actor, in ArticleInput) (id string, known bool, err error) {
	err = a.change(ctx, who, func(c change) error {
		id, known, err = c.storeArticle(ctx, in)
		return err
	})
	return id, known, err
}

// storeArticle stores a checked and cleaned article, or finds the one that it is.
func (c change) storeArticle(ctx context.Context, in ArticleInput) (id string, known bool, err error) {
	hash := sha256.Sum256([]byte(in.Text))
	id, err = c.tx.FindKnown(ctx, store.KnownBy{ExternalID: in.ExternalID, URLKey: addressKey(in.URL),
		SourceKey: sourceKey(in.Source), Hash: hash[:]})
	if err == nil || claims.KindOf(err) != claims.NotFound {
		return id, true, err
	}
	if in.StoryID, err = c.openStory(ctx, in.StoryID); err != nil {
		return "", false, err
	}
	source, err := c.tx.PutSource(ctx, store.NewSource{ID: newID(), Name: in.Source, Key: sourceKey(in.Source),
		Domain: domainOf(in.URL), At: c.now()})
	if err != nil {
		return "", false, err
	}
	if id = in.id; id == "" {
		id = newID()
	}
	published, _ := publishedOf(in.PublishedAt, c.now()) // it was checked
	err = c.tx.InsertArticle(ctx, store.NewArticle{ID: id, StoryID: in.StoryID, SourceID: source, Title: in.Title,
		Byline: in.Byline, URL: in.URL, URLKey: addressKey(in.URL), ExternalID: in.ExternalID, Published: published,
		Revision: c.newRevision(id, 1, in)})
	if err != nil {
		return "", false, err
	}
	if in.Page != nil && in.Page.edited {
		if err := c.tx.AddRevision(ctx, c.newRevision(id, 2, plainInput(in.Text))); err != nil {
			return "", false, err
		}
	}
	if err := c.queue.AnalyzeArticle(ctx, c.tx, id); err != nil {
		return "", false, err
	}
	if in.StoryID != "" {
		if err := c.tx.TellProgress(ctx, in.StoryID); err != nil {
			return "", false, err
		}
	}
	return id, false, c.record(ctx, deed{action: "article.add", object: id, detail: map[string]string{"source": in.Source}})
}

// newRevision makes a revision of an article out of what came: its page, else its
// text.
func (c change) newRevision(article string, number int, in ArticleInput) store.NewRevision {
	r := store.NewRevision{ID: newID(), ArticleID: article, Number: number, Raw: []byte(in.Text), Media: plainMedia,
		CreatedBy: c.who.UserID, At: c.now()}
	content := sha256.Sum256(r.Raw)
	if in.Page != nil {
		r.Raw, r.Media = in.Page.Raw, in.Page.Media
	}
	sum := sha256.Sum256(r.Raw)
	r.SHA256, r.Content = sum[:], content[:]
	return r
}

// sourceKey folds a source's name.
func sourceKey(name string) string { return strings.ToLower(claims.CleanName(name)) }

// openStory checks that a story can take another article, and locks it. An empty
// id stays empty.
func (c change) openStory(ctx context.Context, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	unknown := invalid("story_id", "names no story")
	id, err := knownID(id)
	if err != nil {
		return "", unknown
	}
	s, err := c.tx.LockStory(ctx, id)
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
