package app

import (
	"context"
	"fmt"
	"slices"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// This file holds what people do with stories: merge, split and move. The machine
// only adds to stories, so it never undoes any of it; a lock keeps it from adding.

// maxMerged is the most stories that are merged into one at once.
const maxMerged = 50

// Merge names stories that one story takes over.
type Merge struct {
	// IDs are the stories that end.
	IDs []string
	// Version is the version of the story that stays, as it was seen, 0 for any.
	Version int
}

// MergeStories gives a story the articles, findings and reviews of others, which
// end: their ids lead to it.
func (a *App) MergeStories(ctx context.Context, who Actor, into string, m Merge) (Story, error) {
	if err := who.require(WriteArticles); err != nil {
		return Story{}, err
	}
	into, err := knownID(into)
	if err != nil {
		return Story{}, err
	}
	ids, err := mergedIDs(into, m.IDs)
	if err != nil {
		return Story{}, err
	}
	if err := a.change(ctx, who, func(c change) error { return c.merge(ctx, into, ids, m.Version) }); err != nil {
		return Story{}, err
	}
	return a.seen(who).Story(ctx, into)
}

// mergedIDs checks the ids of stories that end in another.
func mergedIDs(into string, ids []string) ([]string, error) {
	out := make([]string, 0, len(ids))
	for _, id := range ids {
		id, err := knownID(id)
		if err != nil {
			return nil, errNoStory
		}
		out = append(out, id)
	}
	out = distinct(out)
	switch {
	case len(out) == 0:
		return nil, invalid("story_ids", "is empty: name the stories to take over")
	case len(out) > maxMerged:
		return nil, invalid("story_ids", fmt.Sprintf("has more than %d stories", maxMerged))
	case slices.Contains(out, into):
		return nil, invalid("story_ids", "names the story itself")
	}
	return out, nil
}

var errNoStory = invalid("story_ids", "names no story")

func (c change) merge(ctx context.Context, into string, ids []string, version int) error {
	states, err := c.lockStories(ctx, append([]string{into}, ids...))
	if err != nil {
		return err
	}
	target, articles := states[into], 0
	if target.ID == "" || target.Deleted {
		return errGone
	}
	if err := staleUnless(version, target.Version); err != nil {
		return err
	}
	for _, id := range append([]string{into}, ids...) {
		s := states[id]
		if s.ID == "" || s.Deleted {
			return errNoStory
		}
		if s.Sample {
			return invalid("story_ids", "cannot take in the sample story, whose texts anybody may read")
		}
		articles += s.Articles
	}
	if articles > MaxArticles {
		return invalid("story_ids", fmt.Sprintf("makes a story of %d articles; %d are the most", articles, MaxArticles))
	}
	for _, id := range ids {
		if err := c.mergeOne(ctx, states[id], into); err != nil {
			return err
		}
	}
	return c.recompare(ctx, into)
}

func (c change) mergeOne(ctx context.Context, from store.StoryState, into string) error {
	arts, err := c.tx.Articles(ctx, store.ArticleChoice{StoryID: from.ID, Limit: readArticles})
	if err != nil {
		return err
	}
	if err := c.tx.MergeStory(ctx, from.ID, into, c.now()); err != nil {
		return err
	}
	if err := c.tx.SettlePlacements(ctx, articleIDs(arts), c.who.UserID, c.now()); err != nil {
		return err
	}
	if err := c.tx.TellProgress(ctx, from.ID); err != nil {
		return err
	}
	return c.record(ctx, deed{action: "story.merge", object: into, detail: map[string]string{"from": from.ID, "title": from.Title}})
}

// lockStories locks stories in the order of their ids, as everybody does, and gives
// their states; one that is not there has none.
func (c change) lockStories(ctx context.Context, ids []string) (map[string]store.StoryState, error) {
	out := map[string]store.StoryState{}
	for _, id := range distinct(ids) {
		s, err := c.tx.LockStory(ctx, id)
		if ifFound(err) != nil {
			return nil, err
		}
		if err == nil {
			out[id] = s
		}
	}
	return out, nil
}

// Split names articles that leave a story for a new one.
type Split struct {
	ArticleIDs []string
	// Title is that of the new story; empty for the headline of its first article.
	Title string
	// Version is the version of the story that was seen, 0 for any.
	Version int
}

// SplitStory makes a new story of some articles of a story and gives it. Findings
// go along where most of their claims do.
func (a *App) SplitStory(ctx context.Context, who Actor, id string, s Split) (Story, error) {
	if err := who.require(WriteArticles); err != nil {
		return Story{}, err
	}
	if why := wrongName(s.Title, maxTitle); why != "" {
		return Story{}, invalid("title", why)
	}
	var err error
	if s.ArticleIDs, err = articleIDsOf(s.ArticleIDs); err != nil {
		return Story{}, err
	}
	made := newID()
	err = a.changeStory(ctx, who, id, func(c change, from store.StoryState) error {
		return c.split(ctx, from, made, s)
	})
	if err != nil {
		return Story{}, err
	}
	return a.seen(who).Story(ctx, made)
}

func (c change) split(ctx context.Context, from store.StoryState, made string, s Split) error {
	if from.Deleted {
		return errGone
	}
	if err := staleUnless(s.Version, from.Version); err != nil {
		return err
	}
	arts, err := c.tx.Articles(ctx, store.ArticleChoice{StoryID: from.ID, Limit: readArticles})
	if err != nil {
		return err
	}
	first, leaving := chosen(arts, s.ArticleIDs)
	switch {
	case leaving < len(s.ArticleIDs):
		return errNotInStory
	case leaving == len(arts):
		return invalid("article_ids", "names all articles of this story: leave one, or rename it")
	}
	title := claims.CleanName(s.Title)
	if title == "" {
		if title, err = c.storyTitle(ctx, first); err != nil {
			return err
		}
	}
	if err := c.tx.InsertStory(ctx, store.NewStory{ID: made, Title: title, CreatedBy: c.who.UserID, At: c.now()}); err != nil {
		return err
	}
	if _, err := c.tx.LockStory(ctx, made); err != nil {
		return err
	}
	if err := c.moveArticles(ctx, s.ArticleIDs, from.ID, made); err != nil {
		return err
	}
	return c.record(ctx, deed{action: "story.split", object: from.ID, detail: map[string]string{"to": made, "articles": fmt.Sprint(len(s.ArticleIDs))}})
}

// chosen gives the first of the articles with these ids, and their number.
func chosen(arts []Article, ids []string) (first Article, n int) {
	for _, art := range arts { // the newest come first
		if slices.Contains(ids, art.ID) {
			first = art
			n++
		}
	}
	return first, n
}

// moveArticles moves articles between two stories whose locks are held, with the
// findings that are mostly theirs, and has both stories compared again.
func (c change) moveArticles(ctx context.Context, ids []string, from, to string) error {
	if err := c.tx.MoveArticles(ctx, ids, to, c.now()); err != nil {
		return err
	}
	if err := c.moved(ctx, ids, from, to); err != nil {
		return err
	}
	return c.recompareEach(ctx, from, to)
}

// moved follows articles that a person moved: with findings, with the placements,
// which are settled by it, and with a story of the machine's making that is left
// without articles, which leads on to where they went. from may be empty.
func (c change) moved(ctx context.Context, ids []string, from, to string) error {
	if err := c.tx.SettlePlacements(ctx, ids, c.who.UserID, c.now()); err != nil || from == "" {
		return err
	}
	if err := c.tx.CarryFindings(ctx, from, to); err != nil {
		return err
	}
	empty, err := c.tx.LeftEmpty(ctx, from)
	if err != nil || !empty {
		return err
	}
	return c.mergeOne(ctx, store.StoryState{ID: from}, to)
}

// Move names articles that go from one story to another.
type Move struct {
	ArticleIDs []string
	To         string
	// Version is the version of the story that they leave, as it was seen, 0 for any.
	Version int
}

// MoveArticles moves articles of a story to another and gives that one.
func (a *App) MoveArticles(ctx context.Context, who Actor, from string, m Move) (Story, error) {
	if err := who.require(WriteArticles); err != nil {
		return Story{}, err
	}
	from, err := knownID(from)
	if err != nil {
		return Story{}, err
	}
	if m.To, err = knownID(m.To); err != nil || m.To == from {
		return Story{}, invalid("story_id", "names no other story")
	}
	if m.ArticleIDs, err = articleIDsOf(m.ArticleIDs); err != nil {
		return Story{}, err
	}
	if err := a.change(ctx, who, func(c change) error { return c.move(ctx, from, m) }); err != nil {
		return Story{}, err
	}
	return a.seen(who).Story(ctx, m.To)
}

// articleIDsOf checks the ids of articles of a story.
func articleIDsOf(ids []string) ([]string, error) {
	out := make([]string, 0, len(ids))
	for _, id := range ids {
		id, err := knownID(id)
		if err != nil {
			return nil, errNotInStory
		}
		out = append(out, id)
	}
	if len(out) == 0 {
		return nil, invalid("article_ids", "is empty: name articles of this story")
	}
	return distinct(out), nil
}

// errIntoSample says that articles do not move into the sample: where reading is
// public, anybody reads its texts.
var errIntoSample = invalid("story_id", "names the sample story, whose texts anybody may read")

var errNotInStory = invalid("article_ids", "names no article of this story")

func (c change) move(ctx context.Context, from string, m Move) error {
	to, ids := m.To, m.ArticleIDs
	states, err := c.lockStories(ctx, []string{from, to})
	if err != nil {
		return err
	}
	source, target := states[from], states[to]
	switch {
	case source.ID == "":
		return c.leadOn(ctx, from, errGone)
	case source.Deleted:
		return errGone
	case target.ID == "" || target.Deleted:
		return invalid("story_id", "names no story")
	case target.Sample:
		return errIntoSample
	case target.Articles+len(ids) > MaxArticles:
		return invalid("story_id", fmt.Sprintf("names a story that would have more than %d articles", MaxArticles))
	}
	if err := staleUnless(m.Version, source.Version); err != nil {
		return err
	}
	arts, err := c.tx.Articles(ctx, store.ArticleChoice{StoryID: from, Limit: readArticles})
	if err != nil {
		return err
	}
	if _, leaving := chosen(arts, ids); leaving < len(ids) {
		return errNotInStory
	}
	if err := c.moveArticles(ctx, ids, from, to); err != nil {
		return err
	}
	return c.record(ctx, deed{action: "story.move", object: to, detail: map[string]string{"from": from, "articles": fmt.Sprint(len(ids))}})
}
