package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

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
	return a.changeArticle(ctx, who, articleChange{id: id, version: e.Version, to: to, action: "article.edit", detail: e.told()},
		func(c change, art Article) error { return c.applyEdit(ctx, art, e) })
}

// told says for the history what an edit is about.
func (e ArticleEdit) told() map[string]string {
	var fields []string
	for _, f := range []struct {
		name  string
		value *string
	}{{"text", e.Text}, {"title", e.Title}, {"byline", e.Byline}, {"address", e.URL}, {"time of publication", e.PublishedAt}, {"story", e.StoryID}} {
		if f.value != nil {
			fields = append(fields, f.name)
		}
	}
	return map[string]string{"fields": strings.Join(fields, ", ")}
}

// applyEdit stores an edit of an article whose story, and that which it moves to,
// are locked.
func (c change) applyEdit(ctx context.Context, art Article, e ArticleEdit) error {
	from := art.StoryID
	if e.StoryID != nil && *e.StoryID != from {
		to, err := c.openStory(ctx, *e.StoryID)
		if err != nil {
			return err
		}
		if to == "" {
			return invalid("story_id", "cannot be taken away; name another story")
		}
		if s, err := c.tx.LockStory(ctx, to); err != nil || s.Sample {
			return cmp.Or(err, errIntoSample)
		}
		art.StoryID = to
	}
	art, reread := e.applied(art, c.now())
	if err := c.tx.UpdateArticle(ctx, store.ArticleEdit{ID: art.ID, StoryID: art.StoryID, Title: art.Title, Byline: art.Byline,
		URL: art.URL, URLKey: addressKey(art.URL), Published: art.Published, At: c.now()}); err != nil {
		return err
	}
	if from != art.StoryID {
		if err := c.moved(ctx, []string{art.ID}, from, art.StoryID); err != nil {
			return err
		}
	}
	if e.Text != nil {
		changed, err := c.revise(ctx, art, *e.Text)
		if err != nil {
			return err
		}
		reread = reread || changed
	}
	if reread {
		if err := c.reread(ctx, art.ID); err != nil {
			return err
		}
	}
	if from == art.StoryID && !reread {
		return nil
	}
	return c.recompareEach(ctx, from, art.StoryID)
}

// applied gives an article with the fields of a checked edit, and whether it has
// to be read again for them: what the title repeats is a headline, and the time
// says what "Tuesday" means.
func (e ArticleEdit) applied(art Article, now time.Time) (edited Article, reread bool) {
	if e.Title != nil && claims.CleanName(*e.Title) != art.Title {
		art.Title, reread = claims.CleanName(*e.Title), true
	}
	if e.PublishedAt != nil {
		published, _ := publishedOf(*e.PublishedAt, now) // it was checked
		reread = reread || published.String() != art.Published.String()
		art.Published = published
	}
	if e.Byline != nil {
		art.Byline = claims.CleanName(*e.Byline)
	}
	if e.URL != nil {
		art.URL = strings.TrimSpace(*e.URL)
	}
	return art, reread
}

// revise stores a text as a new revision, unless it is the current one.
func (c change) revise(ctx context.Context, art Article, text string) (changed bool, err error) {
	got, err := c.tx.Received(ctx, art.ID, art.RevisionID)
	if err != nil || plainText(got) == text {
		return false, err
	}
	revision := c.newRevision(art.ID, art.Revision+1, plainInput(text))
	revision.Title, revision.Edited = art.Title, true
	return true, c.tx.AddRevision(ctx, revision)
}

// reread has an article read again.
func (c change) reread(ctx context.Context, id string) error {
	if err := c.tx.SetArticleStatus(ctx, id, Pending, ""); err != nil {
		return err
	}
	return c.analyzeArticle(ctx, id)
}

// recompareEach has stories compared again; empty ids and repeats are left out.
func (c change) recompareEach(ctx context.Context, ids ...string) error {
	for _, id := range distinct(ids) {
		if err := c.recompare(ctx, id); err != nil {
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
	detail  map[string]string
}

// changeArticle runs a change of an article under the locks of its story and of
// the one that it moves to, and gives the article as it is then.
func (a *App) changeArticle(ctx context.Context, who Actor, ch articleChange, do func(change, Article) error) (Article, error) {
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
		return Article{}, a.elsewhere(ctx, id, ch, err)
	}
	var out Article
	err = a.change(ctx, who, func(c change) error {
		art, err := c.lockArticle(ctx, seen, ch)
		if err != nil {
			return err
		}
		if err := do(c, art); err != nil {
			return err
		}
		if out, err = c.tx.LockArticle(ctx, id); err != nil {
			return err
		}
		return c.record(ctx, deed{action: ch.action, object: id, detail: ch.detail})
	})
	return out, err
}

// elsewhere gives the error for an article that was not read: another one where it is
// to come out of the bin and is not in it.
func (a *App) elsewhere(ctx context.Context, id string, ch articleChange, err error) error {
	if !ch.deleted || claims.KindOf(err) != claims.NotFound {
		return err
	}
	if _, err := a.db.Article(ctx, id); err != nil {
		return err
	}
	return errNotInBin
}

// lockArticle locks the stories of a change and then the article. The story was
// read before it could be locked, so it is looked at again.
func (c change) lockArticle(ctx context.Context, seen Article, ch articleChange) (Article, error) {
	to, err := knownID(ch.to)
	if err != nil {
		to = "" // the change itself says what is wrong
	}
	for _, story := range distinct([]string{seen.StoryID, to}) {
		if _, err := c.tx.LockStory(ctx, story); err != nil && claims.KindOf(err) != claims.NotFound {
			return Article{}, err
		}
	}
	art, err := c.tx.LockArticle(ctx, seen.ID)
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
		func(c change, art Article) error {
			if err := c.tx.DeleteArticle(ctx, art.ID, a.now()); err != nil {
				return err
			}
			return c.recompareEach(ctx, art.StoryID)
		})
	return err
}

// RestoreArticle takes an article out of the bin. It gives claims.Conflict where
// the same article was stored again since, or its story is in the bin.
func (a *App) RestoreArticle(ctx context.Context, who Actor, id string) (Article, error) {
	return a.changeArticle(ctx, who, articleChange{id: id, deleted: true, action: "article.restore"},
		func(c change, art Article) error {
			if art.StoryID != "" {
				if s, err := c.tx.LockStory(ctx, art.StoryID); err != nil || s.Deleted {
					return &claims.Error{Kind: claims.Conflict, Message: "the article's story is in the bin: restore the story", Err: err}
				}
			}
			if err := c.tx.RestoreArticle(ctx, art.ID); err != nil {
				return err
			}
			if art.StoryID == "" { // it went to the bin before it was placed
				return c.reread(ctx, art.ID)
			}
			return c.recompare(ctx, art.StoryID)
		})
}

// AnalyzeArticle has an article analysed again by this engine.
func (a *App) AnalyzeArticle(ctx context.Context, who Actor, id string) (Article, error) {
	return a.changeArticle(ctx, who, articleChange{id: id, action: "article.analyze"},
		func(c change, art Article) error {
			if err := c.reread(ctx, art.ID); err != nil || art.StoryID == "" {
				return err
			}
			return c.tx.TellProgress(ctx, art.StoryID)
		})
}
