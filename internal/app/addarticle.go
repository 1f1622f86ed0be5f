package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// Outcome says what became of an article that was sent.
type Outcome string

// The outcomes. An article is known by its external id, by its address, or by its
// source and the very text; it is revised where it comes with another text under a
// known id or address.
const (
	Created Outcome = "created"
	Known   Outcome = "known"
	Revised Outcome = "revised"
)

// AddArticle is [App.TakeArticle] for who only wants to know whether there was
// nothing to do: known is true where the article was stored already as it is.
func (a *App) AddArticle(ctx context.Context, who Actor, in ArticleInput) (art Article, known bool, err error) {
	art, outcome, err := a.TakeArticle(ctx, who, in)
	return art, outcome == Known, err
}

// TakeArticle is the one door through which articles come. It stores an article
// and has it analysed; where it is known, it stores a changed text as a new
// revision, and nothing where that has not changed. It gives claims.Unavailable where too
// many articles wait already.
func (a *App) TakeArticle(ctx context.Context, who Actor, in ArticleInput) (art Article, outcome Outcome, err error) {
	if err := who.require(WriteArticles); err != nil {
		return Article{}, "", err
	}
	if err := a.backlog.room(ctx); err != nil {
		return Article{}, "", err
	}
	return a.takeAnyway(ctx, who, in)
}

// takeAnyway is TakeArticle however much waits: what was accepted before, such as the
// entry of a feed, is not refused later.
func (a *App) takeAnyway(ctx context.Context, who Actor, in ArticleInput) (art Article, outcome Outcome, err error) {
	if in, err = in.ready(a.now()); err != nil {
		return Article{}, "", err
	}
	id, outcome, err := a.takeReady(ctx, who, in, nil)
	if err != nil {
		return Article{}, "", err
	}
	art, err = a.db.Article(ctx, id)
	return art, outcome, err
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

// takeReady takes an article that is checked and cleaned, and does what is to be done
// with it, if anything, in one change.
func (a *App) takeReady(ctx context.Context, who Actor, in ArticleInput, then func(change, string) error) (id string, outcome Outcome, err error) {
	// The same article may be stored or moved between the look and the change: then it is
	// known as it is.
	err = tryAgain(inConflict, func() (err error) {
		id, outcome, err = a.takeArticle(ctx, who, in, then)
		return err
	})
	return id, outcome, err
}

func (a *App) takeArticle(ctx context.Context, who Actor, in ArticleInput, then func(change, string) error) (id string, outcome Outcome, err error) {
	err = a.change(ctx, who, func(c change) error {
		if id, outcome, err = c.storeArticle(ctx, in); err != nil || then == nil {
			return err
		}
		return then(c, id)
	})
	return id, outcome, err
}

// storeArticle stores a checked and cleaned article, or finds the one that it is
// and revises it.
func (c change) storeArticle(ctx context.Context, in ArticleInput) (id string, outcome Outcome, err error) {
	key := keyOfInput(in)
	known, err := c.tx.FindKnown(ctx, []store.KnownBy{key})
	if err != nil {
		return "", "", err
	}
	if k, ok := known[0]; ok {
		outcome, err := c.takeKnown(ctx, k, received{ArticleInput: in, key: key})
		return k.ID, outcome, err
	}
	if in.StoryID, err = c.openStory(ctx, in.StoryID); err != nil {
		return "", "", err
	}
	source, err := c.tx.PutSource(ctx, newSource(in, c.now()))
	if err != nil {
		return "", "", err
	}
	art := c.newArticle(in, source)
	if err := c.tx.InsertArticle(ctx, art); err != nil {
		return "", "", err
	}
	if err := c.addEdited(ctx, art.ID, 2, in); err != nil {
		return "", "", err
	}
	if err := c.analyzeArticle(ctx, art.ID); err != nil {
		return "", "", err
	}
	if in.StoryID != "" {
		if err := c.tx.TellProgress(ctx, in.StoryID); err != nil {
			return "", "", err
		}
	}
	return art.ID, Created, c.record(ctx, deed{action: "article.add", object: art.ID, detail: map[string]string{"source": in.Source}})
}

// analyzeArticle enqueues the reading of an article.
func (c change) analyzeArticle(ctx context.Context, id string) error {
	if c.bulk {
		return c.queue.AnalyzeArticles(ctx, c.tx, []string{id})
	}
	return c.queue.AnalyzeArticle(ctx, c.tx, id)
}

// newArticle gives a checked and cleaned article as it is stored.
func (c change) newArticle(in ArticleInput, sourceID string) store.NewArticle {
	id := cmp.Or(in.id, newID())
	published, _ := publishedOf(in.PublishedAt, c.now()) // it was checked
	return store.NewArticle{ID: id, StoryID: in.StoryID, SourceID: sourceID, Title: in.Title, Byline: in.Byline, URL: in.URL,
		URLKey: addressKey(in.URL), ExternalID: in.ExternalID, Published: published,
		Revision: c.newRevision(id, 1, in)}
}

// newRevision makes a revision of an article out of what came: its page, else its
// text. It is known by its text, as a page changes around its article each time it
// is sent.
func (c change) newRevision(article string, number int, in ArticleInput) store.NewRevision {
	r := store.NewRevision{ID: newID(), ArticleID: article, Number: number, Raw: []byte(in.Text), Title: in.Title,
		CreatedBy: c.who.UserID, At: c.now()}
	if in.Page != nil {
		r.Raw, r.Media = in.Page.Raw, in.Page.Media
	}
	hash := sha256.Sum256([]byte(in.receivedText()))
	r.SHA256 = hash[:]
	return r
}

// addRevisions stores what came as the next revision of an article.
func (c change) addRevisions(ctx context.Context, article string, number int, in ArticleInput) error {
	if err := c.tx.AddRevision(ctx, c.newRevision(article, number, in)); err != nil {
		return err
	}
	return c.addEdited(ctx, article, number+1, in)
}

// addEdited stores a further revision where a person changed the text of a page
// before it was stored.
func (c change) addEdited(ctx context.Context, article string, number int, in ArticleInput) error {
	if in.Page == nil || !in.Page.edited {
		return nil
	}
	in.Page = nil
	r := c.newRevision(article, number, in)
	r.Edited = true
	return c.tx.AddRevision(ctx, r)
}

// keyOfInput gives what a checked and cleaned article is known by.
func keyOfInput(in ArticleInput) store.KnownBy {
	hash := sha256.Sum256([]byte(in.receivedText()))
	return store.KnownBy{ExternalID: in.ExternalID, URLKey: addressKey(in.URL), SourceKey: sourceKey(in.Source), Hash: hash[:]}
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
