package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// BinDays is how long deleted things stay in the bin.
const BinDays = 30

// MaxArticles is the most articles that a story takes: comparing grows with the square
// of their number, and that of so many takes some minutes of a processor and 2 GB.
const MaxArticles = 200

// readArticles is the most articles of a story that are read: one that an earlier version
// made may have more than it would take now.
const readArticles = 2000

// StoryInput is a new story, with articles or without.
type StoryInput struct {
	Title string
	// Articles are stored in one transaction with the story; their StoryID is
	// ignored.
	Articles []ArticleInput
}

// StoryEdit changes a story; nil fields stay.
type StoryEdit struct {
	Title *string
	// Locked keeps the machine from adding articles to the story.
	Locked *bool
	// Version is the version that the editor saw, 0 for any.
	Version int
}

// readyStory gives a new story with its articles checked and cleaned.
func (a *App) readyStory(in StoryInput) (StoryInput, error) {
	p := problems{}
	p.add("title", wrongTitle(in.Title))
	if len(in.Articles) > MaxArticles {
		p.add("articles", fmt.Sprintf("are more than %d", MaxArticles))
		return in, invalidFields(p)
	}
	in.Articles = slices.Clone(in.Articles)
	for i := range in.Articles {
		var err error
		if in.Articles[i], err = in.Articles[i].ready(a.now()); claims.KindOf(err) == claims.TooLarge {
			return in, err
		}
		if wrong, ok := errors.AsType[*claims.Error](err); ok {
			for field, why := range wrong.Fields {
				p.add(fmt.Sprintf("articles[%d].%s", i, field), why)
			}
		}
	}
	return in, invalidFields(p)
}

func wrongTitle(title string) string {
	if claims.CleanName(title) == "" {
		return "is missing: name the event in a few words"
	}
	return wrongName(title, maxTitle)
}

// CreateStory stores a story. A field of its article i is named
// "articles[i].source" and so on in the error's Fields. An article that is known
// already stays in the story that it is in.
func (a *App) CreateStory(ctx context.Context, who Actor, in StoryInput) (Story, error) {
	if err := who.require(WriteArticles); err != nil {
		return Story{}, err
	}
	in, err := a.readyStory(in)
	if err != nil {
		return Story{}, err
	}
	id := newID()
	if err := a.change(ctx, who, func(c change) error { return c.insertStory(ctx, store.NewStory{ID: id}, in) }); err != nil {
		return Story{}, err
	}
	return a.seen(who).Story(ctx, id)
}

// insertStory stores a ready story with its articles. s has its id and marks.
func (c change) insertStory(ctx context.Context, s store.NewStory, in StoryInput) error {
	s.Title, s.CreatedBy, s.At = claims.CleanName(in.Title), c.who.UserID, c.now()
	if err := c.tx.InsertStory(ctx, s); err != nil {
		return err
	}
	if err := c.record(ctx, deed{action: "story.add", object: s.ID}); err != nil {
		return err
	}
	for _, art := range in.Articles {
		art.StoryID = s.ID
		if _, _, err := c.storeArticle(ctx, art); err != nil {
			return err
		}
	}
	return nil
}

// Stories lists stories, the newest first.
func (a *App) Stories(ctx context.Context, who Actor, p Page) (List[Story], error) {
	if err := who.require(ReadFindings); err != nil {
		return List[Story]{}, err
	}
	return byID(p, func(before string, limit int) ([]Story, error) { return a.seen(who).Stories(ctx, before, limit) }, storyID)
}

func storyID(s Story) string { return s.ID }

