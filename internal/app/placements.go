package app

import (
	"context"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// Waiting lists the uncertain placements that nobody has settled, the newest
// article first.
func (a *App) Waiting(ctx context.Context, who Actor, p Page) (List[Placement], error) {
	if err := who.require(WriteArticles); err != nil {
		return List[Placement]{}, err
	}
	return byID(p, func(before string, limit int) ([]Placement, error) { return a.db.Waiting(ctx, before, limit) },
		func(p Placement) string { return p.ArticleID })
}

// Placement tells why an article is in its story, claims.NotFound where a person
// chose it from the start.
func (a *App) Placement(ctx context.Context, who Actor, articleID string) (Placement, error) {
	art, err := a.visibleArticle(ctx, who, articleID)
	if err != nil {
		return Placement{}, err
	}
	p, err := a.db.Placement(ctx, art.ID)
	if !who.Can(ReadTexts) {
		p.SettledBy = "" // people are named to those who are signed in
	}
	return p, err
}

// Settlement is a person's word on a placement.
type Settlement string

// The settlements.
const (
	// Belongs: the article is of the story that it is nearest to.
	Belongs Settlement = "belongs"
	// OwnStory: it is on an event of its own.
	OwnStory Settlement = "own_story"
)

// Settle says where an article belongs and gives it as it is then. version is the
// article's that was seen, 0 for any. To name another story, edit the article.
func (a *App) Settle(ctx context.Context, who Actor, articleID string, s Settlement, version int) (Article, error) {
	if err := who.require(WriteArticles); err != nil {
		return Article{}, err
	}
	if s != Belongs && s != OwnStory {
		return Article{}, invalid("decision", "is one of belongs, own_story")
	}
	p, err := a.Placement(ctx, who, articleID)
	if err != nil {
		return Article{}, err
	}
	if err := staleUnless(version, p.Version); err != nil {
		return Article{}, err
	}
	switch {
	case s == Belongs && !p.Joined():
		if p.NearestID == "" {
			return Article{}, &claims.Error{Kind: claims.Conflict, Message: "the story that it was nearest to is gone; move the article to another"}
		}
		return a.EditArticle(ctx, who, p.ArticleID, ArticleEdit{StoryID: &p.NearestID, Version: version})
	case s == OwnStory && p.Joined():
		return a.leaveStory(ctx, who, p)
	}
	return a.changeArticle(ctx, who, articleChange{id: p.ArticleID, version: version, action: "article.settle"},
		func(c change, art Article) error {
			return c.tx.SettlePlacements(ctx, []string{art.ID}, who.UserID, c.now())
		})
}

// leaveStory gives an article a story of its own. One that is alone in its story
// has that already.
func (a *App) leaveStory(ctx context.Context, who Actor, p Placement) (Article, error) {
	s, err := a.seen(who).Story(ctx, p.StoryID)
	if err != nil {
		return Article{}, err
	}
	if s.Articles > 1 {
		if _, err := a.SplitStory(ctx, who, p.StoryID, Split{ArticleIDs: []string{p.ArticleID}}); err != nil {
			return Article{}, err
		}
		return a.db.Article(ctx, p.ArticleID)
	}
	return a.changeArticle(ctx, who, articleChange{id: p.ArticleID, action: "article.settle"},
		func(c change, art Article) error {
			return c.tx.SettlePlacements(ctx, []string{art.ID}, c.who.UserID, c.now())
		})
}

// Placement is the machine's decision on an article; see the store for its fields.
type Placement = store.Placement

// JoinAt is the score from which an article joins a story.
const JoinAt = claims.JoinAt

// The reasons of placements.
const (
	PlacedAsCopy  = store.PlacedAsCopy
	PlacedByTerms = store.PlacedByTerms
	PlacedAsNew   = store.PlacedAsNew
)
