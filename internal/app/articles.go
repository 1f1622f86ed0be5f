package app

import (
	"context"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// ArticleInput is an article as people and programs give it.
type ArticleInput struct {
	// Text is plain text, at most claims.MaxText bytes of UTF-8.
	Text string
	// Page is the page that the article is taken from. Fields that are empty are read
	// from it; a Text beside it is what a person made of its text.
	Page *PageInput
	// Source is the publisher's name. It is needed, unless a page names it.
	Source string
	URL    string
	Title  string
	Byline string
	// PublishedAt is a date or an RFC 3339 time, empty where it is unknown.
	PublishedAt string
	// StoryID names the story; where it is empty the service chooses one.
	StoryID string
	// ExternalID is the article's id in the sender's system, empty for none.
	ExternalID string

	id string // the id that a new article gets, empty to mint one
}

// filterID checks an id that a list is filtered by.
func filterID(field, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	id, err := knownID(id)
	if err != nil {
		return "", invalid(field, "is not an id")
	}
	return id, nil
}

// DeletedArticles lists the articles in the bin, the newest first.
func (a *App) DeletedArticles(ctx context.Context, who Actor, p Page) (List[Article], error) {
	if err := who.require(WriteArticles); err != nil {
		return List[Article]{}, err
	}
	choice := store.ArticleChoice{Deleted: true}
	return byID(p, func(before string, limit int) ([]Article, error) {
		choice.Before, choice.Limit = before, limit
		return a.db.Articles(ctx, choice)
	}, func(art Article) string { return art.ID })
}

// Article gives one article with its text; the text is withheld from those who
// may not read it.
func (a *App) Article(ctx context.Context, who Actor, id string) (ArticleText, error) {
	art, err := a.visibleArticle(ctx, who, id)
	if err != nil {
		return ArticleText{}, err
	}
	out := ArticleText{Article: art, Spans: []claims.Span{}, Credits: []claims.Credit{}}
	if out.Copies, err = a.db.Copies(ctx, art.ID, maxCopies); err != nil {
		return ArticleText{}, err
	}
	if ok, err := a.mayReadTexts(ctx, who, art.StoryID); err != nil || !ok {
		out.Withheld = true
		return out, err
	}
	if art.Revision == 0 { // it is still to be fetched
		return out, nil
	}
	text, err := a.db.CurrentText(ctx, art.ID)
	switch {
	case claims.KindOf(err) == claims.NotFound: // not read yet
		got, err := a.db.Received(ctx, art.ID, art.RevisionID)
		out.Text = plainText(got)
		return out, err
	case err != nil:
		return ArticleText{}, err
	}
	out.Text, out.Spans, out.Credits, out.Extractor = text.Body, text.Spans, text.Credits, text.Extractor
	return out, nil
}

// visibleArticle gives an article to those who may see that it is there.
func (a *App) visibleArticle(ctx context.Context, who Actor, id string) (Article, error) {
	if err := who.require(ReadFindings); err != nil {
		return Article{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return Article{}, err
	}
	art, err := a.db.Article(ctx, id)
	if claims.KindOf(err) == claims.NotFound {
		return a.fetchedArticle(ctx, id)
	}
	return art, err
}

// mayReadTexts tells whether somebody may read the whole texts of a story: the
// sample's anybody may who sees it.
func (a *App) mayReadTexts(ctx context.Context, who Actor, storyID string) (bool, error) {
	if who.Can(ReadTexts) || storyID == "" {
		return who.Can(ReadTexts), nil
	}
	s, err := a.seen(who).Story(ctx, storyID)
	if claims.KindOf(err) == claims.NotFound {
		return false, nil
	}
	return s.Sample, err
}

// ArticleClaims gives the claims of an article in the order of its text.
func (a *App) ArticleClaims(ctx context.Context, who Actor, id string) ([]ArticleClaim, error) {
	art, err := a.visibleArticle(ctx, who, id)
	if err != nil {
		return nil, err
	}
	out, err := a.seen(who).ArticleClaims(ctx, art.ID)
	for i := range out {
		out[i].Kinds = inOrder(out[i].Kinds)
	}
	return out, err
}

// inOrder sorts kinds, the most important first.
func inOrder(kinds []claims.Kind) []claims.Kind {
	out := []claims.Kind{}
	for _, k := range claims.Kinds() {
		for _, have := range kinds {
			if have == k {
				out = append(out, k)
			}
		}
	}
	return out
}