// Story gives one story with its counts. For one that was merged into another the
// error has the Successor.
func (a *App) Story(ctx context.Context, who Actor, id string) (Story, error) {
	if err := who.require(ReadFindings); err != nil {
		return Story{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return Story{}, err
	}
	s, err := a.seen(who).Story(ctx, id)
	return s, a.leadOn(ctx, id, err)
}

// leadOn gives the error for a story that is not there: for one that was merged
// into another it has the Successor. Other errors stay as they are.
func (a *App) leadOn(ctx context.Context, id string, err error) error {
	if claims.KindOf(err) != claims.NotFound {
		return err
	}
	successor, moved := a.db.StorySuccessor(ctx, id)
	switch {
	case moved == nil:
		return &claims.Error{Kind: claims.NotFound, Message: "this story was merged into " + successor,
			Successor: successor, SuccessorOf: "story"}
	case claims.KindOf(moved) == claims.NotFound:
		return err
	}
	return moved
}

// EditStory changes a story.
func (a *App) EditStory(ctx context.Context, who Actor, id string, e StoryEdit) (Story, error) {
	if err := who.require(WriteArticles); err != nil {
		return Story{}, err
	}
	if e.Title != nil {
		if why := wrongTitle(*e.Title); why != "" {
			return Story{}, invalid("title", why)
		}
	}
	err := a.changeStory(ctx, who, id, func(c change, s store.StoryState) error {
		if s.Deleted {
			return errGone
		}
		if err := staleUnless(e.Version, s.Version); err != nil {
			return err
		}
		return c.applyStoryEdit(ctx, s, e)
	})
	if err != nil {
		return Story{}, err
	}
	return a.seen(who).Story(ctx, id)
}

func (c change) applyStoryEdit(ctx context.Context, s store.StoryState, e StoryEdit) error {
	if e.Title != nil && claims.CleanName(*e.Title) != s.Title {
		if err := c.tx.SetStoryTitle(ctx, s.ID, claims.CleanName(*e.Title), c.now()); err != nil {
			return err
		}
		d := deed{action: "story.edit", object: s.ID, detail: map[string]string{"from": s.Title, "to": claims.CleanName(*e.Title)}}
		if err := c.record(ctx, d); err != nil {
			return err
		}
	}
	if e.Locked == nil || *e.Locked == s.Locked {
		return nil
	}
	if err := c.tx.SetStoryLocked(ctx, s.ID, *e.Locked, c.now()); err != nil {
		return err
	}
	action := map[bool]string{true: "story.lock", false: "story.unlock"}[*e.Locked]
	return c.record(ctx, deed{action: action, object: s.ID})
}

// errNotInBin is the error for taking back what is there.
var errNotInBin = &claims.Error{Kind: claims.Conflict, Message: "this is not in the bin: there is nothing to take back"}

// errGone is the error for what is in the bin, or in none of its places.
var errGone = &claims.Error{Kind: claims.NotFound, Message: "there is nothing with this id"}

// changeStory runs a change of a story under its lock.
func (a *App) changeStory(ctx context.Context, who Actor, id string, do func(change, store.StoryState) error) error {
	if err := who.require(WriteArticles); err != nil {
		return err
	}
	id, err := knownID(id)
	if err != nil {
		return err
	}
	return a.change(ctx, who, func(c change) error {
		s, err := c.tx.LockStory(ctx, id)
		if err != nil {
			return a.leadOn(ctx, id, err)
		}
		if err := do(c, s); err != nil {
			return err
		}
		return c.tx.TellProgress(ctx, id)
	})
}

// DeleteStory puts a story with its articles into the bin, where they stay for
// [BinDays]. version is the one that was seen, 0 for any.
func (a *App) DeleteStory(ctx context.Context, who Actor, id string, version int) error {
	return a.changeStory(ctx, who, id, func(c change, s store.StoryState) error {
		if s.Deleted {
			return errGone
		}
		if err := staleUnless(version, s.Version); err != nil {
			return err
		}
		if err := c.tx.DeleteStory(ctx, s.ID, a.now()); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "story.delete", object: s.ID, detail: map[string]string{"title": s.Title}})
	})
}

// RestoreStory takes a story out of the bin, with the articles that went there
// with it. It gives claims.Conflict where one of them was stored again since.
func (a *App) RestoreStory(ctx context.Context, who Actor, id string) (Story, error) {
	err := a.changeStory(ctx, who, id, func(c change, s store.StoryState) error {
		if !s.Deleted {
			return errNotInBin
		}
		if err := c.tx.RestoreStory(ctx, s.ID); err != nil {
			return err
		}
		if err := c.recompare(ctx, s.ID); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "story.restore", object: s.ID})
	})
	if err != nil {
		return Story{}, err
	}
	return a.seen(who).Story(ctx, id)
}

// DeletedStories lists the stories in the bin, the newest story first.
func (a *App) DeletedStories(ctx context.Context, who Actor, p Page) (List[Story], error) {
	if err := who.require(WriteArticles); err != nil {
		return List[Story]{}, err
	}
	return byID(p, func(before string, limit int) ([]Story, error) { return a.db.DeletedStories(ctx, before, limit) }, storyID)
}

// AnalyzeStory has every article of a story analysed again by this engine.
func (a *App) AnalyzeStory(ctx context.Context, who Actor, id string) (Story, error) {
	err := a.changeStory(ctx, who, id, func(c change, s store.StoryState) error {
		if s.Deleted {
			return errGone
		}
		arts, err := c.tx.Articles(ctx, store.ArticleChoice{StoryID: s.ID, Limit: readArticles})
		if err != nil {
			return err
		}
		for _, art := range arts {
			if err := c.reread(ctx, art.ID); err != nil {
				return err
			}
		}
		return c.record(ctx, deed{action: "story.analyze", object: s.ID})
	})
	if err != nil {
		return Story{}, err
	}
	return a.seen(who).Story(ctx, id)
}

// recompare notes a change of a story whose lock is held, and enqueues its
// comparison, unless an article is still to be read: then the last one to be read
// does.
func (c change) recompare(ctx context.Context, id string) error {
	if err := c.tx.TouchStory(ctx, id, c.now()); err != nil {
		return err
	}
	s, err := c.tx.LockStory(ctx, id)
	if err != nil {
		return ifFound(err) // it was merged into another just now
	}
	if err := c.tx.TellProgress(ctx, id); err != nil || s.Pending > 0 || s.Deleted {
		return err
	}
	if c.bulk {
		return c.queue.CompareStoryLater(ctx, c.tx, id)
	}
	return c.queue.CompareStory(ctx, c.tx, id)
}
