package app

import (
	"context"
	"crypto/sha256"
	"slices"
	"strings"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// ArticleEdit changes an article; nil fields stay.
type ArticleEdit struct {
	// Text, where it differs, becomes a new revision and is analysed.
	Text        *string
	Title       *string
	Byline      *string
	URL         *string
	PublishedAt *string
	// StoryID moves the article to another story.
	StoryID *string
	// Version is the version that the editor saw, 0 for any.
	Version int
}

// checkEdit says what is wrong with the fields that are given.
func (a *App) checkEdit(e ArticleEdit) error {
	if e.Text != nil && len(*e.Text) > claims.MaxText {
		return tooLarge(len(*e.Text))
	}
	p := problems{}
	on := func(s *string, field string, wrong func(string) string) {
		if s != nil {
			p.add(field, wrong(*s))
		}
	}
	on(e.Text, "text", wrongText)
	on(e.Title, "title", func(s string) string { return wrongName(s, maxTitle) })
	on(e.Byline, "byline", func(s string) string { return wrongName(s, maxByline) })
	on(e.URL, "url", wrongURL)
	on(e.PublishedAt, "published_at", func(s string) string {
		_, why := publishedOf(s, a.now())
		return why
	})
	return invalidFields(p)
}

// EditArticle changes an article.
func (a *App) EditArticle(ctx context.Context, who Actor, id string, e ArticleEdit) (Article, error) {
	if err := who.require(WriteArticles); err != nil {
		return Article{}, err
	}
	if err := a.checkEdit(e); err != nil {
		return Article{}, err
	}
	to := ""
	if e.StoryID != nil {
		to = *e.StoryID
	}
	return a.changeArticle(ctx, who, articleChange{id: id, version: e.Version, to: to, action: "article.edit"},
		func(tx *store.Tx, art Article) error { return a.applyEdit(ctx, tx, who, art, e) })
}

// applyEdit stores an edit of an article whose story, and that which it moves to,
// are locked.
func (a *App) applyEdit(ctx context.Context, tx *store.Tx, who Actor, art Article, e ArticleEdit) error {
	from, reread := art.StoryID, false
	if e.StoryID != nil {
		to, err := a.openStory(ctx, tx, *e.StoryID)
		if err != nil {
			return err
		}
		if to == "" {
			return invalid("story_id", "cannot be taken away; name another story")
		}
		art.StoryID = to
	}
	if e.Title != nil && claims.CleanName(*e.Title) != art.Title {
		art.Title, reread = claims.CleanName(*e.Title), true
	}
	if e.PublishedAt != nil {
		published, _ := publishedOf(*e.PublishedAt, a.now()) // it was checked
		reread = reread || published.String() != art.Published.String()
		art.Published = published
	}
	if e.Byline != nil {
		art.Byline = claims.CleanName(*e.Byline)
	}
	if e.URL != nil {
		art.URL = strings.TrimSpace(*e.URL)
	}
	if err := tx.UpdateArticle(ctx, store.ArticleEdit{ID: art.ID, StoryID: art.StoryID, Title: art.Title, Byline: art.Byline,
		URL: art.URL, URLKey: addressKey(art.URL), Published: art.Published, At: a.now()}); err != nil {
		return err
	}
	if e.Text != nil {
		changed, err := a.revise(ctx, tx, who, art, *e.Text)
		if err != nil {
			return err
		}
		reread = reread || changed
	}
	if reread {
		if err := a.reread(ctx, tx, art.ID); err != nil {
			return err
		}
	}
	if from == art.StoryID && !reread {
		return nil
	}
	return a.recompareEach(ctx, tx, from, art.StoryID)
}

// revise stores a text as a new revision, unless it is the current one.
func (a *App) revise(ctx context.Context, tx *store.Tx, who Actor, art Article, text string) (changed bool, err error) {
	raw, err := tx.Raw(ctx, art.ID, art.RevisionID)
	if err != nil || string(raw) == text {
		return false, err
	}
	hash := sha256.Sum256([]byte(text))
	return true, tx.AddRevision(ctx, store.NewRevision{ID: newID(), ArticleID: art.ID, Number: art.Revision + 1,
		Raw: []byte(text), SHA256: hash[:], CreatedBy: who.UserID, At: a.now()})
}

// reread has an article read again.
func (a *App) reread(ctx context.Context, tx *store.Tx, id string) error {
	if err := tx.SetArticleStatus(ctx, id, Pending, ""); err != nil {
		return err
	}
	return a.queue.AnalyzeArticle(ctx, tx, id)
}

// recompareEach has stories compared again; empty ids and repeats are left out.
func (a *App) recompareEach(ctx context.Context, tx *store.Tx, ids ...string) error {
	for _, id := range distinct(ids) {
		if err := a.recompare(ctx, tx, id); err != nil {
			return err
		}
	}
	return nil
}

// distinct gives the ids in order, each once, without empty ones: the order in
// which stories are locked.
func distinct(ids []string) []string {
	ids = slices.Sorted(slices.Values(ids))
	ids = slices.Compact(ids)
	return slices.DeleteFunc(ids, func(id string) bool { return id == "" })
}

// articleChange is a change of one article.
type articleChange struct {
	id      string
	version int    // the version that was seen, 0 for any
	to      string // the story that it moves to, empty for none
	deleted bool   // whether it is in the bin
	action  string // for the audit log
}

// changeArticle runs a change of an article under the locks of its story and of
// the one that it moves to, and gives the article as it is then.
func (a *App) changeArticle(ctx context.Context, who Actor, ch articleChange, change func(*store.Tx, Article) error) (Article, error) {
	if err := who.require(WriteArticles); err != nil {
		return Article{}, err
	}
	id, err := knownID(ch.id)
	if err != nil {
		return Article{}, err
	}
	read := a.db.Article
	if ch.deleted {
		read = a.db.DeletedArticle
	}
	seen, err := read(ctx, id)
	if err != nil {
		return Article{}, err
	}
	var out Article
	err = a.db.InTx(ctx, func(tx *store.Tx) error {
		art, err := lockArticle(ctx, tx, seen, ch)
		if err != nil {
			return err
		}
		if err := change(tx, art); err != nil {
			return err
		}
		if out, err = tx.LockArticle(ctx, id); err != nil {
			return err
		}
		return a.record(ctx, tx, who, deed{action: ch.action, object: id})
	})
	return out, err
}

// lockArticle locks the stories of a change and then the article. The story was
// read before it could be locked, so it is looked at again.
func lockArticle(ctx context.Context, tx *store.Tx, seen Article, ch articleChange) (Article, error) {
	to, err := knownID(ch.to)
	if err != nil {
		to = "" // the change itself says what is wrong
	}
	for _, story := range distinct([]string{seen.StoryID, to}) {
		if _, err := tx.LockStory(ctx, story); err != nil && claims.KindOf(err) != claims.NotFound {
			return Article{}, err
		}
	}
	art, err := tx.LockArticle(ctx, seen.ID)
	switch {
	case err != nil:
		return Article{}, err
	case (art.DeletedAt != nil) != ch.deleted:
		return Article{}, errGone
	case art.StoryID != seen.StoryID:
		return Article{}, &claims.Error{Kind: claims.Conflict, Message: "the article was moved to another story just now; try again"}
	}
	return art, staleUnless(ch.version, art.Version)
}

// DeleteArticle puts an article into the bin. version is the one that was seen,
// 0 for any.
func (a *App) DeleteArticle(ctx context.Context, who Actor, id string, version int) error {
	_, err := a.changeArticle(ctx, who, articleChange{id: id, version: version, action: "article.delete"},
		func(tx *store.Tx, art Article) error {
			if err := tx.DeleteArticle(ctx, art.ID, a.now()); err != nil {
				return err
			}
			return a.recompareEach(ctx, tx, art.StoryID)
		})
	return err
}

// RestoreArticle takes an article out of the bin. It gives claims.Conflict where
// the same article was stored again since, or its story is in the bin.
func (a *App) RestoreArticle(ctx context.Context, who Actor, id string) (Article, error) {
	return a.changeArticle(ctx, who, articleChange{id: id, deleted: true, action: "article.restore"},
		func(tx *store.Tx, art Article) error {
			if art.StoryID != "" {
				if s, err := tx.LockStory(ctx, art.StoryID); err != nil || s.Deleted {
					return &claims.Error{Kind: claims.Conflict, Message: "the article's story is in the bin: restore the story", Err: err}
				}
			}
			if err := tx.RestoreArticle(ctx, art.ID); err != nil {
				return err
			}
			return a.recompareEach(ctx, tx, art.StoryID)
		})
}

// AnalyzeArticle has an article analysed again by this engine.
func (a *App) AnalyzeArticle(ctx context.Context, who Actor, id string) (Article, error) {
	return a.changeArticle(ctx, who, articleChange{id: id, action: "article.analyze"},
		func(tx *store.Tx, art Article) error {
			if err := a.reread(ctx, tx, art.ID); err != nil || art.StoryID == "" {
				return err
			}
			return tx.TellProgress(ctx, art.StoryID)
		})
}
